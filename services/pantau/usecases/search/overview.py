"""An overview of the matches of a query: how many in each stretch of time, by whom, about whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from pantau.indexer.tallies import tally_of_times
from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query import Query
from pantau.usecases.search.name_counts import count_names
from pantau_schemas.events.article import EnrichedArticle

OUTLINES: Final = 10_000
"""Matches that are counted over time and by source: the newest ones."""
SAMPLE: Final = 60
"""Matches whose languages and names are counted: the newest ones."""
BARS: Final = 62
"""Maximum number of bars of a timeline."""
USUAL: Final = timedelta(days=30)
"""Length of the timeline where the search names no beginning."""
_STEPS: Final = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=365),
)
_DAY: Final = timedelta(days=1)

Counts = tuple[tuple[str, int], ...]
"""Values and their numbers of articles, most first, then by value."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time, half-open, and how many matches were first seen in it."""

    start: datetime
    end: datetime
    count: int


@dataclass(frozen=True, slots=True)
class MatchOverview:
    """Counts over the newest matches.

    Bars and `sources` count the newest `OUTLINES` matches; `is_cut` tells that there are more.
    The other counts are of the newest `sampled` ones, by field of the query language.
    """

    bars: tuple[Bar, ...]
    step: timedelta
    is_cut: bool
    sources: Counts
    sampled: int
    fields: tuple[tuple[str, Counts], ...]


def overview(
    query: Query, filters: Filters, index: SearchIndex, now: datetime, zone: tzinfo
) -> MatchOverview:
    """Count matches over time, by source, language and name. Raises RetryError.

    Days begin at midnight of `zone`.
    """
    page = index.search(SearchRequest(query, filters, limit=SAMPLE, count=False))
    articles = [hit.article for hit in page.hits]
    until = filters.until or now
    since = filters.since or until - USUAL
    step = step_for(until - since)
    starts = [*bar_starts(since, until, step, zone)]
    found = index.tally(query, filters, OUTLINES, starts, sources=True)
    return MatchOverview(
        _bars(starts, max(until, starts[-1] + step), found.counts),
        step,
        is_cut=found.total >= OUTLINES,  # more if articles came while they were counted
        sources=_sorted(found.sources),
        sampled=len(articles),
        fields=_fields(articles),
    )


def count_each(
    query: Query, index: SearchIndex, now: datetime, zone: tzinfo, step: timedelta, number: int
) -> tuple[Bar, ...]:
    """Return the matches of each of the last hours or days, the oldest first. Raises RetryError.

    Of more than `OUTLINES` matches the oldest are not counted.
    """
    starts = [*bar_starts(now - step * (number - 1), now, step, zone)]
    found = index.tally(query, Filters(since=starts[0]), OUTLINES, starts)
    return _bars(starts, now, found.counts)


def bars_between(
    starts: Sequence[datetime], end: datetime, moments: Iterable[datetime]
) -> tuple[Bar, ...]:
    """Return a bar from each start to the next one, and count the moments in them.

    Starts rise; no moment is before the first.
    """
    return _bars(starts, end, tally_of_times(starts, moments).counts)


def _bars(starts: Sequence[datetime], end: datetime, counts: Sequence[int]) -> tuple[Bar, ...]:
    ends = [*starts[1:], end]
    return tuple(
        Bar(start, stop, count) for start, stop, count in zip(starts, ends, counts, strict=True)
    )


def step_for(length: timedelta) -> timedelta:
    """Return the shortest step that divides a length into at most `BARS` bars."""
    # One bar more, since the first one begins before the length does.
    return next((one for one in _STEPS if length / one <= BARS - 1), length / (BARS - 1))


def bar_starts(
    since: datetime, until: datetime, step: timedelta, zone: tzinfo
) -> Iterator[datetime]:
    """Yield where bars begin, the first at or before `since`, at whole steps of the local day."""
    local = since.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if step < _DAY:
        midnight += (local - midnight) // step * step
    moment = midnight
    for _ in range(BARS):
        yield moment.astimezone(since.tzinfo)
        moment += step  # of the wall clock, so that days of 23 hours are days
        if moment >= until:
            return


def _fields(articles: Sequence[EnrichedArticle]) -> tuple[tuple[str, Counts], ...]:
    """Count the values of each field; of names one for each thing."""
    kinds = (("people", "person"), ("organizations", "organization"), ("places", "place"))
    named = count_names(articles)
    found = [("lang", _counts(one.lang for one in articles))]
    for field, kind in kinds:
        found.append((field, tuple((name, count) for of, name, count in named if of == kind)))
    return tuple(found)


def _counts(values: Iterable[str | None]) -> Counts:
    return _sorted(Counter(one for one in values if one is not None))


def _sorted(counted: Mapping[str, int]) -> Counts:
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
