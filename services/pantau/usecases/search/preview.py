"""Preview of a query: its matches in the last days, and an example."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pantau.errors import RetryError
from pantau.ports import Clock, Filters, SearchRequest, Store
from pantau.query import Query
from pantau_schemas.events.article import EnrichedArticle

DAYS: Final = (7, 30)


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles of the last days match; `at_least` where they were not all counted."""

    days: int
    number: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The counts, the shortest time first, and the newest article that matches."""

    counts: tuple[Count, ...]
    example: EnrichedArticle | None


def preview(query: Query, store: Store, clock: Clock) -> Preview | None:
    """Count stored articles that a query matches; None while the index does not answer."""
    try:
        return _preview(query, store, clock)
    except RetryError:
        return None


def _preview(query: Query, store: Store, clock: Clock) -> Preview:
    counts = []
    example: EnrichedArticle | None = None
    for days in DAYS:
        filters = Filters(since=clock.now() - timedelta(days=days))
        page = store.index.search(SearchRequest(query, filters, limit=1))
        counts.append(Count(days, page.total or 0, page.total_is_lower_bound))
        example = example or next((hit.article for hit in page.hits), None)
    return Preview(tuple(counts), example)
