"""Attempts: each sends one message to one channel."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pantau.errors import RetryError
from pantau.keyed.desk import Desk
from pantau.keyed.tasks import Tasks
from pantau.notifier.attempt import AttemptResult, send
from pantau.notifier.channel_queue import ChannelQueue, Item
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.stops import ChannelStops
from pantau.notifier.reports.making import make
from pantau.notifier.reports.occasions import DueReport
from pantau.ports import AnyMessage, ChannelDriver, ReportMaker
from pantau.settings import NotifySettings


@dataclass(slots=True, kw_only=True)
class DispatcherState(Desk[ChannelQueue, Item]):
    """The state that the parts of a dispatcher share."""

    settings: NotifySettings
    deliveries: DeliveryState
    stops: ChannelStops = field(default_factory=ChannelStops)
    reports: ReportMaker | None = None


Conclude = Callable[[AttemptResult, datetime], Awaitable[None]]
"""Records the result of an attempt and its start time."""


class Tries:
    """Sends messages, and reports the results to the channel queues."""

    def __init__(
        self,
        desk: DispatcherState,
        tasks: Tasks[ChannelQueue, Item],
        drivers: Mapping[str, ChannelDriver],
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._drivers = drivers

    def start(
        self,
        lane: ChannelQueue,
        item: Item,
        message: AnyMessage | DueReport,
        conclude: Conclude,
    ) -> None:
        """Send a message to its channel; the queue is busy until there is a result."""
        item_id = item.item_id  # a summary may change while it is under way
        self._tasks.start(lane, lambda: self._try(lane, item_id, message, conclude))

    async def _try(
        self,
        lane: ChannelQueue,
        item_id: str,
        message: AnyMessage | DueReport,
        conclude: Conclude,
    ) -> None:
        desk = self._desk
        began = desk.clock.now()
        driver = self._drivers.get(message.channel.kind)
        made = await make(desk.reports, message) if isinstance(message, DueReport) else message
        if isinstance(made, AttemptResult):
            outcome = made
        else:
            outcome = await send(driver, made, desk.settings.timeout_seconds)
        await conclude(outcome, began)
        if isinstance(outcome.error, RetryError):
            lane.failed(item_id, desk.clock.now(), outcome.error.after_seconds)
        else:
            lane.worked()
