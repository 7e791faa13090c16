"""Where names stand in a text, in a time that is linear in both, however many names there are.

To search the text once a name is quickest for the few names of a news article. Of many names, as a
text made to keep the enricher busy has, the beginnings of words are put in order once; the
occurrences of a name are then neighbours.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 200
"""Characters of a name that is looked for.

Longer ones are no names; what is read of each word is bounded by it.
"""
FEW: Final = 150
"""Names for which the text is searched once each; of 1,500 news articles none has more."""
_KEY: Final = 24
"""Characters of each word and what follows it that are kept to be compared at once."""
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
        self._beginnings = _Beginnings(text) if names > FEW else None

    def of(self, name: str) -> Iterator[int]:
        """Yield where a name stands, in order; overlapping ones too.

        Nothing for a name longer than `LONGEST`.
        """
        size = len(name)
        if not 0 < size <= LONGEST:
            return
        text, beginnings = self._text, self._beginnings
        looked_up = beginnings is not None and name[0].isalnum()
        for at in beginnings.of(name) if beginnings and looked_up else _searched(text, name):
            if not in_word(text[at + size : at + size + 1]):
                yield at


def _searched(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        if not at or not in_word(text[at - 1]):
            yield at
        at = text.find(name, at + 1)


class _Beginnings:
    """Where words of a text begin, ordered by what stands there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [found.start() for found in _BEGINNING.finditer(text)]
        self._places.sort(key=lambda at: text[at : at + LONGEST])
        self._keys = [text[at : at + _KEY] for at in self._places]

    def of(self, name: str) -> list[int]:
        """Return where a name begins, in order of the text."""
        text, places, size = self._text, self._places, len(name)
        first = bisect_left(self._keys, name[:_KEY])
        if size > _KEY:
            end = bisect_right(self._keys, name[:_KEY], first)
            first = bisect_left(places, name, first, end, key=lambda at: text[at : at + size])
        last = first
        while last < len(places) and text.startswith(name, places[last]):
            last += 1
        return sorted(places[first:last])
