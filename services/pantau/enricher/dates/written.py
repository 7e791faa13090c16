"""Dates whose month is a word.

`9 September 2022`, `29 Nov – 2 Des 2022`, `Sept. 9`, `akhir Mei 2022`. Only the few characters
around each name of a month are read. Days without a year belong to the year nearest to the
article's own day; without that they are omitted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from pantau.enricher.dates.names import (
    ENGLISH_MONTHS,
    MONTH,
    MONTHS,
    Dated,
    day,
    month_span,
    nearest,
    nearest_year,
    third_of,
    with_weekday,
)

_REACH: Final = 34
"""Characters before a month's name in which its days are searched."""
_TH: Final = r"(?:st|nd|rd|th)?"
_TO: Final = (
    r"\s?(?:[-–—]|s/d|s\.d\.?|sd\.?)\s?|\s(?:sampai(?:\sdengan)?|hingga|to|until|till|through)\s"
)
_BEFORE: Final = re.compile(
    # one day, two with a separator, or several in a list
    rf"(?<![\d$])(?<!\d[.,:/-])(?P<days>\d{{1,2}}{_TH}(?:(?P<to>{_TO})\d{{1,2}}{_TH}"
    rf"|(?:,\s?\d{{1,2}}{_TH}){{0,5}},?\s(?:dan|and|&|serta)\s\d{{1,2}}{_TH})?)(?:\sof)?[ \xa0-]$"
)
_ARTICLE: Final = re.compile(r"(?:the|tanggal)\s$")
_YEAR: Final = r"(?:(?:\s|,\s?|-|\stahun\s|\sof\s)(?P<year>(?:19|20)\d\d)|\s\((?P<inner>(?:19|20)\d\d)\))(?![\d%]|[.,]\d)"
_AFTER: Final = re.compile(rf"\.?{_YEAR}")
_DAY_AFTER: Final = re.compile(
    rf"\.?\s(?P<days>\d{{1,2}}{_TH}(?:(?P<to>{_TO})\d{{1,2}}{_TH}|(?:,\s\d{{1,2}}{_TH}){{0,5}},?\sand\s\d{{1,2}}{_TH})?)(?![\d%]|[.,:/-]\d|\w)"
    rf"(?!\s(?:{MONTH}))(?:{_YEAR})?"
)
_PART: Final = re.compile(
    r"(?<![^\W_])(?:(?P<early>awal|early|(?:beginning|start) "
    r"of)|(?P<mid>pertengahan|medio|mid|(?:the\s)?middle of)"
    r"|(?P<late>akhir|late|(?:the\s)?end of))(?:\sbulan)?[\s-]$",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    r"(?<![^\W_])(?:pada|bulan|sejak|hingga|sampai|selama|in|since|until|by|during)\s$",
    re.IGNORECASE,
)
_MORE: Final = re.compile(rf"(?:{_TO})(?:{MONTH})\.?{_YEAR}")
_NUMBER: Final = re.compile(r"\d+")
_RANGE: Final = re.compile(_TO)
_LIST: Final = re.compile(r",?\s(?:dan|and|&|serta)\s|,\s")
_COMING: Final = re.compile(
    r"(?<![^\W_])(?:until|by|due|next|expires\s(?:on|in)|paling\slambat|menjelang)\s$"
)
_YEAR_BEHIND: Final = re.compile(
    r",?\s(?:tahun\s(?:(?P<last>lalu|silam|kemarin)|(?P<next>depan|mendatang)|ini)"
    r"|(?:of\s)?(?:(?P<past>last)|(?P<coming>next)|this)\syear)(?![^\W_])"
)
"""A year counted from that of the article: Maret tahun depan."""
_GONE: Final = re.compile(r"(?<![^\W_])(?:since|sejak(?:\sbulan|\stanggal)?)\s$", re.IGNORECASE)
_TOLD_AFTER: Final = re.compile(
    r"\s(?:(?P<coming>(?:yang\sakan\s)?(?:mendatang|depan|nanti|datang))|(?P<past>(?:yang\s)?(?:lalu|silam|kemarin)))(?![^\W_])"
)
_NAMED_AFTER: Final = re.compile(
    r"(?:jalan|jl\.?|jln|universitas|stadion|lapangan|taman|gerakan|hotel|bandara|sma|smk)\s$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Item:
    """One expression with one name of a month."""

    start: int
    end: int
    month: int
    year: int | None
    days: list[tuple[int, int, int]]  # number, start, end
    ranged: bool = False
    weekday: int | None = None
    part: int | None = None
    told: int = 0  # 1 if the words beside it say that it is in the future, -1 in the past


def written_dates(
    text: str, reference: date | None, lang: str, months: Iterable[tuple[int, int]]
) -> list[Dated]:
    """Return the dates of a text whose month is a word, in order.

    `reference` is the article's own day; `months` are the positions of the names of months, in
    order.
    """
    items = list(_items(text, months, lang))
    if reference is not None:
        for item in items:
            _complete(text, item, reference.year)
    gaps = [_gap(text, one, after) for one, after in pairwise(items)]
    for item, after, gap in reversed(list(zip(items, items[1:], gaps, strict=False))):
        if gap and item.year is None and after.year:  # 29 November – 2 Desember 2022
            item.year = after.year - (gap == "range" and item.month > after.month)
    found: list[Dated] = []
    at = 0
    while at < len(items):
        item = items[at]
        dated = _resolve(item, reference)
        if dated and at < len(gaps) and gaps[at] == "range":
            after = items[at + 1]
            other = _resolve(after, reference)
            if len(other) == len(dated) == 1 and dated[0].last <= other[0].first:
                found.append(Dated(item.start, after.end, dated[0].first, other[0].last))
                at += 2
                continue
        found += dated
        at += 1
    return found


def _complete(text: str, item: _Item, year: int) -> None:
    """Complete a date by the words for its year behind it, for an article of a year."""
    told = _YEAR_BEHIND.match(text, item.end) if item.year is None else None
    if told is not None:
        shift = bool(told["next"] or told["coming"]) - bool(told["last"] or told["past"])
        item.year, item.end = year + shift, told.end()


def _gap(text: str, one: _Item, after: _Item) -> str:
    """Return how two dates are connected: `range`, `list` or not at all."""
    if not 0 < after.start - one.end <= 16:
        return ""
    gap = text[one.end : after.start]
    return "range" if _RANGE.fullmatch(gap) else "list" if _LIST.fullmatch(gap) else ""


def _items(text: str, months: Iterable[tuple[int, int]], lang: str) -> Iterator[_Item]:
    for start, end in months:
        item = _item(text, start, end, lang)
        if item:
            if item.year is None:
                item.told = _tense(text, item.start, item.end)
            yield item


def _tense(text: str, start: int, end: int) -> int:
    """Return 1 if the words beside a date without a year put it in the future, -1 in the past."""
    after = _TOLD_AFTER.match(text, end)
    if after:
        return 1 if after["coming"] else -1
    near = max(0, start - 18)
    return 1 if _COMING.search(text, near, start) else -bool(_GONE.search(text, near, start))


def _item(text: str, start: int, end: int, lang: str) -> _Item | None:
    month = MONTHS[text[start:end].lower()]
    nearby = text[max(0, start - 9) : start]
    if any(map(str.isdigit, nearby)):
        days = _BEFORE.search(text, max(0, start - _REACH), start)
        if days:
            return _day_first(text, days, end, month)
    english = text[start:end].lower() in ENGLISH_MONTHS
    days = _DAY_AFTER.match(text, end) if english else None
    if days and (days["year"] or lang not in {"id", "ms"}):
        return _month_first(text, days, start, month)
    return _whole(text, start, end, month)


def _day_first(text: str, found: re.Match[str], end: int, month: int) -> _Item | None:
    year = _AFTER.match(text, end)
    article = _ARTICLE.search(text, max(0, found.start() - 9), found.start())
    first = article.start() if article else found.start()
    start, stop, week = with_weekday(text, first, year.end() if year else end)
    if article and start == first:
        start = found.start()
    if _NAMED_AFTER.search(text, max(0, start - 14), start):
        return None
    return _Item(
        start, stop, month, _number(year), _days(found), bool(found["to"]), week and week.number
    )


def _month_first(text: str, found: re.Match[str], begin: int, month: int) -> _Item:
    start, stop, week = with_weekday(text, begin, found.end())
    return _Item(
        start, stop, month, _number(found), _days(found), bool(found["to"]), week and week.number
    )


def _whole(text: str, start: int, end: int, month: int) -> _Item | None:
    """Parse a month without a day: with a year, or if a preposition marks it."""
    year = _AFTER.match(text, end)
    part = _PART.search(text, max(0, start - 20), start)
    name = text[start:end]
    if not year and not _MORE.match(text, end) and not _YEAR_BEHIND.match(text, end):
        if len(name) < 4 and name.lower() not in {"mei", "may"}:
            return None
        if not part and not _CUE.search(text, max(0, start - 10), start):
            return None
    third = {"early": 0, "mid": 1, "late": 2}[part.lastgroup or ""] if part else None
    first = part.start() if part else start
    return _Item(first, year.end() if year else end, month, _number(year), [], part=third)


def _number(found: re.Match[str] | None) -> int | None:
    written = found and (found["year"] or found["inner"])
    return int(written) if written else None


def _days(found: re.Match[str]) -> list[tuple[int, int, int]]:
    return [
        (int(one.group()), one.start(), one.end())
        for one in _NUMBER.finditer(found.string, *found.span("days"))
    ]


def _resolve(item: _Item, reference: date | None) -> list[Dated]:
    """Return the days of an expression.

    Empty if it is not a day of the calendar, or the year is unknown.
    """
    if not item.days:
        if item.year is None and reference is None:
            return []
        year = item.year or nearest_year(item.month, reference or date.min, item.told)
        first, last = month_span(year, item.month)
        if item.part is not None:
            first, last = third_of(first, last, item.part)
        return [Dated(item.start, item.end, first, last)]
    days = [_of_item(item, number, reference) for number, _, _ in item.days]
    known = [one for one in days if one is not None]
    if len(known) < len(days):
        return []
    if len(days) == 1 or item.ranged:
        whole = Dated(item.start, item.end, known[0], known[-1])
        return [whole] if whole.first <= whole.last else []
    # a list: each day is a date, the first with the text before it and the last with the text after
    starts = [item.start, *(begin for _, begin, _ in item.days[1:])]
    ends = [*(end for _, _, end in item.days[:-1]), item.end]
    return [
        Dated(begin, end, one, one) for begin, end, one in zip(starts, ends, known, strict=True)
    ]


def _of_item(item: _Item, number: int, reference: date | None) -> date | None:
    if item.year is not None:
        return day(item.year, item.month, number)
    if reference is None:
        return None
    # Both ends of a range are in the same year.
    first = number if not item.ranged else item.days[0][0]
    found = nearest(item.month, first, reference, item.weekday, item.told)
    return found and day(found.year, item.month, number)
