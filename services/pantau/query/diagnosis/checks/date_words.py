"""Dates as people write them, in English and Indonesian, to dates as queries read them.

Days come before months, as everywhere but in the United States, unless the number is no month, in
this date or another one of the query.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from pantau.query.diagnosis.checks import date_spans
from pantau.query.diagnosis.masked import lower

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january januari jan",
            "february februari pebruari feb peb",
            "march maret mar",
            "april apr",
            "may mei",
            "june juni jun",
            "july juli jul",
            "august agustus aug agu agt ags",
            "september sept sep",
            "october oktober oct okt",
            "november nopember nov nop",
            "december desember dec des",
        ),
        start=1,
    )
    for name in names.split()
}
_UNITS: Final = {
    name: unit
    for unit, names in {
        "h": "hour hours jam h",
        "d": "day days hari d",
        "w": "week weeks minggu pekan w",
        "M": "month months bulan",
        "y": "year years tahun y",
    }.items()
    for name in names.split()
}
_MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?:\b|(?=\d))\.?"
_UNIT: Final = "(?:" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\b"
_CLOCK: Final = (
    r"[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,9})?)?"
    r"(?:\s?Z|\s?[+-]\d{2}:?\d{2}|\s?WIB|\s?WITA|\s?WIT)?(?!\d)"
)
_ZONES: Final = {"WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00"}

_DASHES: Final = "\u2010-\u2015\u2212"
_DAY_BEFORE: Final = (
    r"(?:(?:senin|selasa|rabu|kamis|jum['\u2019]?at|sabtu|minggu|ahad"
    r"|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"\b[.,]*\s*)?(?:(?:tanggal|tgl\b\.?)\s*)?"
)
"""The day of the week and such, which say nothing more."""

DATE: Final = re.compile(
    rf"(?P<math>now[\w+\-/|]*)"
    rf"|{date_spans.pattern(_MONTH)}"
    rf"|{_DAY_BEFORE}(?:(?P<y>\d{{4}})[-/.{_DASHES}](?P<m>\d{{1,2}})[-/.{_DASHES}]"
    rf"(?P<d>\d{{1,2}})(?!\d)"
    rf"|(?P<first>\d{{1,2}})\s*(?:[-{_DASHES}]|s/d|s\.?d\.?|sampai|hingga|to)\s*(?P<last>\d{{1,2}})\s+"
    rf"(?P<m14>{_MONTH})[\s,-]*(?P<y14>\d{{4}})(?!\d)"
    rf"|(?P<y11>\d{{4}})[\s-]+(?P<m11>{_MONTH})[\s-]*(?P<d11>\d{{1,2}})(?!\d)"
    rf"|(?P<y12>\d{{4}})年(?P<m12>\d{{1,2}})月(?P<d12>\d{{1,2}})日"
    rf"|(?P<d2>\d{{1,2}})[-/.](?P<m2>\d{{1,2}})[-/.](?P<y2>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?P<y3>(?:19|20)\d{{2}})(?P<m3>\d{{2}})(?P<d3>\d{{2}})(?!\d)"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]*(?:of\s)?"
    rf"(?P<m4>{_MONTH})[\s,/-]*(?P<y4>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?P<m5>{_MONTH})\s*(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<y5>\d{{4}})(?!\d))(?:(?P<clock>{_CLOCK})|(?:T?\*|[TZ])(?=[\s)\]}}\"]|$))?"
    rf"|(?P<my>{_MONTH})[\s,-]*(?P<y6>\d{{4}})(?!\d)"
    rf"|(?P<m7>\d{{1,2}})[-/.](?P<y7>\d{{4}})(?!\d)"
    rf"|(?P<epoch>\d{{10}})(?![\w.-])"
    rf"|(?P<y15>\d{{4}})年(?P<m15>\d{{1,2}})月(?!\d)"
    rf"|(?P<y16>(?:19|20)\d{{2}})(?P<m16>0[1-9]|1[0-2])(?!\d)\*?"
    rf"|(?P<y13>\d{{4}})[-/.](?P<m13>\d{{2}})\*"
    rf"|(?P<y8>\d{{4}})[-/.](?P<m8>\d{{1,2}})[-/.](?:\*|xx|\?\?)"
    rf"|(?P<y9>\d{{4}})[-/.](?P<m9>\d{{1,2}})(?![\d/.-])"
    rf"|(?P<y10>\d{{4}})(?:-?\*|\b)"
    rf"|(?P<day>today|hari[ _-]?ini|yesterday|kemarin|kemaren|tomorrow|besok|sekarang)\b(?:\(\))?"
    rf"(?:\s?-\s?(?P<back>\d{{1,3}})(?:\s?(?:d|days?|hari)\b|(?![\w/.-])))?"
    rf"|(?P<which>this|last|previous|past)[ _-]?(?P<period>week|month|year)\b"
    rf"|se(?P<one>jam|hari|minggu|pekan|bulan|tahun)[ _-](?:ini|terakhir)\b"
    rf"|(?P<period_id>minggu|pekan|bulan|tahun)[ _-](?P<which_id>ini|lalu|kemarin)\b"
    rf"|(?:last|past|previous)?[ _-]?(?P<n>\d{{1,4}})[ _-]?(?P<unit>{_UNIT})"
    rf"(?P<ago>[ _-](?:ago|(?:yang[ _-])?lalu|terakhir)\b)?",
    re.IGNORECASE,
)
"""One date, or stretch of time. `2026` and `2026-09` are dates, too."""

_FIRST_SECOND: Final = 1_000_000_000
_LAST_SECOND: Final = 4_102_444_800
"""From 2001 up to 2100. As milliseconds these numbers are days of January and February 1970."""
_EARLIEST: Final = 2010
"""Before this year a date with two digits for the year is read with its year in front."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the beginning of `low` to the end of `high`, both as queries read dates."""

    low: str
    high: str


