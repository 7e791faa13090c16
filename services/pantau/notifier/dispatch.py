"""Delivery to channels: a keyed stage (`pantau.keyed`) and its policy.

The stage consumes the topic `deliveries` as group `dispatcher`; the key is the channel. The policy
folds records into queues (`delivery_state`), one message at a time in each (`channel_queue`):
single alerts and messages of several (`singles`), or a summary of what is over a channel's limit
(`summaries`). The result of an attempt is written as the delivery's next record, in the same step
that finishes the records before it; after a crash in between the message is sent again under the
same id.

- Nothing is sent before the topic was read to its end, because a later record may be final.
- Subscription, channel and alerts are looked up when sending. If one was removed, the delivery is
  cancelled; if the subscription is paused, it is put on hold until the subscription is resumed or
  removed. A scheduled report is made then, from the index (`reports.occasions`).
- The group's members divide the deliveries by subscription. Each copies its own partitions of
  alerts, messages and deliveries alone, and has its part of the limit of a channel that several of
  them serve (`floods.shares`). It begins with what was sent recently of its partitions.
"""

import logging
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.errors import RejectError
from pantau.keyed.desk import FollowedTables, Holding
from pantau.keyed.policy import ReadResult
from pantau.keyed.schedule import Schedule
from pantau.keyed.stage import KeyedStage
from pantau.keyed.tasks import Tasks
from pantau.notifier.attempt import is_paused
from pantau.notifier.channel_queue import ChannelQueue, Item
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.channel_watch import ChannelWatch
from pantau.notifier.dispatching.singles import Singles
from pantau.notifier.dispatching.tries import DispatcherState, Tries
from pantau.notifier.floods.bundle import Bundle
from pantau.notifier.floods.recent import recent
from pantau.notifier.floods.shares import ChannelShares
from pantau.notifier.floods.summaries import Apart, Summaries
from pantau.notifier.retry_policy import STAGE
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import ChannelDriver, Clock, Log, Received, Record, ReportMaker, Share
from pantau.settings import NotifySettings
from pantau.stream.dead_letter import dead_letter, warn_rejected
from pantau_schemas.events.alert import Delivery
from pantau_schemas.topics import (
    ALERTS,
    CHANNEL_STATE,
    DELIVERIES,
    MESSAGES,
    REPORT_SCHEDULES,
    SUBSCRIPTIONS,
)

GROUP: Final = "dispatcher"
FOLLOWS: Final = (
    SUBSCRIPTIONS,
    ALERTS,
    MESSAGES,
    CHANNEL_STATE,
    DELIVERIES,
    REPORT_SCHEDULES,
)
HOLDS: Final = (ALERTS, MESSAGES, DELIVERIES)
"""Those of them that are partitioned as the deliveries."""


_log = logging.getLogger(__name__)


def _all_keys(partition_key: str) -> bool:
    del partition_key
    return True


