"""The nearest of the words that exist to a mistyped one. Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import islice
from typing import Final

ALIKE: Final = 0.7
"""How alike two words must be for one to be suggested, from 0 to 1 (`difflib`)."""
_MOST: Final = 2_000
_LONGEST: Final = 100
_COMPARED: Final = 40
"""Bounds, since the comparison costs the product of the lengths: how many words are looked at, the
longest of them, in characters, and how many of those with most letters in common are compared."""


def nearest(word: str, known: Iterable[str], alike: float = ALIKE) -> str | None:
    """Return the known word that a mistyped one most likely means; None where none is near.

    Upper and lower case make no difference. `known` must hold only words that the reader may see.
    """
    if len(word) > _LONGEST:
        return None
    by_fold = {one.casefold(): one for one in islice(known, _MOST) if len(one) <= _LONGEST}
    matcher = SequenceMatcher(b=word.strip().casefold())
    sharing: list[tuple[float, str]] = []
    for one in by_fold:
        matcher.set_seq1(one)
        if matcher.real_quick_ratio() >= alike and (shared := matcher.quick_ratio()) >= alike:
            sharing.append((shared, one))
    best: tuple[float, str] = (alike, "")
    for _, one in nlargest(_COMPARED, sharing):
        matcher.set_seq1(one)
        best = max(best, (matcher.ratio(), one))
    return by_fold.get(best[1])
