"""The nearest of the words that exist to a mistyped one. Pure."""

import difflib
from collections.abc import Iterable
from itertools import islice
from typing import Final

ALIKE: Final = 0.7
"""How alike two words must be for one to be suggested, from 0 to 1 (`difflib`)."""
_MOST: Final = 2_000
_LONGEST: Final = 100
"""Bounds, since the comparison costs the product of the lengths: how many words are compared, and
the longest of them, in characters."""


def nearest(word: str, known: Iterable[str], alike: float = ALIKE) -> str | None:
    """Return the known word that a mistyped one most likely means; None where none is near.

    Upper and lower case make no difference. `known` must hold only words that the reader may see.
    """
    if len(word) > _LONGEST:
        return None
    by_fold = {one.casefold(): one for one in islice(known, _MOST) if len(one) <= _LONGEST}
    near = difflib.get_close_matches(word.strip().casefold(), by_fold, n=1, cutoff=alike)
    return by_fold[near[0]] if near else None
