"""Dates in numbers, and years.

`Jumat (9/9/2022)`, `Senin (2/3)`, `2022-09-09`, `pada 2023`, `kuartal II 2024`. With slashes the
day comes first, as in Indonesia and nearly everywhere; if that is not a day of the calendar, or if
`month_first` is set (the feed declares American English), the month does. Two numbers without a
year are a date only in brackets after a weekday or a place, never `1/2` or `24/7` in a sentence.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pantau.enricher.budget import DATES, Budget
from pantau.enricher.dates.names import (
    MONTHS,
    Dated,
    day,
    month_span,
    nearest,
    third_of,
    with_weekday,
)

_SIGNS: Final = "-./"
_SIGN: Final = re.compile(r"[-./](?=\d{1,2}[-./)])")
"""The first separator between two numbers of a date."""
_START: Final = re.compile(r"(?:\d{1,2}(?:/\d{1,2})?\s?[-–]\s?)?\d{1,4}$")
_SLASHED: Final = re.compile(
    r"\d{1,2}(?P<to>(?P<month>/\d{1,2})?\s?[-–]\s?\d{1,2})?/\d{1,2}(?:/(?P<year>(?:19|20)\d\d|\d\d))?(?![\d/%]|[.,:-]\d|\w)"
)
_ISO: Final = re.compile(r"(?:19|20)\d\d(?P<sign>[-/])\d{1,2}(?P=sign)\d{1,2}(?![\d/%]|[.,-]\d)")
_DOTTED: Final = re.compile(r"\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?![\d/%]|[.,-]\d|\w)")
_NUMBER: Final = re.compile(r"\d+")
_CENTURIES: Final = ("19", "20")
_BEFORE_YEAR: Final = frozenset(" /-")
_YEAR: Final = re.compile(r"\d{4}(?![\d%/]|[.,:]\d|[^\W\d_])")
_YEARS: Final = re.compile(
    r"(?:\s?[-–—/]\s?|\s(?:sampai|hingga|to|until|and|dan)\s)(?P<last>(?:19|20)\d\d)(?![\d%]|[.,:-]\d|[^\W\d_])"
)
_NEXT_YEAR: Final = re.compile(
    r"(?:,\s(?:(?:dan|serta|atau|and|or)\s)?|\s(?:dan|serta|atau|and|or)\s)(?P<year>(?:19|20)\d\d)(?![\d%/]|[.,:-]\d|[^\W\d_])"
)
"""Another year of a list."""
_LISTS: Final = frozenset({"dan", "and"})
_MARKS: Final = "\"'“‘(.,"
"""Marks that may stand directly before the word that tells a year."""
_RANGE_WORDS: Final = frozenset({"antara", "between"})
_PREPOSITIONS: Final = frozenset(
    {
        "pada", "sejak", "hingga", "sampai", "dari", "antara", "selama", "sebelum", "sesudah",
        "setelah", "di", "daripada", "dibanding", "dibandingkan", "ketimbang", "mulai", "jelang",
        "menjelang", "in", "since", "until", "by", "during", "before", "after", "from",
        "between", "through",
    }
)  # fmt: skip
_NOUNS: Final = frozenset({"tahun", "periode", "kurun", "rentang", "anggaran", "year"})
_PARTS: Final = {
    "awal": 0,
    "early": 0,
    "pertengahan": 1,
    "medio": 1,
    "mid": 1,
    "akhir": 2,
    "late": 2,
}
_ENGLISH_PARTS: Final = {"beginning": 0, "start": 0, "middle": 1, "end": 2}
_TELLING: Final = _PREPOSITIONS | _NOUNS | _PARTS.keys() | {"of"}
"""All words before a number that may mark it as a year."""
_SMALL_MONTH: Final = re.compile(r"(?<![^\W_])(?P<day>\d{1,2})\s(?P<month>[a-z]{3,9})\s$")
_WORD: Final = re.compile(r"\S+")
_ROMAN: Final = {
    name: number
    for number, names in enumerate(
        ("i 1 pertama first", "ii 2 kedua second", "iii 3 ketiga third", "iv 4 keempat fourth"), 1
    )
    for name in names.split()
}
_ORDER: Final = r"(?:IV|I{1,3}|[1-4]|pertama|kedua|ketiga|keempat)"
_PERIOD: Final = re.compile(
    rf"(?<![^\W_])(?:[Kk]uartal|[Tt]riwulan|KUARTAL|(?P<half>[Ss]emester|SEMESTER|[Pp]aruh))\s(?:ke-?\s?)?(?P<order>{_ORDER})"
    r"(?:\stahun\s|\s?[-/]\s?|\s)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_SHORT_PERIOD: Final = re.compile(
    r"(?:Q(?<![^\W_]Q)(?P<quarter>[1-4])|H(?<![^\W_]H)(?P<half>[12]))[\s/-]{0,2}(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ENGLISH_PERIOD: Final = re.compile(
    r"(?<![^\W_])(?P<order>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[\s-](?:quarter|(?P<half>half))\s(?:of\s(?:the\syear\s)?)?(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_PERIODS: Final = (_PERIOD, _SHORT_PERIOD, _ENGLISH_PERIOD)
_PERIOD_WORDS: Final = ("uartal", "iwulan", "ester", "aruh", "uarter", "half", "UARTAL", "ESTER")
"""Parts of the words for a part of a year.

