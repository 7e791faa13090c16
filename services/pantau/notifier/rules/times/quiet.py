"""Quiet hours: a time of each day, or of some days of the week, in a zone. Pure."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from pantau.notifier.rules.times.local_time import moment_at, time_of
from pantau_schemas.events.rules import QuietHours

_DAY: Final = timedelta(days=1)


@lru_cache(maxsize=16_384)
def _span(begin: str, end: str, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the quiet time that begins on a day.

    When clocks go back it lasts from the first time that they show its beginning until the last
    time that they show its end, so that it is one time and ends once.
    """
    first, last = time_of(begin), time_of(end)
    last_day = day + _DAY if last <= first else day
    return moment_at(day, first, zone), moment_at(last_day, last, zone, later=True)


def quiet_until(quiet: QuietHours | None, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """Return when the quiet time ends in which a moment lies; None if it lies in none.

    Its beginning belongs to it, its end does not. Two that meet, at a change of clocks, are one.
    """
    end = None if quiet is None else _end_of(quiet, zone, moment)
    while quiet is not None and end is not None and (later := _end_of(quiet, zone, end)):
        end = later
    return end


def _end_of(quiet: QuietHours, zone: ZoneInfo, moment: datetime) -> datetime | None:
    today = moment.astimezone(zone).date()
    for day in (today - _DAY, today, today + _DAY):
        if quiet.days is not None and day.isoweekday() not in quiet.days:
            continue
        begin, end = _span(quiet.begin, quiet.end, day, zone)
        if begin <= moment < end:
            return end
    return None
