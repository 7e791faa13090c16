"""A waiting delivery in compact form: a flood creates many of them.

A `Delivery` with its source record takes over 3 KB; this form takes about 1 KB.
"""

import sys
from datetime import datetime
from typing import Any, NamedTuple

from pantau.common.time.clock import was_ahead
from pantau.ports import Received, Record
from pantau.stream.envelope import TRACE_HEADER
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.problem import ProblemData

_KEPT_HEADERS = frozenset({TRACE_HEADER, "tracestate"})


class Kept(NamedTuple):
    """The fields of a `Delivery`, without a model's overhead."""

    delivery_id: str
    alert_id: str
    message_id: str | None
    subscription_id: str
    channel_id: str
    channel: str
    feed_id: str | None
    notice: bool
    summary_id: str | None
    status: DeliveryStatus
    attempts: int
    problem: str | None
    reason: ProblemData | None
    next_attempt: datetime | None
    created: datetime
    updated: datetime
    unknown: dict[str, Any] | None = None  # members of a newer version, which are written again

    @classmethod
    def of(cls, delivery: Delivery) -> "Kept":
        """Pack a delivery; shared strings are stored once."""
        return cls(
            delivery_id=delivery.delivery_id,
            alert_id=delivery.alert_id,
            message_id=delivery.message_id,
            subscription_id=sys.intern(delivery.subscription_id),
            channel_id=sys.intern(delivery.channel_id),
            channel=sys.intern(delivery.channel),
            feed_id=None if delivery.feed_id is None else sys.intern(delivery.feed_id),
            notice=delivery.notice,
            summary_id=None if delivery.summary_id is None else sys.intern(delivery.summary_id),
            status=delivery.status,
            attempts=delivery.attempts,
            problem=delivery.problem,
            reason=delivery.reason,
            next_attempt=delivery.next_attempt,
            created=delivery.created,
            updated=delivery.created if delivery.updated == delivery.created else delivery.updated,
            unknown=delivery.model_extra or None,
        )

    def delivery(self) -> Delivery:
        """Unpack; the fields were validated when the delivery was read."""
        fields = self._asdict()
        unknown = fields.pop("unknown")
        known = Delivery.model_construct(schema_version=4, **fields)
        return known.model_copy(update=unknown) if unknown else known


class PendingDelivery:
    """A delivery that is not final, with its unfinished records.

    They are finished together with the next state.
    """

    __slots__ = ("arrival", "gone", "held", "kept", "origin", "own", "since", "ticket")

    def __init__(
        self, delivery: Delivery, arrival: int, origin: Received, held: list[Received] | None = None
    ) -> None:
        self.kept = Kept.of(delivery)
        self.since = self.kept.created  # for limits and summaries; never the time of a wrong clock
        self.arrival = arrival
        self.origin = origin  # the source record, whose headers are carried on
        self.held = [] if held is None else held
        self.gone = False  # became final elsewhere; skipped at its turn
        self.own: bool | None = None  # whether it gets a message of its own; None: undecided
        self.ticket = 0  # of its position in `turns`; 0: it has none

    def set_back(self, now: datetime) -> None:
        """Wait for no moment of a clock that was ahead when the delivery was made or attempted."""
        if was_ahead(self.since, now):
            self.since = now
        planned = self.kept.next_attempt
        if planned is not None and was_ahead(self.kept.updated, now):
            self.kept = self.kept._replace(next_attempt=min(planned, now))

    @property
    def delivery(self) -> Delivery:
        """The delivery in its current state."""
        return self.kept.delivery()

    @delivery.setter
    def delivery(self, delivery: Delivery) -> None:
        self.kept = Kept.of(delivery)

    @property
    def item_id(self) -> str:
        """The id that is unique in its queue."""
        return self.kept.delivery_id

    @property
    def order(self) -> tuple[datetime, int]:
        """The sort key among items of the same feed."""
        return self.kept.created, self.arrival

    @property
    def turn(self) -> str:
        """The key of its turn: the feed, or without one, the subscription."""
        return turn_of(self.kept)

    @property
    def attempts(self) -> int:
        """Number of attempts so far."""
        return self.kept.attempts

    @property
    def next_attempt(self) -> datetime | None:
        """When it may be retried, after a failed attempt."""
        return self.kept.next_attempt

    @property
    def updated(self) -> datetime:
        """When the last attempt ended."""
        return self.kept.updated


def turn_of(kept: Kept) -> str:
    """Return the key of a delivery's turn in its channel."""
    return kept.feed_id or f"subscription {kept.subscription_id}"


def trimmed(received: Received) -> Received:
    """Return the parts of a waiting record that are needed: its position, trace, own headers."""
    record = received.record
    headers = {
        sys.intern(name): value
        for name, value in record.headers.items()
        if name in _KEPT_HEADERS or name.startswith("pantau_")
    }
    return Received(Record(record.topic, "", b"", headers), received.offset, received.partition)
