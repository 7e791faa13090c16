"""Dates in queries: `2020-03`, milliseconds since 1970, `now-7d/d`, `2020-03-27||+1M/M`.

As in Elasticsearch (`strict_date_optional_time||epoch_millis` and its date math): a missing month
or day is 1; a missing time is the start of the period for the lower bound and its end for the upper
bound.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pantau.query import ast

if TYPE_CHECKING:
    from pantau.query.parsing.clauses import Bounds, QueryRange

_DATE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?:(?P<hour>\d\d)(?::(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?)?",
    re.ASCII,
)
_MILLIS: Final = re.compile(r"(-?\d{1,18})(?:\.\d+)?", re.ASCII)
_STEP: Final = re.compile(r"([+\-/])(\d*)([yMwdhHms])", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLI: Final = timedelta(milliseconds=1)
_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "H": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
_YEARS: Final = (1970, 2999)
"""The range of years in which date math on `now` must stay within the years 1 to 9999."""
_EXPECTED: Final = "a date such as 2022-09-09, 2022-09-09T08:00:00Z or now-7d/d"


class _NoDateError(ValueError):
    """The text is not a date."""


def between(name: str, bounds: "Bounds", time_zone: str, place: "QueryRange") -> ast.DateRange:
    """Build the range of a date field. Raises QueryError for an invalid bound."""
    # As in Elasticsearch, `gt` and `lte` round up, `gte` and `lt` down. Then an excluded bound
    # moves by a millisecond, the unit of dates.
    low = _moment(
        bounds.low,
        time_zone,
        place,
        round_up=not bounds.include_low,
        shift=0 if bounds.include_low else 1,
    )
    high = _moment(
        bounds.high,
        time_zone,
        place,
        round_up=bounds.include_high,
        shift=0 if bounds.include_high else -1,
    )
    return ast.DateRange(name, low, high, start=place.start, end=place.end)


def exactly(name: str, text: str, place: "QueryRange") -> ast.DateRange:
    """Build the range of a quoted date.

    Its days are days in UTC, as in Elasticsearch.
    """
    low = _moment(text, "UTC", place, round_up=False, shift=0)
    high = _moment(text, "UTC", place, round_up=True, shift=0)
    return ast.DateRange(name, low, high, start=place.start, end=place.end)


def _moment(
    text: str | None, time_zone: str, place: "QueryRange", *, round_up: bool, shift: int
) -> ast.Moment | None:
    if text is None:
        return None
    try:
        if text.startswith("now"):
            found = ast.Moment(None, text[3:], time_zone, round_up, shift)
            # Tried now: later it would fail while an article is compared.
            for year in _YEARS:
                resolve(found, _EPOCH.replace(year=year))
            return found
        at = _absolute(text, ZoneInfo(time_zone), round_up=round_up) + shift * _MILLI
    except (_NoDateError, OverflowError, ValueError) as error:
        reason = f"{_EXPECTED}, not {text}"
        raise place.refuse(reason) from error
    return ast.Moment(at)


def is_date_text(text: str) -> bool:
    """Return whether a query reads the text as a date."""
    try:
        if text.startswith("now"):
            _calculate(_EPOCH, text[3:], ZoneInfo("UTC"), round_up=False)
        else:
            _absolute(text, ZoneInfo("UTC"), round_up=False)
    except (_NoDateError, OverflowError, ValueError):
        return False
    return True


def resolve(moment: ast.Moment, now: datetime) -> datetime:
    """Return the point in time, in UTC, to the millisecond.

    Raises OverflowError beyond the years 1 to 9999.
    """
    if moment.at is not None:
        return moment.at
    zone = ZoneInfo(moment.time_zone)
    start = now.astimezone(UTC)
    start = start.replace(microsecond=start.microsecond // 1000 * 1000)
    return (
        _calculate(start, moment.from_now or "", zone, round_up=moment.round_up)
        + moment.shift * _MILLI
    )


def _absolute(text: str, zone: ZoneInfo, *, round_up: bool) -> datetime:
    date, bars, steps = text.partition("||")
    if not bars:
        return _read(date, zone, round_up=round_up)
    return _calculate(_read(date, zone, round_up=False), steps, zone, round_up=round_up)


def _read(text: str, zone: ZoneInfo, *, round_up: bool) -> datetime:
    found = _DATE.fullmatch(text)
    if found is None:
        millis = _MILLIS.fullmatch(text)
        if millis is None:
            raise _NoDateError(text)
        return _EPOCH + timedelta(milliseconds=int(millis[1]))
    part = found.groupdict()
    # Missing parts are filled as Elasticsearch does: with the last or the first moment.
    last = (23, 59, 59, 999) if round_up else (0, 0, 0, 0)
    fraction = part["fraction"]
    wall = datetime(
        int(part["year"]),
        int(part["month"] or 1),
        int(part["day"] or 1),
        last[0] if part["hour"] is None else int(part["hour"]),
        last[1] if part["minute"] is None else int(part["minute"]),
        last[2] if part["second"] is None else int(part["second"]),
        (last[3] if fraction is None else int(fraction.ljust(3, "0")[:3])) * 1000,
        tzinfo=UTC,
    )
    if part["zone"] is None:
        return wall.replace(tzinfo=zone).astimezone(UTC)
    if part["zone"] == "Z":
        return wall
    digits = part["zone"][1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return wall - offset if part["zone"][0] == "+" else wall + offset


def _calculate(start: datetime, steps: str, zone: ZoneInfo, *, round_up: bool) -> datetime:
    """Apply date math: `+1M`, `-7d`, `/d`, in sequence, on the wall clock of the zone."""
    at = start
    place = 0
    while place < len(steps):
        found = _STEP.match(steps, place)
        if found is None or (found[1] == "/" and found[2] not in {"", "1"}):
            raise _NoDateError(steps)
        place = found.end()
        if found[1] == "/":
            at = _floor(at, found[3], zone)
            if round_up:
                at = _add(at, 1, found[3], zone) - _MILLI
        else:
            number = int(found[2] or 1)
            at = _add(at, number if found[1] == "+" else -number, found[3], zone)
    return at


def _floor(at: datetime, unit: str, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    local = local.replace(microsecond=0)
    if unit in "hHms":
        second = local.second if unit == "s" else 0
        minute = 0 if unit in "hH" else local.minute
        # `fold` stays: of an hour that is repeated when clocks go back, it is the one that `at` is
        # in.
        return local.replace(minute=minute, second=second).astimezone(UTC)
    # Where clocks go back at midnight, the day begins with the first of the two.
    local = local.replace(hour=0, minute=0, second=0, fold=0)
    if unit == "y":
        local = local.replace(month=1, day=1)
    elif unit == "M":
        local = local.replace(day=1)
    elif unit == "w":
        local -= timedelta(days=local.weekday())
    return local.astimezone(UTC)


def _add(at: datetime, number: int, unit: str, zone: ZoneInfo) -> datetime:
    # Hours always have the same length; days and months follow the clock of the zone.
    if unit in "hHms":
        return at + number * _UNITS[unit]
    local = at.astimezone(zone)
    if unit in "wd":
        return (local + number * _UNITS[unit]).astimezone(UTC)
    months = local.year * 12 + local.month - 1 + number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError
    return local.replace(
        year=year, month=month, day=min(local.day, monthrange(year, month)[1])
    ).astimezone(UTC)
