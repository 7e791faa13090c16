"""Dates as sources write them, in the languages that news comes in (see `names`).

A date is first tried as ISO 8601 (RFC 3339, W3CDTF) or Unix time; else it is cut into words and
numbers, and each is given the only role that it can have. So the order of the parts and the signs
between them matter little, as do weekdays, which are often wrong: `Jumat, 9 September 2022 | 08:15
WIB` is read as `Fri, 09 Sep 2022 08:15:00 +0700` is. Spellings that are no words and numbers in
this sense (`2022年9月9日 8時15分`, `9 tháng 9`, `08h15`) are rewritten first. All patterns are
matched in linear time.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from pantau.common.dates.names import (
    DAY_NAMES,
    DAYS_OR_MONTHS,
    FILLERS,
    HALVES,
    MONTHS,
    ZONES,
    fold,
)
from pantau.common.dates.spellings import is_buddhist, respell

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Years outside this range are typing errors or placeholders, never a publication date."""

_MAX_LENGTH: Final = 200  # longer texts are not dates

_ISO: Final = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})"
    r"(?:(?P<day_zone>[Zz]|[+-]\d{2}:\d{2})|(?:[Tt]|[ ]{1,3}|[ ]?[|,][ ]?)"
    r"(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9})\d{0,20})?)?"
    r"[ ]{0,3}(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2}|:\d)?)?)?)?)?"
)
_LETTER: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0e4e])"
"""A letter, or a mark of scripts that write vowels as marks (Python's `\\w` has no marks)."""
_TOKEN: Final = re.compile(
    r"(?P<date>(?<!\d)(?:\d{1,4}(?P<sign>[-/])\d{1,2}(?P=sign)\d{1,4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2})(?!\d))"
    r"|(?P<time>(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?!\d))"
    r"|(?P<offset>[+-]\d{1,2}[:.]?\d{2}(?!\d)|(?<=[A-Za-z])[+-]\d{1,2}(?!\d)|(?<=\d )[+-]\d{1,2}$"
    r"|(?<=:\d\d)[+-]\d{1,2}$)"
    r"|(?P<number>\d+)"
    rf"|(?P<word>{_LETTER}+(?:'{_LETTER}+)?)"
)
_HALVES_AFTER_A_TIME: Final = frozenset({"a", "p", "sa", "ch"})
"""Halves of the day that are other words where no time stands before them."""
_MAIL: Final = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{1,2}) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-][0-9]{4}|GMT|UTC)"
)
"""Dates of mail (RFC 5322) as nearly all of RSS has them: in words they take ten times as long."""
_UNIX: Final = re.compile(
    r"(?:\\?/Date\()?@?(?P<whole>[0-9]{9,})(?:\.[0-9]{1,9})?(?:(?:[+-][0-9]{4})?\)\\?/)?"
)
"""Unix time: alone, after an `@`, or as programs of .NET write it (`/Date(1796047500000)/`)."""


