"""Stretches of dates that people name as a whole: quarters, halves, weeks, `1 Sep - 3 Oct 2026`."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Final

_NUMERALS: Final = {
    name: number
    for number, names in enumerate(
        ("1 i first pertama", "2 ii second kedua", "3 iii third ketiga", "4 iv fourth keempat"),
        start=1,
    )
    for name in names.split()
}
_NUMERAL: Final = "(?:" + "|".join(sorted(_NUMERALS, key=len, reverse=True)) + ")"
_OF_YEAR: Final = r"[\s,/-]*(?:tahun\s+|of\s+)?"
_YEAR: Final = r"\d{4}(?!\d)"
_GAP: Final = r"\s*(?:[-\u2010-\u2015]|s/d|s\.?d\.?|sampai|hingga|to|until)\s*"


KINDS: Final = ("quarter", "half", "week", "ordinal", "days", "months")
"""The groups of the pattern, one for each kind of stretch."""


def pattern(month: str) -> str:
    """Return the expression of all stretches; `month` is that of the name of a month."""
    return (
        rf"(?P<quarter>(?P<yq>{_YEAR})[\s-]?Q(?P<q>[1-4])(?!\w)"
        rf"|Q(?P<q2>[1-4])[\s/-]?(?P<yq2>{_YEAR})"
        rf"|(?:kuartal|triwulan|quarter)[\s-]*(?P<q3>{_NUMERAL})\b{_OF_YEAR}(?P<yq3>{_YEAR})"
        rf"|(?P<q4>{_NUMERAL})\s(?:quarter){_OF_YEAR}(?P<yq4>{_YEAR}))"
        rf"|(?P<half>(?P<yh>{_YEAR})[\s-]?[HS](?P<h>[12])(?!\w)"
        rf"|H(?P<h2>[12])[\s/-]?(?P<yh2>{_YEAR})"
        rf"|semester[\s-]*(?P<h3>{_NUMERAL})\b{_OF_YEAR}(?P<yh3>{_YEAR}))"
        r"|(?P<week>(?P<yw>\d{4})-?W(?P<w>\d{2})(?:-?(?P<wd>[1-7]))?(?!\w))"
        r"|(?P<ordinal>(?P<yo>\d{4})-(?P<o>\d{3})(?![\d-]))"
        rf"|(?P<days>(?P<d1>\d{{1,2}})\s+(?P<m1>{month}){_GAP}(?P<d2x>\d{{1,2}})\s+(?P<m2x>{month})"
        rf"[\s,-]*(?P<yd>{_YEAR}))"
        rf"|(?P<months>(?P<m3x>{month}){_GAP}(?P<m4x>{month})[\s,-]*(?P<ym>{_YEAR}))"
    )


def read(part: Mapping[str, str | None], months: Mapping[str, int]) -> tuple[date, date] | None:
    """Return the first and the last day of a stretch; None where there is none.

    `part` holds the groups of a match of the pattern, `months` the number of a month by its name.
    Raises ValueError for a day that does not exist.
    """
    if part["quarter"]:
        year, number = _first(part, "yq", "yq2", "yq3", "yq4"), _first(part, "q", "q2", "q3", "q4")
        return _months(int(year), 3 * _NUMERALS[number] - 2, 3)
    if part["half"]:
        year, number = _first(part, "yh", "yh2", "yh3"), _first(part, "h", "h2", "h3")
        return _months(int(year), 6 * _NUMERALS[number] - 5, 6)
    if part["week"]:
        iso_year, iso_week = int(part["yw"] or 0), int(part["w"] or 0)
        # A week with a day, as in 2026-W10-2, is that day alone.
        low = date.fromisocalendar(iso_year, iso_week, int(part["wd"] or 1))
        return low, low if part["wd"] else date.fromisocalendar(iso_year, iso_week, 7)
    if part["ordinal"]:
        low = date.fromordinal(
            date(int(part["yo"] or 0), 1, 1).toordinal() + int(part["o"] or 0) - 1
        )
        # Day 366 of a year with 365 days would be the first one of the next.
        return (low, low) if low.year == int(part["yo"] or 0) else None
    if part["days"]:
        year = part["yd"] or ""
        low = _day(year, part["m1"], part["d1"], months)
        return low, _day(year, part["m2x"], part["d2x"], months)
    if part["months"]:
        first, last = (_month(part[name], months) for name in ("m3x", "m4x"))
        return _months(int(part["ym"] or 0), first, last - first + 1)
    return None


def _first(part: Mapping[str, str | None], *names: str) -> str:
    return next((part[name] or "" for name in names if part[name]), "").lower()


def _months(year: int, first: int, number: int) -> tuple[date, date]:
    last = first + number - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _month(written: str | None, months: Mapping[str, int]) -> int:
    return months[(written or "").rstrip(".").lower()]


def _day(year: str, month: str | None, day: str | None, months: Mapping[str, int]) -> date:
    return date(int(year), _month(month, months), int(day or 0))
