"""Dates relative to the article's own day.

`kemarin`, `Jumat pekan lalu`, `dua hari lalu`, `last week`, `on Friday`. A weekday alone is the
last one up to and including the article's day, or the next one if its sentence is about the future.
Weeks begin on Monday. Candidates are found by the endings of words: an article has few of them.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from pantau.enricher.budget import DATES, Budget
from pantau.enricher.dates.coming import is_coming
from pantau.enricher.dates.names import (
    NUMBERS,
    WEEKDAY,
    WEEKDAYS,
    Dated,
    before_or_on,
    month_span,
    week_of,
)
from pantau.enricher.dates.parts import ONE, PARTS, SECOND_DAYS, day_parts, last_night, part_of

_AFTER_WEEKDAY: Final = re.compile(
    r"\s(?:(?P<last_week>(?:pekan|minggu)\s(?:lalu|kemarin)|last\sweek)|(?P<next_week>(?:pekan|minggu)\s(?:depan|mendatang)|next\sweek)"
    r"|(?P<past>(?:yang\s)?(?:lalu|kemarin|lepas))|(?P<coming>(?:yang\sakan\s)?(?:depan|mendatang|datang|nanti|hadapan))|(?P<now>(?:(?:pekan|minggu)\s)?ini)"
    r"|(?P<next>besok|lusa|esok))(?![^\W_])"
)
_BEFORE_WEEKDAY: Final = re.compile(
    r"(?<![^\W_])(?:(?P<coming>[Nn]ext)|(?P<past>[Ll]ast)|(?P<now>[Tt]his))\s$"
)
_NO_DAY_BEFORE: Final = frozenset(
    [
        "setiap",
        "tiap",
        "tiap-tiap",
        "every",
        "each",
        "salat",
        "shalat",
        "sholat",
        "solat",
        "khotbah",
        "khutbah",
        "black",
        "good",
        "ash",
        "palm",
        "super",
        "cyber",
        "fat",
        "easter",
        "bloody",
        "sheffield",
    ]
)
_NO_DAY_AFTER: Final = re.compile(
    rf"\s?(?:[-–]|s/d|sampai|hingga|to\s|through\s)\s?(?:hari\s)?(?:{WEEKDAY})"
    r"|\s(?:Times|Mirror|Telegraph|Express|Mail|Post|Agung|Abu|Paskah|Legi|Pon|Wage|Kliwon|Pahing)(?![^\W_])|-\w|/"
)
_RANGE_BEFORE: Final = re.compile(
    rf"(?:{WEEKDAY})\s?(?:[-–]|s/d|sampai|hingga|to|through)\s?(?:hari\s)?$"
)
_DAYS: Final[dict[str, int]] = {
    "hari ini": 0, "pagi ini": 0, "siang ini": 0, "sore ini": 0, "malam ini": 0, "today": 0,
    "tonight": 0, "kemarin lusa": -2, "kemarin": -1, "kelmarin": -1, "yesterday": -1, "besok": 1,
    "lusa": 2, "tomorrow": 1,
}  # fmt: skip
_THIS_DAY: Final = ("this morning", "this afternoon", "this evening")
_DAY_PARTS: Final = frozenset({"hari", "pagi", "siang", "sore", "malam"})
_UNITS: Final[dict[str, str]] = {
    "hari": "day", "pekan": "week", "minggu": "week", "bulan": "month", "tahun": "year",
    "day": "day", "week": "week", "month": "month", "year": "year",
    "days": "day", "weeks": "week", "months": "month", "years": "year",
}  # fmt: skip
_SHIFTS: Final[dict[str, int]] = {
    "lalu": -1, "silam": -1, "lepas": -1, "ini": 0, "depan": 1, "mendatang": 1, "hadapan": 1,
    "last": -1, "this": 0, "next": 1,
}  # fmt: skip
_ALONE: Final[dict[bool, tuple[str, ...]]] = {
    True: ("oday", "esterday", "omorrow", "onight"),
    False: ("emarin", "besok", "Besok", "lusa", "Lusa"),
}
"""Endings of words that name a day; whether they are English."""
_ENDINGS: Final = (" lalu", " ini", " depan", " mendatang", " silam", " lepas", " hadapan")
_NOT_BEFORE: Final = frozenset(
    [
        "the",
        "over",
        "past",
        "usa",
        "every",
        "each",
        "akhir",
        "awal",
        "pekan",
        "minggu",
        "bulan",
        "tahun",
        "malam",
        "masa",
        "lebih",
        "than",
        "about",
        "around",
        "sekitar",
        "hampir",
        "nearly",
        "almost",
        "beberapa",
        "several",
        "ke",
    ]
)
"""Before `kemarin` or `last week`: these mean another time, or an uncertain one."""
_FEW: Final = 100
"""Maximum number of units counted back."""
_LONGEST: Final = 14
"""Characters of a word that are read backwards."""
_AMOUNT: Final = re.compile(r"\d{1,2}")


def relative_dates(
    text: str, reference: date, lang: str, weekdays: Iterable[tuple[int, int]], budget: Budget
) -> Iterator[Dated]:
    """Yield the dates that a text gives relative to the article's own day, `reference`.

    `weekdays` are the positions of their names.
    """
    for start, end in budget.within(DATES, weekdays):
        dated = _weekday(text, start, end, reference)
        if dated:
            yield dated
    if lang != "en":
        yield from _days(text, reference, budget, english=False)
        yield from _indonesian(text, reference, budget)
        yield from day_parts(text, reference)
    if lang == "ms":
        yield from last_night(text, reference)
    if lang not in {"id", "ms"}:
        yield from _days(text, reference, budget, english=True)
        yield from _english(text, reference, budget)


def _weekday(text: str, start: int, end: int, reference: date) -> Dated | None:
    before, _ = _word_before(text, start - 1)
    if before == "hari":
        before, _ = _word_before(text, text.rfind(" ", 0, start - 1))
    if before in _NO_DAY_BEFORE or _NO_DAY_AFTER.match(text, end):
        return None
    if _RANGE_BEFORE.search(text, max(0, start - 24), start):
        return None
    name = text[start:end].lower()
    after = _AFTER_WEEKDAY.match(text, end)
    told = (after and after.lastgroup) or ""
    if name == "minggu" and (before.isdigit() or before in NUMBERS or _begins(text, start)):
        return None  # a week
    if after:
        end = after.end()
    elif before in {"next", "last", "this"}:
        prior = _BEFORE_WEEKDAY.search(text, max(0, start - 6), start)
        told = (prior and prior.lastgroup) or ""
        start = prior.start() if prior else start
    elif is_coming(text, start):
        told = "next"
    return Dated(start, end, *[_shifted(WEEKDAYS[name], told, reference)] * 2)


def _begins(text: str, start: int) -> bool:
    """Return whether a sentence begins at `start`, where any word is capitalised."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in '.!?\n"“'


