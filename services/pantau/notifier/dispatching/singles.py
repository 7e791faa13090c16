"""Single deliveries: look up, send, and record the result."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from pantau.errors import RetryError
from pantau.notifier.attempt import AttemptResult, Cancelled, OnHold, look_up
from pantau.notifier.channel_queue import ChannelQueue
from pantau.notifier.delivery_state import record_of
from pantau.notifier.dispatching.channel_watch import ChannelWatch
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.dispatching.letters import letter_of
from pantau.notifier.dispatching.tries import DispatcherState, Tries
from pantau.notifier.reports.occasions import DueReport
from pantau.notifier.retry_policy import cancel, failure_text, settle
from pantau.notifier.telemetry import channel_kind, report_try
from pantau.ports import Message, Record, RuleMessage
from pantau_schemas.events.alert import Delivery, DeliveryStatus

_log = logging.getLogger("pantau.notifier")


class Singles:
    """Deliveries with a message of their own."""

    def __init__(self, desk: DispatcherState, tries: Tries, watch: ChannelWatch) -> None:
        self._desk = desk
        self._tries = tries
        self._watch = watch

    def begin(self, lane: ChannelQueue, entry: PendingDelivery) -> None:
        """Attempt a delivery, if there is still something to send.

        Raises RetryError when the log is unreachable.
        """
        desk = self._desk
        delivery = entry.delivery
        try:
            found = look_up(desk.log, delivery)
            if isinstance(found, Message | RuleMessage | DueReport):
                refused = desk.stops.refusal(desk.log, delivery.channel_id)
                if refused is not None and not desk.current:
                    desk.doubt(lane, entry)  # it may have been resumed: the table may lag
                    return
                found = refused or found
        except RetryError:
            lane.add(entry)
            desk.schedule.put(lane)
            raise
        if isinstance(found, AttemptResult):
            self.conclude(entry, delivery, found)
        elif isinstance(found, RuleMessage) and not found.complete and not desk.current:
            desk.doubt(lane, entry)  # the table of alerts may lag
        elif isinstance(found, Message | RuleMessage | DueReport):
            self._tries.start(lane, entry, found, partial(self._tried, entry, found))
        elif isinstance(found, OnHold):
            self.hold(entry)
        # Nothing was found, perhaps because the table lags: it is looked up again before that is
        # final.
        elif not desk.current:
            desk.doubt(lane, entry)
        else:
            self.cancel(entry, found)

    def hold(self, entry: PendingDelivery) -> None:
        """Put a delivery on hold while its subscription is paused."""
        self._desk.deliveries.hold(entry)
        self._desk.wake.set()  # changes are followed from now on; it may have been resumed already

    def cancel(self, entry: PendingDelivery, found: Cancelled) -> None:
        """Record that there is nothing to send any more."""
        self._write(entry, cancel(entry.delivery, found.reason, self._desk.clock.now()))

    async def _tried(
        self,
        entry: PendingDelivery,
        message: Message | RuleMessage | DueReport,
        outcome: AttemptResult,
        began: datetime,
    ) -> None:
        headers = entry.origin.record.headers
        gone = entry.gone  # another member finished it meanwhile, and notes its channel's state
        written = self.conclude(entry, message.delivery, outcome)
        desk = self._desk
        if not gone:
            self._watch.tried(entry, message.delivery, outcome)
        report_try(desk.signals, message, outcome.name, (headers, written), began, desk.clock.now())

    def conclude(
        self, entry: PendingDelivery, delivery: Delivery, outcome: AttemptResult
    ) -> Record | None:
        """Record the result of an attempt.

        Returns its record, if this member is to write it.
        """
        now = self._desk.clock.now()
        settled = settle(delivery, outcome.error, now, self._desk.settings)
        if settled.problem is not None:
            _log.warning(
                "delivery %s to %s %s: %s",
                *(settled.delivery_id, settled.channel, failure_text(settled), settled.problem),
                extra={"ids": ids_of(settled)},
            )
        if entry.gone:  # another member finished it meanwhile
            return None
        letters = []
        if settled.status is DeliveryStatus.FAILED:
            letters.append(letter_of(entry, settled, outcome, now))
        written = self._write(entry, settled, letters)
        self._watch.refused(entry, settled, outcome)
        return written

    def _write(
        self, entry: PendingDelivery, settled: Delivery, letters: Sequence[Record] = ()
    ) -> Record:
        desk = self._desk
        record = record_of(settled, entry.origin.record.headers)
        # One group, so that a crash between two portions leaves no failed delivery without its
        # letter.
        desk.results.add(entry.held, [(entry.origin, one) for one in (record, *letters)])
        entry.held = []
        entry.delivery = settled
        if settled.status.final:
            desk.deliveries.close(entry)
        else:
            desk.deliveries.wait(entry)
        desk.signals.metrics.tried(channel_kind(settled.channel), settled.status.value)
        desk.wake.set()
        return record


def ids_of(delivery: Delivery) -> dict[str, str]:
    """Return the ids of a delivery, for logs."""
    return {
        "delivery_id": delivery.delivery_id,
        "alert_id": delivery.alert_id,
        "subscription_id": delivery.subscription_id,
    }
