"""Preview of a query: its matches in the last days, an example, and when its feeds are asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pantau.errors import RetryError
from pantau.ports import Clock, Filters, SearchRequest, Store
from pantau.query import Query
from pantau.usecases.feeds.concerned import concerned_feeds
from pantau.usecases.feeds.feed_list import FeedList, Watched
from pantau.usecases.feeds.outlook import NextPoll, next_polls
from pantau.usecases.lists.values import query_of
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription

DAYS: Final = (7, 30)
MOST: Final = 200
"""Queries of a file that are tried on stored articles."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles of the last days match; `at_least` where they were not all counted."""

    days: int
    number: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The counts, the shortest time first, and the newest article that matches.

    `polls` are the next ones of the feeds that the query is about, of which `waiting` were never
    polled: no article of theirs is stored yet. `watched` is the number of all feeds.
    """

    counts: tuple[Count, ...]
    example: EnrichedArticle | None
    polls: tuple[NextPoll, ...] = ()
    waiting: int = 0
    watched: int = 0


@dataclass(frozen=True, slots=True)
class Catch:
    """How many of several queries match a stored article, and how many feeds were never polled."""

    found: int
    waiting: int


def preview(query: Query, store: Store, clock: Clock) -> Preview | None:
    """Count stored articles that a query matches; None while the index does not answer.

    A replay of a subscription with this query over the same days alerts on exactly these articles,
    apart from those that alerted it before and from copies of the same text.
    """
    try:
        return _preview(query, store, clock)
    except RetryError:
        return None


def catching(given: Sequence[Subscription], store: Store, clock: Clock) -> Catch | None:
    """Return how many subscriptions match a stored article of the last days.

    None for more than `MOST`, and while the index does not answer.
    """
    if len(given) > MOST:
        return None
    filters = Filters(since=clock.now() - timedelta(days=DAYS[-1]))
    found = 0
    for one in given:
        query = query_of(one, store.log)
        try:
            page = store.index.search(SearchRequest(query, filters, limit=1, count=False))
        except RetryError:
            return None
        found += bool(page.hits)
    return Catch(found, _waiting(FeedList(store.log, clock).all()))


def _waiting(watched: Iterable[Watched]) -> int:
    """Return how many feeds will be polled for the first time."""
    return sum(not one.feed.paused and one.state.last_polled is None for one in watched)


def _preview(query: Query, store: Store, clock: Clock) -> Preview:
    counts = []
    example: EnrichedArticle | None = None
    for days in DAYS:
        filters = Filters(since=clock.now() - timedelta(days=days))
        page = store.index.search(SearchRequest(query, filters, limit=1))
        counts.append(Count(days, page.total or 0, page.total_is_lower_bound))
        example = example or next((hit.article for hit in page.hits), None)
    watched = FeedList(store.log, clock).all()
    concerned = concerned_feeds(query, watched)
    return Preview(
        counts=tuple(counts),
        example=example,
        polls=next_polls(concerned),
        waiting=_waiting(concerned),
        watched=len(watched),
    )