def _shifted(weekday: int, told: str, reference: date) -> date:
    """Return the day of a weekday as the words beside it say."""
    recent = before_or_on(weekday, reference)
    if told == "next":
        return recent if recent == reference else recent + timedelta(days=7)
    if told in {"last_week", "next_week"}:
        return week_of(reference, -1 if told == "last_week" else 1)[0] + timedelta(days=weekday)
    if told == "now":
        return week_of(reference, 0)[0] + timedelta(days=weekday)
    if told == "coming" or (told == "past" and recent == reference):
        return recent + timedelta(days=7 if told == "coming" else -7)
    return recent


def _word_before(text: str, space: int) -> tuple[str, int]:
    """Return the word that ends at `space`, in lower case, and its start.

    Empty if it is not a word.
    """
    if space <= 0 or text[space] != " ":
        return "", space
    near = text[max(0, space - _LONGEST) : space].rpartition(" ")[2]
    if near.isalnum():  # nearly always; the code below reads any other word
        return near.lower(), space - len(near)
    begin = space
    while (
        begin > 0
        and space - begin < _LONGEST
        and (text[begin - 1].isalnum() or text[begin - 1] == "-")
    ):
        begin -= 1
    return text[begin:space].lower(), begin


def _places(text: str, what: str) -> list[int]:
    """Return the positions of a substring without a letter after it."""
    found: list[int] = []
    at = text.find(what)
    while at >= 0:
        after = at + len(what)
        if not text[after : after + 1].isalnum():
            found.append(at)
        at = text.find(what, after)
    return found


