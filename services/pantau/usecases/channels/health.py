"""How channels fare: working, down since when and why, waiting for settings, or stopped.

What was delivered to a channel, and what was not, stands in the topic `deliveries`; that a channel
is stopped stands in `channel-state`. Both hold for every dispatcher.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from pantau.common.stored_problems import from_data
from pantau.common.text.nearest import nearest
from pantau.common.time.zones import zoned_text
from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import Problem, problem, suggesting
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Channel, ChannelState, Subscription, describe_channel
from pantau_schemas.ids import channel_id
from pantau_schemas.topics import CHANNEL_STATE, DELIVERIES

LOOKED_AT: Final = 20_000
"""Deliveries that are looked at, the latest first: a channel that had none of them is unused."""

Health = Literal["unused", "works", "down", "failing", "waits", "stopped"]
"""How a channel fares.

`down`: tried again until it answers. `failing`: what was sent was refused for good. `waits`: for
settings that the operator has to repair. `stopped`: nothing is sent until it is resumed.
"""
_WORKED: Final = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.SUMMARIZED})


@dataclass(slots=True)
class ChannelHealth:
    """How a channel fares, since when and why, and when something was delivered last."""

    channel_id: str
    status: Health = "unused"
    since: datetime | None = None
    reason: Problem | None = None
    delivered: datetime | None = None
    tried: datetime | None = None
    """When it accepted a trial message last."""

    @property
    def is_ill(self) -> bool:
        """True if alerts do not arrive."""
        return self.status not in {"unused", "works"}

    def describe(self) -> Problem:
        """Return how it fares as a sentence."""
        since = "" if self.since is None else zoned_text(self.since)
        reason = self.reason or problem("delivery.other", text="?")
        match self.status:
            case "unused" if self.tried is not None:
                return problem("channels.is-tried", when=zoned_text(self.tried))
            case "unused":
                return problem("channels.is-unused")
            case "works":
                return problem("channels.is-working", when=since)
            case "down":
                return problem("channels.is-down", since=since, reason=reason)
            case "failing":
                return problem("channels.is-failing", since=since, reason=reason)
            case "waits":
                return problem("channels.is-waiting", since=since, reason=reason)
            case "stopped":
                return problem("channels.is-stopped", since=since, reason=reason)

    def is_found_by(self, *, stopped: bool, failing: bool) -> bool:
        """Return whether one of two filters finds it; without a filter everything is found.

        `failing` finds every channel that alerts do not arrive at, stopped ones included.
        """
        if not (stopped or failing):
            return True
        return (stopped and self.status == "stopped") or (failing and self.is_ill)


def read_health(log: Log, channel_ids: Collection[str]) -> dict[str, ChannelHealth]:
    """Return how these channels fare, by id. Raises RetryError."""
    found = {one: ChannelHealth(one) for one in channel_ids}
    table = log.table(DELIVERIES.name)
    values = islice(table.newest(table.version()), LOOKED_AT) if found else ()
    fold(found, _deliveries(values))
    for one in found.values():
        _stop(one, log)
    return found


def fold(found: dict[str, ChannelHealth], latest_first: Iterable[Delivery]) -> None:
    """Update the health of channels by their deliveries, the latest first."""
    left = set(found)
    for delivery in latest_first:
        if delivery.channel_id not in left:
            continue
        one = found[delivery.channel_id]
        if delivery.status in _WORKED:
            one.delivered = delivery.updated
            if one.status == "unused":
                one.status, one.since = "works", delivery.updated
            left.discard(one.channel_id)
            if not left:
                return
        elif delivery.problem is not None and delivery.status is not DeliveryStatus.CANCELLED:
            _trouble(one, delivery)


def _trouble(one: ChannelHealth, delivery: Delivery) -> None:
    if one.status == "unused":
        one.reason = from_data(delivery.reason) or problem(
            "delivery.other", text=delivery.problem or ""
        )
        one.status = "failing"
    if delivery.status is DeliveryStatus.RETRYING and one.status == "failing":
        # A fault of the settings uses up no try.
        one.status = "down" if delivery.attempts else "waits"
    one.since = delivery.updated if one.since is None else min(one.since, delivery.updated)


def _deliveries(values: Iterable[bytes]) -> Iterable[Delivery]:
    for value in values:
        try:
            yield decode(Delivery, value)
        except SchemaError:  # of a newer version
            continue


def _reason(given: Delivery | ChannelState) -> Problem:
    return from_data(given.reason) or problem("delivery.other", text=given.problem or "")


def _stop(one: ChannelHealth, log: Log) -> None:
    state = read_state(log, one.channel_id)
    if state is None:
        return
    one.tried = state.tried
    if state.stopped_since is not None:
        one.status, one.since, one.reason = "stopped", state.stopped_since, _reason(state)
    elif state.failing_since is not None:
        if one.status in {"failing", "down"}:  # deliveries before those that are looked at failed
            one.since = min(one.since or state.failing_since, state.failing_since)
    elif state.updated == state.tried:  # nothing but a trial message was noted
        return
    elif one.status == "failing" and one.since is not None and one.since < state.updated:
        # What failed before it was resumed says nothing of now.
        one.status, one.since, one.reason = "unused", None, None


def stopped_channels(log: Log) -> dict[str, str]:
    """Return the channels that are stopped: their ids and names. Raises RetryError."""
    states = (_read(value) for value in log.table(CHANNEL_STATE.name).snapshot().values.values())
    return {
        one.channel_id: one.channel
        for one in states
        if one is not None and one.stopped_since is not None
    }


def read_state(log: Log, channel: str) -> ChannelState | None:
    """Return the stored state of a channel; None if there is none. Raises RetryError."""
    return _read(log.table(CHANNEL_STATE.name).get(channel))


def _read(value: bytes | None) -> ChannelState | None:
    try:
        return None if value is None else decode(ChannelState, value)
    except SchemaError:  # written by a newer version
        return None


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """A channel, who uses it, and how it fares."""

    channel: Channel
    subscriptions: tuple[Subscription, ...]
    health: ChannelHealth


def id_of(channel: Channel) -> str:
    """Return the id of a channel; subscriptions that name the same address share it."""
    return channel_id(channel.kind, channel.target)


def known_channels(log: Log, subscriptions: Iterable[Subscription]) -> tuple[KnownChannel, ...]:
    """Return the channels of subscriptions, by their names. Raises RetryError."""
    users: dict[str, list[Subscription]] = {}
    channels: dict[str, Channel] = {}
    for subscription in subscriptions:
        for channel in subscription.channels:
            channels[id_of(channel)] = channel
            users.setdefault(id_of(channel), []).append(subscription)
    health = read_health(log, channels)
    found = [KnownChannel(channels[one], tuple(users[one]), health[one]) for one in channels]
    return tuple(sorted(found, key=lambda one: describe_channel(one.channel)))


def find_channel(reference: str, known: Iterable[KnownChannel]) -> KnownChannel:
    """Return the channel that a person names: `webhook:https://...`, its address, or its id.

    Raises UsageError when there is none, or more than one.
    """
    known = tuple(known)
    found = [
        one
        for one in known
        if reference in {describe_channel(one.channel), one.channel.target}
        or (len(reference) >= 4 and one.health.channel_id.startswith(reference))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        missing = problem("channels.missing", reference=reference)
        raise UsageError(suggesting(missing, _nearest_channel(reference, known)))
    names = ", ".join(describe_channel(one.channel) for one in found[:5])
    raise UsageError(problem("channels.several", reference=reference, names=names))


def _nearest_channel(reference: str, known: Iterable[KnownChannel]) -> str | None:
    """Return the channel whose name is nearest; an address alone counts as a name, too.

    Where the address holds a key that should not be shown, return the id of the channel.
    """
    names: dict[str, KnownChannel] = {}
    for one in known:
        names[describe_channel(one.channel)] = names[one.channel.target] = one
    near = nearest(reference, names)
    if near is None:
        return None
    name = describe_channel(names[near].channel)
    return name if shown_channel(name) == name else names[near].health.channel_id
