"""When alerts that wait may leave: the timing, then quiet hours and a mute. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pantau.notifier.rules.times.digests import next_digest
from pantau.notifier.rules.times.quiet import quiet_until
from pantau.notifier.rules.waiting import Waits
from pantau_schemas.events.rules import Collected, Digest, Immediate, Rules, Throttled, Timing

_TURNS: Final = 4
"""A mute may end in quiet hours, and a quiet time in a mute that begins then."""


@dataclass(frozen=True, slots=True)
class Leave:
    """When it may leave; None while nobody knows. `waits` is what holds it until then."""

    at: datetime | None
    waits: Waits = None


def own_time(timing: Timing, last: datetime | None, since: datetime, zone: ZoneInfo) -> datetime:
    """Return when alerts of which the first came at `since` are due by their timing alone.

    `last` is when the last message left.
    """
    match timing:
        case Immediate():
            return since
        case Collected():
            return since + timedelta(seconds=timing.seconds)
        case Throttled():
            first = since + timedelta(seconds=timing.collect_seconds)
            if last is None:
                return first
            return max(first, last + timedelta(seconds=timing.every_seconds))
        case Digest():
            return next_digest(timing, zone, since)


def leave_at(
    rules: Rules, zone: ZoneInfo, due: datetime, *, mute_over: bool, urgent: bool = False
) -> Leave:
    """Return when what is due at a moment may leave.

    `mute_over` says that the mute ended because a story grew. Quiet hours do not hold what is
    `urgent`; a mute does.
    """
    waits: Waits = None
    mute = None if mute_over else rules.mute
    # The end of a mute can fall into quiet hours, and the end of these into another mute.
    for _ in range(_TURNS):
        if mute is not None and mute.since <= due and (mute.until is None or due < mute.until):
            waits = "mute"
            if mute.until is None:
                return Leave(None, waits)
            due = mute.until
        elif not urgent and (end := quiet_until(rules.quiet, zone, due)) is not None:
            waits = "quiet"
            due = end
        else:
            break
    return Leave(due, waits)
