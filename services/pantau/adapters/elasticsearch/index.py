"""The search index in Elasticsearch.

One index per month of `first_seen`, under one alias. An id is never in two indexes. Usually its
month determines the index; but a poller that crashed sees an article a second time with another
`first_seen`, and an article that reappears after a long time is new to the poller. So each write
looks up the current index of its articles, and updates them there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from elasticsearch import Elasticsearch

from pantau.adapters.elasticsearch import setup
from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.document import article_of, document, unfit
from pantau.adapters.elasticsearch.lookup import documents, highest
from pantau.adapters.elasticsearch.rebuild import IndexRebuild
from pantau.adapters.elasticsearch.replaced import repeated
from pantau.adapters.elasticsearch.search import find, first_seen, outlines, seen
from pantau.adapters.elasticsearch.tallies import tally
from pantau.adapters.elasticsearch.write import MAX_OPERATIONS, Operation, require_sound, write
from pantau.common.portions import portions
from pantau.errors import RetryError
from pantau.ports import (
    Clock,
    Filters,
    Outline,
    RejectedDocument,
    SearchPage,
    SearchRequest,
    Tally,
)
from pantau.query.ast import Query
from pantau.settings import ElasticSettings
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.index_template import alias, index_name, month_of

NEAR: Final = timedelta(days=1)
"""Articles this close to another month are also looked up there by id.

