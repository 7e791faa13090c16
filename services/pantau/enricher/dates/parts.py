"""Parts of days and of periods, counted from the article's own day.

`tadi malam`, `nanti sore`, `akhir pekan ini`, `awal tahun lalu`, `seminggu lalu`, `besok lusa`,
`the end of last year`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pantau.enricher.dates.names import Dated, third_of

ONE: Final = {
    "sehari": "day",
    "sepekan": "week",
    "seminggu": "week",
    "sebulan": "month",
    "setahun": "year",
}
"""One unit in a word: `seminggu lalu`."""
SECOND_DAYS: Final = {"besok": 2, "esok": 2, "kemarin": -2}
"""Days from the article's own of what `lusa` ends: `besok lusa`, `kemarin lusa`."""
PARTS: Final = {
    "awal": 0, "pertengahan": 1, "akhir": 2,
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2,
}  # fmt: skip
_WEEK_PARTS: Final = ((0, 1), (2, 3), (5, 6))
"""Days of a week from Monday: its beginning, its middle, and the weekend."""
_FROM_FRIDAY: Final = frozenset({"late", "end"})
_DAY_PARTS: Final = ("pagi", "siang", "sore", "petang", "malam", "dini hari", "subuh")
_LAST_NIGHT: Final = re.compile(r"\b[Ss]emalam\b(?! suntuk)")
_NOW: Final = ("tadi", "Tadi", "nanti", "Nanti")


def part_of(unit: str, first: date, last: date, word: str) -> tuple[date, date]:
    """Return the part of a week, a month or a year that a word of `PARTS` names.

    `akhir pekan` is the weekend, the end of a week begins on its Friday.
    """
    if unit != "week":
        return third_of(first, last, PARTS[word])
    begin, end = _WEEK_PARTS[PARTS[word]]
    begin -= word in _FROM_FRIDAY
    return first + timedelta(days=begin), first + timedelta(days=end)


def day_parts(text: str, reference: date) -> Iterator[Dated]:
    """Yield parts of the article's own day and the night before: `tadi malam`, `siang tadi`.

    A weekday or a date before them says the day itself.
    """
    for word in _NOW:
        at = text.find(word)
        while at >= 0:
            dated = _day_part(text, at, at + len(word), reference)
            if dated is not None:
                yield dated
            at = text.find(word, at + 1)


def last_night(text: str, reference: date) -> Iterator[Dated]:
    """Yield the day before the article's own, as Malay news names it: `semalam`."""
    one = reference - timedelta(days=1)
    for found in _LAST_NIGHT.finditer(text):
        yield Dated(*found.span(), one, one)


def _day_part(text: str, start: int, end: int, reference: date) -> Dated | None:
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return None
    after = next((part for part in _DAY_PARTS if text.startswith(f" {part}", end)), None)
    if after is not None:
        part, end = after, end + 1 + len(after)
        if text[end : end + 1].isalnum():
            return None
    else:
        near = text[max(0, start - 12) : start].lower()
        found = next((part for part in _DAY_PARTS if near.endswith(f"{part} ")), None)
        if found is None:
            return None
        part, start = found, start - len(found) - 1
    before = text[max(0, start - 12) : start].split()
    if before and (before[-1][0].isupper() or before[-1].endswith(")")):
        return None
    night_before = part == "malam" and "tadi" in text[start:end].lower()
    day = reference - timedelta(days=1) if night_before else reference
    return Dated(start, end, day, day)
