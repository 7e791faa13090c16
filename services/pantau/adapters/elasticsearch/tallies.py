"""Tallies of the Elasticsearch index: it counts, and no article is read.

Only the newest matches count, so the last one of these is looked for first, in two requests that
read no article either: how many matches are how old, and which one has the number that is left
within its age. Without the ages each of a year's indices would sort as many matches as count, and
one node merge them all. Then one request counts those down to it, and what has come in between.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.search import (
    NEWEST_FIRST,
    ask_index,
    beside,
    filter_clauses,
    outlines,
    seen,
)
from pantau.common.time.milliseconds import millis
from pantau.indexer.tallies import tally_of
from pantau.ports import SearchRequest, Tally
from pantau.query.elasticsearch.translate import to_elastic

DEEPEST: Final = 10_000
"""Matches down to which Elasticsearch looks without a cursor, and so many values that it counts."""

AGES: Final = tuple(timedelta(days=days) for days in (1, 2, 4, 8, 16, 32, 64))
"""Ages by which the last match that counts is looked for."""


def tally(
    client: ElasticClient,
    name: str,
    request: SearchRequest,
    now: datetime,
    starts: Sequence[datetime],
    *,
    sources: bool,
) -> Tally:
    """Return the tally of the newest articles of a request, up to its limit.

    Raises UsageError for a query that is too complex; RetryError.
    """
    translated = to_elastic(request.query, now, expand=False)
    if not translated.exact or request.limit > DEEPEST or not starts:
        found = outlines(client, name, request, now, titles=False)
        return tally_of(starts, found, sources=sources)
    clauses = [translated.body, *filter_clauses(request.filters)]
    index = _Index(client, name)
    last = index.order_of(clauses, request.limit, request.filters.until or now)
    if last is not None:
        clauses.append(_down_to(*last))
    answer = index.counts(clauses, _counted(starts, sources=sources))
    counted = answer.get("aggregations")
    if counted is None:  # there is no index yet
        return tally_of(starts, (), sources=sources)
    named = counted["sources"]["buckets"] if sources else ()
    return Tally(
        counts=tuple(one["doc_count"] for one in counted["times"]["buckets"]),
        sources={one["key"]: one["doc_count"] for one in named},
        total=answer["hits"]["total"]["value"],
    )


class _Index:
    """Requests that read no article."""

    def __init__(self, client: ElasticClient, name: str) -> None:
        self._client = client
        self._name = name

    def order_of(
        self, clauses: list[dict[str, Any]], number: int, end: datetime
    ) -> tuple[int, str] | None:
        """Return the sort values of the match with a number; None if there are fewer matches."""
        newer, within = self._within(clauses, number, end)
        answer = self._ask(
            [*clauses, *within],
            from_=number - newer - 1,
            size=1,
            sort=NEWEST_FIRST,
            stored_fields="_none_",
            track_total_hits=False,
        )
        hits = answer["hits"]["hits"]
        if not hits:
            return None
        order, article_id = hits[0]["sort"]
        return order, article_id

    def _within(
        self, clauses: list[dict[str, Any]], number: int, end: datetime
    ) -> tuple[int, list[dict[str, Any]]]:
        """Return the matches newer than an age, and clauses of the age with a match's number."""
        begins = [end - age for age in AGES]
        ranges = [{"key": str(at), "from": millis(one, up=True)} for at, one in enumerate(begins)]
        ages = {"field": "first_seen", "format": "epoch_millis", "keyed": True, "ranges": ranges}
        answer = self._ask(
            [*clauses, seen("gte", begins[-1])],
            size=0,
            track_total_hits=False,
            aggs={"ages": {"date_range": ages}},
        )
        counted = answer.get("aggregations")
        newer = 0
        within: list[dict[str, Any]] = []
        if counted is None:  # there is no index yet
            return newer, within
        for at, begin in enumerate(begins):
            reached = counted["ages"]["buckets"][str(at)]["doc_count"]
            if reached >= number:
                return newer, [*within, seen("gte", begin)]
            newer, within = reached, [seen("lt", begin)]
        return newer, within

    def counts(
        self, clauses: list[dict[str, Any]], counted: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the answer of a request that counts."""
        return self._ask(clauses, size=0, track_total_hits=True, aggs=counted)

    def _ask(self, clauses: list[dict[str, Any]], **more: Any) -> Mapping[str, Any]:
        return ask_index(self._client, self._name, query={"bool": {"filter": clauses}}, **more)


def _down_to(order: int, article_id: str) -> dict[str, Any]:
    """Return the clause that selects a hit and those before it."""
    return beside(order, article_id, "gt", "gte")


def _counted(starts: Sequence[datetime], *, sources: bool) -> dict[str, Any]:
    # Articles have millisecond timestamps.
    begins = [millis(one, up=True) for one in starts]
    ranges = [{"from": begin, "to": end} for begin, end in pairwise(begins)]
    ranges.append({"from": begins[-1]})
    times = {"field": "first_seen", "format": "epoch_millis", "ranges": ranges}
    found: dict[str, Any] = {"times": {"date_range": times}}
    if sources:
        found["sources"] = {"terms": {"field": "source", "size": DEEPEST}}
    return found