_SOLR: Final = re.compile(
    r"(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?|MILLIS?(?:ECONDS?)?", re.IGNORECASE
)
_SOLR_UNITS: Final = {
    "year": "y", "month": "M", "week": "w", "day": "d", "hour": "h", "minute": "m", "second": "s"
}  # fmt: skip
_CAPITAL_UNIT: Final = re.compile(r"(?<=\d)[YWDS](?![A-Za-z])|(?<=/)[YWDS](?![A-Za-z])")
"""Units that date math has in small letters alone; `M` is a month, `m` a minute."""
_NUMERIC: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?!\d)")


def _math(written: str) -> str:
    """Return date math with the units of queries; Solr writes `NOW/DAY-7DAYS`."""
    units = _SOLR.sub(lambda found: _SOLR_UNITS.get((found[1] or "").lower(), found[0]), written)
    units = _CAPITAL_UNIT.sub(lambda found: found[0].lower(), units)
    return "now" + units[len("now") :]


@lru_cache(maxsize=8)
def _has_month_first(text: str) -> bool:
    """Return whether a date of the text can only be read as in the United States.

    Its other dates are then read so, too, unless one of them has the day first.
    """
    dates = [(int(found[1]), int(found[3])) for found in _NUMERIC.finditer(text)]
    return any(a <= 12 < b for a, b in dates) and not any(b <= 12 < a for a, b in dates)


def read(found: re.Match[str]) -> Stretch | None:
    """Return the stretch of time that a match of `DATE` stands for; None where it is no date."""
    part = {name: written and lower(written) for name, written in found.groupdict().items()}
    if part["math"]:
        math = _math(found[0])
        return Stretch(math, math)
    if any(part[kind] for kind in date_spans.KINDS):
        return _of_span(part)
    if part["first"]:
        return _days_of_month(part)
    if part["epoch"]:
        return _of_seconds(int(part["epoch"]))
    numbers = _numbers(part)
    if numbers is not None:
        return _fixed(numbers, part, month_first=_has_month_first(found.string))
    return _moving(part)


def _of_seconds(number: int) -> Stretch | None:
    """Return the second of a number of seconds since 1970; queries count milliseconds."""
    if not _FIRST_SECOND <= number < _LAST_SECOND:
        return None
    moment = datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Stretch(moment, moment)


def _of_span(part: dict[str, str | None]) -> Stretch | None:
    try:
        span = date_spans.read(part, _MONTHS)
    except ValueError:
        return None
    if span is None or span[0] > span[1]:
        return None
    return Stretch(span[0].isoformat(), span[1].isoformat())


