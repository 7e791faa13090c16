"""Work under way, and the free slots.

Up to `places` tasks start at the same time. One that takes longer than `SLOW_AFTER_SECONDS`
releases its slot to another queue, so slow servers block nobody; `SLOW_FACTOR` bounds their total
number.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from pantau.keyed.desk import Desk
from pantau.keyed.work_queue import AnyLane

SLOW_AFTER_SECONDS: Final = 1.0
SLOW_FACTOR: Final = 10
"""Maximum number of tasks, including slow ones, as a multiple of the places."""

L = TypeVar("L", bound=AnyLane)
I = TypeVar("I")  # noqa: E741 (an item)


class Tasks(Generic[L, I]):
    """The tasks of one stage, at most one per queue."""

    def __init__(self, desk: Desk[L, I], places: int) -> None:
        self._desk = desk
        self._most = SLOW_FACTOR * places
        self._free = places
        self.running: set[asyncio.Task[None]] = set()
        self.failure: BaseException | None = None
        """An error that a task raised: the stage must end with it."""

    @property
    def free(self) -> bool:
        """True if another one may start."""
        return self._free > 0 and len(self.running) < self._most

    def start(self, lane: L, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` in a task; the queue is busy until it ends, and is scheduled again then."""
        lane.busy = True
        self._free -= 1
        task = asyncio.create_task(self._run(lane, work))
        self.running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self.running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failure = self.failure or task.exception()
            self._desk.wake.set()

    async def _run(self, lane: L, work: Callable[[], Awaitable[None]]) -> None:
        desk = self._desk
        freed = False

        def free() -> None:
            nonlocal freed
            if not freed:
                freed = True
                self._free += 1
                desk.wake.set()

        # The slot is released once, by whichever comes first: the timer or the end of the work.
        slow = asyncio.get_running_loop().call_later(SLOW_AFTER_SECONDS, free)
        try:
            await work()
        finally:
            slow.cancel()
            free()
            lane.busy = False
            desk.schedule.put(lane)
            desk.wake.set()
