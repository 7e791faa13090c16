"""Attempts under way: each sends one message to one channel.

`settings.lanes` attempts start at the same time. An attempt that takes longer than
`SLOW_AFTER_SECONDS` releases its slot to another queue, so slow servers block nobody; `SLOW_FACTOR`
bounds their total number.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pantau.errors import RetryError
from pantau.notifier.attempt import AttemptResult, send
from pantau.notifier.channel_queue import ChannelQueue, Item
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.results import Results
from pantau.notifier.dispatching.schedule import Schedule
from pantau.observe.signals import Signals
from pantau.ports import AnyMessage, ChannelDriver, Clock, Log
from pantau.settings import NotifySettings

SLOW_AFTER_SECONDS: Final = 1.0
SLOW_FACTOR: Final = 10
"""Maximum number of attempts under way, including slow ones, as a multiple of `settings.lanes`."""


@dataclass(slots=True)
class DispatcherState:
    """The state shared by the parts of a dispatcher."""

    log: Log
    clock: Clock
    settings: NotifySettings
    signals: Signals
    book: DeliveryState
    schedule: Schedule
    wake: asyncio.Event
    results: Results = field(default_factory=Results)
    current: bool = False  # whether tables were updated after the last record was read
    doubtful: list[tuple[ChannelQueue, Item]] = field(
        default_factory=list
    )  # to look up after the tables are updated

    def doubt(self, lane: ChannelQueue, item: Item) -> None:
        """Postpone something until the tables are updated."""
        lane.busy = True
        self.doubtful.append((lane, item))
        self.wake.set()


Conclude = Callable[[AttemptResult, datetime], Awaitable[None]]
"""Records the result of an attempt and its start time."""


class Tries:
    """The attempts under way, and the free slots."""

    def __init__(self, desk: DispatcherState, drivers: Mapping[str, ChannelDriver]) -> None:
        self._desk = desk
        self._drivers = drivers
        self._slots = desk.settings.lanes
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def free(self) -> bool:
        """True if another one may start."""
        return self._slots > 0 and len(self.tasks) < SLOW_FACTOR * self._desk.settings.lanes

    def start(
        self, lane: ChannelQueue, item: Item, message: AnyMessage, conclude: Conclude
    ) -> None:
        """Send a message to its channel; the queue is busy until there is a result."""
        lane.busy = True
        self._slots -= 1
        task = asyncio.create_task(self._try(lane, item.item_id, message, conclude))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _try(
        self, lane: ChannelQueue, item_id: str, message: AnyMessage, conclude: Conclude
    ) -> None:
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
