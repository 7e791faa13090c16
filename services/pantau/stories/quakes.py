"""Facts on which reports of one quake agree: the minute at which it came, or its magnitude.

Two quakes in one place an hour apart are reported in the same words; a corrected magnitude is of
the same minute. Zones differ by whole hours, so that only the minute of the hour is compared.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from pantau.stories.words import ArticleWords, hash_words

TOPIC: Final = "quake"
"""The topic of such reports in `data/templates.txt`."""
_MOST: Final = 4
"""Minutes or magnitudes of a report; with more it is a list of quakes."""
_BEFORE_TIME: Final = "pukul jam at"
_AFTER_TIME: Final = "wib wita wit utc gmt am pm a p local"
_BEFORE_MAGNITUDE: Final = (
    "m mag magnitudo magnitude bermagnitudo kekuatan berkekuatan gempa menjadi jadi semula dari"
)
_AFTER_MAGNITUDE: Final = "sr skala magnitudo magnitude richter earthquake quake"
_TENTHS: Final = range(10, 100)


class _FactKind(NamedTuple):
    """A kind of fact: the hash that tells that a report has some, and those of all values."""

    mark: int
    values: tuple[int, ...]


class _Tables(NamedTuple):
    """The words of times and magnitudes, by their hashes."""

    hours: frozenset[int]
    minutes: dict[int, int]
    clocks: dict[int, int]
    magnitudes: dict[int, int]
    joined: dict[int, int]
    before_time: frozenset[int]
    after_time: frozenset[int]
    before_magnitude: frozenset[int]
    after_magnitude: frozenset[int]


def facts(report: ArticleWords) -> tuple[int, ...]:
    """Return the facts of a report of a quake, as hashes; none for a list of quakes."""
    tables = _load_tables()
    # What stands between title and text is no word, so that no cue reaches over it.
    words = [*report.title.tolist(), -1, *report.text.tolist(), -1, -1]
    minutes, magnitudes = set[int](), set[int]()
    for at, word in enumerate(words[:-2]):
        if word in tables.joined:
            magnitudes.add(tables.joined[word])
        elif word in tables.magnitudes and _is_magnitude(words, at, tables):
            magnitudes.add(tables.magnitudes[word])
        elif (minute := _minute(words, at, tables)) is not None:
            minutes.add(minute)
    found: list[int] = []
    for kind, numbers in zip(_kinds(), (minutes, magnitudes), strict=True):
        if 0 < len(numbers) <= _MOST:
            found += (kind.mark, *(kind.values[number] for number in sorted(numbers)))
    return tuple(found)


def contradict(one: Callable[[int], bool], other: Callable[[int], bool]) -> bool:
    """Return whether two reports or stories, as tests for a fact, are of two quakes.

    What both have of the first kind decides: magnitudes are corrected, the minute is not.
    """
    for kind in _kinds():
        if one(kind.mark) and other(kind.mark):
            return not any(one(value) and other(value) for value in kind.values)
    return False


def _is_magnitude(words: list[int], at: int, tables: _Tables) -> bool:
    return words[at - 1] in tables.before_magnitude or words[at + 1] in tables.after_magnitude


def _minute(words: list[int], at: int, tables: _Tables) -> int | None:
    word = words[at]
    if word in tables.clocks:
        minute, after = tables.clocks[word], words[at + 1]
    elif word in tables.hours and words[at + 1] in tables.minutes:
        minute, after = tables.minutes[words[at + 1]], words[at + 2]
    else:
        return None
    is_time = words[at - 1] in tables.before_time or after in tables.after_time
    return minute if is_time else None


@cache
def _kinds() -> tuple[_FactKind, _FactKind]:
    minutes = _hashes(f"minuteofquake{minute:02}" for minute in range(60))
    tenths = _hashes(f"tenthsofquake{tenths}" for tenths in range(_TENTHS.stop))
    marks = _hashes(("minuteofquake", "tenthsofquake"))
    return _FactKind(marks[0], minutes), _FactKind(marks[1], tenths)


@cache
def _load_tables() -> _Tables:
    tenths = {f"{number // 10}{mark}{number % 10}": number for number in _TENTHS for mark in ",."}
    clocks = {
        f"{hour}.{minute:02}": minute
        for minute in range(60)
        for hour in (*range(24), *(f"0{hour}" for hour in range(10)))
    }
    return _Tables(
        hours=_set(" ".join([*map(str, range(24)), *(f"0{hour}" for hour in range(10))])),
        minutes=_by_hash({f"{minute:02}": minute for minute in range(60)}),
        clocks=_by_hash(clocks),
        magnitudes=_by_hash(tenths),
        joined=_by_hash({f"m{word}": number for word, number in tenths.items()}),
        before_time=_set(_BEFORE_TIME),
        after_time=_set(_AFTER_TIME),
        before_magnitude=_set(_BEFORE_MAGNITUDE),
        after_magnitude=_set(_AFTER_MAGNITUDE),
    )


def _by_hash(numbers: dict[str, int]) -> dict[int, int]:
    return dict(zip(_hashes(numbers), numbers.values(), strict=True))


def _hashes(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(np.concatenate([hash_words(word) for word in words]).tolist())


def _set(words: str) -> frozenset[int]:
    return frozenset(hash_words(words).tolist())