@dataclass(slots=True)
class _DateParts:
    """The parts of a date found so far."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int = 0
    minute: int = 0
    second: int = 0
    micro: int = 0
    offset: int | None = None  # minutes east of UTC; None where the text names no zone
    timed: bool = False
    timed_again: bool = False  # as in `13:05 WIB / 06:05 GMT`
    half: str = ""  # a or p, of am and pm
    american: bool = False  # 12-hour clock with am or pm, used with month/day/year
    loose: bool = False  # the name of the month may also be a weekday's
    dated: tuple[str, str] | None = None  # a numeric date and its separator
    numbers: list[str] = field(default_factory=list)  # those that stand alone

    def moment(self, zone: tzinfo) -> datetime | None:
        """Put the parts together, in `zone` if they name none; None where they are no date."""
        if self.year is None or self.month is None or self.day is None:
            return None
        minutes = self.offset or 0
        if not FIRST_YEAR <= self.year <= LAST_YEAR or abs(minutes) > 24 * 60:
            return None
        extra = timedelta(minutes=-minutes)
        if self.hour == 24 and self.minute == self.second == 0:  # ISO 8601's end of the day
            self.hour, extra = 0, extra + timedelta(days=1)
        if self.second == 60:  # a leap second
            self.second, extra = 59, extra + timedelta(seconds=1)
        try:
            local = datetime(
                self.year,
                self.month,
                self.day,
                self.hour,
                self.minute,
                self.second,
                self.micro,
                tzinfo=zone if self.offset is None else UTC,
            )
            result = local.astimezone(UTC) + extra
        except (ValueError, OverflowError):
            return None
        return result if FIRST_YEAR <= result.year <= LAST_YEAR else None


def read_time(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Read a moment in any of the usual forms; None if it is none.

    Aware, in UTC. A text that names no zone means a time in `zone`.
    """
    if len(text) > _MAX_LENGTH:
        return None
    text = " ".join(text.split())
    if not text:
        return None
    unix = _UNIX.fullmatch(text)
    if unix:
        return _read_digits(unix["whole"], zone)
    iso = _ISO.fullmatch(text)
    named = (iso["zone"] or iso["day_zone"] or "") if iso else ""
    # A zone that nobody knows does not stand for another one: the words are tried.
    if iso and (not named or _offset_of(named) is not None):
        return _read_iso(iso, _offset_of(named)).moment(zone)
    usual = _MAIL.fullmatch(text)
    if usual and (offset := _offset_of(usual[7])) is not None:
        day, year, hour, minute, second = map(int, usual.group(1, 3, 4, 5, 6))
        month = MONTHS[usual[2].lower()]
        return _DateParts(year, month, day, hour, minute, second, offset=offset).moment(zone)
    return _read_words(text, zone)


def _read_digits(text: str, zone: tzinfo) -> datetime | None:
    """Read Unix time in seconds, milli-, micro- or nanoseconds; or `YYYYMMDDhhmmss`."""
    if len(text) == 14 and text[:2] in {"19", "20", "21"}:
        month, day, hour, minute, second = (int(text[i : i + 2]) for i in range(4, 14, 2))
        return _DateParts(int(text[:4]), month, day, hour, minute, second).moment(zone)
    scale = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}.get(len(text))
    if scale is None:
        return None
    seconds, rest = divmod(int(text), scale)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=seconds, microseconds=rest * 1_000_000 // scale
    )
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _read_iso(match: re.Match[str], offset: int | None) -> _DateParts:
    """Read a date as ISO 8601 has it; month and day may be missing, as in W3CDTF."""
    groups = match.groupdict()
    return _DateParts(
        year=int(groups["year"]),
        month=int(groups["month"] or 1),
        day=int(groups["day"] or 1),
        hour=int(groups["hour"] or 0),
        minute=int(groups["minute"] or 0),
        second=int(groups["second"] or 0),
        micro=int((groups["fraction"] or "0").ljust(6, "0")[:6]),
        offset=offset,
    )


def _offset_of(zone: str) -> int | None:
    """Return minutes east of UTC of `+07:00`, `+7`, `GMT+7`, `WIB`."""
    name = zone.lower()
    if name in ZONES:
        return ZONES[name]
    digits = name.removeprefix("utc").removeprefix("gmt")
    if not digits or digits[0] not in "+-":
        return None
    sign, digits = (-1 if digits[0] == "-" else 1), re.sub("[:.]", "", digits[1:])
    if not digits.isdigit():
        return None
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return sign * (hours * 60 + minutes) if minutes < 60 else None


def _read_words(text: str, zone: tzinfo) -> datetime | None:
    """Read a date in words, by the role that each part can have."""
    parts = _DateParts()
    for match in _TOKEN.finditer(respell(text)):
        if not _take(parts, match):
            return None
    if parts.dated is not None and not _take_date(parts, *parts.dated):
        return None
    if not _take_numbers(parts):
        return None
    if parts.half and 1 <= parts.hour <= 12:
        parts.hour = parts.hour % 12 + (12 if parts.half == "p" else 0)
    if parts.year is not None and is_buddhist(text, parts.year):
        parts.year -= 543
    return parts.moment(zone)


