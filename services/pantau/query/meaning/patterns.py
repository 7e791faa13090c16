"""Tests of single tokens and values: wildcards and fuzzy words.

A wildcard takes the length of the pattern times that of the word if it has a `?`, else their sum; a
fuzzy word takes a constant number of text comparisons.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"\\(.)|([*?])|(\\$)|([^\\*?]+)", re.DOTALL)

Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class WordTest:
    """A test of words, and its cost in units of `budget`.

    Per word, and per character. Words that pass contain the characters `needle`.
    """

    passes: Test
    per_word: int = 5
    per_char: float = 0.0
    needle: str = ""

    def cost(self, words: int, characters: int) -> int:
        """Return the units for testing some words, given their characters in total."""
        return words * self.per_word + int(characters * self.per_char)


@lru_cache(maxsize=10_000)
def wildcard_test(pattern: str) -> WordTest:
    """Return the test for a pattern of `*` and `?`, with its cost."""
    needle, places, widest = "", 0, 0
    run = ""
    for found in _PIECE.finditer(pattern):
        literal = found[1] or found[3] or found[4]
        if literal is None:
            places += found[2] == "?"
            widest = max(widest, places)
            places = 0 if found[2] == "*" else places
            run = ""
            continue
        places += len(literal)
        widest = max(widest, places)
        # An escaped character continues the run before it.
        run += literal
        needle = max(needle, run, key=len)
    per_char = 0.03 * min(widest, 300) if "?" in pattern else 0.05
    # With a line break, the needle could be found across two words of a vocabulary.
    return WordTest(wildcard(pattern), 5, per_char, "" if "\n" in needle else needle)


def fuzzy_test(text: str, edits: int) -> WordTest:
    """Return the test for a fuzzy word, with its cost."""
    return WordTest(fuzzy(text, edits), 6, 0.3)


@dataclass(frozen=True, slots=True)
class _LiteralRun:
    """The part between two `*`.

    A run of characters, or if it has a `?` a regular expression of that width.
    """

    literal: str | None
    expression: re.Pattern[str] | None
    width: int

    @classmethod
    def of(cls, parts: list[str | None]) -> "_LiteralRun":
        if None not in parts:
            literal = "".join(part for part in parts if part is not None)
            return cls(literal, None, len(literal))
        written = "".join("." if part is None else re.escape(part) for part in parts)
        return cls(
            None,
            re.compile(written, re.DOTALL),
            sum(1 if part is None else len(part) for part in parts),
        )

    def at(self, value: str, place: int) -> bool:
        if self.literal is not None:
            return value.startswith(self.literal, place)
        return self.expression is not None and self.expression.match(value, place) is not None

    def find(self, value: str, place: int) -> int:
        """Return the first position, or -1."""
        if self.literal is not None:
            return value.find(self.literal, place)
        found = None if self.expression is None else self.expression.search(value, place)
        return -1 if found is None else found.start()


@lru_cache(maxsize=10_000)
def wildcard(pattern: str) -> Test:
    r"""Return the test for a pattern.

    `*` is any run of characters, `?` any one, `\` escapes the next. Between two `*` the leftmost
    position is always good enough, so there is no backtracking.
    """
    written: list[list[str | None]] = [[]]
    for found in _PIECE.finditer(pattern):
        if found[2] == "*":
            written.append([])
        else:
            written[-1].append(None if found[2] else found[1] or found[3] or found[4])
    if len(written) == 1:
        only = _LiteralRun.of(written[0])
        return lambda value: len(value) == only.width and only.at(value, 0)
    # Equal runs share one object: a pattern may repeat one thousands of times.
    made: dict[tuple[str | None, ...], _LiteralRun] = {}
    for one in map(tuple, written):
        if one not in made:
            made[one] = _LiteralRun.of(list(one))
    first, *middle, last = (made[tuple(one)] for one in written)
    middle = [run for run in middle if run.width]
    shortest = first.width + sum(run.width for run in middle) + last.width

    def test(value: str) -> bool:
        if len(value) < shortest or not first.at(value, 0):
            return False
        place = first.width
        for run in middle:
            place = run.find(value, place)
            if place < 0:
                return False
            place += run.width
        start = len(value) - last.width
        # The end of the pattern may not overlap what the parts before it took.
        return start >= place and last.at(value, start)

    return test


def literal_parts(pattern: str) -> tuple[str, bool]:
    """Return the characters before the first wildcard, and whether nothing follows them."""
    parts: list[str] = []
    for found in _PIECE.finditer(pattern):
        if found[2]:
            return "".join(parts), False
        parts.append(found[1] or found[3] or found[4])
    return "".join(parts), True


@lru_cache(maxsize=10_000)
def fuzzy(text: str, edits: int) -> Test:
    """Return the test for words within an edit distance of `edits` (0 to 2).

    The distance is the restricted one of Lucene's automata (optimal string alignment): no letter is
    edited twice.
    """
    if edits == 0:
        return lambda value: value == text
    # Most words are far off, and are rejected faster than by the table: one edit removes one letter
    # at most.
    shortest, longest, letters = len(text) - edits, len(text) + edits, frozenset(text)
    return lambda value: (
        shortest <= len(value) <= longest
        and len(letters.difference(value)) <= edits
        and _near(text, value, edits)
    )


def _near(one: str, other: str, most: int) -> bool:
    """Return whether the distance of two texts is at most `most` edits.

    A common prefix is never edited in a minimal sequence, so the edit is at the first difference,
    or nowhere.
    """
    same = _common(one, other)
    one, other = one[same:], other[same:]
    if not one or not other:
        return len(one) + len(other) <= most
    # With one edit left the rest must be equal after it, so slices are compared at once.
    if most == 1:
        return (
            one[1:] == other[1:]
            or one[1:] == other
            or one == other[1:]
            or (one[:2] == other[1::-1] and len(other) > 1 and one[2:] == other[2:])
        )
    left = most - 1
    return (
        _near(one[1:], other[1:], left)
        or _near(one[1:], other, left)
        or _near(one, other[1:], left)
        or (len(one) > 1 and one[:2] == other[1::-1] and _near(one[2:], other[2:], left))
    )


def _common(one: str, other: str) -> int:
    """Return the length of the common prefix, by bisection.

    Comparing long slices is faster than single characters.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