A lookup by id finds documents that were written a moment ago, too.
"""
_DELETED_AT_A_TIME: Final = 5_000


class ElasticIndex:
    """Implements `pantau.ports.SearchIndex`."""

    def __init__(self, settings: ElasticSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._alias = alias(settings.prefix)
        self._client = ElasticClient(settings)
        self._checked: set[str] = set()  # indexes that are known to be as they should be

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store articles; of several revisions of one, the highest."""
        rejected: list[RejectedDocument] = []
        fit: list[EnrichedArticle] = []
        for article in highest(articles):
            reason = unfit(article)
            if reason is None:
                fit.append(article)
            else:
                rejected.append(RejectedDocument(article.article_id, reason))
        if fit:
            setup.ensure(self._client, self._settings)
        for start in range(0, len(fit), MAX_OPERATIONS):
            rejected += self._put_some(fit[start : start + MAX_OPERATIONS])
        return tuple(rejected)

    def _put_some(self, articles: list[EnrichedArticle]) -> list[RejectedDocument]:
        standing = self._current_indexes(articles)
        operations = [
            Operation(
                "index",
                standing.get(article.article_id) or self._index_of(article.first_seen),
                article.article_id,
                article.revision,
                document(article),
            )
            for article in articles
        ]
        self._check({one.index for one in operations})
        refused = write(self._client, self._alias, operations).refused
        return [RejectedDocument(one.operation.article_id, one.reason) for one in refused]

    def _check(self, indices: set[str]) -> None:
        """Check indexes before the first write: a wrong one may take articles, and find none."""
        fresh = indices - self._checked
        if fresh:
            require_sound(self._client, self._alias, fresh)
            self._checked |= fresh

    def _index_of(self, first_seen: datetime) -> str:
        return index_name(first_seen, self._settings.prefix)

    def _current_indexes(self, articles: list[EnrichedArticle]) -> dict[str, str]:
        """Return the index of each article that already exists."""
        with self._client.use() as server:
            answer = server.search(
                index=self._alias,
                query={"ids": {"values": [article.article_id for article in articles]}},
                size=len(articles),
                source=False,
                sort="_doc",
                track_total_hits=False,
                allow_partial_search_results=False,
                ignore_unavailable=True,
                allow_no_indices=True,
                filter_path="hits.hits._id,hits.hits._index",
            )
            found = {hit["_id"]: hit["_index"] for hit in answer.get("hits", {}).get("hits", ())}
            # A search misses documents written since the last refresh; a lookup by id finds them.
            near = [
                {"_index": index, "_id": article.article_id}
                for article in articles
                if article.article_id not in found
                for index in self._near(article.first_seen)
            ]
            found |= {one["_id"]: one["_index"] for one in documents(server, near, source=False)}
        return found

    def _near(self, first_seen: datetime) -> set[str]:
        """Return the indexes of adjacent months."""
        own = self._index_of(first_seen)
        moments = []
        if first_seen - first_seen.min.replace(tzinfo=first_seen.tzinfo) > NEAR:
            moments.append(first_seen - NEAR)
        if first_seen.max.replace(tzinfo=first_seen.tzinfo) - first_seen > NEAR:
            moments.append(first_seen + NEAR)
        return {self._index_of(moment) for moment in moments} - {own}

    def refresh(self) -> None:
        """Refresh the index: all stored articles become searchable, in every month."""
        with self._client.use() as server:
            answer = server.indices.refresh(
                index=self._alias, ignore_unavailable=True, allow_no_indices=True
            )
        if answer["_shards"]["failed"]:
            message = f"Elasticsearch at {self._client.address} could not refresh every shard"
            raise RetryError(message)

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article from any month, including unrefreshed ones."""
        with self._client.use() as server:
            wanted = [{"_index": index, "_id": article_id} for index in self._indices(server)]
            for one in documents(server, wanted, source=True):
                return article_of(one["_source"])
        return None

    def _indices(self, server: Elasticsearch) -> list[str]:
        answer = server.options(ignore_status=404).indices.get_alias(name=self._alias)
        return sorted(answer) if answer.meta.status == 200 else []

    def count(self, *, searchable: bool = False) -> int:
        """Return the number of articles, unless `searchable` including unrefreshed ones.

        Readers must not refresh: with many of them, each write would be a segment of its own.
        """
        if not searchable:
            self.refresh()
        return self._count(self._alias, {"match_all": {}})

    def _count(self, index: str, query: Mapping[str, Any]) -> int:
        with self._client.use() as server:
            answer = repeated(
                lambda: server.count(
                    index=index, query=query, ignore_unavailable=True, allow_no_indices=True
                )
            )
        if answer["_shards"]["failed"]:
            message = f"Elasticsearch at {self._client.address} could not count in every shard"
            raise RetryError(message)
        return int(answer["count"])

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles, newest first; `now` in the query is the time of this call."""
        return find(self._client, self._alias, request, self._clock.now())

    def outlines(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        *,
        titles: bool = False,
        stories: bool = True,
    ) -> Sequence[Outline]:
        """Return outlines, fetching a few fields of thousands of articles per request.

        Stories are a column like the others: leaving them out would save nothing.
        """
        del stories
        request = SearchRequest(query, filters, limit=limit, count=False)
        return outlines(self._client, self._alias, request, self._clock.now(), titles=titles)

    def first_seen(self, query: Query, filters: Filters, limit: int) -> Mapping[str, datetime]:
        """Return the times, fetching one column of thousands of articles per request."""
        request = SearchRequest(query, filters, limit=limit, count=False)
        return first_seen(self._client, self._alias, request, self._clock.now())

    def tally(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        starts: Sequence[datetime],
        *,
        sources: bool = False,
    ) -> Tally:
        """Count there: no article is read where the translation is exact."""
        request = SearchRequest(query, filters, limit=limit, count=False)
        now = self._clock.now()
        return tally(self._client, self._alias, request, now, starts, sources=sources)

    def forget(self, before: datetime) -> int:
        """Delete expired articles: whole months by their index, the rest by id.

        Returns their number.
        """
        self.refresh()
        with self._client.use() as server:
            indices = self._indices(server)
        current = month_of(self._index_of(before), self._alias)
        removed = 0
        for index in indices:
            if not self._count(index, seen("lt", before)):
                continue
            if month_of(index, self._alias) < current:
                removed += self._forget_month(index, before)
            else:
                removed += self._forget_ids(index, before)
        return removed

    def _forget_month(self, index: str, before: datetime) -> int:
        """Delete the index if all of its articles have expired.

        Writes are blocked meanwhile, and writers wait.
        """
        with self._client.use() as server:
            server.indices.add_block(index=index, block="write")
            try:
                server.indices.refresh(index=index)
                if not self._count(index, seen("gte", before)):
                    removed = self._count(index, {"match_all": {}})
                    server.indices.delete(index=index)
                    return removed
            finally:
                server.options(ignore_status=404).indices.put_settings(
                    index=index, settings={"index.blocks.write": None}
                )
        return self._forget_ids(index, before)

    def _forget_ids(self, index: str, before: datetime) -> int:
        """Delete thousands per request; the server's core lacks delete-by-query."""
        removed = 0
        while True:
            with self._client.use() as server:
                server.indices.refresh(index=index)
                answer = server.search(
                    index=index,
                    query=seen("lt", before),
                    size=_DELETED_AT_A_TIME,
                    source=False,
                    version=True,
                    sort="_doc",
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )
            deletions = [
                Operation("delete", index, hit["_id"], hit["_version"])
                for hit in answer["hits"]["hits"]
            ]
            # The version makes the deletion fail if a newer revision was written meanwhile.
            done = write(self._client, self._alias, deletions).done
            removed += done
            if not done:
                return removed

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles from whatever month has them, also those not refreshed yet."""
        removed = 0
        for found in self._held(article_ids):
            # The version makes a deletion fail if a newer revision was written meanwhile: it is
            # found by the next look.
            deletions = [
                Operation("delete", one["_index"], one["_id"], one["_version"]) for one in found
            ]
            removed += write(self._client, self._alias, deletions).done
        return removed

    def revisions(self, article_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the versions of those documents that exist, also those not refreshed yet."""
        found: dict[str, int] = {}
        for some in self._held(article_ids):
            for one in some:
                found[one["_id"]] = max(one["_version"], found.get(one["_id"], 0))
        return found

    def _held(self, article_ids: Iterable[str]) -> Iterator[list[Mapping[str, Any]]]:
        """Yield the documents of articles in any month, a portion at a time, without content."""
        for chunk in portions(article_ids, MAX_OPERATIONS):
            with self._client.use() as server:
                wanted = [
                    {"_index": index, "_id": one}
                    for index in self._indices(server)
                    for one in chunk
                ]
                found = list(documents(server, wanted, source=False))
            yield found

    def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Rebuild the index of each month; see `rebuild`."""
        setup.ensure(self._client, self._settings)
        total, done = self.count(), 0

        def copied(number: int) -> None:
            nonlocal done
            done += number
            progress(done, max(done, total))

        with self._client.use() as server:
            indices = self._indices(server)
        for index in indices:
            IndexRebuild(self._client, self._settings.prefix, copied).run(index)
        return self.count()

    def expunge(self) -> None:
        """Rewrite the segments that hold removed documents, and flush the log of writes."""
        with self._client.use() as server:
            for index in self._indices(server):
                server.indices.forcemerge(index=index, only_expunge_deletes=True)
                server.indices.flush(index=index, force=True)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()
