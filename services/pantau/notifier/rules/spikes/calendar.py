"""Hours of the week by the clock of a time zone, daylight saving time included."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.notifier.rules.spikes.counts import WEEK_HOURS

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HALF_HOUR: Final = timedelta(minutes=30)


def week_hours(zone: tzinfo, start: int, end: int) -> NDArray[np.int16]:
    """Return the hour of the week, 0 (Monday 0 to 1) to 167, of each hour from start to before end.

    `start` and `end` are hours since 1970 in UTC. Where the zone's offset is no whole hour, it is
    the hour of the week in which the hour begins. An hour that is repeated when clocks go back has
    the same number twice.
    """
    first = start // WEEK_HOURS
    weeks = [_one_week(zone, week) for week in range(first, -(-end // WEEK_HOURS))]
    skipped = start - first * WEEK_HOURS
    return np.concatenate(weeks)[skipped : skipped + end - start]


@lru_cache(maxsize=4_096)
def _one_week(zone: tzinfo, week: int) -> NDArray[np.int16]:
    """Return the hours of one week since 1970; all subscriptions of a zone share them."""
    begin = _EPOCH + timedelta(hours=week * WEEK_HOURS)
    moments = ((begin + timedelta(hours=hour)).astimezone(zone) for hour in range(WEEK_HOURS))
    slots = np.array([one.weekday() * 24 + one.hour for one in moments], dtype=np.int16)
    slots.flags.writeable = False
    return slots


def spoken_hour(zone: tzinfo, now: datetime) -> tuple[int, int]:
    """Return weekday (0 is Monday) and hour of the clock hour that most of the last hour lies in.

    At 10:20 these are the 9 of 9 to 10; at 10:40, the 10 of 10 to 11.
    """
    middle = (now.astimezone(UTC) - _HALF_HOUR).astimezone(zone)
    return middle.weekday(), middle.hour