def _moving(part: dict[str, str | None]) -> Stretch | None:
    """Return a stretch that moves with the clock."""
    if part["day"]:
        return _of_day(part["day"].lower(), int(part["back"] or 0))
    if part["one"] or (part["which"] or "").lower() == "past":
        start = f"now-1{_UNITS[(part['one'] or part['period'] or '').lower()]}"
        return Stretch(start, "now")
    if part["which"] or part["which_id"]:
        return _of_period(part)
    if part["n"]:
        return _back(part)
    return None


def _days_of_month(part: dict[str, str | None]) -> Stretch | None:
    """Return the days of `1-5 September 2026`; None where there are none."""
    year, month = int(part["y14"] or 0), _month(part["m14"])
    try:
        low, high = (date(year, month, int(part[name] or 0)) for name in ("first", "last"))
    except ValueError:
        return None
    return Stretch(low.isoformat(), high.isoformat()) if low <= high else None


def _numbers(part: dict[str, str | None]) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day as numbers; a month or day that is not written is None."""
    for year, month, day in (
        ("y", "m", "d"),
        ("y2", "m2", "d2"),
        ("y3", "m3", "d3"),
        ("y4", "m4", "d4"),
        ("y5", "m5", "d5"),
        ("y11", "m11", "d11"),
        ("y12", "m12", "d12"),
        ("y13", "m13", None),
        ("y6", "my", None),
        ("y7", "m7", None),
        ("y8", "m8", None),
        ("y9", "m9", None),
        ("y15", "m15", None),
        ("y16", "m16", None),
        ("y10", None, None),
    ):
        written = part[year]
        if written is not None:
            full = int(written) + (2000 if len(written) == 2 else 0)
            return (
                full,
                _month(part[month]) if month else None,
                int(part[day] or 0) if day else None,
            )
    return None


def _month(written: str | None) -> int:
    name = (written or "").rstrip(".").lower()
    return int(name) if name.isdigit() else _MONTHS[name]


def _fixed(
    numbers: tuple[int, int | None, int | None], part: dict[str, str | None], *, month_first: bool
) -> Stretch | None:
    year, month, day = numbers
    american = month is not None and day is not None and (month > 12 or month_first) and day <= 12
    if part["y2"] and american:
        month, day = day, month
    if part["y2"] and len(part["y2"]) == 2 and day is not None and year < _EARLIEST <= 2000 + day:
        year, day = 2000 + day, year - 2000  # the year comes first
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return Stretch(f"{year:04}-01-01", f"{year:04}-12-31")
    start = f"{year:04}-{month:02}-"
    if day is None:
        return Stretch(f"{start}01", f"{start}{monthrange(year, month)[1]}")
    written = f"{start}{day:02}{_clock(part['clock'] or '')}"
    return Stretch(written, written)


def _clock(written: str) -> str:
    """Return a time of day with its zone as queries read it."""
    found = re.match(r"[T ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(\.\d+)?)?\s*(.*)", written)
    if found is None:
        return ""
    hour, minute, second, fraction, zone = found.groups()
    clock = f"T{int(hour):02}:{minute}" + (f":{second}{fraction or ''}" if second else "")
    return clock + _ZONES.get(zone.upper(), zone)


def _of_day(name: str, back: int) -> Stretch:
    if name in {"yesterday", "kemarin", "kemaren"}:
        back += 1
    elif name in {"tomorrow", "besok"}:
        back -= 1
    elif name == "sekarang":
        return Stretch("now", "now")
    shift = f"-{back}d" if back > 0 else f"+{-back}d" if back else ""
    return Stretch(f"now{shift}/d", f"now{shift}/d")


def _of_period(part: dict[str, str | None]) -> Stretch:
    unit = _UNITS[(part["period"] or part["period_id"] or "").lower()]
    this = (part["which"] or part["which_id"] or "").lower() in {"this", "ini"}
    moment = f"now{'' if this else f'-1{unit}'}/{unit}"
    return Stretch(moment, moment)


def _back(part: dict[str, str | None]) -> Stretch:
    unit = _UNITS[(part["unit"] or "").lower()]
    start = f"now-{int(part['n'] or 0)}{unit}"
    ago = re.sub(r"[ _-]", "", part["ago"] or "").lower()
    if ago in {"ago", "lalu", "yanglalu"}:
        return Stretch(f"{start}/d", f"{start}/d")
    return Stretch(start, "now")
