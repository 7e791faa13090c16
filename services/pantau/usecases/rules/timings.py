"""When messages come, as people write it: `daily@07:00`, `every 1h`, `collect 30s`. Pure."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.rules.durations import (
    LONGEST_TEXT,
    read_duration,
    read_time_of_day,
    write_duration,
)
from pantau_schemas.events.rules import DAY, Collected, Digest, Immediate, Throttled, Timing

AT_ONCE: Final = frozenset({"at once", "at-once", "immediate", "immediately", "langsung", "segera"})
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS: Final = (
    "mon monday sen senin",
    "tue tues tuesday sel selasa",
    "wed wednesday rab rabu",
    "thu thur thurs thursday kam kamis",
    "fri friday jum jumat",
    "sat saturday sab sabtu",
    "sun sunday min minggu ahad",
)
_WEEKDAY: Final = {
    word: number for number, words in enumerate(_DAYS, 1) for word in (str(number), *words.split())
}
_GROUPS: Final = {
    **dict.fromkeys(("weekend", "weekends", "akhir-pekan"), (6, 7)),
    **dict.fromkeys(("weekdays", "workdays", "hari-kerja", "kerja"), (1, 2, 3, 4, 5)),
}
_OPEN_GROUP: Final = re.compile(r"(?<=\bakhir)\s+(?=pekan\b)|(?<=\bhari)\s+(?=kerja\b)")
"""The space within a group of days that is written as two words, as Indonesian does."""
_LAST: Final = frozenset({"last", "end", "akhir", "terakhir"})
_Period = Literal["hour", "day", "week", "month"]
_PERIODS: Final[Mapping[str, _Period]] = {
    "hourly": "hour", "tiap jam": "hour", "setiap jam": "hour", "per jam": "hour",
    "daily": "day", "harian": "day", "tiap hari": "day", "setiap hari": "day",
    "weekly": "week", "mingguan": "week", "tiap minggu": "week", "setiap minggu": "week",
    "monthly": "month", "bulanan": "month", "tiap bulan": "month", "setiap bulan": "month",
    "every hour": "hour", "every day": "day", "every week": "week", "every month": "month",
}  # fmt: skip
_DIGEST: Final = re.compile(
    r"(?P<period>[a-z]+(?: [a-z]+){0,2}?)(?:\s*:\s*(?P<day>[a-z0-9]+))?"
    r"(?:(?:\s*@\s*|,?\s+(?:at|pukul|jam)\s+)(?P<at>[0-9:.]+)|\s+(?P<bare>\d{1,2}[:.]\d\d))?"
)
_EACH: Final = re.compile(
    r"(?:(?:every|each|tiap|setiap)(?: hari)?|weekly(?: on)?|mingguan(?: hari)?|hari)"
    r" (?P<day>[a-z]+)"
)
"""A day of the week as people say it, as in `setiap hari senin pukul 07.00`."""
_COLLECT: Final = re.compile(r"(?:collect|kumpul|kumpulkan)\s+(?P<collect>.+)")
_EVERY: Final = re.compile(
    r"(?:every|tiap|setiap)\s+(?P<every>\d.*?)"
    r"(?:\s+(?:collect|kumpul|kumpulkan)\s+(?P<collect>.+))?"
)


def read_days(text: str, field: str) -> tuple[int, ...]:
    """Return the days of the week that a list names, such as `sat, sun` or `weekend`, in order.

    Raises UsageError naming the `field` and the word.
    """
    found: set[int] = set()
    for word in re.split(r" ?(?:,| and | dan ) ?|\s+", _OPEN_GROUP.sub("-", text)):
        found |= set(_GROUPS[word]) if word in _GROUPS else {_weekday(word, field)}
    return tuple(sorted(found))


def read_timing(text: str, field: str) -> Timing:
    """Return when messages come: at once, collected, throttled, or as a digest.

    Raises UsageError naming the `field`, and what can stand there.
    """
    given = " ".join(text.lower().split())
    if len(given) > LONGEST_TEXT:
        raise UsageError(problem("timing.no-timing", field=field, text=text[:LONGEST_TEXT]))
    if given in AT_ONCE:
        return Immediate()
    found = _COLLECT.fullmatch(given)
    if found is not None:
        return read_collected(found["collect"], field)
    found = _EVERY.fullmatch(given)
    if found is not None:
        return read_throttled(found["every"], found["collect"], field)
    if _digest_parts(given) is None:
        raise UsageError(problem("timing.no-timing", field=field, text=text))
    return read_digest(given, field)


def read_collected(text: str, field: str) -> Collected:
    """Return a time of collecting. Raises UsageError."""
    return Collected(seconds=read_duration(text, field, 1, DAY))


def read_throttled(every: str, collect: str | None, field: str) -> Throttled:
    """Return a time between messages, and of collecting before the first. Raises UsageError."""
    seconds = read_duration(every, field, 60, 31 * DAY)
    if collect is None:
        return Throttled(every_seconds=seconds)
    return Throttled(every_seconds=seconds, collect_seconds=read_duration(collect, field, 0, DAY))


def read_digest(text: str, field: str) -> Digest:
    """Return a digest from `hourly`, `daily@07:00`, `weekly:mon@07:00` or `monthly:31@07:00`.

    Also as people say it: `every day at 7`, `setiap senin pukul 07.00`. Raises UsageError.
    """
    given = " ".join(text.lower().split())
    found = _digest_parts(given) if len(given) <= LONGEST_TEXT else None
    if found is None:
        raise UsageError(problem("timing.no-digest", field=field, text=text[:LONGEST_TEXT]))
    period, day, named = found
    at = _time_of(named, period, field)
    if period == "week":
        return Digest(every="week", at=at, weekday=_weekday(day, field))
    if period == "month":
        return Digest(every="month", at=at, day=_day_of_month(day, field))
    if day is not None:
        raise UsageError(problem("timing.no-day", field=field, text=text))
    return Digest(every=period, at=at)


def _digest_parts(given: str) -> tuple[_Period, str | None, str | None] | None:
    """Return the period of a digest with its day and its time, as they are written."""
    found = _DIGEST.fullmatch(given)
    if found is None:
        return None
    period, day = _PERIODS.get(found["period"]), found["day"]
    each = _EACH.fullmatch(found["period"])
    if period is None and day is None and each is not None and each["day"] in _WEEKDAY:
        period, day = "week", each["day"]
    # `setiap jam 07.00` means a time of day, which is no minute of every hour.
    if period is None or (period == "hour" and found["bare"] is not None):
        return None
    return period, day, found["at"] or found["bare"]


def _time_of(text: str | None, period: str, field: str) -> str:
    """Return the time of a digest; of an hourly one the minutes count: `@15`, `@:15`, `@00:15`."""
    if text is None:
        return "00:00" if period == "hour" else "07:00"
    if period != "hour":
        return read_time_of_day(text, field)
    minute = text.removeprefix(":")
    return read_time_of_day(minute if ":" in minute or "." in minute else f"0:{minute:0>2}", field)


def _weekday(text: str | None, field: str) -> int:
    number = _WEEKDAY.get("mon" if text is None else text)
    if number is None:
        raise UsageError(problem("timing.no-weekday", field=field, text=text or ""))
    return number


def _day_of_month(text: str | None, field: str) -> int:
    if text in _LAST:
        return 31
    given = text or "1"
    if given.isdecimal() and 1 <= int(given) <= 31:
        return int(given)
    raise UsageError(problem("timing.no-day-of-month", field=field, text=given))


def write_timing(timing: Timing) -> str:
    """Return a timing as `read_timing` reads it."""
    match timing:
        case Immediate():
            return "at once"
        case Collected():
            return f"collect {write_duration(timing.seconds)}"
        case Throttled():
            every = write_duration(timing.every_seconds)
            return f"every {every} collect {write_duration(timing.collect_seconds)}"
        case Digest():
            return _written_digest(timing)


def _written_digest(digest: Digest) -> str:
    match digest.every:
        case "hour":
            return f"hourly@{digest.at}"
        case "day":
            return f"daily@{digest.at}"
        case "week":
            return f"weekly:{WEEKDAYS[digest.weekday - 1]}@{digest.at}"
        case "month":
            return f"monthly:{digest.day}@{digest.at}"
