"""Tries under way: each brings one message to one channel.

`settings.lanes` tries start at the same time. A try that takes longer than `SLOW_AFTER_SECONDS`
gives its place to another lane, so slow servers hold up nobody; `SLOW_FACTOR` bounds how many there
can be altogether.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pantau.errors import RetryError
from pantau.notifier.attempt import Outcome, send
from pantau.notifier.channel_queue import Item, Lane
from pantau.notifier.delivery_state import Book
from pantau.notifier.dispatching.results import Results
from pantau.notifier.dispatching.schedule import Schedule
from pantau.observe.signals import Signals
from pantau.ports import AnyMessage, ChannelDriver, Clock, Log
from pantau.settings import NotifySettings

SLOW_AFTER_SECONDS: Final = 1.0
SLOW_FACTOR: Final = 10
"""Tries under way at once, slow ones included, are at most this many times `settings.lanes`."""


@dataclass(slots=True)
class Desk:
    """The state that the parts of a dispatcher share."""

    log: Log
    clock: Clock
    settings: NotifySettings
    signals: Signals
    book: Book
    schedule: Schedule
    wake: asyncio.Event
    results: Results = field(default_factory=Results)
    current: bool = False  # whether tables were brought up to date after the last record was read
    doubtful: list[tuple[Lane, Item]] = field(
        default_factory=list
    )  # to be looked up with tables up to date

    def doubt(self, lane: Lane, item: Item) -> None:
        """Put something aside until tables are up to date."""
        lane.busy = True
        self.doubtful.append((lane, item))
        self.wake.set()


Conclude = Callable[[Outcome, datetime], Awaitable[None]]
"""Notes what a try came to; also given when it began."""


class Tries:
    """The tries under way, and the places for further ones."""

    def __init__(self, desk: Desk, drivers: Mapping[str, ChannelDriver]) -> None:
        self._desk = desk
        self._drivers = drivers
        self._slots = desk.settings.lanes
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def free(self) -> bool:
        """True if another one may start."""
        return self._slots > 0 and len(self.tasks) < SLOW_FACTOR * self._desk.settings.lanes

    def start(self, lane: Lane, item: Item, message: AnyMessage, conclude: Conclude) -> None:
        """Bring a message to its channel; the lane is busy until that came to something."""
        lane.busy = True
        self._slots -= 1
        task = asyncio.create_task(self._try(lane, item.item_id, message, conclude))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _try(self, lane: Lane, item_id: str, message: AnyMessage, conclude: Conclude) -> None:
        desk = self._desk
        freed, began = False, desk.clock.now()

        def free() -> None:
            nonlocal freed
            if not freed:
                freed = True
                self._slots += 1
                desk.wake.set()

        slow = asyncio.get_running_loop().call_later(SLOW_AFTER_SECONDS, free)
        try:
            driver = self._drivers.get(message.channel.kind)
            outcome = await send(driver, message, desk.settings.timeout_seconds)
            await conclude(outcome, began)
            if isinstance(outcome.error, RetryError):
                lane.failed(item_id, desk.clock.now(), outcome.error.after_seconds)
            else:
                lane.worked()
        finally:
            slow.cancel()
            free()
            lane.busy = False
            desk.schedule.put(lane)
            desk.wake.set()
