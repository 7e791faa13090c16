"""Where names stand in a text, in a time that is linear in both, however many names there are.

To search the text once a name is quickest for the few names of a news article. Of many names, as a text made to
keep the enricher busy has, the beginnings of words are put in order once; the occurrences of a name are then neighbours.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 200
"""Characters of a name that is looked for. Longer ones are no names; what is read of each word is bounded by it."""
FEW: Final = 400
"""Names for which the text is searched once each; no news article is known to have more."""
_BINDS: Final = frozenset("-_/")
"""Marks that make a longer word of what stands on both sides of them."""
_BEGINNING: Final = re.compile(r"(?<![\w/-])[^\W_]")
"""The first letter of what may be a name: `in_word` does not hold for the character before it."""


def in_word(mark: str) -> bool:
    """Return whether a neighbouring character, or none, makes a longer word."""
    return mark.isalnum() or mark in _BINDS


class Occurrences:
    """Finds names as whole words in one text; `names` is how many it will be asked for, about."""

    def __init__(self, text: str, names: int) -> None:
        self._text = text
        self._ordered = _in_order(text) if names > FEW else None

    def of(self, name: str) -> Iterator[int]:
        """Yield where a name stands, in order; overlapping ones too. Nothing for a name longer than `LONGEST`."""
        size = len(name)
        if not 0 < size <= LONGEST:
            return
        text = self._text
        ordered = self._ordered
        found = (
            _searched(text, name)
            if ordered is None or not name[0].isalnum()
            else _looked_up(text, name, ordered)
        )
        for at in found:
            if not in_word(text[at + size : at + size + 1]):
                yield at


def _searched(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        if not at or not in_word(text[at - 1]):
            yield at
        at = text.find(name, at + 1)


def _in_order(text: str) -> list[int]:
    """Return where words begin, ordered by what stands there."""
    beginnings = [found.start() for found in _BEGINNING.finditer(text)]
    beginnings.sort(key=lambda at: text[at : at + LONGEST])
    return beginnings


def _looked_up(text: str, name: str, ordered: list[int]) -> list[int]:
    size = len(name)
    first = last = bisect_left(ordered, name, key=lambda at: text[at : at + size])
    while last < len(ordered) and text.startswith(name, ordered[last]):
        last += 1
    return sorted(ordered[first:last])
