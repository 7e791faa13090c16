"""From matched words to pieces of text that show them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from pantau_schemas.alert import Snippet

WIDTH: Final = 160
MOST: Final = 3
ELLIPSIS: Final = "…"
_MARGIN: Final = re.compile(r"[^\S ]")
"""White space that is no space."""

Mark = tuple[int, int]
"""A half-open range of code points."""
_Fields = dict[str, Any]
"""A snippet before it is one."""
_SNIPPETS: Final = TypeAdapter(tuple[Snippet, ...])
"""All snippets of a match are built in one call."""


class Highlighter:
    """The fields of one article, for any number of matches."""

    __slots__ = ("_fields", "_flat")

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._flat: dict[str, str] = {}

    def snippets(
        self, marks: Mapping[str, list[Mark]], *, width: int = WIDTH, most: int = MOST
    ) -> tuple[Snippet, ...]:
        """Give the pieces with the most marks: the title whole if it has any, then at most `most` of the others.

        A piece is about `width` characters, cut between words, with `…` where text was left out; marks count in it.
        """
        found: list[_Fields] = []
        pieces: list[tuple[int, str, list[Mark]]] = []
        for order, (name, text) in enumerate(self._fields.items()):
            if name not in marks:
                continue
            if name == "title":
                found.append({"field": name, "text": text, "marks": sorted(marks[name])})
            else:
                pieces += [(order, name, piece) for piece in _windows(sorted(marks[name]), width, most)]
        if len(pieces) > most:
            pieces = sorted(pieces, key=lambda piece: (-len(piece[2]), piece))[:most]
        pieces.sort()
        found += [_cut(name, self._flattened(name), piece, width) for _, name, piece in pieces]
        return _SNIPPETS.validate_python(found)

    def _flattened(self, name: str) -> str:
        """Give a field with all white space written as spaces, character by character."""
        found = self._flat.get(name)
        if found is None:
            found = self._flat[name] = _MARGIN.sub(" ", self._fields[name])
        return found


def _windows(marks: list[Mark], width: int, most: int) -> list[list[Mark]]:
    """Divide marks among pieces that do not overlap, the fullest first taken, until there are enough."""
    waiting = marks
    found: list[list[Mark]] = []
    while waiting and len(found) < most:
        best = _fullest(waiting, width) if len(waiting) > 1 else waiting
        found.append(best)
        low, high = best[0][0] - width // 2, best[-1][1] + width // 2
        waiting = [mark for mark in waiting if mark[1] <= low or mark[0] >= high]
    return found


def _fullest(marks: list[Mark], width: int) -> list[Mark]:
    """Give the longest run of marks that fits, the first of equal ones; the first mark where all are too wide."""
    first, most = 0, 0
    last, count = 0, len(marks)
    for index, (start, _) in enumerate(marks):
        if index + most >= count:
            break  # fewer are left than were found
        last = max(last, index)
        while last < count and marks[last][1] - start <= width:
            last += 1
        if last - index > most:
            first, most = index, last - index
    return marks[first : first + max(most, 1)]


def _cut(name: str, text: str, marks: list[Mark], width: int) -> _Fields:
    """Give the piece around some marks of a flattened text."""
    first, last, size = marks[0][0], marks[-1][1], len(text)
    low = max(0, first - max(0, width - (last - first)) // 2)
    high = min(size, max(last, low + width))
    if high == size:
        low = max(0, min(low, max(high - width, 0), first))
    if low and " " not in text[low - 1 : low + 1]:
        border = text.find(" ", low, first)
        low = border if border >= 0 else first
    if high < size and " " not in text[high - 1 : high + 1]:
        high = max(last, text.rfind(" ", last, high) + 1)
    while low < first and text[low] == " ":
        low += 1
    while high > last and text[high - 1] == " ":
        high -= 1
    before, after = ELLIPSIS if low > 0 else "", ELLIPSIS if high < size else ""
    shift = len(before) - low
    piece = f"{before}{text[low:high]}{after}"
    return {"field": name, "text": piece, "marks": [(start + shift, end + shift) for start, end in marks]}
