"""An article as numbers, one a word: in order, with which of them are names and which are digits.

The number of a word is a hash of its UTF-8 in lower case (ASCII letters alone have a case here: Indonesian and English),
the same on every machine and in every run. A name is a word with a capital where a sentence does not begin: no engine
is asked, so that what is made from it stays the same when the engine changes.

All words are hashed at once: a polynomial over the bytes is summed up from the beginning, and a word's own part is the
difference of two sums divided by the power at which it starts (Karp and Rabin, 1987; all modulo 2^64). That takes a
third of the time that a look-up of each word takes. Time is linear in what is read, `REACH` bytes at most.
"""

import re
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
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


_LETTER, _DIGIT, _POINT, _CAPITAL, _SPACE, _GOES_ON = (1 << bit for bit in range(6))
"""Kinds of bytes. What may stand before the space before a name `_GOES_ON`: after anything else a sentence may begin."""
_BEYOND: Final = bytes(range(128, 256))


def _kind(byte: int) -> int:
    char = bytes((byte,))
    letter = char.isalnum() or char in _BEYOND
    return (
        _LETTER * letter
        | _DIGIT * char.isdigit()
        | _POINT * (char in b".,")
        | _CAPITAL * char.isupper()
        | _SPACE * (char == b" ")
        | _GOES_ON * (letter or char in b",;")
    )


_KINDS: Final = bytes(map(_kind, range(256)))
_LOWER: Final = bytes(min(byte + 1, 255) for byte in bytes(range(256)).lower())
"""What is hashed of each byte: one more than of its small letter. No byte of UTF-8 is 255."""

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
    data = _encode(f"{heading}\n{_without(text[:REACH], boilerplate)}")
    kinds = _kinds(data)
    starts, ends, numbers = _hash_words(data, kinds)
    of_title = int(starts.searchsorted(len(_encode(heading))))
    starts, ends = starts[of_title:], ends[of_title:]
    begins_name = kinds & _CAPITAL  # after a space, and before that what goes on
    begins_name[:2] = 0
    begins_name[2:] &= kinds[1:-1] >> 1 & kinds[:-2] >> 2
    names = begins_name.take(starts) != 0
    if np.count_nonzero(names) > _SHOUTING * len(names):
        names[:] = False
    digits = kinds.take(starts) & _DIGIT != 0
    digits &= ends - starts > 1
    return Words(numbers[:of_title], numbers[of_title:], names, digits)


def hash_words(text: str) -> Numbers:
    """Give the number of each word of a text."""
    data = _encode(text[:REACH])
    return _hash_words(data, _kinds(data))[2]


def _encode(text: str) -> bytes:
    if not text.isascii():
        text = _MARKS.sub(" ", text)
    return text.encode("utf-8", "surrogatepass")[:REACH]


def _kinds(data: bytes) -> Bytes:
    return np.frombuffer(data.translate(_KINDS), dtype=np.uint8)


def _hash_words(data: bytes, kinds: Bytes) -> tuple[Places, Places, Numbers]:
    """Give where words start, where they end, and their numbers. A point or comma within digits is part of them."""
    letters = np.zeros(len(data) + 2, dtype=np.uint8)
    letters[1:-1] = kinds & _LETTER
    letters[2:-2] |= (kinds[:-2] & kinds[2:] & kinds[1:-1] >> 1 & _DIGIT) >> 1
    edges = (letters[1:] ^ letters[:-1]).view(np.bool_).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    lower = np.frombuffer(data.translate(_LOWER), dtype=np.uint8)
    (lower * _POWERS[: len(data)]).cumsum(out=sums[1:])
    hashed = (sums.take(ends) - sums.take(starts)) * _INVERSES.take(starts)
    return starts, ends, (hashed ^ hashed >> _HALF) * _MIX >> _UPPER


def firsts(numbers: Numbers) -> Flags:
    """Tell which of some numbers, in order, differ from the one before."""
    first = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        if start > at:
            parts.append(text[at:start])
        at = max(at, end)
    return " ".join((*parts, text[at:]))
