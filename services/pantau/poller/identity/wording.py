"""The wording of an article, as far as it distinguishes articles and revisions. Pure.

A memory holds no texts. Of each it holds a sample: the 12 smallest of the 24-bit hashes of its
pairs of neighbouring words (bottom-k sampling, Broder 1997). The part of a sample that another
text has estimates how much of the first text the second one contains.
"""

import base64
import functools
import hashlib
import string
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

from pantau.poller.identity.churn import without_churn

SAMPLE: Final = 12
"""Hashes of a sample; a text with fewer pairs of words has them all."""
NEAR: Final = 0.8
"""The part of a text that another one has where both say nearly the same."""
_HASH_BYTES: Final = 3
_DIGITS: Final = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_DIGIT_PAIRS: Final = tuple(first + second for first in _DIGITS for second in _DIGITS)
"""Base 64 digits of 12 bits, of which a hash has two: `base64` takes ten times as long."""
_MOST_WORDS: Final = 2_000
"""Words of a text that are looked at; the rest is rarely what changed."""


@dataclass(frozen=True, slots=True)
class ReadWording:
    """The wording of an item: `fingerprint` and `core_fingerprint`, `count_words`, `sample`."""

    fingerprint: str
    core: str
    words: int
    sample: str


def read_wording(title: str, text: str) -> ReadWording:
    """Return the wording of an item.

    Each part is what the function of its name returns. Together they take half as long, since the
    text is split into words once.
    """
    words = text.split()
    joined = " ".join(words)
    printed = _fingerprint(title, joined)
    if without_churn(text) == text:
        # The case of a letter never makes it white space, so the words are those of `pairs`.
        hashes = _hashes(joined.casefold().split(" ", _MOST_WORDS)[:_MOST_WORDS])
        return ReadWording(printed, printed, min(len(words), _MOST_WORDS), _sampled(hashes))
    core = core_fingerprint(title, text)
    return ReadWording(printed, core, min(len(words), _MOST_WORDS), sample(text))


def fingerprint(title: str, text: str) -> str:
    """Return a hash of a title and a text, but for white space."""
    return _fingerprint(title, " ".join(text.split()))


def _fingerprint(title: str, joined: str) -> str:
    words = f"{' '.join(title.split())}\x00{joined}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def core_fingerprint(title: str, text: str) -> str:
    """Return the same of the text without what churns."""
    return fingerprint(title, without_churn(text))


def title_key(title: str) -> str | None:
    """Return a short hash of a title, but for case and white space; None for an empty one."""
    words = " ".join(title.casefold().split())
    if not words:
        return None
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def count_words(text: str) -> int:
    """Count the words of a text, as far as they are looked at."""
    return len(text.split(None, _MOST_WORDS)[:_MOST_WORDS])


@functools.lru_cache(maxsize=16)  # an item is compared with several articles
def pairs(text: str) -> frozenset[int]:
    """Return the hashes of a text's pairs of neighbouring words, without what churns."""
    words = without_churn(text).casefold().split(None, _MOST_WORDS)[:_MOST_WORDS]
    return frozenset(_hashes(words))


def _hashes(words: Sequence[str]) -> set[int]:
    """Return the hashes of pairs of neighbouring words; a single word is paired with nothing."""
    if len(words) == 1:
        words = (*words, "") if words[0] else ()
    encoded = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    return {one & 0xFF_FFFF for one in map(crc32, map(b" ".join, pairwise(encoded)))}


def sample(text: str) -> str:
    """Return the sample of a text, as text of 4 characters a hash."""
    return _sampled(pairs(text))


def _sampled(hashes: AbstractSet[int]) -> str:
    """Return the smallest of hashes, in base 64."""
    found = sorted(hashes)[:SAMPLE]
    return "".join([_DIGIT_PAIRS[one >> 12] + _DIGIT_PAIRS[one & 0xFFF] for one in found])


def contained(sampled: str, in_text: frozenset[int]) -> float:
    """Return the part of a sampled text that another text, given as its `pairs`, has: 0 to 1.

    Of an empty text nothing is missing: 1.
    """
    hashes = base64.b64decode(sampled)
    found = [
        int.from_bytes(hashes[place : place + _HASH_BYTES], "big")
        for place in range(0, len(hashes), _HASH_BYTES)
    ]
    return sum(one in in_text for one in found) / len(found) if found else 1.0


def nearly_same(sampled: str, words: int, text: str) -> bool:
    """Return whether a text says nearly what a sampled one of `words` words said.

    Empty texts are never alike.
    """
    count = count_words(text)
    if not words or not count or not 0.6 <= count / words <= 1.7:
        return False
    return contained(sampled, pairs(text)) >= NEAR
