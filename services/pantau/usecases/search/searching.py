"""A search as a person asks for it: article by article, or each story once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from pantau.ports import Filters, Hit, SearchPage, SearchRequest, Store
from pantau.problems import Problem
from pantau.query import Query
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.meaning.verify import left_out
from pantau.usecases.lists.values import bound
from pantau.usecases.moments import check_order
from pantau.usecases.search.by_story import StoryHit, StoryPage, search_by_story
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import feed_names
from pantau.usecases.stories.lookup import read_merges, story_ids
from pantau_schemas.events.subscription import QueryLanguage

_CURSOR: Final = re.compile(r"(?P<inner>.*)~(?P<total>\d{1,12})(?P<more>\+?)", re.DOTALL)
"""A cursor with the total of the first page behind it, which `+` marks as a lower bound."""


@dataclass(frozen=True, slots=True)
class Search:
    """A request for a search.

    `story` is the id of a story, or the start of one, that articles have to be of; `by_story` asks
    for each story once, which `limit` and `cursor` then count. Where the words that matched are
    not shown, `is_marked` is false, which saves finding them.
    """

    query: str
    language: QueryLanguage = "lucene"
    time_zone: str = "UTC"
    filters: Filters = field(default_factory=Filters)
    story: str | None = None
    by_story: bool = False
    limit: int = 10
    cursor: str | None = None
    is_marked: bool = True


class ResultRow(NamedTuple):
    """An article that was found; in a search by story, with what else of its story was."""

    hit: Hit
    story: StoryHit | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of what was found; `held` counts all articles of the store."""

    query: Query
    page: SearchPage | StoryPage
    held: int
    doubts: tuple[Diagnosis, ...]  # about the query
    warnings: tuple[Problem, ...]  # about the search

    def rows(self) -> Iterator[ResultRow]:
        """Yield what the page shows, newest first."""
        if isinstance(self.page, SearchPage):
            yield from map(ResultRow, self.page.hits)
        else:
            yield from (ResultRow(story.hit, story) for story in self.page.stories)


def search(wanted: Search, store: Store) -> SearchResults:
    """Search all articles.

    Raises UsageError for a query that cannot be read (QueryError), a story that does not exist, a
    cursor that no such search gave, a time that ends before it begins; RetryError where the store
    does not answer.
    """
    check_order(wanted.filters.since, wanted.filters.until)
    read = read_query(wanted.query, wanted.language, wanted.time_zone)
    query = bound(read.query, wanted.query, store.log)
    page = _whole_total(wanted, query, store)
    costly = (left_out(page.too_costly),) if page.too_costly else ()
    doubts = read.warnings
    if not page.total:
        doubts += feed_names(query, wanted.query, wanted.language, store)
    return SearchResults(query, page, store.index.count(searchable=True), doubts, costly)


def _whole_total(wanted: Search, query: Query, store: Store) -> SearchPage | StoryPage:
    """Search; each page has the total of the first one.

    An index counts what follows its cursor, so the total travels in the cursor that people see. A
    cursor without one, which an older version printed, is counted again.
    """
    carried = _CURSOR.fullmatch(wanted.cursor or "")
    cursor = carried["inner"] if carried is not None else wanted.cursor
    request = SearchRequest(
        query,
        wanted.filters,
        limit=wanted.limit,
        cursor=cursor,
        count=carried is None,
        marked=wanted.is_marked,
    )
    page = _page(request, wanted, store)
    if carried is not None:
        total, bound = int(carried["total"]), bool(carried["more"])
    elif cursor is not None:
        first = _page(replace(request, cursor=None, limit=1), replace(wanted, cursor=None), store)
        total, bound = first.total or 0, first.total_is_lower_bound
    else:
        total, bound = page.total or 0, page.total_is_lower_bound
    following = None if page.cursor is None else f"{page.cursor}~{total}{'+' if bound else ''}"
    return replace(page, total=total, total_is_lower_bound=bound, cursor=following)


def _page(request: SearchRequest, wanted: Search, store: Store) -> SearchPage | StoryPage:
    """Search; merges of stories are read only where stories matter."""
    if wanted.story is None and not wanted.by_story:
        return store.index.search(request)
    merges = read_merges(store.log)
    if wanted.story is not None:
        ids = story_ids(store.index, merges, wanted.story)
        request = replace(request, filters=replace(request.filters, stories=ids))
    if wanted.by_story:
        return search_by_story(store.index, request, merges)
    return store.index.search(request)
