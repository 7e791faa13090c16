"""Search: the query, its reading, the matches over time, facets, and the articles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import TABLE_MOST, Asked
from pantau.console.output import Answer, ListAnswer, PageAnswer
from pantau.console.show.charts import drawn_bars
from pantau.console.show.clauses import FacetClause, split, with_clause, without_clause
from pantau.console.show.feed_items import article_item
from pantau.console.show.hits import MarkedHit, marked_hit
from pantau.console.show.links import changed
from pantau.console.show.queries import (
    QueryNote,
    ShownQuery,
    error_note,
    in_words,
    read_shown,
    with_feeds,
    with_spellings,
)
from pantau.errors import UsageError
from pantau.ports import Filters, SearchRequest
from pantau.query import QueryError
from pantau.usecases.lists.values import bound
from pantau.usecases.moments import check_order, parse_moment
from pantau.usecases.search.articles import SERVICES
from pantau.usecases.search.overview import MatchOverview, overview
from pantau.usecases.search.parts_alone import parts_alone
from pantau.usecases.search.searching import ResultRow, Search, SearchResults, search
from pantau_schemas.base import format_time
from pantau_schemas.events.article import EnrichedArticle

COLUMNS: Final = (
    "article_id", "title", "source", "published", "first_seen", "lang", "url", "story_id",
)  # fmt: skip
FACET_ROWS: Final = 10
EXAMPLES: Final = (
    "banjir AND (Demak OR Kudus)",
    '"Boy Rafli Amar"',
    "title:gempa AND NOT simulasi",
    "organizations:BNPB",
    "lang:en AND jakarta*",
)
"""Queries that the empty page offers."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, the articles that have it, and where its two links lead."""

    value: str
    count: int
    only: str
    without: str


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A match as the page shows it."""

    marked: MarkedHit
    row: ResultRow


def article_fields(article: EnrichedArticle) -> dict[str, Any]:
    """Return the fields of an article that a list for programs has."""
    times = {"published": article.published, "first_seen": article.first_seen}
    written = {name: one and format_time(one) for name, one in times.items()}
    return {name: written.get(name, getattr(article, name)) for name in COLUMNS}


def show(asked: Asked) -> Answer:
    """Return the page of a search, or the empty one without a query."""
    text = asked.values.get("q", "").strip()
    if not text:
        return ListAnswer(PageAnswer("search.html", _empty(asked)), (), COLUMNS)
    shown = read_shown(asked, text, asked.language)
    if shown.query is None:
        return _unreadable(asked, shown)
    try:
        filters = _filters(asked)
    except UsageError as error:
        if asked.wants != "html":
            raise
        # The query stays on the page: that is where a time is put right.
        note = QueryNote(error.text(asked.lang), "", "", "", None, asked.language, is_error=True)
        return _unreadable(asked, replace(shown, notes=(note,)))
    wanted = Search(
        query=text,
        language=asked.language,
        time_zone=zones.current_name(),
        filters=filters,
        by_story=asked.values.get("by") == "story",
        limit=asked.limit,
        cursor=asked.values.get("cursor") or None,
        is_marked=asked.wants == "html",
    )
    try:
        found = search(wanted, asked.store)
    except QueryError as error:  # a list that does not exist
        note = error_note(error, asked.language, asked)
        return _unreadable(asked, ShownQuery(None, (), (note,)))
    rows = [article_fields(row.hit.article) for row in found.rows()]
    cursor = found.page.cursor
    if asked.wants == "csv" and not asked.values.get("limit"):
        for page in _following(wanted, found, asked):
            rows += [article_fields(row.hit.article) for row in page.rows()]
            cursor = page.page.cursor
    more = {
        "total": found.page.total,
        "total_is_lower_bound": found.page.total_is_lower_bound,
        "cursor": cursor,
    }
    values = _found(asked, shown, found, filters) if asked.wants == "html" else {}
    items = [article_item(row.hit.article, asked.base) for row in found.rows()]
    title = asked.text("console.menu-search")
    return ListAnswer(PageAnswer("search.html", values), rows, COLUMNS, more, items, title)


def _following(wanted: Search, found: SearchResults, asked: Asked) -> Iterator[SearchResults]:
    """Yield the pages that follow one in a table, up to `TABLE_MOST` articles with it."""
    for _ in range(TABLE_MOST // wanted.limit - 1):
        if found.page.cursor is None:
            return
        found = search(replace(wanted, cursor=found.page.cursor), asked.store)
        yield found


def reading(asked: Asked) -> Answer:
    """Return the reading of a query and the number of its matches, as it is typed."""
    text = asked.values.get("q", "").strip()
    shown = read_shown(asked, text, asked.language) if text else ShownQuery(None, (), ())
    count = None
    if shown.query is not None:
        try:
            query = bound(shown.query, text, asked.store.log)
            count = asked.store.index.search(SearchRequest(query, _filters(asked), limit=1))
            shown = shown if count.total else with_feeds(asked, text, shown)
        except QueryError as error:
            shown = ShownQuery(None, (), (error_note(error, asked.language, asked),))
    return PageAnswer("reading.html", {"q": text, "shown": shown, "counted": count})


def _filters(asked: Asked) -> Filters:
    since, until = _moment(asked, "from"), _moment(asked, "to")
    check_order(since, until)
    return Filters(since=since, until=until)


def _moment(asked: Asked, name: str) -> datetime | None:
    text = asked.values.get(name, "").strip()
    return parse_moment(text, asked.now, zones.current()) if text else None


def _empty(asked: Asked) -> dict[str, Any]:
    examples = [(one, read_shown(asked, one, "lucene").words) for one in EXAMPLES]
    return {"q": "", "examples": examples, "shown": ShownQuery(None, (), ()), "found": None}


def _unreadable(asked: Asked, shown: ShownQuery) -> Answer:
    text = asked.values["q"].strip()
    values = {"q": text, "examples": (), "shown": shown, "found": None}
    error = {"error": {"code": "query", "text": shown.notes[0].text}}
    return ListAnswer(PageAnswer("search.html", values, 400), (), COLUMNS, error)


def _found(
    asked: Asked, shown: ShownQuery, found: SearchResults, filters: Filters
) -> dict[str, Any]:
    text = asked.values["q"].strip()
    seen = overview(found.query, filters, asked.store.index, asked.now, zones.current())
    page = found.page
    older = changed(asked.path, asked.values, cursor=page.cursor) if page.cursor else None
    _, clauses = split(text, asked.language)
    parts = () if page.total else parts_alone(found.query, filters, asked.store.index)
    return {
        "services": SERVICES,
        "q": text,
        "examples": (),
        "shown": shown if page.total else with_spellings(asked, text, shown, asked.language),
        "alone": [(in_words(asked, one.part), one) for one in parts],
        "found": found,
        "hits": [ShownHit(marked_hit(row.hit, found.query), row) for row in found.rows()],
        "older": older,
        "table_most": TABLE_MOST,
        "overview": seen,
        "bars": drawn_bars(seen.bars),
        "facets": _facets(asked, text, seen),
        "chips": [
            (one, changed("/search", asked.values, q=without_clause(text, one, asked.language)))
            for one in clauses
        ],
    }


def _facets(
    asked: Asked, text: str, seen: MatchOverview
) -> list[tuple[str, list[FacetValue], list[FacetValue]]]:
    """Return each field with its first values, and the others behind "more"."""
    found = []
    for name, counts in (("source", seen.sources), *seen.fields):
        values = [_value(asked, text, name, one) for one in counts[: 2 * FACET_ROWS]]
        if values:
            found.append((name, values[:FACET_ROWS], values[FACET_ROWS:]))
    return found


def _value(asked: Asked, text: str, name: str, counted: tuple[str, int]) -> FacetValue:
    value, count = counted
    only, without = (
        changed(
            "/search",
            asked.values,
            q=with_clause(text, FacetClause(name, value, barred=barred), asked.language),
        )
        for barred in (False, True)
    )
    return FacetValue(value, count, only, without)
