"""Scheduling of queues: some can be served now, in turn, others wait for a time."""

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from pantau.keyed.work_queue import AnyLane
from pantau.ports import Clock

L = TypeVar("L", bound=AnyLane)


class Schedule(Generic[L]):
    """The queues with work. `leave` is called with an empty one."""

    def __init__(self, clock: Clock, leave: Callable[[L], None]) -> None:
        self._clock = clock
        self._leave = leave
        self._ready: deque[L] = deque()
        self._timers: list[tuple[datetime, int, L]] = []
        self._tickets = itertools.count()

    def __bool__(self) -> bool:
        """Return whether a queue can be served now."""
        return bool(self._ready)

    def put(self, lane: L) -> None:
        """Schedule a queue for its next time; a busy one is scheduled again afterwards."""
        if lane.busy or lane.queued:
            return
        when = lane.next_time()
        if when is None:
            self._leave(lane)
        elif when <= self._clock.now():
            lane.queued = True
            self._ready.append(lane)
        elif lane.timer is None or when < lane.timer:
            # An earlier time gets a timer of its own; the later one stays in the heap, and only
            # looks once more.
            lane.timer = when
            heapq.heappush(self._timers, (when, next(self._tickets), lane))

    def wind(self, now: datetime) -> None:
        """Release the queues whose time has come."""
        due: list[L] = []
        while self._timers and self._timers[0][0] <= now:
            lane = heapq.heappop(self._timers)[2]
            lane.timer = None
            due.append(lane)
        # All are taken before the first is put back: where the clock was set back since `now`, a
        # queue would be released and put back without end.
        for lane in due:
            self.put(lane)

    def take(self) -> L:
        """Remove and return the queue whose turn it is."""
        lane = self._ready.popleft()
        lane.queued = False
        return lane

    @property
    def idle_seconds(self) -> float | None:
        """Seconds until the next queue is due; None if none waits for a time."""
        if not self._timers:
            return None
        return max(0.0, (self._timers[0][0] - self._clock.now()).total_seconds())
