"""Phrases with slop, as Lucene matches them.

Each word of the phrase has a cursor over its positions, stored as position minus index in the
phrase; when all of them lie within `slop`, the phrase matches. The lowest cursor advances. If the
phrase repeats a word, two cursors may not be on the same token: the lesser advances. This is the
algorithm of Lucene's SloppyPhraseMatcher (Lucene 10), including the combinations that it skips; so
the heap is the textbook one of Lucene, and keys change within it.

Each move is charged to a meter: if a word is repeated, a move can advance all of its cursors.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pantau.query.meaning.budget import Meter

_MOVE: Final = 15
"""The cost of advancing a cursor and restoring the heap in units."""


@dataclass(slots=True)
class _Cursor:
    positions: list[int]
    offset: int
    group: int
    rank: int
    place: int = 0
    token: int = 0
    position: int = 0

    def move_to(self, place: int) -> None:
        self.place = place
        self.token = self.positions[place]
        self.position = self.token - self.offset

    def advance(self) -> bool:
        if self.place + 1 >= len(self.positions):
            return False
        self.move_to(self.place + 1)
        return True

    def before(self, other: "_Cursor") -> bool:
        mine, its = self.position, other.position
        return mine < its or (mine == its and self.offset < other.offset)


class _Heap:
    """A binary heap whose keys may change while they are in it, without reordering."""

    def __init__(self) -> None:
        self.items: list[_Cursor] = []

    def push(self, item: _Cursor) -> None:
        items = self.items
        items.append(item)
        place = len(items) - 1
        while place:
            above = (place - 1) // 2
            if not item.before(items[above]):
                break
            items[place] = items[above]
            place = above
        items[place] = item

    def pop(self) -> _Cursor:
        items = self.items
        top, item = items[0], items.pop()
        end = len(items)
        if not end:
            return top
        place, child = 0, 1
        while child < end:
            if child + 1 < end and items[child + 1].before(items[child]):
                child += 1
            if not items[child].before(item):
                break
            items[place] = items[child]
            place, child = child, 2 * child + 1
        items[place] = item
        return top


def matches(
    lists: list[list[int]], terms: tuple[str, ...], slop: int, meter: Meter
) -> Iterator[tuple[int, ...]]:
    """Yield the positions of each match, word by word, as it is found.

    `lists` are those of each word of the phrase.
    """
    return _Search(lists, terms, slop, meter).all()


class _Search:
    def __init__(
        self, lists: list[list[int]], terms: tuple[str, ...], slop: int, meter: Meter
    ) -> None:
        self.slop = slop
        self.meter = meter
        meter.spend(_MOVE * len(terms))
        # Cursors of one word must not stand on the same token, so they know of each other.
        repeated = {
            term: number
            for number, term in enumerate(
                term for term, times in Counter(terms).items() if times > 1
            )
        }
        self.groups: list[list[_Cursor]] = [[] for _ in repeated]
        self.standing: list[dict[int, _Cursor]] = [{} for _ in repeated]
        """Of each repeated word: which cursor is on a token; no two share one."""
        self.cursors: list[_Cursor] = []
        for offset, (term, positions) in enumerate(zip(terms, lists, strict=True)):
            group = repeated.get(term, -1)
            cursor = _Cursor(positions, offset, group, len(self.groups[group]) if group >= 0 else 0)
            self.cursors.append(cursor)
            if group >= 0:
                self.groups[group].append(cursor)
        self.heap = _Heap()
        self.end = 0

    def all(self) -> Iterator[tuple[int, ...]]:
        for group in self.groups:
            for rank, cursor in enumerate(group):
                if rank >= len(cursor.positions):
                    return
                cursor.move_to(rank)
                self.standing[cursor.group][cursor.token] = cursor
        for cursor in self.cursors:
            if cursor.group < 0:
                cursor.move_to(0)
            self.heap.push(cursor)
        self.end = max(cursor.position for cursor in self.cursors)
        going = True
        while going:
            going, where = self._next()
            if where is not None:
                yield where

    def _next(self) -> tuple[bool, tuple[int, ...] | None]:
        """Find the next match: whether there may be more, and the match."""
        lowest = self.heap.pop()
        length = self.end - lowest.position
        where = self._tokens(length)
        following = self.heap.items[0].position
        while lowest.place + 1 < len(lowest.positions):
            self.meter.spend(_MOVE)
            self._leave(lowest)
            lowest.advance()
            self.end = max(self.end, lowest.position)
            if self.groups and not self._part(lowest):
                break
            # Another cursor is the lowest now. As long as this one was, each move could only
            # shorten the match; so the last one found is the shortest.
            if lowest.position > following:
                self.heap.push(lowest)
                if where is not None:
                    return True, where
                lowest = self.heap.pop()
                following = self.heap.items[0].position
                length = self.end - lowest.position
                where = self._tokens(length)
            elif self.end - lowest.position < length:
                length = self.end - lowest.position
                where = self._tokens(length)
        return False, where

    def _tokens(self, length: int) -> tuple[int, ...] | None:
        """Return the positions of the cursors, if they are a match."""
        if length > self.slop:
            return None
        self.meter.spend(len(self.cursors))
        return tuple(cursor.token for cursor in self.cursors)

    def _leave(self, cursor: _Cursor) -> None:
        """Remove a cursor from its token, unless another one has reached it."""
        if cursor.group >= 0 and self.standing[cursor.group].get(cursor.token) is cursor:
            del self.standing[cursor.group][cursor.token]

    def _part(self, cursor: _Cursor) -> bool:
        """Advance until no two cursors share a token, and reorder those that moved."""
        if cursor.group < 0:
            return True
        moved: set[int] = set()
        rank = cursor.rank
        standing = self.standing[cursor.group]
        while (other := standing.get(cursor.token)) is not None:
            self.meter.spend(_MOVE)
            collided = other.rank
            if cursor.before(other):
                pass  # the other one stays
            else:
                standing[cursor.token] = cursor
                cursor = other
            if not cursor.advance():
                return False
            self.end = max(self.end, cursor.position)
            if collided != rank:
                moved.add(collided)
        standing[cursor.token] = cursor
        taken = []
        # Their keys changed within the heap, whose order may no longer hold: everything down to the
        # last of them is taken out and put back.
        while moved:
            self.meter.spend(_MOVE)
            top = self.heap.pop()
            taken.append(top)
            if top.group >= 0:
                moved.discard(top.rank)
        for top in reversed(taken):
            self.heap.push(top)
        return True
