"""From matched words to pieces of text that show them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pantau_schemas.alert import Snippet
from pantau_schemas.base import Span

WIDTH: Final = 160
MOST: Final = 3
ELLIPSIS: Final = "…"
_BORDER: Final = re.compile(r"\s")


def snippets(
    fields: Mapping[str, str], spans: Iterable[Span], *, width: int = WIDTH, most: int = MOST
) -> tuple[Snippet, ...]:
    """Give the pieces with the most matched words: the title whole if it has any, then at most `most` of the others.

    A piece is about `width` characters, cut between words, with `…` where text was left out; marks count in it.
    """
    by_field: dict[str, list[tuple[int, int]]] = {}
    for span in spans:
        if span.field in fields:
            by_field.setdefault(span.field, []).append((span.start, span.end))
    found: list[Snippet] = []
    title = by_field.pop("title", None)
    if title is not None:
        found.append(Snippet(field="title", text=fields["title"], marks=tuple(sorted(title))))
    pieces = [
        (-len(marks), order, first, name, marks)
        for order, name in enumerate(name for name in fields if name in by_field)
        for first, marks in _windows(sorted(by_field[name]), width, most)
    ]
    best = sorted(sorted(pieces)[:most], key=lambda piece: (piece[1], piece[2]))
    found += [_cut(name, fields[name], marks, width) for _, _, _, name, marks in best]
    return tuple(found)


def _windows(marks: list[tuple[int, int]], width: int, most: int) -> list[tuple[int, list[tuple[int, int]]]]:
    """Divide marks among pieces that do not overlap, the fullest first taken, until there are enough."""
    waiting = marks
    found: list[tuple[int, list[tuple[int, int]]]] = []
    while waiting and len(found) < most:
        best: list[tuple[int, int]] = []
        last = 0
        for index, (start, _) in enumerate(waiting):
            last = max(last, index)
            while last < len(waiting) and waiting[last][1] - start <= width:
                last += 1
            if last - index > len(best):
                best = waiting[index:last]
        best = best or waiting[:1]
        found.append((best[0][0], best))
        low, high = best[0][0] - width // 2, best[-1][1] + width // 2
        waiting = [mark for mark in waiting if mark[1] <= low or mark[0] >= high]
    return found


def _cut(name: str, text: str, marks: list[tuple[int, int]], width: int) -> Snippet:
    spare = max(0, width - (marks[-1][1] - marks[0][0]))
    low = max(0, marks[0][0] - spare // 2)
    high = min(len(text), max(marks[-1][1], low + width))
    low = max(0, min(low, max(high - width, 0), marks[0][0])) if high == len(text) else low
    low, high = (
        _to_border(text, low, marks[0][0], forward=True),
        _to_border(text, high, marks[-1][1], forward=False),
    )
    while low < marks[0][0] and text[low].isspace():
        low += 1
    while high > marks[-1][1] and text[high - 1].isspace():
        high -= 1
    before, after = ELLIPSIS if low > 0 else "", ELLIPSIS if high < len(text) else ""
    shift = len(before) - low
    piece = before + _BORDER.sub(" ", text[low:high]) + after
    return Snippet(field=name, text=piece, marks=tuple((start + shift, end + shift) for start, end in marks))


def _to_border(text: str, place: int, mark: int, *, forward: bool) -> int:
    """Move a cut to the nearest white space on the way to the mark; to the mark where there is none."""
    if place in {0, len(text)} or text[place - 1].isspace() or text[place].isspace():
        return place
    if forward:
        found = _BORDER.search(text, place, mark)
        return found.start() if found else mark
    while place > mark and not text[place - 1].isspace():
        place -= 1
    return place
