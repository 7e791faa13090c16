"""Queues: the channels of a subscription by their timing, after an edit too. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pantau.notifier.plan import id_of
from pantau.notifier.rules.waiting import OpenQueue, WaitingAlerts
from pantau_schemas.events.rule_state import QUEUES
from pantau_schemas.events.rules import Timing
from pantau_schemas.events.subscription import Subscription

Groups = dict[Timing, tuple[str, ...]]


def groups_of(subscription: Subscription) -> Groups:
    """Return the ids of the channels by their effective timing, each id once."""
    found: dict[Timing, list[str]] = {}
    placed: set[str] = set()
    for channel in subscription.channels:
        channel_id = id_of(channel)
        if channel_id not in placed:
            placed.add(channel_id)
            timing = channel.timing or subscription.rules.timing
            found.setdefault(timing, []).append(channel_id)
    return {timing: tuple(sorted(ids)) for timing, ids in found.items()}


def regrouped(
    queues: Iterable[OpenQueue], groups: Groups, former: Sequence[str]
) -> dict[tuple[Timing, tuple[str, ...]], OpenQueue]:
    """Return the queues after an edit: what waits goes on with its channels, each to their timing.

    An alert that waits for one channel may have reached another already. So it goes on for exactly
    the channels for which it waited; if none of these is left, for those that are new, such as a
    channel with a corrected address. `former` are the channels before the edit.
    """
    kept: dict[tuple[Timing, tuple[str, ...]], OpenQueue] = {}
    new = {one for ids in groups.values() for one in ids}.difference(former)
    for queue in queues:
        left = {one for ids in groups.values() for one in ids}.intersection(queue.channels) or new
        for timing, ids in groups.items():
            part = tuple(one for one in ids if one in left)
            if part and queue.waiting:
                _place(kept, queue, timing, part)
            if part:  # what comes from now on keeps its distance from the last message
                _place(kept, OpenQueue(timing, ids, queue.last), timing, ids)
    # Those in which nothing waits hold back no alert: they are the first to go.
    return dict(sorted(kept.items(), key=lambda one: not one[1].waiting)[:QUEUES])


def _place(
    kept: dict[tuple[Timing, tuple[str, ...]], OpenQueue],
    queue: OpenQueue,
    timing: Timing,
    channels: tuple[str, ...],
) -> None:
    place = kept.setdefault((timing, channels), OpenQueue(timing, channels))
    place.last = _later(place.last, queue.last)
    place.pending = joined(place.pending, queue.pending)
    place.urgent = joined(place.urgent, queue.urgent)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def joined(one: WaitingAlerts | None, other: WaitingAlerts | None) -> WaitingAlerts | None:
    """Return both as one; None if nothing waits in either.

    `other` is copied, since a queue that is split goes on in several; `one` is changed.
    """
    if other is None:
        return one
    copied = WaitingAlerts.of(other.frozen())
    if one is None:
        return copied
    one.join(copied)
    return one
