"""Tests of single tokens and values: wildcards and fuzzy words. Time is bounded by length of pattern times length of word."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"\\(.)|([*?])|(\\$)|([^\\*?]+)", re.DOTALL)

Test = Callable[[str], bool]


@lru_cache(maxsize=100_000)
def wildcard(pattern: str) -> Test:
    r"""Give the test for a pattern: `*` is any run of characters, `?` any one, `\` takes the next as it is.

    Between two `*` the leftmost place is always good enough, so nothing is ever tried twice.
    """
    runs: list[list[str]] = [[]]
    for found in _PIECE.finditer(pattern):
        if found[2] == "*":
            runs.append([])
        elif found[2] == "?":
            runs[-1].append(".")
        else:
            runs[-1].append(re.escape(found[1] or found[3] or found[4]))
    pieces = [re.compile("".join(run), re.DOTALL) for run in runs]
    if len(pieces) == 1:
        return lambda value: pieces[0].fullmatch(value) is not None
    first, *middle, last = pieces
    tail = re.compile(f"(?:{last.pattern})\\Z", re.DOTALL)
    width = _width(runs[-1])

    def test(value: str) -> bool:
        found = first.match(value)
        if found is None:
            return False
        place = found.end()
        for piece in middle:
            found = piece.search(value, place)
            if found is None:
                return False
            place = found.end()
        start = len(value) - width
        return start >= place and tail.match(value, start) is not None

    return test


def _width(run: list[str]) -> int:
    return len(re.sub(r"\\(.)", r"\1", "".join(run), flags=re.DOTALL))


def literal_parts(pattern: str) -> tuple[str, bool]:
    """Give the characters before the first wildcard, and whether nothing follows them."""
    parts: list[str] = []
    for found in _PIECE.finditer(pattern):
        if found[2]:
            return "".join(parts), False
        parts.append(found[1] or found[3] or found[4])
    return "".join(parts), True


@lru_cache(maxsize=100_000)
def fuzzy(text: str, edits: int) -> Test:
    """Give the test for words at most `edits` (0 to 2) inserts, deletes, replacements or swaps of neighbours away.

    The distance is the restricted one of Lucene's automata (optimal string alignment): no letter is edited twice.
    """
    if edits == 0:
        return lambda value: value == text
    # Most words are far off, and seen to be by what is quicker than the table: one edit takes away one letter at most.
    shortest, longest, letters = len(text) - edits, len(text) + edits, frozenset(text)
    return lambda value: (
        shortest <= len(value) <= longest
        and len(letters.difference(value)) <= edits
        and _near(text, value, edits)
    )


def _near(one: str, other: str, most: int) -> bool:
    """Fill the table of distances row by row, only the cells that can stay within `most`."""
    too_far = most + 1
    before: list[int] = []
    last = [min(place, too_far) for place in range(len(other) + 1)]
    for row, char in enumerate(one, start=1):
        now = [too_far] * (len(other) + 1)
        now[0] = min(row, too_far)
        for column in range(max(1, row - most), min(len(other), row + most) + 1):
            against = other[column - 1]
            cost = min(last[column - 1] + (char != against), last[column] + 1, now[column - 1] + 1)
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now[column] = min(cost, too_far)
        if min(now) > most:
            return False
        before, last = last, now
    return last[-1] <= most
