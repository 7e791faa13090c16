"""An article as numbers, one a word: in order, with which of them are names and which are digits.

The number of a word is a hash of its UTF-8 in lower case (ASCII letters alone have a case here: Indonesian and English),
the same on every machine and in every run. A name is a word with a capital where a sentence does not begin: no engine
is asked, so that what is made from it stays the same when the engine changes.

All words are hashed at once: a polynomial over the bytes is summed up from the beginning, and a word's own part is the
difference of two sums divided by the power at which it starts (Karp and Rabin, 1987; all modulo 2^64). That takes a
third of the time that a look-up of each word takes. Time is linear in what is read, `REACH` bytes at most.
"""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

REACH: Final = 30_000
"""Bytes of a text that are read; the longest reports of newspapers are shorter."""
_TITLE: Final = 2_000
"""Characters of a title that are read."""
_SHOUTING: Final = 0.5
"""With more capitals than this share of the words, a capital says nothing: a table or a text all in capitals."""
_MARKS: Final = re.compile("[\u00a0-\u00bf\u2000-\u206f\u3000-\u303f]")
"""Spaces, quotation marks and dashes beyond ASCII; all else beyond it counts as letters."""

Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


def _table(characters: str) -> Flags:
    return np.isin(np.arange(256), np.frombuffer(characters.encode(), dtype=np.uint8))


_CAPITAL: Final = _table(string.ascii_uppercase)
_DIGIT: Final = _table(string.digits)
_LOWER: Final = np.where(_CAPITAL, np.arange(256) + 32, np.arange(256)).astype(np.uint64) + np.uint64(1)
_LETTER: Final = _table(string.ascii_letters + string.digits) | (np.arange(256) >= 128)
_POINT: Final = _table(".,")
_GOES_ON: Final = _LETTER | _table(",;")
"""What may stand before the space before a name: after anything else a sentence may begin."""

_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF: Final = np.uint64(29)
_UPPER: Final = np.uint64(32)


def _powers(base: int) -> Numbers:
    powers = np.full(REACH, base, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


_POWERS: Final = _powers(_BASE)
_INVERSES: Final = _powers(pow(_BASE, -1, 1 << 64))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of title and text as numbers of 32 bits, and which of those of the text are names or digits.

    A digit alone is no number: every article has some.
    """

    title: Numbers
    text: Numbers
    names: Flags
    digits: Flags


def read_words(title: str, text: str, boilerplate: Sequence[tuple[int, int]] = ()) -> Words:
    """Read an article; `boilerplate` are the spans of the text that are not its own words, in order."""
    heading = title[:_TITLE]
    body = _encode(f"{heading}\n{_without(text[:REACH], boilerplate)}")
    starts, ends, numbers = _hash_words(body)
    of_title = int(np.searchsorted(starts, len(_encode(heading))))
    starts, ends, in_title, numbers = (
        starts[of_title:],
        ends[of_title:],
        numbers[:of_title],
        numbers[of_title:],
    )
    goes_on = _GOES_ON[body[np.maximum(starts - 2, 0)]] & (body[starts - 1] == ord(" ")) & (starts > 1)
    first = body[starts]
    names = _CAPITAL[first] & goes_on
    if names.sum() > _SHOUTING * len(names):
        names[:] = False
    return Words(in_title, numbers, names, _DIGIT[first] & (ends - starts > 1))


def hash_words(text: str) -> Numbers:
    """Give the number of each word of a text."""
    return _hash_words(_encode(text[:REACH]))[2]


def _encode(text: str) -> npt.NDArray[np.uint8]:
    if not text.isascii():
        text = _MARKS.sub(" ", text)
    return np.frombuffer(text.encode("utf-8", "surrogatepass")[:REACH], dtype=np.uint8)


def _hash_words(
    data: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Numbers]:
    """Give where words start, where they end, and their numbers. A point or comma within digits is part of them."""
    letters = np.zeros(len(data) + 2, dtype=np.bool_)
    letters[1:-1] = _LETTER[data]
    digits = _DIGIT[data]
    letters[2:-2] |= _POINT[data[1:-1]] & digits[:-2] & digits[2:]
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    np.cumsum(_LOWER[data] * _POWERS[: len(data)], out=sums[1:])
    hashed = (sums[ends] - sums[starts]) * _INVERSES[starts]
    return starts, ends, (hashed ^ hashed >> _HALF) * _MIX >> _UPPER


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        if start > at:
            parts.append(text[at:start])
        at = max(at, end)
    return " ".join((*parts, text[at:]))
