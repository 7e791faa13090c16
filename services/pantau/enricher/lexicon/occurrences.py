"""Occurrences of names in a text, in time linear in both, however many names there are.

Searching the text once per name is fastest for the few names of a news article. For many names, as
in a hostile text, the beginnings of words are sorted once; the occurrences of a name are then
neighbours.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST: Final = 200
"""Maximum length of a searched name in characters.

Longer strings are not names; it bounds what is read of each word.
"""
FEW: Final = 150
"""Maximum number of names for which the text is searched once each; 1,500 articles had fewer.
"""
_KEY: Final = 24
"""Characters of each word and its continuation that are stored for comparison."""
_BINDS: Final = frozenset("-_/")
"""Marks that join the text on both sides to a longer word."""
_BEGINNING: Final = re.compile(r"(?<![\w/-])[^\W_]")
"""The first letter of a possible name: `in_word` is false for the preceding character."""


def in_word(mark: str) -> bool:
    """Return whether a neighbouring character, or none, extends a word."""
    return mark.isalnum() or mark in _BINDS


def places_of(marks: str, text: str) -> list[int]:
    """Return the positions of some characters in a text, in order.

    Most texts have few of them: searching for each is faster than for any.
    """
    found: list[int] = []
    for mark in marks:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


class Occurrences:
    """Finds names as whole words in one text; `names` is their approximate number.

    `known` are spans, in order without overlaps, in which none need be found.
    """

    def __init__(
        self, text: str, names: int, known: Iterable[tuple[int, int, object]] = ()
    ) -> None:
        self._text = text
        self._beginnings = _Beginnings(text) if names > FEW else None
        self._rest = _between(text, known) if self._beginnings is None else ""
        self._firsts: dict[str, bool] = {}  # whether the first word of a name is in the rest

    def may_have(self, name: str) -> bool:
        """Return whether a name may stand outside the known spans.

        Nearly every name of an article does not, and many begin with the same word: to search the
        rest for each first word costs less than the text for each name.
        """
        if self._beginnings is not None:
            return True
        first = name.partition(" ")[0]
        found = self._firsts.get(first)
        if found is None:
            found = self._firsts[first] = first in self._rest
        return found

    def of(self, name: str, marks: bytearray | None = None) -> Iterator[int]:
        """Yield the positions of a name, in order, including overlapping ones.

        Empty for a name longer than `LONGEST`. With `marks`, a byte per character of the text,
        those that begin at a marked one may be left out.
        """
        size = len(name)
        if not 0 < size <= LONGEST:
            return
        text, beginnings = self._text, self._beginnings
        if beginnings is not None and name[0].isalnum():
            for at in beginnings.of(name):
                if not in_word(text[at + size : at + size + 1]):
                    yield at
            return
        at = text.find(name)
        while at >= 0:
            if marks is None or not marks[at]:  # nearly all are: the cheapest test first
                after = text[at + size : at + size + 1]
                if not (in_word(after) or (at and in_word(text[at - 1]))):
                    yield at
            at = text.find(name, at + 1)


def _between(text: str, spans: Iterable[tuple[int, int, object]]) -> str:
    """Return what some spans leave of a text, a line for each piece."""
    gaps: list[str] = []
    at = 0
    for start, end, _ in spans:
        gaps.append(text[at:start])
        at = end
    gaps.append(text[at:])
    return "\n".join(gaps)


class _Beginnings:
    """Where words of a text begin, sorted by the text from there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [found.start() for found in _BEGINNING.finditer(text)]
        self._places.sort(key=lambda at: text[at : at + LONGEST])
        self._keys = [text[at : at + _KEY] for at in self._places]

    def of(self, name: str) -> list[int]:
        """Return the starts of a name, in order of the text."""
        text, places, size = self._text, self._places, len(name)
        first = bisect_left(self._keys, name[:_KEY])
        if size > _KEY:
            end = bisect_right(self._keys, name[:_KEY], first)
            first = bisect_left(places, name, first, end, key=lambda at: text[at : at + size])
        last = first
        while last < len(places) and text.startswith(name, places[last]):
            last += 1
        return sorted(places[first:last])
