"""Dates as sources write them, in Indonesian and English.

A date is first tried as ISO 8601 (RFC 3339, W3CDTF) or Unix time; else it is split into words and
numbers, and each is assigned the only role that it can have. So the order of the parts and the
punctuation between them matter little, as do weekdays, which are often wrong: `Jumat, 9 September
2022 | 08:15 WIB` is read as `Fri, 09 Sep 2022 08:15:00 +0700` is. All patterns match in linear
time.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Years outside this range are typing errors or placeholders, never a publication date."""

_MAX_LENGTH: Final = 200  # longer texts are not dates

_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari pebruari peb",
            "mar march maret mrt",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agustus agu agt ags agst",
            "sep sept september",
            "oct october okt oktober",
            "nov november nop nopember",
            "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}

_IGNORED: Final = frozenset(
    [
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "senin",
        "sen",
        "selasa",
        "sel",
        "rabu",
        "rab",
        "kamis",
        "kam",
        "jumat",
        "jum'at",
        "jum",
        "sabtu",
        "sab",
        "minggu",
        "min",
        "ahad",
        "pukul",
        "pkl",
        "jam",
        "tanggal",
        "tgl",
        "pada",
        "st",
        "nd",
        "rd",
        "th",
        "at",
        "on",
        "the",
        "of",
        "published",
        "updated",
        "diperbarui",
        "dipublikasikan",
        "terbit",
        "t",
        "asia",
    ]
)
"""Weekdays and words around a date, which add nothing to the numbers."""

_ZONES: Final[dict[str, int]] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "wib": 420, "wita": 480, "wit": 540,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "jakarta": 420, "makassar": 480, "jayapura": 540, "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150, "brt": -180, "art": -180,
    "bst": 60, "west": 60, "cet": 60, "met": 60, "cest": 120, "mest": 120, "cat": 120, "sast": 120, "eet": 120,
    "eest": 180, "eat": 180, "msk": 180, "trt": 180, "gst": 240, "pkt": 300, "npt": 345, "ict": 420, "hkt": 480,
    "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "acdt": 630,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Zone names to minutes east of UTC, by RFC 822 and common usage.

