"""The publication rate of a feed, from its past items. Pure.

New items are counted by day (UTC). The rate covers the last seven days, which include nights and a
weekend, plus a prior of one item in one day, which keeps the intervals of new feeds moderate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from pantau_schemas.events.feed import DayCount, FeedState

DAY: Final = 86_400.0
WEEK: Final = 7 * DAY
_KEPT_DAYS: Final = 8
"""Days that are kept: a window of seven days reaches into an eighth."""
_SHORTEST_SPAN: Final = 6 * 3_600.0
_LEAST_DATES: Final = 3
_LEAST_EVIDENCE: Final = 3
_GAP_WEIGHT: Final = 0.1
SILENT_GAPS: Final = 8.0
"""Usual gaps without a new item after which a feed is silent; by chance, one in e**8."""
SILENT_SECONDS: Final = 3 * DAY
"""Shortest silence that is reported; longer than a weekend."""
_LEAST_ARTICLES: Final = 10


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A feed's publication rate, in items per second."""

    rate: float
    turnover_seconds: float | None = None  # until all items of the document are replaced


def rhythm_of(state: FeedState, now: datetime, burst: float = 0.0) -> Rhythm:
    """Return the rhythm of a feed. On its first day, the usual gap is the better evidence.

    `burst` is the rate since the last poll, which shortens the turnover.
    """
    recent = state.recent
    if not recent:
        return Rhythm(1 / DAY)
    total = sum(one.new * _share(one.day, now) for one in recent)
    watched = (now - _start(recent[0].day)).total_seconds()
    rate = (total + 1.0) / (min(WEEK, max(_SHORTEST_SPAN, watched)) + DAY)
    if watched < DAY and state.usual_gap_seconds is not None:
        rate = max(rate, 1.0 / state.usual_gap_seconds)
    if not state.window or sum(one.new for one in recent) < _LEAST_EVIDENCE:
        return Rhythm(rate)
    busiest = max(one.new for one in recent) / DAY
    return Rhythm(rate, state.window / max(rate, busiest, burst))


def count_new(recent: Sequence[DayCount], new: int, now: datetime) -> tuple[DayCount, ...]:
    """Return the counts with `new` added to today, without days that have expired."""
    today, expired = _day(now), _day(now - timedelta(_KEPT_DAYS))
    if not new and recent and recent[-1].day == today and recent[0].day > expired:
        return tuple(recent)  # in order: as after nearly every poll, nothing changes
    kept = {one.day: one.new for one in recent if one.day > expired}
    kept[today] = kept.get(today, 0) + new
    return tuple(DayCount(day=day, new=number) for day, number in sorted(kept.items()))


def burst_rate(new: int, seconds: float) -> float:
    """Return the rate of new items since the last poll, 0 for too few to be a burst."""
    return new / max(seconds, 1.0) if new >= _LEAST_EVIDENCE else 0.0


def seed(dates: Iterable[datetime], now: datetime) -> tuple[DayCount, ...]:
    """Return counts that are extrapolated from the dates of a feed's first document.

    A document lists only the last items, so their rate within the last week is assumed for all of
    it. Returns nothing for fewer than three dates.
    """
    ages = sorted((now - one).total_seconds() for one in dates if one <= now)
    ages = [age for age in ages if age <= WEEK]
    if len(ages) < _LEAST_DATES:
        return ()
    a_day = len(ages) / max(ages[-1], 3_600.0) * DAY
    days = (_day(now - timedelta(back)) for back in range(_KEPT_DAYS - 1, 0, -1))
    return tuple(DayCount(day=day, new=round(a_day)) for day in days)


def usual_gap(state: FeedState, now: datetime) -> float | None:
    """Return the usual time between polls that found something, after one that did."""
    if state.last_new is None:
        return state.usual_gap_seconds
    gap = max(1.0, (now - state.last_new).total_seconds())
    before = state.usual_gap_seconds
    return gap if before is None else before + _GAP_WEIGHT * (gap - before)


def silence(state: FeedState, now: datetime) -> float | None:
    """Return how many seconds a feed has been silent against its rhythm, or None."""
    if state.last_new is None or state.usual_gap_seconds is None:
        return None
    quiet = (now - state.last_new).total_seconds()
    expected = max(SILENT_SECONDS, SILENT_GAPS * state.usual_gap_seconds)
    return quiet if quiet > expected and state.articles >= _LEAST_ARTICLES else None


def _share(day: str, now: datetime) -> float:
    """Return how much of a day lies within the last seven."""
    begins = (now - _start(day)).total_seconds() - WEEK
    return min(1.0, max(0.0, 1.0 - begins / DAY))


@lru_cache(maxsize=64)  # all feeds count the same few days
def _start(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
