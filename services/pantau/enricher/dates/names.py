"""Names of months, weekdays and numbers in three languages, and calendar arithmetic."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
"""Years outside this range do not occur in news."""
NEAR: Final = (-1, 0, 1)
"""A day without a year is in the year of the article, the previous or the next one."""


class Dated(NamedTuple):
    """A half-open range of code points that names the days from `first` to `last`, inclusive."""

    start: int
    end: int
    first: date
    last: date


_MONTHS: Final = (
    "Januari January Jan",
    "Februari February Pebruari Feb Peb",
    "Maret March Mac Mar",
    "April Apr",
    "Mei May",
    "Juni June Jun",
    "Juli July Julai Jul",
    "Agustus August Ogos Aug Agst Agt Ags Agu",
    "September Sept Sep",
    "Oktober October Okt Oct",
    "November Nopember Nov Nop",
    "Desember December Disember Dec Des Dis",
)
_WEEKDAYS: Final = (
    "Senin Isnin Monday",
    "Selasa Tuesday",
    "Rabu Wednesday",
    "Kamis Khamis Thursday",
    "Jumat Jumaat Jum'at Jum’at Friday",
    "Sabtu Saturday",
    "Minggu Ahad Sunday",
)
_NUMBERS: Final = (
    "satu se one a an",
    "dua two couple",
    "tiga three",
    "empat four",
    "lima five",
    "enam six",
    "tujuh seven",
    "delapan lapan eight",
    "sembilan nine",
    "sepuluh ten",
)


def _numbered(rows: tuple[str, ...], first: int) -> Mapping[str, int]:
    return {
        name.lower(): number for number, names in enumerate(rows, first) for name in names.split()
    }


MONTHS: Final = _numbered(_MONTHS, 1)
WEEKDAYS: Final = _numbered(_WEEKDAYS, 0)
NUMBERS: Final = _numbered(_NUMBERS, 1)
ENGLISH_MONTHS: Final = frozenset(
    [
        "january",
        "jan",
        "february",
        "feb",
        "march",
        "mar",
        "april",
        "apr",
        "may",
        "june",
        "jun",
        "july",
        "jul",
        "august",
        "aug",
        "september",
        "sept",
        "sep",
        "october",
        "oct",
        "november",
        "nov",
        "december",
        "dec",
    ]
)


def either_case(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, in Title Case or UPPER CASE, longest first.

    It is a trie: a search skips to the first letters, then compares each letter once.
    """
    return _tree(sorted({form for name in names for form in (name.capitalize(), name.upper())}))


def _tree(words: list[str]) -> str:
    if words == [""]:
        return ""
    branches = []
    for letter, group in groupby(filter(None, words), key=lambda word: word[0]):
        branches.append(re.escape(letter) + _tree([word[1:] for word in group]))
    tree = branches[0] if len(branches) == 1 and "" not in words else f"(?:{'|'.join(branches)})"
    return tree + "?" * ("" in words)


NAME: Final = re.compile(either_case((*MONTHS, *WEEKDAYS)))
"""Any month or weekday; a longer word may begin with it."""
MONTH: Final = either_case(MONTHS)
WEEKDAY: Final = either_case(WEEKDAYS)
_BEFORE: Final = re.compile(
    r"(?<![^\W_])(?P<name>[A-Z][A-Za-z'’]{3,8})"
    r"(?:\s(?:pagi|siang|sore|petang|malam|dini\shari|morning|afternoon|evening|night))?"
    r"(?:,?\s{0,2}(?P<paren>\()|,?\s)\s?$"
)
_TWO: Final = re.compile(rf"(?<![^\W_])(?:{WEEKDAY})\s?(?:[-–]|dan|and|hingga|to)\s?$")


