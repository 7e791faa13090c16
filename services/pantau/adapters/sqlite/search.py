"""Searches of the SQLite index.

Conditions that FTS5 and the columns can decide are evaluated there, the rest is verified per
article. There are two kinds of plans. Where the tables decide query and filters exactly, the total
is the number of rows, walked up to the limit, and only the articles of the page are read. Otherwise
each candidate is read and evaluated, as cheaply as possible: its JSON without validation, its
fields tokenized on demand, no spans.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pantau.adapters.sort_key import SLOT_BITS
from pantau.adapters.sqlite.vocabulary import SqliteVocabulary
from pantau.common.time.milliseconds import millis
from pantau.errors import UsageError
from pantau.indexer.filters import accepts as passes
from pantau.ports import Filters, Hit, SearchPage, SearchRequest
from pantau.problems import problem
from pantau.query import ast
from pantau.query.fts5 import translate
from pantau.query.fts5.expand import expand, has_patterns
from pantau.query.meaning import date_math
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import DATE_FIELDS, Document, Value
from pantau_schemas.codec import current_version, decode
from pantau_schemas.events.article import EnrichedArticle

COUNT_LIMIT: Final = 10_000
"""Totals above this are lower bounds."""
FEW: Final = 200
"""Up to this many articles are verified one by one instead of expanding a pattern to words."""
ALIKE: Final = frozenset({1, 2, current_version(EnrichedArticle)})
"""Versions of the event with identical searchable fields.

Others are decoded first.
"""

Glance = Callable[[int, bytes], Document]
"""Returns the event at a sort key as a document."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A source of sort keys with its conditions, and whether these decide the request exactly."""

    source: str
    place: str
    exact: bool
    conditions: tuple[str, ...] = ()
    values: tuple[object, ...] = ()

    def such_that(self, condition: str, *values: object) -> "_Plan":
        return replace(
            self, conditions=(*self.conditions, condition), values=(*self.values, *values)
        )

    @property
    def _from(self) -> str:
        return f"FROM {self.source} WHERE {' AND '.join(self.conditions) or '1'}"

    def places(self, connection: sqlite3.Connection, limit: int = -1) -> sqlite3.Cursor:
        """Return the sort keys, newest first; all of them if `limit` is negative."""
        statement = f"SELECT {self.place} {self._from} ORDER BY {self.place} DESC LIMIT {limit}"
        return connection.execute(statement, self.values)

    def count(self, connection: sqlite3.Connection) -> int:
        """Return their number, up to one more than the limit."""
        statement = f"SELECT count(*) FROM (SELECT 1 {self._from} LIMIT {COUNT_LIMIT + 1})"  # noqa: S608 (pieces are constants)
        return int(connection.execute(statement, self.values).fetchone()[0])

    def extremes(self, connection: sqlite3.Connection) -> tuple[int, int] | None:
        """Return the first and the last sort key."""
        statement = f"SELECT min({self.place}), max({self.place}) {self._from}"
        low, high = connection.execute(statement, self.values).fetchone()
        return None if low is None else (low, high)


def find(connection: sqlite3.Connection, request: SearchRequest, now: datetime) -> SearchPage:
    """Return a page of the articles that query and filters accept, newest first.

    Raises UsageError for an invalid cursor.
    """
    verifier = Verifier(request.query)
    places, total = find_places(connection, request, now, verifier=verifier)
    page = places[: request.limit]
    hits = []
    for place in page:
        article = decode(EnrichedArticle, read_event(connection, place))
        if not request.marked:
            hits.append(Hit(article, (), str(place)))
            continue
        match = verifier.marked(Document.from_article(article, now))
        if match is not None:
            hits.append(Hit(article, match.spans, str(place)))
    cursor = str(page[-1]) if page and len(places) > len(page) else None
    bounded = total is not None and total > COUNT_LIMIT
    shown = None if total is None else min(total, COUNT_LIMIT)
    return SearchPage(tuple(hits), shown, bounded, cursor, verifier.too_costly)


