"""The latest activity of a store, and what comes next: last article and poll, next polls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.ports import Clock, Filters, SearchRequest, Store
from pantau.query import parse
from pantau.usecases.feeds.feed_list import FeedList, Watched
from pantau_schemas.events.article import EnrichedArticle

NEXT: Final = 3
"""Feeds that are named."""


@dataclass(frozen=True, slots=True)
class NextPoll:
    """A feed, and when it is asked next; `due` is not after now where it is due already."""

    feed_id: str
    title: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """The newest article, the last poll of any feed, and the feeds that are asked next."""

    last_article: EnrichedArticle | None = None
    last_poll: datetime | None = None
    next_polls: tuple[NextPoll, ...] = ()


def read_outlook(store: Store, clock: Clock) -> Outlook:
    """Read both ends of the schedule. Raises RetryError where the store does not answer."""
    watched = FeedList(store.log, clock).all()
    polled = [one.state.last_polled for one in watched if one.state.last_polled is not None]
    page = store.index.search(SearchRequest(parse("*"), Filters(), limit=1, count=False))
    newest = next((hit.article for hit in page.hits), None)
    return Outlook(newest, max(polled, default=None), next_polls(watched))


def next_polls(watched: Iterable[Watched], limit: int = NEXT) -> tuple[NextPoll, ...]:
    """Return the feeds that are asked next, the first one first; paused ones never are."""
    due = (
        NextPoll(one.feed.feed_id, one.title, one.next_poll or one.feed.added)
        for one in watched
        if not one.feed.paused
    )
    return tuple(sorted(due, key=lambda one: (one.due, one.title, one.feed_id))[:limit])
