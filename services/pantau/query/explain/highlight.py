"""Snippets of text that show matched words.

The result is small however large the text: snippets are bounded in number, characters, marks, and
bytes of JSON.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from pantau.query.text.sizes import ELLIPSIS, fits
from pantau_schemas.events.alert import Snippet

WIDTH: Final = 160
MOST: Final = 3
MARKS: Final = 30
"""Maximum number of marks in a snippet, the first ones."""
PIECE_BYTES: Final = 500
"""Maximum size of a snippet in bytes; wide characters shorten it."""
TITLE_BYTES: Final = 600
"""A title of up to this many bytes is shown whole; a longer one as a snippet."""
_MARGIN: Final = re.compile(r"[^\S ]")
"""Whitespace other than a space."""

Mark = tuple[int, int]
"""A half-open range of code points."""
_SNIPPETS: Final = TypeAdapter(tuple[Snippet, ...])
"""All snippets of a match are built in one call."""


class DraftSnippet(NamedTuple):
    """A snippet under construction.

    `marks` are offsets in the field; `shift` maps them to `text`.
    """

    field: str
    text: str
    marks: list[Mark]
    shift: int


def built(pieces: Iterable[DraftSnippet]) -> tuple[Snippet, ...]:
    """Build snippets."""
    return _SNIPPETS.validate_python(members(pieces))


def members(pieces: Iterable[DraftSnippet]) -> list[dict[str, Any]]:
    """Return the members of each snippet, for a model that holds snippets."""
    return [
        {
            "field": name,
            "text": text,
            "marks": [(start + shift, end + shift) for start, end in marks] if shift else marks,
        }
        for name, text, marks, shift in pieces
    ]


class Highlighter:
    """The fields of one article, for any number of matches."""

    __slots__ = ("_fields", "_flat", "_title_fits")

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._title_fits = fits(fields.get("title", ""), TITLE_BYTES)
        self._flat: dict[str, str] = {}

    def snippets(
        self, marks: Mapping[str, list[Mark]], *, width: int = WIDTH, most: int = MOST
    ) -> tuple[Snippet, ...]:
        """Return the snippets with the most marks.

        The whole title if it has any, then at most `most` of the other fields. A snippet has about
        `width` characters, cut between words, with `…` where text was omitted; marks are offsets in
        it. A title that is too long to be shown whole yields one snippet.
        """
        return built(self.pieces(marks, width=width, most=most))

    def pieces(
        self, marks: Mapping[str, list[Mark]], *, width: int = WIDTH, most: int = MOST
    ) -> "list[DraftSnippet]":
        """Return the same as `snippets`, each with the offsets of its marks in the field."""
        titles: list[DraftSnippet] = []
        others: list[tuple[int, str, list[Mark]]] = []
        for order, (name, text) in enumerate(self._fields.items()):
            if name not in marks:
                continue
            ordered = sorted(marks[name])
            if name != "title":
                others += [(order, name, piece) for piece in _windows(ordered, width, most)]
            elif self._title_fits:
                titles.append(DraftSnippet(name, text, ordered[:MARKS], 0))
            else:
                (piece,) = _windows(ordered, width, 1)
                titles.append(_piece(name, self._flattened(name), piece, width))
        # Those with most marks are chosen, and shown in the order of the text.
        if len(others) > most:
            others = sorted(others, key=lambda piece: (-len(piece[2]), piece))[:most]
        others.sort()
        return titles + [
            _piece(name, self._flattened(name), piece, width) for _, name, piece in others
        ]

    def _flattened(self, name: str) -> str:
        """Return a field with all whitespace replaced by spaces, character by character."""
        found = self._flat.get(name)
        if found is None:
            found = self._flat[name] = _MARGIN.sub(" ", self._fields[name])
        return found


def _windows(marks: list[Mark], width: int, most: int) -> list[list[Mark]]:
    """Group marks into windows that do not overlap, the fullest first, until there are enough."""
    waiting = marks
    found: list[list[Mark]] = []
    while waiting and len(found) < most:
        best = _fullest(waiting, width) if len(waiting) > 1 else waiting
        found.append(best)
        low, high = best[0][0] - width // 2, best[-1][1] + width // 2
        waiting = [mark for mark in waiting if mark[1] <= low or mark[0] >= high]
    return found


def _fullest(marks: list[Mark], width: int) -> list[Mark]:
    """Return the longest run of marks that fits, the first of equal ones.

    The first mark if all are too wide.
    """
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


def _piece(name: str, text: str, marks: list[Mark], width: int) -> DraftSnippet:
    """Return the snippet around some marks of a flattened text, bounded in bytes."""
    while True:
        start, end = marks[0]
        first = (start, min(end, start + width))
        fitting = [first, *(mark for mark in marks[1:MARKS] if mark[1] - start <= width)]
        piece = _cut(name, text, fitting, width)
        if fits(piece.text, PIECE_BYTES) or width <= 1:
            return piece
        width //= 2


def _cut(name: str, text: str, marks: list[Mark], width: int) -> DraftSnippet:
    """Return the snippet around some marks of a flattened text."""
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
    return DraftSnippet(name, f"{before}{text[low:high]}{after}", marks, shift)