`ist`, which three zones use, is not accepted.
"""

_ISO: Final = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})(?:(?P<day_zone>[Zz]|[+-]\d{2}:\d{2})|(?:[Tt]|[ ]{1,3}|[ ]?[|,][ ]?)"
    r"(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9})\d{0,20})?)?"
    r"[ ]{0,3}(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2}|:\d)?)?)?)?)?"
)
_TOKEN: Final = re.compile(
    r"(?P<date>(?<!\d)(?:\d{1,4}(?P<sign>[-/])\d{1,2}(?P=sign)\d{1,4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2})(?!\d))"
    r"|(?P<time>(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?!\d))"
    r"|(?P<offset>[+-]\d{1,2}:?\d{2}(?!\d)|(?<=[A-Za-z])[+-]\d{1,2}(?!\d)|(?<=\d )[+-]\d{1,2}$)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)"
)
_UNIX: Final = re.compile(r"(?P<whole>[0-9]{9,})(?:\.[0-9]{1,9})?")
_QUOTES: Final = str.maketrans("’‘`´", "''''")


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
    offset: int = 0  # minutes east of UTC
    timed: bool = False
    half: str = ""  # a or p, of am and pm
    numbers: list[str] = field(default_factory=list)  # numbers without a role so far

    def moment(self) -> datetime | None:
        """Combine the parts; None if they are not a date."""
        if self.year is None or self.month is None or self.day is None:
            return None
        if not FIRST_YEAR <= self.year <= LAST_YEAR or abs(self.offset) > 24 * 60:
            return None
        extra = timedelta(minutes=-self.offset)
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
                tzinfo=UTC,
            )
        except ValueError:
            return None
        result = local + extra
        return result if FIRST_YEAR <= result.year <= LAST_YEAR else None


def read_time(text: str) -> datetime | None:
    """Parse a timestamp in any of the usual forms; None if it is none of them.

    The result is timezone-aware, in UTC; a timestamp without a zone is taken as UTC.
    """
    if len(text) > _MAX_LENGTH:
        return None
    text = " ".join(text.split())
    if not text:
        return None
    unix = _UNIX.fullmatch(text)
    if unix:
        return _read_digits(unix["whole"])
    iso = _ISO.fullmatch(text)
    zone = (iso["zone"] or iso["day_zone"] or "Z") if iso else ""
    offset = _offset_of(zone)
    if iso and offset is not None:
        return _read_iso(iso, offset)
    return _read_words(text)


def _read_digits(text: str) -> datetime | None:
    """Parse Unix time in seconds, milli-, micro- or nanoseconds; or `YYYYMMDDhhmmss`."""
    if len(text) == 14 and text[:2] in {"19", "20", "21"}:
        month, day, hour, minute, second = (int(text[i : i + 2]) for i in range(4, 14, 2))
        return _DateParts(int(text[:4]), month, day, hour, minute, second).moment()
    scale = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}.get(len(text))
    if scale is None:
        return None
    seconds, rest = divmod(int(text), scale)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=seconds, microseconds=rest * 1_000_000 // scale
    )
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _read_iso(match: re.Match[str], offset: int) -> datetime | None:
    """Parse an ISO 8601 date; month and day may be missing, as in W3CDTF."""
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
    ).moment()


def _offset_of(zone: str) -> int | None:
    """Return minutes east of UTC of `+07:00`, `+7`, `GMT+7`, `WIB`."""
    name = zone.lower()
    if name in _ZONES:
        return _ZONES[name]
    digits = name.removeprefix("utc").removeprefix("gmt")
    if not digits or digits[0] not in "+-":
        return None
    sign, digits = (-1 if digits[0] == "-" else 1), digits[1:].replace(":", "")
    if not digits.isdigit():
        return None
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return sign * (hours * 60 + minutes) if minutes < 60 else None


def _read_words(text: str) -> datetime | None:
    """Parse a date in words, by the role that each part can have."""
    parts = _DateParts()
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        token = match.group()
        if match["date"]:
            fits = _take_date(parts, token, match["sign"] or ".")
        elif match["time"]:
            fits = parts.timed or _take_time(parts, token)
        elif match["offset"]:
            fits = _take_offset(parts, token)
        elif match["number"]:
            parts.numbers.append(token)
            fits = True
        else:
            fits = (
                _take_word(parts, token.lower()) or match.start() == 0
            )  # a weekday in any language comes first
        if not fits:
            return None
    if not _take_numbers(parts):
        return None
    if parts.half and 1 <= parts.hour <= 12:
        parts.hour = parts.hour % 12 + (12 if parts.half == "p" else 0)
    return parts.moment()


def _take_offset(parts: _DateParts, token: str) -> bool:
    """Consume a token that looks like an offset: it is one only after a time.

    Before a time, it is the year of `9-Sep-2022`.
    """
    if not parts.timed:
        parts.numbers.append(token[1:])
        return ":" not in token
    offset = _offset_of(token)
    parts.offset = offset or 0
    return offset is not None


def _take_word(parts: _DateParts, word: str) -> bool:
    """Consume a word: a month, a zone, or a word that is ignored."""
    if word in {"am", "pm", "a", "p", "m"}:
        parts.half = parts.half or word.rstrip("m")
        return True
    if word in _MONTHS and parts.month is None:
        parts.month = _MONTHS[word]
        return True
    if word in _IGNORED:
        return True
    if word in _ZONES:
        parts.offset = _ZONES[word]
        return True
    return (
        parts.timed and parts.month is not None
    )  # an unknown zone name, or a remark, after the time


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

    Year first, or day first as in Indonesia, unless that is impossible.
    """
    first, second, third = token.split(sign)
    if len(first) == 4:
        parts.year, parts.month, parts.day = int(first), int(second), int(third)
        return True
    if len(third) not in {2, 4}:
        return False
    day, month = int(first), int(second)
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
