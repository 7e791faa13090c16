"""Time limits of many waits of the same length, with one timer of the event loop for all of them.

Each fetch has limits that are hardly ever reached. A timer for each is made, sorted among the
others, and cancelled: a tenth of what a fetch costs the event loop.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Expiries(Generic[T]):
    """Items that expire after `seconds` each, unless they are removed before. One event loop only.

    All wait equally long, so they expire in the order in which they came: the timer is that of the
    oldest.
    """

    def __init__(self, seconds: float, expired: Callable[[T], None]) -> None:
        self._seconds = seconds
        self._expired = expired
        self._until: dict[T, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, item: T) -> None:
        """Add an item that is not there."""
        loop = asyncio.get_running_loop()
        self._until[item] = until = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_at(until, self._expire, loop)

    def remove(self, item: T) -> None:
        """Remove an item; nothing happens to one that expired."""
        self._until.pop(item, None)
        if not self._until and self._timer is not None:
            self._timer.cancel()  # it may be of a loop that ends
            self._timer = None

    def _expire(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer, now = None, loop.time()
        while self._until:
            item, until = next(iter(self._until.items()))
            if until > now:
                self._timer = loop.call_at(until, self._expire, loop)
                return
            del self._until[item]
            self._expired(item)

    def __iter__(self) -> Iterator[T]:
        """Yield the items, the oldest first."""
        return iter(self._until)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._until)


class TimeLimit:
    """Bounds work by the same number of seconds each time, as `asyncio.timeout` does."""

    def __init__(self, seconds: float) -> None:
        self._running = Expiries[asyncio.Timeout](seconds, _end)

    async def bound(self, work: Coroutine[object, object, R]) -> R:
        """Return what `work` returns. Raises TimeoutError, and cancels it, if it takes longer."""
        async with asyncio.timeout(None) as limit:
            self._running.add(limit)
            try:
                return await work
            finally:
                self._running.remove(limit)


def _end(limit: asyncio.Timeout) -> None:
    # A limit in the past ends at once, with TimeoutError in the task that entered it.
    limit.reschedule(asyncio.get_running_loop().time())