def _take(parts: _DateParts, match: re.Match[str]) -> bool:
    """Use one token; False where it cannot be of a date."""
    token = match.group()
    if match["date"]:
        parts.dated = (token, match["sign"] or ".")
        return True
    if match["time"]:
        parts.timed_again = parts.timed
        return parts.timed or _take_time(parts, token)
    if match["offset"]:
        return _take_offset(parts, token)
    if match["number"]:
        parts.numbers.append(token)
        return True
    # a weekday of any language comes first
    return _take_word(parts, token.lower()) or match.start() == 0


def _take_offset(parts: _DateParts, token: str) -> bool:
    """Consume a token that looks like an offset: it is one only after a time.

    Before a time, it is the year of `9-Sep-2022`.
    """
    if not parts.timed:
        parts.numbers.append(token[1:])
        return ":" not in token
    offset = _offset_of(token)
    if parts.offset is None or not parts.timed_again:
        parts.offset = offset or 0
    return offset is not None


def _take_word(parts: _DateParts, written: str) -> bool:
    """Use a word: a month, half of the day, a zone, or one that may be there."""
    word = fold(written)
    half = HALVES.get(word)
    if half is not None and (parts.timed or word not in _HALVES_AFTER_A_TIME):
        parts.half = parts.half or half
        parts.american = parts.american or word in {"am", "pm"}
        return True
    number = MONTHS.get(word) or MONTHS.get(word.removeprefix("d'")) or MONTHS.get(word[1:])
    if number is not None and (word in MONTHS or word[0] in "dב"):
        return _take_month(parts, number, loose=word in DAYS_OR_MONTHS)
    if word in DAY_NAMES or word in FILLERS:
        return True
    if word in ZONES:
        # The first zone counts: programs add a `Z` or `GMT` to whatever they have.
        if parts.offset is None:
            parts.offset = ZONES[word]
        return True
    # an unknown zone name, or a remark, after the time
    return parts.timed and (parts.month is not None or parts.dated is not None)


def _take_month(parts: _DateParts, number: int, *, loose: bool) -> bool:
    """Use the name of a month. Of two, one may be a weekday, or both mean the same."""
    if parts.month is None or (parts.loose and not loose):
        parts.month, parts.loose = number, loose
        return True
    return loose or parts.month == number


def _take_time(parts: _DateParts, token: str) -> bool:
    """Consume a time of day. Indonesian clocks use a dot: 10.30."""
    clock, *rest = re.split(r"[:.,]", token, maxsplit=3)
    parts.hour, parts.timed = int(clock), True
    parts.minute = int(rest[0])
    parts.second = int(rest[1]) if len(rest) > 1 else 0
    parts.micro = int(rest[2].ljust(6, "0")[:6]) if len(rest) > 2 else 0
    return True


def _take_date(parts: _DateParts, token: str, sign: str) -> bool:
    """Consume a numeric date.

    Year first, or day first as most of the world has it, unless that cannot be. With slashes and
    `am` or `pm`, the month is first, as the United States have it.
    """
    first, second, third = token.split(sign)
    if len(first) == 4:
        parts.year, parts.month, parts.day = int(first), int(second), int(third)
        return True
    if len(third) not in {2, 4}:
        return False
    day, month = int(first), int(second)
    if parts.american and sign == "/" and day <= 12:
        day, month = month, day
    if month > 12 >= day:
        day, month = month, day
    parts.year, parts.month, parts.day = _full_year(third), month, day
    return True


def _take_numbers(parts: _DateParts) -> bool:
    """Assign roles to the remaining numbers: day, then year.

    A lone hour has `am` or `pm` and is the last.
    """
    for number in parts.numbers:
        if len(number) == 4 and parts.year is None:
            parts.year = int(number)
        elif len(number) <= 2 and parts.day is None:
            parts.day = int(number)
        elif len(number) == 2 and parts.year is None:
            parts.year = _full_year(number)
        elif len(number) <= 2 and not parts.timed:
            parts.hour, parts.timed = int(number), True
        else:
            return False
    return True


def _full_year(digits: str) -> int:
    """Return a four-digit year; two digits follow RFC 2822: 00 to 49 are 2000 to 2049."""
    year = int(digits)
    if len(digits) != 2:
        return year
    return year + (2000 if year < 50 else 1900)
