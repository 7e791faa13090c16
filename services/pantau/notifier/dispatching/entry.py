"""A delivery that waits, kept small: a flood makes many of them.

A `Delivery` with the record that it was read from takes over 3 KB; what is kept here takes about 1
KB.
"""

import sys
from datetime import datetime
from typing import NamedTuple

from pantau.ports import Received, Record
from pantau_schemas.alert import Delivery, DeliveryStatus

_KEPT_HEADERS = frozenset({"traceparent", "tracestate"})


class Kept(NamedTuple):
    """The fields of a `Delivery`, without what a model needs besides."""

    delivery_id: str
    alert_id: str
    subscription_id: str
    channel_id: str
    channel: str
    feed_id: str | None
    notice: bool
    summary_id: str | None
    status: DeliveryStatus
    attempts: int
    problem: str | None
    next_attempt: datetime | None
    created: datetime
    updated: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> "Kept":
        """Pack a delivery; strings that many share are kept once."""
        return cls(
            delivery_id=delivery.delivery_id,
            alert_id=delivery.alert_id,
            subscription_id=sys.intern(delivery.subscription_id),
            channel_id=sys.intern(delivery.channel_id),
            channel=sys.intern(delivery.channel),
            feed_id=None if delivery.feed_id is None else sys.intern(delivery.feed_id),
            notice=delivery.notice,
            summary_id=None if delivery.summary_id is None else sys.intern(delivery.summary_id),
            status=delivery.status,
            attempts=delivery.attempts,
            problem=delivery.problem,
            next_attempt=delivery.next_attempt,
            created=delivery.created,
            updated=delivery.created if delivery.updated == delivery.created else delivery.updated,
        )

    def delivery(self) -> Delivery:
        """Unpack; the fields were checked when the delivery was read."""
        return Delivery.model_construct(schema_version=2, **self._asdict())


class Entry:
    """A delivery that is not final, and the records that it stands on.

    These are finished together with the next state.
    """

    __slots__ = ("arrival", "gone", "held", "kept", "origin", "own", "ticket")

    def __init__(
        self, delivery: Delivery, arrival: int, origin: Received, held: list[Received] | None = None
    ) -> None:
        self.kept = Kept.of(delivery)
        self.arrival = arrival
        self.origin = origin  # the record it was read from; its headers are carried on
        self.held = [] if held is None else held
        self.gone = False  # became final elsewhere; left out when its turn comes
        self.own: bool | None = None  # whether it gets a message of its own; None: not decided yet
        self.ticket = 0  # of its place in `turns`; 0: it has none

    @property
    def delivery(self) -> Delivery:
        """The delivery as it stands."""
        return self.kept.delivery()

    @delivery.setter
    def delivery(self, delivery: Delivery) -> None:
        self.kept = Kept.of(delivery)

    @property
    def item_id(self) -> str:
        """The id that is unique in its lane."""
        return self.kept.delivery_id

    @property
    def order(self) -> tuple[datetime, int]:
        """The place among those of the same feed."""
        return self.kept.created, self.arrival

    @property
    def turn(self) -> str:
        """Whose turn it is when this is sent: the feed's; without one, the subscription's."""
        return self.kept.feed_id or f"subscription {self.kept.subscription_id}"

    @property
    def attempts(self) -> int:
        """Tries so far."""
        return self.kept.attempts

    @property
    def next_attempt(self) -> datetime | None:
        """When it may be tried again, after a failed try."""
        return self.kept.next_attempt

    @property
    def updated(self) -> datetime:
        """When the last try ended."""
        return self.kept.updated


def trimmed(received: Received) -> Received:
    """Return what is needed of a record that waits: its place, its trace, Pantau's own headers."""
    record = received.record
    headers = {
        sys.intern(name): value
        for name, value in record.headers.items()
        if name in _KEPT_HEADERS or name.startswith("pantau_")
    }
    return Received(Record(record.topic, "", b"", headers), received.offset, received.partition)
