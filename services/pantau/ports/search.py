"""The search index: requests, pages, outlines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pantau.query.ast import Query
from pantau_schemas.base import Span
from pantau_schemas.events.article import EnrichedArticle


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of a search besides its query. Times are half-open: since <= first_seen < until."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # a person, organisation or place; all must be present
    since: datetime | None = None
    until: datetime | None = None
    historical: bool | None = None
    stories: tuple[
        str, ...
    ] = ()  # ids as first assigned, any of them; `pantau.stories.merges` knows all of a story's
    other_stories: tuple[str, ...] = ()  # ids as first assigned, none of them


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search request: newest first by `first_seen`; ties in a stable order."""

    query: Query
    filters: Filters = Filters()
    limit: int = 20
    cursor: str | None = None  # of the previous page
    count: bool = True
    marked: bool = False  # find the `matches` of each hit as well, which costs more than the rest


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched, and the words that did."""

    article: EnrichedArticle
    matches: tuple[Span, ...]  # empty unless the request is `marked`
    cursor: str = ""  # continues right after this article


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits. `total` is exact unless `total_is_lower_bound`.

    `total` is None if it was not requested.
    """

    hits: tuple[Hit, ...]
    total: int | None
    total_is_lower_bound: bool
    cursor: str | None  # of the next page; None at the end
    too_costly: int = 0  # articles skipped because evaluating the query on them exceeded its budget


@dataclass(frozen=True, slots=True)
class Outline:
    """The part of an article that is needed to count it."""

    article_id: str
    title: str  # empty if it was not requested
    source: str | None
    story_id: str | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of articles: in each stretch of time, by each source, and of all of them."""

    counts: tuple[int, ...]
    sources: Mapping[str, int]  # empty if they were not requested
    total: int


@dataclass(frozen=True, slots=True)
class RejectedDocument:
    """An article that the index rejected, and the reason."""

    article_id: str
    reason: str


class SearchIndex(Protocol):
    """Articles, one document per id, at their highest revision."""

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store the articles; a revision lower than the stored one changes nothing.

        Returns those that were rejected. Raises RetryError when the index is unreachable.
        """

    def refresh(self) -> None:
        """Refresh the index: all stored articles become searchable."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article, or None."""

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles: exactly those that the query's evaluator accepts."""

    def outlines(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        *,
        titles: bool = False,
        stories: bool = True,
    ) -> Sequence[Outline]:
        """Return the newest articles that `search` would find, up to `limit`, in the same order.

        At a tenth of the cost of `search`. `titles` cost more if they must be read from the article
        itself; without `stories` it costs less, and `story_id` may be None.
        """

    def first_seen(self, query: Query, filters: Filters, limit: int) -> Mapping[str, datetime]:
        """Return when the articles of `outlines` were first seen, by id, in the same order.

        At a tenth of the cost of `outlines` where the index alone decides what matches.
        """

    def tally(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        starts: Sequence[datetime],
        *,
        sources: bool = False,
    ) -> Tally:
        """Count the articles of `outlines`: by time, and by source if that is requested.

        A stretch of time begins at each of `starts`, which rise, and ends at the next one; the last
        one has no end. Articles before the first of them count by source and in the total alone.
        """

    def forget(self, before: datetime) -> int:
        """Remove the articles first seen before a time; return their number."""

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles by id; return how many of them the index had. Raises RetryError."""

    def expunge(self) -> None:
        """Clear what was removed from the files of the index, as far as the backend can.

        Takes time in proportion to the index. Searches and writes go on meanwhile.
        """

    def revisions(self, article_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the revisions of those articles that the index has. Raises RetryError."""

    def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Rebuild all that searches use from the stored articles; return their number.

        Searches and writes go on: searches use what was there until everything new is complete,
        then the new at once. An interrupted rebuild goes on where it ended when it is called
        again. `progress` gets the articles done, and about how many there are. Raises RetryError.
        """

    def count(self, *, searchable: bool = False) -> int:
        """Count the articles, or only those that a search can find by now, at a lower cost."""