def find_places(
    connection: sqlite3.Connection,
    request: SearchRequest,
    now: datetime,
    glance: Glance | None = None,
    verifier: Verifier | None = None,
) -> tuple[list[int], int | None]:
    """Return the sort keys of the page, newest first, with at least one more if there is one.

    The second value is the total if requested. `glance` lets callers that run many queries over the
    same articles cache documents. `verifier` lets callers count articles on which the query
    exceeded its budget.
    """
    plan = _plan(connection, request, now)
    if not plan.exact:
        return _verify(
            connection,
            plan,
            request,
            glance or _glance_of(now),
            verifier or Verifier(request.query),
        )
    # One walk for page and total: FTS5's set-up cost before the first row is paid once.
    walked = max(request.limit, COUNT_LIMIT if request.count else 0) + 1
    places = [place for (place,) in plan.places(connection, walked)]
    return places, len(places) if request.count else None


def _verify(
    connection: sqlite3.Connection,
    plan: _Plan,
    request: SearchRequest,
    glance: Glance,
    verifier: Verifier,
) -> tuple[list[int], int | None]:
    places: list[int] = []
    total = 0
    filtered = _with_filters(translate.Narrowing(None, exact=True), request.filters).exact
    for (place,) in plan.places(connection):
        event = read_event(connection, place)
        if not (filtered or passes(request.filters, decode(EnrichedArticle, event))):
            continue
        if not verifier.accepts(glance(place, event)):
            continue
        total += 1
        if len(places) <= request.limit:
            places.append(place)
        # One more than the page shows that there are others; counting goes on only if asked for.
        if len(places) > request.limit and (not request.count or total > COUNT_LIMIT):
            break
    return places, total if request.count else None


def read_event(connection: sqlite3.Connection, place: int) -> bytes:
    """Return the event at a sort key that has one."""
    (event,) = connection.execute(
        "SELECT event FROM events WHERE ordering = ?", (place,)
    ).fetchone()
    return bytes(event)


def _glance_of(now: datetime) -> Glance:
    return lambda _, event: view_of(event, now)


def view_of(event: bytes, now: datetime) -> Document:
    """Return a stored event as a document, without validation: this program wrote it."""
    fields: dict[str, Any] = json.loads(event)
    if fields.get("schema_version") not in ALIKE:
        return Document.from_article(decode(EnrichedArticle, event), now)

    def get(name: str) -> Value | None:
        value: Any = fields.get(name)
        if isinstance(value, list):
            return tuple(value)
        if name in DATE_FIELDS and value is not None:
            return datetime.fromisoformat(value)
        return value if isinstance(value, str) else None

    return Document(get, now)


def _plan(connection: sqlite3.Connection, request: SearchRequest, now: datetime) -> _Plan:
    narrowed = _narrowed(connection, request)
    published = [_bounds(one, now) for one in narrowed.dates if one.field == "published"]
    if narrowed.expression is None:
        plan = _Plan("documents", "documents.ordering", narrowed.exact)
    else:
        # CROSS JOIN keeps the order: FTS5 leads, newest first, and the other table is looked up.
        source = (
            "words CROSS JOIN documents ON documents.ordering = words.rowid"
            if published
            else "words"
        )
        plan = _Plan(source, "words.rowid", narrowed.exact).such_that(
            "words MATCH ?", narrowed.expression
        )
    if published:
        plan = _published(connection, plan, published)
    bounds = [_bounds(one, now) for one in narrowed.dates if one.field == "first_seen"]
    if request.filters.since is not None:
        bounds.append((millis(request.filters.since, up=True), None))
    if request.filters.until is not None:
        bounds.append((None, millis(request.filters.until, up=True) - 1))
    for low, high in bounds:
        if low is not None:
            plan = plan.such_that(f"{plan.place} >= ?", low << SLOT_BITS)
        if high is not None:
            plan = plan.such_that(f"{plan.place} < ?", (high + 1) << SLOT_BITS)
    if request.cursor is not None:
        plan = plan.such_that(f"{plan.place} < ?", _read_cursor(request.cursor))
    return plan


