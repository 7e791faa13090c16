"""Channels that were stopped are used again: whatever waited for them is sent.

Deliveries to a stopped channel are dead letters, which are put back. A person who was away for days
wants no hundred messages in a row: what is much comes as one digest of each subscription. Such
deliveries are written with the digest as their summary, so that the dispatcher sends it, counts its
tries and records its result as it does for every summary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pantau.notifier.attempt import look_up_alert
from pantau.ports import Clock, Log
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import id_of, read_state
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import AnyLetter, LetterFilter
from pantau_schemas.codec import SchemaError, decode, encode
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.message import ALERTS_NAMED, AlertMessage
from pantau_schemas.events.subscription import Channel, ChannelState, describe_channel
from pantau_schemas.ids import digest_id, message_id
from pantau_schemas.topics import CHANNEL_STATE, DELIVERIES, MESSAGES

ONE_BY_ONE: Final = 10
"""Messages of a subscription that are sent one by one, unless the settings say otherwise."""
GATHERED: Final = timedelta(seconds=10)
"""How long a digest waits until all of its deliveries are written and read."""
_STOPPED: Final = frozenset({"ChannelStopped", "ReceiverGoneError"})
"""Errors of deliveries that failed because their channel was stopped, or led to that."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The deliveries that a resumed channel gets; some of them in digests."""

    deliveries: int = 0
    in_digests: int = 0
    digests: int = 0


@dataclass(slots=True)
class _HeldDeliveries:
    """The deliveries of one subscription that waited, by their times."""

    found: list[tuple[datetime, str, str, str | None]] = field(default_factory=list)

    def add(self, one: Delivery) -> None:
        self.found.append((one.created, one.delivery_id, one.alert_id, one.message_id))


def resume_channel(
    log: Log, clock: Clock, channel: Channel, *, one_by_one: int = ONE_BY_ONE
) -> Resumed:
    """Resume a channel that was stopped; return what is sent of what failed meanwhile.

    Deliveries go out as of their alerts and under their former ids. A subscription with more than
    `one_by_one` of them gets a digest. Raises RetryError when the log is unreachable.
    """
    now, channel_id = clock.now(), id_of(channel)
    stored = read_state(log, channel_id)
    failing_since = None if stored is None else stored.failing_since
    state = ChannelState(
        channel_id=channel_id,
        channel=describe_channel(channel),
        tried=None if stored is None else stored.tried,
        updated=now,
    )
    log.append([record_for(state, CHANNEL_STATE, source="cli", time=now)])
    letters = _Letters(log, clock, channel_id, failing_since)
    digests = _write_digests(log, letters.by_subscription(), channel_id, one_by_one, now)
    count = letters.put_back(digests, now + GATHERED)
    return Resumed(count, len(digests), len(set(digests.values())))


@dataclass(frozen=True, slots=True)
class _Letters:
    """The dead letters of deliveries that waited for a channel."""

    log: Log
    clock: Clock
    channel_id: str
    failing_since: datetime | None

    def by_subscription(self) -> Mapping[str, _HeldDeliveries]:
        """Return what waited, by subscription, without notices: each is a message of its own."""
        found: dict[str, _HeldDeliveries] = {}
        for _, delivery in self._waiting():
            if not delivery.notice:
                found.setdefault(delivery.subscription_id, _HeldDeliveries()).add(delivery)
        return found

    def put_back(self, digests: Mapping[str, str], not_before: datetime) -> int:
        """Write the deliveries again, those of digests as parts of them; return their number."""
        changed = (
            _part_of(letter, delivery, digests.get(delivery.delivery_id), not_before)
            for letter, delivery in self._waiting()
        )
        return DeadLetters(self.log, self.clock).put_back(changed)

    def _waiting(self) -> Iterator[tuple[DeadLetter, Delivery]]:
        for letter in DeadLetters(self.log, self.clock).stream(LetterFilter(topic=DELIVERIES.name)):
            delivery = self._delivery_of(letter)
            if delivery is not None and isinstance(letter, DeadLetter):
                yield letter, delivery

    def _delivery_of(self, letter: AnyLetter) -> Delivery | None:
        """Return the delivery of a letter, if it failed because its channel did."""
        if not isinstance(letter, DeadLetter):
            return None
        in_outage = self.failing_since is not None and letter.failed_at >= self.failing_since
        if letter.error not in _STOPPED and not in_outage:
            return None
        try:
            delivery = decode(Delivery, letter.value)
        except SchemaError:  # of a newer version
            return None
        return delivery if delivery.channel_id == self.channel_id else None


def _part_of(
    letter: DeadLetter, delivery: Delivery, digest: str | None, not_before: datetime
) -> DeadLetter:
    if digest is None:
        return letter
    part = delivery.model_copy(update={"summary_id": digest, "next_attempt": not_before})
    return letter.model_copy(update={"value": encode(part)})


def _write_digests(
    log: Log,
    waiting: Mapping[str, _HeldDeliveries],
    channel_id: str,
    one_by_one: int,
    now: datetime,
) -> Mapping[str, str]:
    """Write the digests of what is much; return the ids of digests by those of deliveries."""
    digests: dict[str, str] = {}
    for subscription_id, each in waiting.items():
        if len(each.found) <= one_by_one:
            continue
        each.found.sort()
        ids = [one[1] for one in each.found]
        digest = message_id(subscription_id, f"resumed {channel_id} {digest_id(*ids)}")
        message = _digest(log, digest, subscription_id, each, now)
        log.append([record_for(message, MESSAGES, source="cli", time=now)])
        digests.update(dict.fromkeys(ids, digest))
    return digests


def _digest(
    log: Log, identifier: str, subscription_id: str, waiting: _HeldDeliveries, now: datetime
) -> AlertMessage:
    alerts: dict[str, None] = {}
    more = 0
    for _, _, alert_id, message in waiting.found:
        of_message, unnamed = _alerts_of(log, message) if message is not None else ((alert_id,), 0)
        alerts.update(dict.fromkeys(of_message))
        more += unnamed
    named = tuple(alerts)[:ALERTS_NAMED]
    return AlertMessage(
        schema_version=2,
        message_id=identifier,
        subscription_id=subscription_id,
        occasion="resumed",
        alert_ids=named,
        more_alerts=more + len(alerts) - len(named),
        stories=len({_story_of(log, one) for one in named}),
        since=waiting.found[0][0],
        due=now,
        created=now,
    )


def _alerts_of(log: Log, identifier: str) -> tuple[tuple[str, ...], int]:
    """Return the alerts of a message that waited, and how many more it does not name."""
    value = log.table(MESSAGES.name).get(identifier)
    try:
        message = None if value is None else decode(AlertMessage, value)
    except SchemaError:  # of a newer version
        message = None
    return ((), 0) if message is None else (message.alert_ids, message.more_alerts)


def _story_of(log: Log, alert_id: str) -> str:
    alert = look_up_alert(log, alert_id)
    story = None if alert is None else alert.article.story_id
    return f"article {alert_id}" if story is None else f"story {story}"
