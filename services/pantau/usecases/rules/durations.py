"""Durations and times of day as people write them, in English and Indonesian. Pure."""

import re
from typing import Final

from pantau.errors import UsageError
from pantau.problems import Problem, problem

_UNITS: Final = {
    1: "s sec secs second seconds detik dtk",
    60: "m min mins minute minutes mnt menit",
    3_600: "h hr hrs hour hours j jam",
    86_400: "d day days hari",
    604_800: "w week weeks minggu mgg",
}
_SECONDS: Final = {word: size for size, words in _UNITS.items() for word in words.split()}
_PART: Final = re.compile(r"(?P<number>\d{1,7})\s*(?P<unit>[a-z-]+)\s*(?:,|and\b|dan\b)?\s*")
_ONE: Final = re.compile(r"^(?:an? |se(?=menit|jam|hari|minggu))")
"""Words for one: `an hour`, `sejam`."""
_TIME: Final = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?")
_WRITTEN: Final = ((604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
_IN_WORDS: Final = {
    "w": "timing.weeks",
    "d": "timing.days",
    "h": "timing.hours",
    "m": "timing.minutes",
    "s": "timing.seconds",
}
LONGEST_TEXT: Final = 200
"""Maximum length of a text that is read as a rule; longer ones are refused unread."""


def read_duration(text: str, field: str, low: int, high: int) -> int:
    """Return the seconds of a duration such as `90s`, `1h30m` or `2 hari`.

    Raises UsageError naming the `field`, and the bounds for one that is not from `low` to `high`.
    """
    seconds = _seconds(text.strip().lower()) if len(text) <= LONGEST_TEXT else None
    if seconds is None:
        raise UsageError(problem("timing.no-duration", field=field, text=text[:LONGEST_TEXT]))
    if not low <= seconds <= high:
        least, most = duration_in_words(low), duration_in_words(high)
        raise UsageError(
            problem("timing.out-of-bounds", field=field, text=text, low=least, high=most)
        )
    return seconds


def _seconds(text: str) -> int | None:
    text = _ONE.sub("1 ", text)
    total, position = 0, 0
    while position < len(text):
        found = _PART.match(text, position)
        size = None if found is None else _SECONDS.get(found["unit"])
        if found is None or size is None:
            return None
        total, position = total + int(found["number"]) * size, found.end()
    return total if text else None


def write_duration(seconds: int) -> str:
    """Return a duration as `read_duration` reads it: `1h30m`."""
    return "".join(f"{number}{unit}" for number, unit in _parts(seconds))


def duration_in_words(seconds: int) -> Problem:
    """Return a duration as a text of the catalogue: `1h30m`, `1 jam 30 menit`."""
    *longer, told = (Problem(_IN_WORDS[unit], {"count": n}) for n, unit in _parts(seconds))
    while longer:
        told = problem("timing.and-shorter", longer=longer.pop(), shorter=told)
    return told


def _parts(seconds: int) -> list[tuple[int, str]]:
    """Return the numbers and units of a duration, the longest unit first."""
    parts, left = [], seconds
    for size, unit in _WRITTEN:
        number, left = divmod(left, size)
        if number:
            parts.append((number, unit))
    return parts or [(0, "s")]


def read_time_of_day(text: str, field: str) -> str:
    """Return a time of day as `HH:MM`, from `7:00`, `07.00` or `7`.

    Raises UsageError naming the `field`.
    """
    found = _TIME.fullmatch(text.strip())
    if found is not None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise UsageError(problem("timing.no-time", field=field, text=text[:LONGEST_TEXT]))
