"""Summaries: one message for the many alerts of a flood.

1. The members are written (`summary_id`), after their subscriptions were looked up: removed ones
   are cancelled, paused ones are put on hold.
2. When that is durable, the summary is sent. After a crash the same members are summarised again,
   under the same id.
3. When the channel has it, all members are final: `summarized`. A failed attempt is recorded in the
   first of them alone; after the last attempt, all of them fail, each with a dead letter, since
   each could be sent by itself.

Records of thousands of deliveries are built in a thread, and written in portions, so that other
messages are read and sent meanwhile, even in the same channel.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from pantau.errors import RetryError
from pantau.keyed.results import PORTION, Pair
from pantau.notifier.attempt import (
    AttemptResult,
    Cancelled,
    CurrentChannel,
    OnHold,
    look_up_alert,
    look_up_channel,
    look_up_digest,
)
from pantau.notifier.channel_queue import ChannelQueue
from pantau.notifier.delivery_state import record_of
from pantau.notifier.dispatching.channel_watch import ChannelWatch
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.dispatching.letters import letter_of
from pantau.notifier.dispatching.singles import Singles
from pantau.notifier.dispatching.tries import DispatcherState, Tries
from pantau.notifier.floods.bundle import Bundle
from pantau.notifier.floods.summary import summarize
from pantau.notifier.retry_policy import announce, failure_text, settle, settle_in_summary
from pantau.notifier.telemetry import channel_kind, report_summary
from pantau.ports import Record, RuleMessage, SummaryMessage
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Channel

Apart = Callable[..., Awaitable[list["Changed"]]]
"""Runs a function in a thread."""
Changed = tuple[PendingDelivery, Delivery, list[Pair]]
"""A delivery, its next state, and its records to write."""
Ended = tuple[list[PendingDelivery], Delivery, AttemptResult, datetime]
"""The members of a summary, the final state of the first, the outcome, and the time."""

_log = logging.getLogger("pantau.notifier")


class Summaries:
    """Deliveries that are sent in summaries."""

    def __init__(
        self,
        desk: DispatcherState,
        tries: Tries,
        singles: Singles,
        watch: ChannelWatch,
        apart: Apart,
    ) -> None:
        self._desk = desk
        self._tries = tries
        self._singles = singles
        self._watch = watch
        self._apart = apart
        self._chosen: deque[Bundle] = deque()  # members are to be written
        # To be sent when everything up to a mark is durable.
        self._written: deque[tuple[int, Bundle]] = deque()
        self._ended: deque[Ended] = deque()  # results are to be written

    @property
    def busy(self) -> bool:
        """True if there is something to write."""
        return bool(self._chosen or self._written or self._ended)

    def begin(self, lane: ChannelQueue, bundle: Bundle) -> None:
        """Write the members of a summary, or send it if they are written.

        Raises RetryError.
        """
        # A table that lags might miss a subscription, and the delivery would be cancelled wrongly.
        if not self._desk.current:
            self._desk.doubt(lane, bundle)
            return
        try:
            names, channel = self._sift(bundle)
            single = len(bundle.members) == 1 and bundle.summary_id is None
            announced = channel is not None and not single and not bundle.unannounced()
            if channel is not None and announced:
                self._send(lane, bundle, names, channel)
        except RetryError:
            lane.add(bundle)
            self._desk.schedule.put(lane)
            raise
        if channel is None:
            return
        # A summary of one alert would say less than the alert itself.
        if single:
            bundle.lead.own = True
            self._singles.begin(lane, bundle.lead)
        elif not announced:
            bundle.choose()
            self._chosen.append(bundle)
            self._desk.wake.set()

    def _sift(self, bundle: Bundle) -> tuple[dict[str, str], Channel | None]:
        """Remove members that must not be sent from the bundle.

        Returns the subscriptions' names and the channel.
        """
        members = bundle.live()
        channel_id = bundle.lead.kept.channel_id
        stopped = self._desk.stops.refusal(self._desk.log, channel_id)
        found = {
            one: self._look_up(one, channel_id, stopped)
            for one in {entry.kept.subscription_id for entry in members}
        }
        # Members without a channel leave the bundle before their fate is recorded below.
        bundle.keep(
            entry
            for entry in members
            if isinstance(found[entry.kept.subscription_id], CurrentChannel)
        )
        for entry in members:
            standing = found[entry.kept.subscription_id]
            if isinstance(standing, OnHold):
                self._take_out(entry)
                self._singles.hold(entry)
            elif isinstance(standing, Cancelled):
                self._singles.cancel(entry, standing)
            elif isinstance(standing, AttemptResult):
                self._singles.conclude(entry, entry.delivery, standing)
        kept = {one: each for one, each in found.items() if isinstance(each, CurrentChannel)}
        channel = next((each.channel for each in kept.values()), None)
        return {one: each.subscription.name for one, each in kept.items()}, channel

    def _look_up(
        self, subscription_id: str, channel_id: str, stopped: AttemptResult | None
    ) -> CurrentChannel | Cancelled | OnHold | AttemptResult:
        found = look_up_channel(self._desk.log, subscription_id, channel_id)
        # That a channel is stopped concerns only what would be sent: deliveries of removed
        # subscriptions are still cancelled, those of paused ones still put on hold.
        return stopped if stopped is not None and isinstance(found, CurrentChannel) else found

    def _take_out(self, entry: PendingDelivery) -> None:
        """Record that a delivery is not in this summary after all; another one will have it."""
        if entry.kept.summary_id is not None:
            taken_out = announce(entry.delivery, None, self._desk.clock.now())
            self._note([_changed(entry, taken_out)])

    async def work(self) -> None:
        """Pass on a portion of the records to write."""
        if self._chosen:
            await self._announce(self._chosen[0])
        if self._ended:
            await self._settle(self._ended[0])

    async def settle_all(self) -> None:
        """Pass on the results of all members."""
        while self._ended:
            await self._settle(self._ended[0])

    async def _announce(self, bundle: Bundle) -> None:
        portion = [one for one in bundle.unannounced() if not one.gone][:PORTION]
        changed = await self._apart(_announced, portion, bundle.choose(), self._desk.clock.now())
        self._note(changed)
        if len(portion) < PORTION:
            self._chosen.popleft()
            self._written.append((self._desk.results.mark, bundle))

    def send_written(self) -> None:
        """Queue the summaries whose members are durable."""
        desk = self._desk
        while self._written and desk.results.written(self._written[0][0]):
            _, bundle = self._written.popleft()
            if bundle.live():
                desk.schedule.put(desk.deliveries.wait(bundle))
            desk.wake.set()

    def _send(
        self, lane: ChannelQueue, bundle: Bundle, names: dict[str, str], channel: Channel
    ) -> None:
        summary_id = bundle.choose()
        message: RuleMessage | SummaryMessage | None = look_up_digest(
            self._desk.log, bundle.lead.delivery, summary_id
        )
        if message is None:
            find = partial(look_up_alert, self._desk.log)
            message = SummaryMessage(summarize(summary_id, bundle.members, names, find), channel)
        self._tries.start(lane, bundle, message, partial(self._tried, bundle, message))

    async def _tried(
        self,
        bundle: Bundle,
        message: RuleMessage | SummaryMessage,
        outcome: AttemptResult,
        began: datetime,
    ) -> None:
        desk, now = self._desk, self._desk.clock.now()
        members = bundle.live()
        if not members:  # other group members continue with them
            return
        bundle.keep(members)
        lead = members[0]
        settled = settle(lead.delivery, outcome.error, now, desk.settings)
        if settled.problem is not None:
            _log.warning(
                "summary %s of %d alerts to %s %s: %s",
                *(message.message_id, len(members), settled.channel, failure_text(settled)),
                settled.problem,
                extra={"ids": {"summary_id": message.message_id}},
            )
        written = None
        self._watch.tried(lead, settled, outcome)
        if settled.status.final:
            self._ended.append((members, settled, outcome, now))
            desk.wake.set()
        else:
            changed = _settled(members[:1], settled, outcome, now)
            self._note(changed)
            desk.signals.metrics.tried(channel_kind(settled.channel), settled.status.value)
            written = changed[0][2][0][1]
            desk.deliveries.wait(bundle)
        headers = lead.origin.record.headers
        report_summary(
            desk.signals, message, outcome.name, (headers, written), began, desk.clock.now()
        )

    async def _settle(self, ended: "Ended") -> None:
        members, settled, outcome, now = ended
        portion = members[:PORTION]
        del members[:PORTION]
        changed = await self._apart(_settled, portion, settled, outcome, now)
        number = self._note(changed)
        if number:
            status = changed[0][1].status.value
            self._desk.signals.metrics.tried(channel_kind(settled.channel), status, number)
        if not members:
            self._ended.popleft()

    def _note(self, changed: Sequence[Changed]) -> int:
        """Apply next states of entries that are still ours; return their number."""
        desk, number = self._desk, 0
        for entry, delivery, pairs in changed:
            if entry.gone:
                continue
            desk.results.add(entry.held, pairs)
            entry.held = []
            entry.delivery = delivery
            number += 1
            if delivery.status.final:
                desk.deliveries.close(entry)
        desk.wake.set()
        return number


def _announced(entries: Sequence[PendingDelivery], summary_id: str, now: datetime) -> list[Changed]:
    return [_changed(one, announce(one.delivery, summary_id, now)) for one in entries]


def _settled(
    members: Sequence[PendingDelivery], lead: Delivery, outcome: AttemptResult, now: datetime
) -> list[Changed]:
    made = []
    for one in members:
        entry, delivery, pairs = _changed(one, settle_in_summary(one.delivery, lead, now))
        if delivery.status is DeliveryStatus.FAILED:
            pairs.append((entry.origin, letter_of(entry, delivery, outcome, now)))
        made.append((entry, delivery, pairs))
    return made


def _changed(entry: PendingDelivery, delivery: Delivery) -> Changed:
    record: Record = record_of(delivery, entry.origin.record.headers)
    return entry, delivery, [(entry.origin, record)]
