"""Times of day in a zone as moments, where clocks change too. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_TICK: Final = timedelta(milliseconds=1)


@lru_cache(maxsize=1_024)
def time_of(text: str) -> time:
    """Parse `HH:MM`."""
    return time.fromisoformat(text)


@lru_cache(maxsize=16_384)
def moment_at(day: date, at: time, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """Return the moment in UTC at which the clocks of a zone reach a time on a day.

    When clocks go back they may reach it twice: the first time counts, or the `later`. A time that
    does not exist, when clocks go forward, is the moment of the change.
    """
    wanted = datetime.combine(day, at)
    first = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        # Clocks that go back to just this time are not before it again.
        again = (second - _TICK).astimezone(zone).replace(tzinfo=None) < wanted
        return second if later and again else first
    # Fold 0 counts with the offset of before the change and so lies after it; fold 1 before it.
    return _change_between(second, first, wanted, zone)


def _change_between(
    before: datetime, after: datetime, wanted: datetime, zone: ZoneInfo
) -> datetime:
    """Return the first whole second after `before` at which the clocks are past `wanted`."""
    low, high = 0, int((after - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        shown = (before + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        if shown >= wanted:
            high = middle
        else:
            low = middle + 1
    return before + timedelta(seconds=low)