def day_names(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the positions of the names of months and of weekdays in a text."""
    months: list[tuple[int, int]] = []
    weekdays: list[tuple[int, int]] = []
    for found in NAME.finditer(text):
        start, end = found.span()
        if not text[end : end + 1].isalnum() and (not start or not text[start - 1].isalnum()):
            (months if found.group().lower() in MONTHS else weekdays).append((start, end))
    return months, weekdays


class Weekday(NamedTuple):
    """A weekday before a date: its start, day (None for two), and whether a bracket follows."""

    start: int
    number: int | None
    bracket: bool


def weekday_before(text: str, end: int) -> Weekday | None:
    """Return the weekday before `end`: `Jumat, `, `Jumat malam (`, `Sabtu-Minggu (`."""
    found = _BEFORE.search(text, max(0, end - 25), end)
    if not found or found["name"].lower() not in WEEKDAYS:
        return None
    two = _TWO.search(text, max(0, found.start() - 16), found.start())
    number = None if two else WEEKDAYS[found["name"].lower()]
    return Weekday(two.start() if two else found.start(), number, found["paren"] is not None)


def with_weekday(text: str, start: int, end: int) -> tuple[int, int, Weekday | None]:
    """Extend a date by the preceding weekday, and by brackets around it: `Jumat (9/9/2022)`."""
    week = weekday_before(text, start)
    if week is None:
        return start, end, None
    if not week.bracket:
        return week.start, end, week
    return (week.start, end + 1, week) if text[end : end + 1] == ")" else (start, end, week)


def day(year: int, month: int, number: int) -> date | None:
    """Return a day of the calendar, or None if it does not exist, such as 31 February."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return date(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def month_span(year: int, first: int, last: int | None = None) -> tuple[date, date]:
    """Return the first and the last day of some months of a year."""
    last = last or first
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def third_of(first: date, last: date, part: int) -> tuple[date, date]:
    """Return the first (0), middle (1) or last (2) third of a month or a year.

    Of a month these are the days 1-10, 11-20 and the rest, of a year four months each.
    """
    if first.month != last.month:
        return month_span(first.year, 4 * part + 1, 4 * part + 4)
    return first.replace(day=10 * part + 1), last if part == 2 else first.replace(
        day=10 * part + 10
    )


def _distance(one: date, reference: date, told: int) -> int:
    """Return the distance of a day from a reference.

    The future counts double, because news is mostly about the past. If the article says that it is
    in the future (1) or past (-1), the other direction is farther than anything.
    """
    days = (one - reference).days
    if days * told < 0:
        return 10_000 + abs(days)
    return 2 * days if days > 0 and not told else abs(days)


_CLOSE: Final = 31
"""Days from the reference within which the year is certain whatever weekday is said."""


def nearest(
    month: int, number: int, reference: date, weekday: int | None = None, told: int = 0
) -> date | None:
    """Return the day with that month and number that is nearest to a reference.

    The future counts as twice as far.
    A weekday that is said with it decides among the years where it fits one of them, but for a day
    close to the reference: there a weekday that does not fit is a slip of the writer.
    """
    found = [
        one for shift in NEAR if (one := day(reference.year + shift, month, number)) is not None
    ]
    close = any(abs((one - reference).days) <= _CLOSE for one in found)
    if weekday is not None and not close:
        found = [one for one in found if one.weekday() == weekday] or found
    return min(found, key=lambda one: _distance(one, reference, told), default=None)


def nearest_year(month: int, reference: date, told: int = 0) -> int:
    """Return the year whose month of that number is nearest to a reference.

    The future counts double.
    """
    middle = [date(reference.year + shift, month, 15) for shift in NEAR]
    return min(middle, key=lambda one: _distance(one, reference, told)).year


def before_or_on(weekday: int, reference: date) -> date:
    """Return the last day with that weekday, up to and including the reference."""
    return reference - timedelta(days=(reference.weekday() - weekday) % 7)


def week_of(reference: date, shift: int) -> tuple[date, date]:
    """Return Monday and Sunday of a week, some weeks after that of the reference."""
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)
