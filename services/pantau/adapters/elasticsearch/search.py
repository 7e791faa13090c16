"""Searches of the Elasticsearch index.

A search combines the query as Elasticsearch expresses it, filters, and the cursor. Where the
translation is exact, Elasticsearch counts and pages. Otherwise it returns candidates, newest first,
and the evaluator verifies each one. In both cases the evaluator marks the matches if they are
requested, so that marks are the same in every index.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.document import (
    ENTITY,
    LANGUAGE,
    LONG_MAX,
    LONGEST_ID,
    SOURCE,
    article_of,
    historical_facet,
)
from pantau.adapters.elasticsearch.replaced import repeated
from pantau.adapters.sort_key import SLOT_BITS, first_key
from pantau.common.time.milliseconds import millis
from pantau.errors import UsageError
from pantau.indexer.outlines import outline_of_fields
from pantau.ports import Filters, Hit, Outline, SearchPage, SearchRequest
from pantau.problems import problem
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau_schemas.index_template import INTERNAL, facet

COUNT_LIMIT: Final = 10_000
"""If each article must be verified, totals above this are lower bounds."""
CHUNK: Final = 500
"""Articles per request."""
LIGHT_CHUNK: Final = 5_000
"""Outlines per request; Elasticsearch allows up to 10,000."""
_FIRST_SEEN: Final = {"field": "first_seen", "format": "strict_date_time"}
_MOMENTS: Final[dict[str, Any]] = {"stored_fields": "_none_", "docvalue_fields": [_FIRST_SEEN]}
_COLUMNS: Final[dict[str, Any]] = {
    "stored_fields": "_none_",
    "docvalue_fields": ["source", "story_id", _FIRST_SEEN],
}
"""The columns (doc values) from which an outline is read.

Several times as fast as reading each article.
"""
_WITH_TITLES: Final[dict[str, Any]] = {
    "source_includes": ["article_id", "title", "source", "story_id", "first_seen"]
}
NEAR: Final = timedelta(days=8)
"""The time before the first hit in which the hits of a page are looked for at first.

