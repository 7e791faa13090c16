"""An article as an array of word hashes: in order, with flags for names and digits.

A word's number is a hash of its UTF-8 in lower case (only ASCII letters have case here: Indonesian
and English), the same on every machine and in every run. A name is a capitalised word that does not
begin a sentence: no engine is used, so that the result stays the same when the engine changes.

All words are hashed at once: a prefix sum of a polynomial over the bytes is computed, and a word's
hash is the difference of two sums divided by the power at which it starts (Karp and Rabin, 1987;
all modulo 2^64). That takes a third of the time of a lookup per word. Time is linear in the input,
at most `REACH` bytes.
"""

import re
import string
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

REACH: Final = 30_000
"""Bytes of a text that are read; the longest newspaper reports are shorter."""
_TITLE: Final = 2_000
"""Characters of a title that are read."""
_SHOUTING: Final = 0.5
"""If more than this share of the words is capitalised, capitals are ignored.

Such as in a table or a text in capitals.
"""
_MARKS: Final = re.compile("[\u00a0-\u00bf\u2000-\u206f\u3000-\u303f]")
"""Spaces, quotation marks and dashes beyond ASCII; everything else beyond it counts as letters."""

Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_LETTERS_OF_WORDS: Final = f"{string.ascii_letters}{string.digits}".encode() + bytes(
    range(128, 256)
)


def _ones(which: bytes) -> bytes:
    """Return a translation table of some bytes to 1 and all others to 0."""
    return bytes(byte in which for byte in range(256))


_LETTER: Final = _ones(_LETTERS_OF_WORDS)
_DIGIT: Final = _ones(string.digits.encode())
_POINT: Final = _ones(b".,")
_CAPITAL: Final = _ones(string.ascii_uppercase.encode())
_SPACE: Final = _ones(b" ")
_GOES_ON: Final = _ones(_LETTERS_OF_WORDS + b",;")
"""Bytes allowed before the space before a name: after any other, a sentence may begin."""
_LOWER: Final = bytes(min(byte + 1, 255) for byte in bytes(range(256)).lower())
"""The hashed value of each byte: its lower case plus one. No byte of UTF-8 is 255."""

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


class ArticleWords(NamedTuple):
    """The words of title and text as 32-bit hashes, with flags for names and digits in the text.

    A single digit is not a number: every article has some.
    """

    title: Numbers
    text: Numbers
    names: Flags
    digits: Flags


class _Found(NamedTuple):
    """The starts and hashes of the words of some bytes, and the positions of names and numbers."""

    starts: Places
    numbers: Numbers
    names: Flags
    digits: Flags


def read_words(title: str, text: str, boilerplate: Sequence[tuple[int, int]] = ()) -> ArticleWords:
    """Tokenize an article; `boilerplate` are the excluded spans of the text, in order."""
    heading = title[:_TITLE]
    found = _read(_encode(f"{heading}\n{_without(text[:REACH], boilerplate)}"))
    of_title = int(found.starts.searchsorted(len(_encode(heading))))
    starts = found.starts[of_title:]
    names = found.names.take(starts)
    if np.count_nonzero(names) > _SHOUTING * len(names):
        names[:] = False
    return ArticleWords(
        found.numbers[:of_title], found.numbers[of_title:], names, found.digits.take(starts)
    )


def hash_words(text: str) -> Numbers:
    """Return the hash of each word of a text."""
    return _read(_encode(text[:REACH])).numbers


def _encode(text: str) -> bytes:
    if not text.isascii():
        text = _MARKS.sub(" ", text)
    return text.encode("utf-8", "surrogatepass")[:REACH]


def _read(data: bytes) -> _Found:
    """Find the words; a point or comma within digits is part of them."""
    # Two bytes of padding on both sides, so that every byte has all inspected neighbours.
    padded = bytearray(2) + data + bytearray(2)
    digit, capital, space, goes_on, point = (
        np.frombuffer(padded.translate(table), np.uint8)
        for table in (_DIGIT, _CAPITAL, _SPACE, _GOES_ON, _POINT)
    )
    letter = np.frombuffer(padded.translate(_LETTER), np.uint8)
    letter[2:-2] |= digit[1:-3] & point[2:-2] & digit[3:-1]
    edges = (letter[2:-1] ^ letter[1:-2]).view(np.bool_).nonzero()[0]
    starts = edges[::2]
    names = capital[2:-2] & space[1:-3] & goes_on[:-4]
    digits = digit[2:-2] & letter[3:-1]
    return _Found(
        starts, _hash(data, starts, edges[1::2]), names.view(np.bool_), digits.view(np.bool_)
    )


def _hash(data: bytes, starts: Places, ends: Places) -> Numbers:
    """Return the hashes of the words between some positions."""
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    lower = np.frombuffer(data.translate(_LOWER), np.uint8)
    (lower * _POWERS[: len(data)]).cumsum(out=sums[1:])
    hashed = (sums.take(ends) - sums.take(starts)) * _INVERSES.take(starts)
    return (hashed ^ hashed >> _HALF) * _MIX >> _UPPER


def firsts(numbers: Numbers) -> Flags:
    """Return which of some sorted numbers differ from the one before."""
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