def _narrowed(connection: sqlite3.Connection, request: SearchRequest) -> translate.Narrowing:
    """Return what the index can look up.

    Patterns are expanded to words, unless few articles are left without that.
    """
    narrowed = _with_filters(translate.narrow(request.query), request.filters)
    if narrowed.exact or not has_patterns(request.query) or _few(connection, narrowed):
        return narrowed
    expanded = expand(request.query, SqliteVocabulary(connection))
    return _with_filters(translate.narrow(expanded), request.filters)


def _few(connection: sqlite3.Connection, narrowed: translate.Narrowing) -> bool:
    """Return whether verifying each article is faster than reading the list of all words."""
    plan = _Plan("documents", "ordering", exact=False)
    if narrowed.expression is not None:
        plan = _Plan("words", "rowid", exact=False).such_that("words MATCH ?", narrowed.expression)
    return len(list(plan.places(connection, FEW + 1))) <= FEW


def _with_filters(narrowed: translate.Narrowing, filters: Filters) -> translate.Narrowing:
    """Add the filters that the index can look up; times are ranges of keys and come later."""
    one_of = (
        ("source", filters.sources),
        ("lang", filters.languages),
        ("story_id", filters.stories),
    )
    for name, values in one_of:
        if values:
            narrowed = translate.both(translate.any_value(name, values), narrowed)
    if filters.other_stories:
        narrowed = translate.both(narrowed, translate.no_value("story_id", filters.other_stories))
    if filters.entities:
        narrowed = translate.both(translate.all_named(filters.entities), narrowed)
    if filters.historical is not None:
        narrowed = translate.both(narrowed, translate.historical(wanted=filters.historical))
    return narrowed


_Bounds = tuple[int | None, int | None]


def _bounds(dates: ast.DateRange, now: datetime) -> _Bounds:
    """Return the first and the last millisecond since 1970 of a range."""
    low = None if dates.low is None else millis(date_math.resolve(dates.low, now), up=True)
    high = None if dates.high is None else millis(date_math.resolve(dates.high, now), up=False)
    return low, high


def _published(connection: sqlite3.Connection, plan: _Plan, bounds: list[_Bounds]) -> _Plan:
    """Add the conditions on the publication date, and choose how to walk them.

    Articles are seen soon after they are published. So few articles of some days are a short range
    of sort keys, to which FTS5 is then restricted; with many of them, walking from the newest fills
    a page soon.
    """
    alone = _Plan("documents", "documents.ordering", exact=True).such_that("published IS NOT NULL")
    for low, high in bounds:
        if low is not None:
            alone = alone.such_that("published >= ?", low)
        if high is not None:
            alone = alone.such_that("published <= ?", high)
    few = alone.count(connection) <= COUNT_LIMIT
    if plan.source == "documents":
        plan = replace(
            plan,
            source=f"documents {'INDEXED BY documents_of_published' if few else 'NOT INDEXED'}",
        )
    elif few:
        # (0, -1) is an empty range: no article has such a date.
        low, high = alone.extremes(connection) or (0, -1)
        plan = plan.such_that("words.rowid BETWEEN ? AND ?", low, high)
    return replace(
        plan,
        conditions=(*plan.conditions, *alone.conditions),
        values=(*plan.values, *alone.values),
    )


def _read_cursor(cursor: str) -> int:
    """Parse a row number of SQLite, whose maximum has 19 digits."""
    place = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 20 else -1
    if not 0 <= place < 1 << 63:
        raise UsageError(problem("search.no-cursor", cursor=cursor))
    return place