Without one of them before a year none is searched.
"""
_BACK: Final = 34
"""Characters before a year in which its part is searched."""


def numeric_dates(
    text: str, reference: date | None, budget: Budget, *, month_first: bool
) -> Iterator[Dated]:
    """Yield the dates of a text that are written in numbers.

    `reference` is the article's own day.
    """
    end = 0
    for at in budget.within(DATES, _signs(text)):
        if at < end or not text[at - 1 : at].isdigit():
            continue
        begin = _START.search(text, max(0, at - 12), at)
        if not begin or not _free(text, begin.start()):
            continue
        dated = _numeric(text, begin.start(), reference, month_first=month_first)
        if dated:
            end = dated.end
            yield dated


def _signs(text: str) -> list[int]:
    """Return the first separators between the numbers of dates, in order.

    Each mark is sought for itself, which is faster than looking at every character.
    """
    found: list[int] = []
    for mark in _SIGNS:
        at = text.find(mark)
        while at >= 0:
            if text[at + 1 : at + 2].isdigit() and _SIGN.match(text, at) is not None:
                found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def _numeric(text: str, start: int, reference: date | None, *, month_first: bool) -> Dated | None:
    whole = _ISO.match(text, start) or _DOTTED.match(text, start)
    if whole:
        return _complete(text, whole, month_first=month_first)
    slashed = _SLASHED.match(text, start)
    return _slashed(text, slashed, reference, month_first=month_first) if slashed else None


def year_dates(text: str, budget: Budget) -> Iterator[Dated]:
    """Yield the years, quarters and halves of years.

    A year counts only if the words before mark it as one. The year of a law (`Nomor 5 Tahun 2018`),
    of a programme or of a cup (`Rencana Kerja 2019-2025`) is not a date.
    """
    for at in budget.within(DATES, _years(text)):
        found = _YEAR.match(text, at)
        dated = _year(text, found) if found else None
        if dated:
            yield dated
            yield from _more_years(text, dated)


def _more_years(text: str, dated: Dated) -> Iterator[Dated]:
    """Yield the years that follow one in a list: 2012, 2014, dan 2016.

    `antara 2012 dan 2014` is a range, and read before.
    """
    if dated.first.year != dated.last.year or (dated.first.month, dated.last.month) != (1, 12):
        return
    more = _NEXT_YEAR.match(text, dated.end)
    while more is not None:
        year = int(more["year"])
        yield Dated(*more.span("year"), month_span(year, 1)[0], month_span(year, 12)[1])
        more = _NEXT_YEAR.match(text, more.end())


def _years(text: str) -> list[int]:
    """Return the possible starts of years, in order.

    Found by their first digits, which is faster than searching for any digit.
    """
    found: list[int] = []
    for century in _CENTURIES:
        at = text.find(century, 1)
        while at > 0:
            if text[at - 1] in _BEFORE_YEAR:
                found.append(at)
            at = text.find(century, at + 2)
    found.sort()
    return found


def _free(text: str, start: int) -> bool:
    """Return whether no longer number or word ends at `start`."""
    if not start:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "$/_":
        return False
    return not (before in ".,:-–" and text[max(0, start - 2) : start - 1].isdigit())


def _slashed(
    text: str, found: re.Match[str], reference: date | None, *, month_first: bool
) -> Dated | None:
    start, end, week = with_weekday(text, *found.span())
    numbers = [int(one.group()) for one in _NUMBER.finditer(text, *found.span())]
    year = _full_year(found["year"], told=week is not None)
    if found["year"] and year is None:
        return None
    bracketed = text[found.end() : found.end() + 1] == ")" and (
        week or text[start - 1 : start] == "("
    )
    # A day and a month alone may be a score or a fraction; brackets, as in "Senin (2/3)", make them
    # a date.
    if year is None and not bracketed:
        return None
    days = _read(
        found,
        numbers,
        year,
        reference if year is None else None,
        week and week.number,
        month_first=month_first,
    )
    return Dated(start, end, *days) if days and days[0] <= days[1] else None


def _full_year(written: str | None, *, told: bool) -> int | None:
    """Return a year; two digits count only if a weekday marks them as one."""
    if not written or (len(written) == 2 and not told):
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _read(
    found: re.Match[str],
    numbers: list[int],
    year: int | None,
    reference: date | None,
    weekday: int | None,
    *,
    month_first: bool,
) -> tuple[date, date] | None:
    """Parse the numbers as a first and a last day."""
    if found["year"]:
        numbers = numbers[:-1]
    if found["to"] is None:
        one = _single(numbers[0], numbers[1], year, reference, weekday, month_first=month_first)
        return (one, one) if one else None
    if found["month"] is None:
        numbers = [numbers[0], numbers[2], numbers[1], numbers[2]]
    last = _single(numbers[2], numbers[3], year, reference, None, month_first=False)
    if last is None:
        return None
    first = day(last.year - (numbers[1] > numbers[3]), numbers[1], numbers[0])
    return (first, last) if first else None


def _single(
    first: int,
    second: int,
    year: int | None,
    reference: date | None,
    weekday: int | None,
    *,
    month_first: bool,
) -> date | None:
    pairs = (
        [(second, first), (first, second)] if month_first else [(first, second), (second, first)]
    )
    for number, month in pairs:
        if year is not None:
            one = day(year, month, number)
        else:
            one = (
                nearest(month, number, reference, weekday)
                if reference and 1 <= month <= 12
                else None
            )
        if one:
            return one
    return None


def _complete(text: str, found: re.Match[str], *, month_first: bool) -> Dated | None:
    first, second, third = (int(one.group()) for one in _NUMBER.finditer(text, *found.span()))
    if first > 31:
        one = day(first, second, third)
    else:
        one = _single(first, second, third, None, None, month_first=month_first)
    start, end, _ = with_weekday(text, *found.span())
    return Dated(start, end, one, one) if one else None


def _period_ending(text: str, before: str, start: int, end: int) -> re.Match[str] | None:
    """Return the quarter, half or part of a year that ends with the year at `start`.

    The expressions are slow, so they run only after a word that such a period has.
    """
    quarter = before[:-1].rstrip(" /-")[-2:-1] in {"Q", "H"}
    if quarter or any(map(before.__contains__, _PERIOD_WORDS)):
        for expression in _PERIODS:
            for period in expression.finditer(text, max(0, start - _BACK), end + 1):
                if period.end() == end:
                    return period
    return None


def _last_year(text: str, first: int, end: int, *, ranged: bool) -> tuple[int, int] | None:
    """Return the last year of a range that begins with `first`, and where the range ends.

    None for a number that goes on and is no year. With `ranged`, `dan` is between the ends of a
    range: `antara 2012 dan 2014`.
    """
    more = _YEARS.match(text, end)
    listed = more is not None and more.group().split()[0] in _LISTS
    if more and (not listed or ranged):
        return int(more["last"]), more.end()
    if text[end : end + 1] in {"-", "–"} and text[end + 1 : end + 2].isalnum():
        if text[end : end + 3] != "-an" or first % 10:
            return None
        return first + 9, end + 3  # tahun 1980-an: the eighties
    return first, end


def _year(text: str, found: re.Match[str]) -> Dated | None:
    start, end = found.span()
    before = text[max(0, start - _BACK) : start]
    period = _period_ending(text, before, start, end)
    if period is not None:
        return _period(period)
    if before[-1] != " ":
        return None
    last_word = before.split()[-1].lstrip(_MARKS) if not before.isspace() else ""
    said = _said(text, start) if last_word.lower() in _TELLING else None
    if said is None:
        return _small_month(text, start, end) if last_word in MONTHS else None
    # Up to here nothing has said that the number is a year.
    first = int(text[start:end])
    words = before.lower().split()[-2:]
    ranged = not _RANGE_WORDS.isdisjoint(words[-2:] if words[-1] in _NOUNS else words[-1:])
    until = _last_year(text, first, end, ranged=ranged)
    if until is None or until[0] < first:
        return None
    last, end = until
    start, part = said
    days = month_span(first, 1)[0], month_span(last, 12)[1]
    if part is not None and first == last:
        days = third_of(*days, part)
    return Dated(start, end, *days)


def _small_month(text: str, start: int, end: int) -> Dated | None:
    """Parse `9 september 2022`: a lower-case month is one only between a day and a year."""
    found = _SMALL_MONTH.search(text, max(0, start - 15), start)
    month = found and MONTHS.get(found["month"])
    one = day(int(text[start:end]), month, int(found["day"])) if found and month else None
    return Dated(found.start(), end, one, one) if found and one else None


def _said(text: str, start: int) -> tuple[int, int | None] | None:
    """Return whether the words before a number (the last one in `_TELLING`) mark it as a year.

    The result is the start of the expression, and which third is meant.
    """
    words = [
        (one.group(), one.start()) for one in _WORD.finditer(text, max(0, start - _BACK), start)
    ][-3:]
    last, at = words.pop()
    bare = last.lstrip(_MARKS)
    last, at = bare, at + len(last) - len(bare)
    low = last.lower()
    named = low in _NOUNS
    if named:
        before = words[-1][0] if words else ""
        if any(map(str.isdigit, before)) or (last.istitle() and not _begins(text, at)):
            return None  # Nomor 5 Tahun 2018, Rencana Kerja Tahun 2018
        start = at
        if words and words[-1][0].lower() in _PARTS:
            last, at = words.pop()
            return at, _PARTS[last.lower()]
        return start, None
    if low in _PARTS:
        return at, _PARTS[low]
    if low == "of" and words and words[-1][0].lower() in _ENGLISH_PARTS:
        return words[-1][1], _ENGLISH_PARTS[words[-1][0].lower()]
    return (start, None) if low in _PREPOSITIONS else None


def _begins(text: str, at: int) -> bool:
    """Return whether a sentence begins at `at`."""
    before = text[max(0, at - 3) : at].rstrip(' "“')
    return not before or before[-1] in ".!?\n"


def _period(found: re.Match[str]) -> Dated:
    groups = found.groupdict()
    order = _ROMAN[(groups.get("order") or groups.get("quarter") or groups["half"] or "").lower()]
    months = 6 if groups.get("half") else 3
    first = min((order - 1) * months + 1, 13 - months)
    return Dated(*found.span(), *month_span(int(groups["year"]), first, first + months - 1))