Of a common word nearly all are there, in one or two of the monthly indices.
"""
ORDER: Final = f"{INTERNAL}.order"
ID: Final = f"{INTERNAL}.id"
FACETS: Final = f"{INTERNAL}.facets"
STORY: Final = "story_id"
"""The field itself: an id never exceeds the searchable length."""
NEWEST_FIRST: Final = [{ORDER: "desc"}, {ID: "desc"}]


def find(client: ElasticClient, name: str, request: SearchRequest, now: datetime) -> SearchPage:
    """Return a page of the articles that query and filters accept, newest first.

    Raises UsageError for an invalid cursor or a query that is too complex; RetryError.
    """
    translated = to_elastic(request.query, now, expand=False)
    clauses = [translated.body, *filter_clauses(request.filters)]
    newest = first_key(request.filters.until or now)
    if request.cursor is not None:
        newest, article_id = _read_cursor(request.cursor)
        clauses.append(_after(newest, article_id))
    search = _PagedSearch(client, name, {"bool": {"filter": clauses}})
    verifier = Verifier(request.query)
    # An exact translation lets Elasticsearch count and page; else each candidate is verified here.
    if translated.exact:
        found, total = search.page(request, newest)
    else:
        found, total = _verify(search, request, now, verifier)
    page = found[: request.limit]
    cursor = _cursor(page[-1]) if page and len(found) > len(page) else None
    hits = (_hit(one, verifier if request.marked else None, now) for one in page)
    kept = tuple(hit for hit in hits if hit is not None)
    if total is None:
        return SearchPage(
            kept, None, total_is_lower_bound=False, cursor=cursor, too_costly=verifier.too_costly
        )
    if translated.exact:
        return SearchPage(kept, total, total_is_lower_bound=False, cursor=cursor)
    return SearchPage(
        kept, min(total, COUNT_LIMIT), total > COUNT_LIMIT, cursor, verifier.too_costly
    )


def filter_clauses(filters: Filters) -> list[dict[str, Any]]:
    """Return the clauses equivalent to `indexer.filters.accepts`."""
    clauses: list[dict[str, Any]] = []
    for kind, values in ((SOURCE, filters.sources), (LANGUAGE, filters.languages)):
        if values:
            clauses.append({"terms": {FACETS: [facet(kind, value) for value in values]}})
    clauses += [{"term": {FACETS: facet(ENTITY, name.casefold())}} for name in filters.entities]
    if filters.stories:
        clauses.append({"terms": {STORY: list(filters.stories)}})
    if filters.other_stories:
        clauses.append({"bool": {"must_not": {"terms": {STORY: list(filters.other_stories)}}}})
    if filters.historical is not None:
        clauses.append({"term": {FACETS: historical_facet(wanted=filters.historical)}})
    if filters.since is not None:
        clauses.append(seen("gte", filters.since))
    if filters.until is not None:
        clauses.append(seen("lt", filters.until))
    return clauses


def seen(sign: str, moment: datetime) -> dict[str, Any]:
    """Return the clause that compares `first_seen`: `gte` or `lt`.

    Articles have millisecond timestamps.
    """
    return {"range": {"first_seen": {sign: millis(moment, up=True), "format": "epoch_millis"}}}


def ask_index(client: ElasticClient, name: str, **request: Any) -> Mapping[str, Any]:
    """Return the answer of a search request, which is sent again while a rebuild replaces indices.

    It is empty while there is no index. Raises UsageError for a query that is too complex;
    RetryError.
    """
    with client.use(refused=UsageError) as server:
        return repeated(
            lambda: (
                server.search(
                    index=name,
                    **request,
                    # Fail rather than answer without a shard: its articles would be missing
                    # unnoticed.
                    allow_partial_search_results=False,
                    ignore_unavailable=True,
                    allow_no_indices=True,
                ).body
            )
        )


class _PagedSearch:
    """Paged requests of one query."""

    def __init__(
        self,
        client: ElasticClient,
        name: str,
        query: dict[str, Any],
        *,
        part: dict[str, Any] | None = None,
    ) -> None:
        """Store the query; `part` selects a part of each article."""
        self._client = client
        self._name = name
        self._query = query
        self._part = part or {}

    def ask(self, size: int, after: list[Any] | None = None, *, count: bool) -> dict[str, Any]:
        """Return hits after sort values, and the total if they are to be counted."""
        answer = ask_index(
            self._client,
            self._name,
            query=self._query,
            sort=NEWEST_FIRST,
            size=size,
            search_after=after,
            **self._part,
            track_total_hits=count,
        )
        hits: dict[str, Any] = answer["hits"]
        return hits

    def page(self, request: SearchRequest, newest: int) -> tuple[list[dict[str, Any]], int | None]:
        """Return the hits of the page and one more, and the total if requested.

        `newest` is about the sort key of the first hit.
        """
        wanted = request.limit + 1
        if wanted <= CHUNK:
            near = self._near(newest).ask(wanted, count=False)["hits"]
            if len(near) == wanted:
                return near, self.ask(0, count=True)["total"]["value"] if request.count else None
        answer = self.ask(min(wanted, CHUNK), count=request.count)
        found: list[dict[str, Any]] = answer["hits"]
        total = answer["total"]["value"] if request.count else None
        while len(found) < wanted and len(answer["hits"]) == CHUNK:
            answer = self.ask(min(wanted - len(found), CHUNK), found[-1]["sort"], count=False)
            found += answer["hits"]
        return found, total

    def _near(self, newest: int) -> "_PagedSearch":
        """Return the same search for the hits of some days before the first one alone.

        Elasticsearch sorts all matches of all months, however few are wanted: 20 of a word that
        half of a million articles have take it 130 ms, these 25, and counting all of them 10.
        """
        oldest = newest - (NEAR // timedelta(milliseconds=1) << SLOT_BITS)
        near = {"range": {ORDER: {"gte": max(0, oldest)}}}
        query = {"bool": {"filter": [self._query, near]}}
        return _PagedSearch(self._client, self._name, query, part=self._part)

    def all(self, chunk: int = CHUNK) -> Iterator[dict[str, Any]]:
        """Yield every hit, lazily page by page."""
        after: list[Any] | None = None
        while True:
            hits = self.ask(chunk, after, count=False)["hits"]
            yield from hits
            if len(hits) < chunk:
                return
            after = hits[-1]["sort"]


def _verify(
    search: _PagedSearch, request: SearchRequest, now: datetime, verifier: Verifier
) -> tuple[list[dict[str, Any]], int | None]:
    """Return the verified hits of the page and one more, and the total if requested."""
    found: list[dict[str, Any]] = []
    total = 0
    for one in search.all():
        if not _accepts(verifier, one, now):
            continue
        total += 1
        if len(found) <= request.limit:
            found.append(one)
        if len(found) > request.limit and (not request.count or total > COUNT_LIMIT):
            break
    return found, total if request.count else None


def outlines(
    client: ElasticClient, name: str, request: SearchRequest, now: datetime, *, titles: bool
) -> list[Outline]:
    """Return the outlines of the newest articles that query and filters accept, up to the limit.

    Raises UsageError for a query that is too complex; RetryError.
    """
    part = _WITH_TITLES if titles else _COLUMNS
    found = _light_hits(client, name, request, now, part)
    return [_outline(one, titles=titles) for one in found]


def first_seen(
    client: ElasticClient, name: str, request: SearchRequest, now: datetime
) -> dict[str, datetime]:
    """Return when those articles were first seen, by id. Raises as `outlines` does."""
    found = _light_hits(client, name, request, now, _MOMENTS)
    return {hit["sort"][1]: _outline(hit, titles=False).first_seen for hit in found}


def _light_hits(
    client: ElasticClient, name: str, request: SearchRequest, now: datetime, part: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the hits of a request up to its limit: whole ones where they had to be verified."""
    translated = to_elastic(request.query, now, expand=False)
    query = {"bool": {"filter": [translated.body, *filter_clauses(request.filters)]}}
    if translated.exact:
        search = _PagedSearch(client, name, query, part=part)
        found = search.all(min(request.limit, LIGHT_CHUNK))
    else:
        search = _PagedSearch(client, name, query)
        verifier = Verifier(request.query)
        found = (one for one in search.all() if _accepts(verifier, one, now))
    return islice(found, request.limit)


