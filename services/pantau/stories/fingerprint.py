"""Fingerprints, which determine whether two articles are near-duplicates.

A fingerprint holds two bottom-k sketches (Broder, 1997): of the 3-word shingles of a text, for the
share of common wording, and of its names and numbers, for the same subject. An agency's report with
another lead, cut to half or with appended paragraphs shares both. A report from a template
(markets, matches, police) shares the wording with yesterday's, but not the names and numbers. The
title is excluded: outlets write their own.

The similarity of two articles is the minimum of three shares of the smaller one's content: of its
shingles, its names, its numbers; `benchmarks/near_duplicates.py` measures the accuracy.
"""

import base64
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from pantau.stories.words import ArticleWords, Numbers, firsts

VERSION: Final = "b1"
"""Version prefix; fingerprints of different versions are never near-duplicates."""
NEAR: Final = 0.3
"""Two articles whose `near_duplicates` is at least this are near-duplicates.

Chosen on the tuning half of the benchmark.
"""
RUNS_KEPT: Final = 56
FACTS_KEPT: Final = 40
_LONGEST: Final = 4_000
"""Number of words of a text that are read."""
_BYTES: Final = 3
_TOP: Final = 1 << 8 * _BYTES
_SHIFT: Final = np.uint64(64 - 8 * _BYTES)
_HEAD: Final = struct.Struct(">BB")
_FIRST, _SECOND, _THIRD = (
    np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
"""Odd constants with irregular bits (of the splitmix and xxHash generators)."""
_HALF: Final = np.uint64(29)
_ODD: Final = np.uint64(1)
_EVEN: Final = ~_ODD


def fingerprint(words: ArticleWords) -> str:
    """Return the fingerprint of an article: at most 390 characters.

    Sketches are empty if there are no words.
    """
    runs = _bottom(_runs(words.text[:_LONGEST]), RUNS_KEPT)
    facts = _bottom(_facts(words.text[words.names], words.text[words.digits]), FACTS_KEPT)
    both = np.concatenate((runs, facts)).astype(">u4")
    packed = _HEAD.pack(len(runs), len(facts)) + both.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    return f"{VERSION}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def _runs(words: Numbers) -> Numbers:
    if 0 < len(words) < 3:
        words = np.concatenate((words, np.zeros(2, dtype=np.uint64)))
    mixed = words[:-2] * _FIRST ^ words[1:-1] * _SECOND ^ words[2:] * _THIRD
    found: Numbers = (mixed ^ mixed >> _HALF) * _FIRST >> _SHIFT
    return found


def _facts(names: Numbers, digits: Numbers) -> Numbers:
    """Return a hash for each name and each number.

    That of a number is odd, that of a name even.
    """
    mixed = np.concatenate((names, digits)) * _FIRST
    mixed = (mixed ^ mixed >> _HALF) * _SECOND >> _SHIFT
    mixed[: len(names)] &= _EVEN
    mixed[len(names) :] |= _ODD
    return mixed


def _bottom(numbers: Numbers, count: int) -> Numbers:
    """Return the smallest distinct hashes, in order; sorts them in place."""
    numbers.sort()
    return numbers[firsts(numbers)][:count]


@dataclass(frozen=True, slots=True)
class Sketches:
    """A parsed fingerprint."""

    runs: tuple[int, ...]
    facts: tuple[int, ...]


@lru_cache(maxsize=4096)
def read_fingerprint(text: str) -> Sketches | None:
    """Parse a fingerprint; None for another version or an invalid string."""
    version, _, coded = text.partition(":")
    if version != VERSION:
        return None
    try:
        packed = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
        runs, facts = _HEAD.unpack_from(packed)
    except (ValueError, struct.error):
        return None
    if len(packed) != _HEAD.size + _BYTES * (runs + facts):
        return None
    ends = range(_HEAD.size, len(packed), _BYTES)
    numbers = tuple(int.from_bytes(packed[at : at + _BYTES], "big") for at in ends)
    return Sketches(numbers[:runs], numbers[runs:])


def near_duplicates(one: str, other: str) -> float:
    """Return the similarity, 0 to 1, of two fingerprints: near-duplicates from `NEAR` on.

    It is the minimum of the shares of the smaller article's shingles, names and numbers that both
    have; names or numbers that at most one of them has are ignored. 0 for articles without words
    and for fingerprints of other versions.
    """
    first, second = read_fingerprint(one), read_fingerprint(other)
    if first is None or second is None or not first.runs or not second.runs:
        return 0.0
    runs = _share(first.runs, second.runs, RUNS_KEPT)
    facts = (_share_of_kind(first.facts, second.facts, odd) for odd in (0, 1))
    return min(runs, *(runs if share is None else share for share in facts))


def _below(one: tuple[int, ...], other: tuple[int, ...], kept: int) -> int:
    """Return the bound below which both sketches are complete."""
    ends = [sketch[-1] for sketch in (one, other) if len(sketch) >= kept]
    return min(ends, default=_TOP)


def _share(one: tuple[int, ...], other: tuple[int, ...], kept: int) -> float:
    end = _below(one, other, kept)
    first = {number for number in one if number <= end}
    second = {number for number in other if number <= end}
    return len(first & second) / max(1, min(len(first), len(second)))


def _share_of_kind(one: tuple[int, ...], other: tuple[int, ...], odd: int) -> float | None:
    end = _below(one, other, FACTS_KEPT)
    first = {number for number in one if number <= end and number & 1 == odd}
    second = {number for number in other if number <= end and number & 1 == odd}
    if not first or not second:
        return None
    # With few facts a common one may be chance: one that is not shared is added.
    return len(first & second) / (min(len(first), len(second)) + 0.5)
