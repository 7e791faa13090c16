"""The dates that an article names, as ranges of days with their position in the text.

A span is the whole expression: it includes a preceding weekday (`Jumat, 9 September 2022`, `Jumat
(9/9/2022)`) and the word `tahun` of a year, but not a preposition. What is not a day of the
calendar (`31 Februari`) is not a date, nor are scores, prices, telephone numbers, the year of a law
or of a programme's name.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pantau.enricher.budget import DATES, UNLIMITED, Budget
from pantau.enricher.dates.decades import decade_dates
from pantau.enricher.dates.names import Dated, day_names
from pantau.enricher.dates.numeric import numeric_dates, year_dates
from pantau.enricher.dates.relative import relative_dates
from pantau.enricher.dates.written import written_dates
from pantau.enricher.ner.engine import Ranges

_HOURS_EAST: Final = {"id": 7, "ms": 8}
"""UTC offset where most news in a language is written: Jakarta, Kuala Lumpur.

For all other languages the day is that of UTC.
"""
_AMERICAN: Final = frozenset({"en-us"})
"""Languages, as feeds declare them, that write the month before the day in numbers."""
_EARLIEST: Final = date.min + timedelta(days=36_525)
_LATEST: Final = date.min + timedelta(days=900_000)
"""Supported days of an article.

Relative dates stay within the calendar.
"""


def local_day(moment: datetime | None, lang: str) -> date | None:
    """Return the day on which an article in that language appeared, in its readers' time zone."""
    if moment is None:
        return None
    try:
        return (moment.astimezone(UTC) + timedelta(hours=_HOURS_EAST.get(lang, 0))).date()
    except OverflowError:  # the first or last day of the calendar
        return None


def find_dates(
    text: str,
    lang: str,
    reference: date | None = None,
    feed_language: str | None = None,
    skip: Ranges = (),
    budget: Budget = UNLIMITED,
) -> list[Dated]:
    """Return the dates in a text, in order, without overlaps.

    Of overlapping ones the longest wins. `reference` is the article's own day; without it only
    dates with a year are found. `skip` is boilerplate, in order.
    """
    month_first = (feed_language or "").lower().replace("_", "-") in _AMERICAN
    months, weekdays = day_names(text)
    found = written_dates(text, reference, lang, budget.within(DATES, months)) if months else []
    found += numeric_dates(text, reference, budget, month_first=month_first)
    found += year_dates(text, budget)
    found += decade_dates(text)
    if reference is not None and _EARLIEST < reference < _LATEST:
        found += relative_dates(text, reference, lang, weekdays, budget)
    return _longest(found, skip) if found else found


def _longest(found: Iterable[Dated], skip: Ranges) -> list[Dated]:
    """Remove dates in boilerplate, and those that overlap a longer one."""
    kept: list[Dated] = []
    at = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        while at < len(skip) and skip[at][1] <= one.start:
            at += 1
        if at < len(skip) and skip[at][0] < one.end:
            continue
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
