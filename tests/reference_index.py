"""A real Elasticsearch as the reference of query meaning.

An index of its own, and many queries at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from pantau.query.text.document import Document
from pantau_schemas import index_template as made
from pantau_schemas.fields import DEFAULT_FIELDS, FIELDS, FieldKind

Answer = frozenset[int] | str
"""The numbers of the articles found, or why the query was rejected."""
BATCH = 100
NUMBER = "number"
"""The field of an article's number.

Counting numbers is many times quicker than fetching what was found.
"""
_MAPPING = made.mapping()["properties"]
_DATES = {"type": "date"}
"""As people's own indices have it: dates of any form."""


def document(given: Mapping[str, Any], now: datetime | None = None) -> Document:
    """Build a document of an article in JSON."""
    fields: dict[str, str | tuple[str, ...] | datetime] = {}
    for name, value in given.items():
        if FIELDS[name].kind is FieldKind.DATE:
            fields[name] = datetime.fromisoformat(value)
        else:
            fields[name] = tuple(value) if isinstance(value, list) else value
    return Document.from_fields(fields, now)


def query_string(text: str, time_zone: str = "UTC") -> dict[str, Any]:
    """Build a query like Kibana's search bar, in the Lucene syntax.

    But fuzzy words are not capped at 50 expansions.
    """
    return {
        "query_string": {
            "query": text,
            "fields": list(DEFAULT_FIELDS),
            "analyze_wildcard": True,
            "time_zone": time_zone,
            "fuzzy_max_expansions": 50_000,
        }
    }


class ReferenceIndex:
    """One index; articles are known by their numbers."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    def fill(self, articles: Sequence[Mapping[str, Any]]) -> None:
        """Store articles, numbered from 0."""
        for start in range(0, len(articles), BATCH):
            operations: list[Mapping[str, Any]] = []
            for number, article in enumerate(articles[start : start + BATCH], start):
                operations += [{"index": {}}, {**article, NUMBER: number}]
            done = self._client.bulk(operations=operations, index=self._index)
            assert not done["errors"], done
        self._client.indices.forcemerge(index=self._index, max_num_segments=1)
        self._client.indices.refresh(index=self._index)

    def ask(self, queries: Sequence[Mapping[str, Any]]) -> Iterator[Answer]:
        """Yield the answer to each query."""
        for start in range(0, len(queries), BATCH):
            yield from self._batch(queries[start : start + BATCH])

    def _batch(self, queries: Sequence[Mapping[str, Any]]) -> Iterator[Answer]:
        numbers = {"numbers": {"terms": {"field": NUMBER, "size": 10_000}}}
        searches: list[Mapping[str, Any]] = []
        for query in queries:
            searches += [{}, {"query": {"bool": {"filter": [query]}}, "size": 0, "aggs": numbers}]
        wanted = "responses.status,responses.aggregations.numbers.buckets.key,responses.error"
        try:
            found = self._client.msearch(searches=searches, index=self._index, filter_path=wanted)
        except BadRequestError as error:  # one that is no query spoils all of them
            if len(queries) == 1:
                yield str(error)
                return
            for query in queries:
                yield from self._batch([query])
            return
        for answer in found["responses"]:
            if "error" in answer:
                yield str(answer["error"])
            else:
                found_numbers = answer.get("aggregations", {}).get("numbers", {}).get("buckets", ())
                yield frozenset(bucket["key"] for bucket in found_numbers)


@contextmanager
def reference_index(url: str, index: str) -> Iterator[ReferenceIndex]:
    """Create an index with the mapping of the field table, and delete it in the end."""
    with Elasticsearch(url, request_timeout=120) as client:
        client.options(ignore_status=404).indices.delete(index=index)
        client.indices.create(
            index=index,
            settings={
                "number_of_shards": 1,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
                "query": {"default_field": list(DEFAULT_FIELDS)},
                "analysis": made.analysis(),
            },
            mappings={
                "dynamic": "strict",
                "properties": {
                    name: _DATES if field.kind is FieldKind.DATE else _MAPPING[name]
                    for name, field in FIELDS.items()
                }
                | {
                    made.INTERNAL: _MAPPING[made.INTERNAL],
                    NUMBER: {"type": "integer", "index": False},
                },
            },
        )
        try:
            yield ReferenceIndex(client, index)
        finally:
            client.indices.delete(index=index)
