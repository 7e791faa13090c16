"""When the next digest is due. Pure."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from pantau.notifier.rules.times.local_time import moment_at, time_of
from pantau_schemas.events.rules import Digest

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_LONGEST_HOUR: Final = 121
"""Minutes until the clocks show a minute of the hour again, a change of clocks included."""


def next_digest(digest: Digest, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first moment of a digest that is later than `after`.

    A day has one digest even if clocks skip its time (then it is due at the change) or show it
    twice (then the first time counts); a day that a zone skips altogether has none.
    """
    if digest.every == "hour":
        return _next_hourly(time_of(digest.at).minute, zone, after)
    at = time_of(digest.at)
    for day in _days(digest, after.astimezone(zone).date() - _DAY):
        due = _due(day, at, zone)
        if due is not None and due > after:
            return due
    raise AssertionError  # pragma: no cover (the days never end)


@lru_cache(maxsize=16_384)
def _due(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    if moment_at(day, time.min, zone) == moment_at(day + _DAY, time.min, zone):
        return None  # the zone went over the date line
    return moment_at(day, at, zone)


def _days(digest: Digest, first: date) -> Iterator[date]:
    """Yield the days of a digest, from `first` on, in order."""
    if digest.every == "month":
        year, month = first.year, first.month
        while True:
            day = min(digest.day, calendar.monthrange(year, month)[1])
            yield date(year, month, day)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day_of_week = digest.weekday if digest.every == "week" else None
    one = first
    while True:
        if day_of_week is None or one.isoweekday() == day_of_week:
            yield one
        one += _DAY


def _next_hourly(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    moment = after.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    ahead = (minute - moment.astimezone(zone).minute) % 60
    likely = moment + ahead * _MINUTE
    if likely.astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset():
        return likely
    # The offset changes on the way, by half an hour in some zones.
    for _ in range(_LONGEST_HOUR):
        if moment.astimezone(zone).minute == minute:
            return moment
        moment += _MINUTE
    return likely