def _days(text: str, reference: date, budget: Budget, *, english: bool) -> Iterator[Dated]:
    for tail in filter(text.__contains__, _ALONE[english]):
        for at in budget.within(DATES, _places(text, tail)):
            start, end = at, at + len(tail)
            if text[start : start + 1] == tail[0] and tail[0] not in "bBlL":
                start -= 1  # its first letter may be lower case or not
                if start < 0:
                    continue
            if start and (text[start - 1].isalnum() or text[start - 1] == ")"):
                continue
            shift = _DAYS.get(text[start:end].lower())
            before, _ = _word_before(text, start - 1)
            if (
                shift is None
                or before in _NOT_BEFORE
                or before in WEEKDAYS
                or text[start - 2 : start] == ") "
            ):
                continue
            if before in SECOND_DAYS and text[start:end] == "lusa":
                start, shift = text.rindex(" ", 0, start) - len(before), SECOND_DAYS[before]
            one = reference + timedelta(days=shift)
            yield Dated(start, end, one, one)


def _indonesian(text: str, reference: date, budget: Budget) -> Iterator[Dated]:
    for ending in filter(text.__contains__, _ENDINGS):
        for at in budget.within(DATES, _places(text, ending)):
            word, start = _word_before(text, at)
            if word == "yang":
                word, start = _word_before(text, start - 1)
            if word in _DAY_PARTS and ending == " ini":
                yield Dated(start, at + 4, reference, reference)
                continue
            unit = _UNITS.get(word)
            if word in ONE and _SHIFTS[ending[1:]] < 0:
                if _word_before(text, start - 1)[0] not in _NOT_BEFORE:
                    yield Dated(start, at + len(ending), *_moved(ONE[word], -1, reference))
                continue
            if unit is None:
                continue
            dated = _counted(text, start, at + len(ending), unit, _SHIFTS[ending[1:]], reference)
            if dated:
                yield dated


def _counted(
    text: str, start: int, end: int, unit: str, shift: int, reference: date
) -> Dated | None:
    """Parse `pekan lalu` or, with a number before it, `dua pekan lalu`."""
    before, at = _word_before(text, start - 1)
    amount = int(before) if _AMOUNT.fullmatch(before) else NUMBERS.get(before)
    if amount is not None:
        earlier, _ = _word_before(text, at - 1)
        if shift >= 0 or amount > _FEW or earlier in _NOT_BEFORE:
            return None
        return Dated(at, end, *_moved(unit, -amount, reference))
    if before in PARTS and unit != "day":
        return Dated(at, end, *part_of(unit, *_moved(unit, shift, reference), before))
    if unit == "day" or before in _NOT_BEFORE or (before and before[-1].isdigit()):
        return None
    return Dated(start, end, *_moved(unit, shift, reference))


def _english(text: str, reference: date, budget: Budget) -> Iterator[Dated]:
    for part in filter(text.__contains__, _THIS_DAY):
        for at in budget.within(DATES, _places(text, part)):
            yield Dated(at, at + len(part), reference, reference)
    for unit in filter(text.__contains__, ("week", "month", "year")):
        for at in budget.within(DATES, _places(text, unit)):
            word, start = _word_before(text, at - 1)
            if word not in {"last", "next", "this"}:
                continue
            before, begin = _word_before(text, start - 1)
            days = _moved(unit, _SHIFTS[word], reference)
            if before == "of":
                before, begin = _word_before(text, begin - 1)
            if before in PARTS:
                yield Dated(begin, at + len(unit), *part_of(unit, *days, before))
            elif before not in _NOT_BEFORE:
                yield Dated(start, at + len(unit), *days)
    for at in budget.within(DATES, _places(text, " ago")):
        word, start = _word_before(text, at)
        number, begin = _word_before(text, start - 1)
        amount = int(number) if _AMOUNT.fullmatch(number) else NUMBERS.get(number)
        earlier, _ = _word_before(text, begin - 1)
        if word in _UNITS and amount is not None and earlier not in _NOT_BEFORE:
            yield Dated(begin, at + 4, *_moved(_UNITS[word], -amount, reference))


def _moved(unit: str, shift: int, reference: date) -> tuple[date, date]:
    """Return a day, week, month or year some steps from that of the reference."""
    if unit == "day":
        one = reference + timedelta(days=shift)
        return one, one
    if unit == "week":
        return week_of(reference, shift)
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + shift
        return month_span(months // 12, months % 12 + 1)
    year = reference.year + shift
    return month_span(year, 1)[0], month_span(year, 12)[1]
