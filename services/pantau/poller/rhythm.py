"""How often a feed brings something new, from what it gave before. Pure.

New items are counted by day (UTC). The rate is that of the last seven days, so that nights and
weekends are in it, with one item a day added for a day, so that a feed about which little is known
is neither polled as fast as can be nor hardly ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau_schemas.feed import DayCount, FeedState

DAY: Final = 86_400.0
WEEK: Final = 7 * DAY
_KEPT_DAYS: Final = 8
"""Days that are counted: seven whole ones reach into the eighth."""
_SHORTEST_SPAN: Final = 6 * 3_600.0
_LEAST_DATES: Final = 3
_LEAST_EVIDENCE: Final = 3
_GAP_WEIGHT: Final = 0.1
SILENT_GAPS: Final = 8.0
"""Usual gaps without a new item after which a feed is silent; by chance that is one in e**8."""
SILENT_SECONDS: Final = 3 * DAY
"""Least silence that is told of: a weekend is none."""
_LEAST_ARTICLES: Final = 10


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of a feed's pace. Rates are items a second."""

    rate: float
    turnover_seconds: float | None = None  # in which all items of the document are replaced


def rhythm_of(state: FeedState, now: datetime) -> Rhythm:
    """Return the pace of a feed. In its first day, the usual gap tells of it sooner than days do."""
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
    return Rhythm(rate, state.window / max(rate, busiest))


def count_new(recent: Sequence[DayCount], new: int, now: datetime) -> tuple[DayCount, ...]:
    """Return the days with `new` more items today; days that are no longer needed are left out."""
    today = _day(now)
    kept = {one.day: one.new for one in recent if one.day > _day(now - timedelta(_KEPT_DAYS))}
    kept[today] = kept.get(today, 0) + new
    return tuple(DayCount(day=day, new=number) for day, number in sorted(kept.items()))


def seed(dates: Iterable[datetime], now: datetime) -> tuple[DayCount, ...]:
    """Return days as a feed's first document lets them be expected.

    Its items of the last week, by their dates, came at some rate; the feed is taken to have gone on
    at that rate all week, since a document lists only its last items. Too few dates say nothing.
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
    """Return for how many seconds a feed has been silent against its own rhythm; None if it is not."""
    if state.last_new is None or state.usual_gap_seconds is None:
        return None
    quiet = (now - state.last_new).total_seconds()
    expected = max(SILENT_SECONDS, SILENT_GAPS * state.usual_gap_seconds)
    return quiet if quiet > expected and state.articles >= _LEAST_ARTICLES else None


def _share(day: str, now: datetime) -> float:
    """Return how much of a day lies within the last seven."""
    begins = (now - _start(day)).total_seconds() - WEEK
    return min(1.0, max(0.0, 1.0 - begins / DAY))


def _start(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
