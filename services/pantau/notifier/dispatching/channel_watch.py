"""The consequences of attempts for their channel: its state, and notices to owners."""

from typing import Final

from pantau.errors import RetryError
from pantau.notifier.attempt import AttemptResult, CurrentChannel, look_up_channel
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.dispatching.owners import notices
from pantau.notifier.dispatching.stops import STOPPED
from pantau.notifier.dispatching.tries import DispatcherState
from pantau.notifier.retry_policy import STAGE
from pantau.notifier.table_keys import TableKeys
from pantau.ports import Record
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.alert import Delivery
from pantau_schemas.topics import DELIVERIES, MESSAGES

_TOLD: Final = 100_000
"""Notices that are remembered; beyond that the table of deliveries is asked again."""


class ChannelWatch:
    """Records outages and stops of channels, and notifies owners of stops."""

    def __init__(self, desk: DispatcherState) -> None:
        self._desk = desk
        self._told: set[tuple[str, str, str]] = set()

    def tried(self, entry: PendingDelivery, delivery: Delivery, outcome: AttemptResult) -> None:
        """Record the result of an attempt that was made.

        While the log is unreachable nothing is recorded: the next attempt says the same.
        """
        desk = self._desk
        try:
            records = desk.stops.noted(desk.log, delivery, outcome, desk.clock.now(), desk.settings)
        except RetryError:
            return
        desk.results.add((), [(entry.origin, one) for one in records])
        if outcome.error is not None:
            self.report(entry, delivery)

    def refused(self, entry: PendingDelivery, delivery: Delivery, outcome: AttemptResult) -> None:
        """Record a delivery that was not attempted, because its channel is stopped."""
        if outcome.name == STOPPED:
            self.report(entry, delivery)

    def report(self, entry: PendingDelivery, delivery: Delivery) -> None:
        """Write the notice that the channel of a delivery is stopped, if it is and nobody did."""
        try:
            records = self._notice(delivery, entry)
        except RetryError:
            return
        self._desk.results.add((), [(entry.origin, one) for one in records])

    def _notice(self, delivery: Delivery, entry: PendingDelivery) -> list[Record]:
        desk = self._desk
        state = desk.stops.stopped(desk.log, delivery.channel_id)
        if state is None:
            return []
        occasion = (delivery.subscription_id, delivery.channel_id, str(state.stopped_since))
        if occasion in self._told:
            return []
        found = look_up_channel(desk.log, delivery.subscription_id, delivery.channel_id)
        if not isinstance(found, CurrentChannel):
            return []
        made = notices(
            found.subscription,
            state,
            desk.clock.now(),
            known=TableKeys(desk.log.table(DELIVERIES.name)),
            is_stopped=lambda one: desk.stops.stopped(desk.log, one) is not None,
        )
        if len(self._told) >= _TOLD:
            self._told.clear()
        self._told.add(occasion)
        return [self._record(one, entry) for one in made]

    def _record(self, event: Event, entry: PendingDelivery) -> Record:
        topic = DELIVERIES if isinstance(event, Delivery) else MESSAGES
        return record_for(
            event,
            topic,
            source=STAGE,
            time=self._desk.clock.now(),
            parent=entry.origin.record.headers,
        )
