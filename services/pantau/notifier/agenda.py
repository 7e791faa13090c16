"""When each subscription is due next, for many subscriptions: looked at once a second. Pure."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Agenda:
    """The next moment of each key, as a heap whose outdated entries are dropped on the way.

    Keys of another member of the group stay planned here but are passed over: they may come to this
    member at any time. A look costs what stands before the first key of our own, which is little,
    since the other member moves its keys on when they are due.
    """

    def __init__(self, owns: Callable[[str], bool]) -> None:
        self._owns = owns
        self._due: dict[str, int] = {}
        self._heap: list[tuple[int, str]] = []
        self._passed: list[tuple[int, str]] = []

    def put(self, key: str, due: datetime | None) -> None:
        """Set when a key is due; None if it is not planned. Milliseconds are rounded up."""
        if due is None:
            self._due.pop(key, None)
            return
        moment = -((_EPOCH - due) // _MILLISECOND)
        if self._due.get(key) != moment:
            self._due[key] = moment
            heapq.heappush(self._heap, (moment, key))

    def again(self, key: str) -> None:
        """Plan a key that `take` returned for the same moment as before."""
        moment = self._due.get(key)
        if moment is not None:
            heapq.heappush(self._heap, (moment, key))

    def first(self) -> datetime | None:
        """Return the first moment of a key of our own; None if there is none."""
        self._look_again()
        while self._heap:
            moment, key = self._heap[0]
            if self._due.get(key) == moment:
                if self._owns(key):
                    return _EPOCH + moment * _MILLISECOND
                self._passed.append((moment, key))
            heapq.heappop(self._heap)
        return None

    def take(self, now: datetime, number: int) -> list[str]:
        """Remove and return due keys of our own, up to a limit, in the order of their moments."""
        found: list[str] = []
        while len(found) < number and (moment := self.first()) is not None and moment <= now:
            key = heapq.heappop(self._heap)[1]
            if not found or found[-1] != key:
                found.append(key)
        return found

    def _look_again(self) -> None:
        """Put passed keys back that came to this member."""
        if not self._passed:
            return
        still = [one for one in self._passed if self._due.get(one[1]) == one[0]]
        self._passed = []
        for one in still:
            if self._owns(one[1]):
                heapq.heappush(self._heap, one)
            else:
                self._passed.append(one)
