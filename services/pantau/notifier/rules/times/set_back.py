"""A state from a clock that was ahead and was set back since: without the moments to come. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from pantau_schemas.base import to_millis
from pantau_schemas.events.rule_state import Pending, Quietness, RuleState, TimedQueue
from pantau_schemas.events.rules import Silence, Trigger

_HOUR_SECONDS: Final = 3_600


def set_back(state: RuleState, now: datetime, trigger: Trigger) -> RuleState:
    """Return a state in which nothing lies after `now`: what came later came just now."""
    now = to_millis(now)
    seconds = int(now.timestamp())
    millis = int(now.timestamp() * 1_000)
    episode, expired = state.episode, state.expired
    return state.model_copy(
        update={
            "at": now,
            "queues": tuple(_queue(one, now) for one in state.queues),
            "known": tuple((*one[:3], min(one[3], seconds)) for one in state.known),
            "held": tuple(
                one.model_copy(update={"since": min(one.since, now)}) for one in state.held
            ),
            "window": tuple((min(one[0], millis), *one[1:]) for one in state.window),
            "hours": tuple(_hours(state.hours, seconds // _HOUR_SECONDS)),
            "episode": episode and episode.model_copy(update={"seen": min(episode.seen, now)}),
            "quietness": _quietness(state.quietness, now, trigger),
            "expired": None if expired is not None and expired > now else expired,
        }
    )


def _queue(queue: TimedQueue, now: datetime) -> TimedQueue:
    return queue.model_copy(
        update={
            "last": queue.last and min(queue.last, now),
            "pending": _pending(queue.pending, now),
            "urgent": _pending(queue.urgent, now),
        }
    )


def _pending(pending: Pending | None, now: datetime) -> Pending | None:
    return pending and pending.model_copy(update={"since": min(pending.since, now)})


def _quietness(quietness: Quietness | None, now: datetime, trigger: Trigger) -> Quietness | None:
    """Return the silence that goes on; it is reported again if it had not yet been one."""
    if quietness is None:
        return None
    since = min(quietness.since, now)
    over = isinstance(trigger, Silence) and since + timedelta(seconds=trigger.seconds) <= now
    return Quietness(since=since, reported=quietness.reported and over)


def _hours(hours: Sequence[int], last: int) -> Iterator[int]:
    """Yield counts by hour (see `HourlyCounts`) without those of hours after `last`."""
    if not hours or hours[0] > last + 1:
        return
    yield hours[0]
    hour = hours[0]
    for gap, count in zip(hours[1::2], hours[2::2], strict=True):
        hour += gap
        if hour > last:
            return
        yield from (gap, count)