class DeliveryPolicy:
    """Implements `pantau.keyed.policy.Policy`: the meaning of deliveries, and sending."""

    room: Final = sys.maxsize  # entries are small, and later final records must be known
    room_bytes: Final = None

    def __init__(
        self,
        desk: DispatcherState,
        tasks: Tasks[ChannelQueue, Item],
        drivers: Mapping[str, ChannelDriver],
        apart: Apart,
        shares: ChannelShares,
    ) -> None:
        self._desk = desk
        self._shares = shares
        self._deliveries = desk.deliveries
        tries = Tries(desk, tasks, drivers)
        watch = ChannelWatch(desk)
        self._singles = Singles(desk, tries, watch)
        self._summaries = Summaries(desk, tries, self._singles, watch, apart)
        # Partitions whose former deliveries count; None: those of all.
        self._counted: frozenset[int] | None = frozenset()
        self._sent: list[Delivery] = []  # to count at the next reading
        self._version: int | None = None  # of the subscriptions, once deliveries were put on hold
        self._looked = desk.clock.now()

    @property
    def waiting(self) -> int:
        """Number of known deliveries that are not final."""
        return len(self._deliveries)

    @property
    def busy(self) -> bool:
        """True if there are records of a summary to write."""
        return self._summaries.busy

    def read(self, batch: Sequence[Received], now: datetime) -> ReadResult[ChannelQueue]:
        """Read deliveries. Raises RetryError before any of them is."""
        self._shares.refresh(self._desk.log.table(SUBSCRIPTIONS.name))
        sent, self._sent = self._sent, []
        self._deliveries.count(sent)
        return self._deliveries.read(batch, now)

    def shared(self, share: Share | None) -> None:
        """Apply an assignment: look up its recent deliveries, and our parts of channels.

        Called in the thread of the log, while nothing is read. Raises RetryError.
        """
        self._shares.follow(self._desk.log.table(SUBSCRIPTIONS.name), share)
        before = self._counted
        if before is None:
            return
        ours = _all_keys
        if share is not None:
            fresh = share.partitions - before
            if not fresh:
                self._counted = share.partitions
                return
            ours = Share(fresh, share.count, share.partition_of).owns
        table = self._desk.log.table(DELIVERIES.name)
        self._sent += recent(table, self._desk.settings, self._desk.clock.now(), ours)
        self._counted = None if share is None else share.partitions

    def begin(self, lane: ChannelQueue, item: Item) -> None:
        """Send an alert or a summary, if there is still something to send."""
        if isinstance(item, Bundle):
            self._summaries.begin(lane, item)
        else:
            self._singles.begin(lane, item)

    def again(self, lane: ChannelQueue, item: Item) -> None:
        """Repeat a lookup that found nothing."""
        if isinstance(item, Bundle):
            self._summaries.begin(lane, item)  # by its turn tables might lag again
        else:
            lane.add(item)

    def resume(self) -> Iterable[ChannelQueue]:
        """Resume held deliveries whose subscription is no longer paused.

        After a clock that was ahead was set back, return all queues, which wait for the right one.
        """
        released = self._released()
        looked, self._looked = self._looked, self._desk.clock.now()
        if was_ahead(looked, self._looked):
            return (*released, *self._deliveries.set_back(self._looked))
        return released

    def _released(self) -> Sequence[ChannelQueue]:
        if not self._deliveries.holding:
            return ()
        table = self._desk.log.table(SUBSCRIPTIONS.name)
        if self._version is None:
            self._version, changed = table.snapshot().version, self._deliveries.holding
        else:
            changes = table.changes(self._version)
            self._version, changed = (
                changes.version,
                self._deliveries.holding & changes.values.keys(),
            )
        return self._deliveries.release(
            one for one in changed if not is_paused(self._desk.log, one)
        )

    async def work(self) -> None:
        """Prepare a portion of the records of summaries."""
        await self._summaries.work()

    def kept(self) -> None:
        """Queue the summaries whose members are durable."""
        self._summaries.send_written()

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the deliveries of these partitions."""
        self._deliveries.forget(partitions)

    async def wind_up(self) -> None:
        """Prepare the results of all members of summaries."""
        await self._summaries.settle_all()

    def refused(self, origin: Received, error: RejectError) -> Record:
        """Return the dead letter of a delivery whose next state, or letter, is too large.

        It can be: anybody may write a delivery with headers or content as large as a record.
        """
        warn_rejected(_log, STAGE, origin, error)
        return dead_letter(STAGE, origin, error, self._desk.clock.now())


class Dispatcher(KeyedStage[ChannelQueue, Item]):
    """Sends deliveries to channels.

    `drivers` are by kind of channel; the caller closes them. `reports` makes scheduled reports;
    without it they wait.
    """

    def __init__(
        self,
        log: Log,
        drivers: Mapping[str, ChannelDriver],
        clock: Clock,
        settings: NotifySettings,
        signals: Signals = NO_SIGNALS,
        *,
        reports: ReportMaker | None = None,
    ) -> None:
        shares = ChannelShares()
        deliveries = DeliveryState(settings, shares.part)
        signals.metrics.ages("delivery", lambda: deliveries.oldest(clock.now()))
        desk = DispatcherState(
            FollowedTables(GROUP, log, FOLLOWS),
            clock,
            signals,
            Schedule(clock, deliveries.leave),
            settings=settings,
            deliveries=deliveries,
            reports=reports,
        )
        tasks = Tasks(desk, settings.lanes)
        policy = DeliveryPolicy(desk, tasks, drivers, self._apart, shares)
        holding = Holding(GROUP, HOLDS, log, policy.shared)
        super().__init__(GROUP, DELIVERIES, FOLLOWS, log, policy, desk, tasks, holding)

    @property
    def sending(self) -> int:
        """Number of attempts under way."""
        return self.working