def _outline(hit: dict[str, Any], *, titles: bool) -> Outline:
    """Build an outline from the article or, if it was not requested, from the columns.

    Each column is a list of values.
    """
    if "_source" in hit:
        return outline_of_fields(hit["_source"], titles=titles)
    columns = {name: values[0] for name, values in hit["fields"].items()}
    return outline_of_fields({"article_id": hit["sort"][1], **columns}, titles=False)


def _accepts(verifier: Verifier, hit: dict[str, Any], now: datetime) -> bool:
    return verifier.accepts(Document.from_article(article_of(hit["_source"]), now))


def _hit(hit: dict[str, Any], verifier: Verifier | None, now: datetime) -> Hit | None:
    """Return an article as a hit, which `verifier` marks if there is one."""
    article = article_of(hit["_source"])
    if verifier is None:
        return Hit(article, (), _cursor(hit))
    match = verifier.marked(Document.from_article(article, now))
    return None if match is None else Hit(article, match.spans, _cursor(hit))


def _after(order: int, article_id: str) -> dict[str, Any]:
    """Return the clause that selects hits after the cursor, so that totals count the rest."""
    return beside(order, article_id, "lt", "lt")


def beside(order: int, article_id: str, sign: str, of_ids: str) -> dict[str, Any]:
    """Return the clause that selects hits on one side of a sort key.

    `sign` compares the order, and `of_ids` the id where the order is the same: `lt`, `gte`, ...
    """
    same = {"bool": {"filter": [{"term": {ORDER: order}}, {"range": {ID: {of_ids: article_id}}}]}}
    return {
        "bool": {"should": [{"range": {ORDER: {sign: order}}}, same], "minimum_should_match": 1}
    }


def _cursor(hit: dict[str, Any]) -> str:
    order, article_id = hit["sort"]
    return f"{order}.{article_id}"


def _read_cursor(cursor: str) -> tuple[int, str]:
    order, dot, article_id = cursor.partition(".")
    digits = order.isascii() and order.isdecimal() and len(order) < 20
    if not (dot and digits and int(order) <= LONG_MAX and len(article_id) <= LONGEST_ID):
        raise UsageError(problem("search.no-cursor", cursor=cursor))
    return int(order), article_id
