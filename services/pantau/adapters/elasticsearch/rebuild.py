"""Indices rebuilt while searches and writes go on.

Each month's index is copied into a new one, which takes its place in one step. The copy goes by
sequence numbers, which Elasticsearch gives to every write of a shard, so each round copies what was
written since the round before. When little is left, writes to the old index are blocked, the rest
is copied, and one request to the cluster removes the old index and gives the new one the alias of
all articles and the old one's name. So searches see either the one or the other, and a writer that
had to wait, by whatever name it knew the index, goes on in the new one.

The place up to which everything is copied stands in the metadata of the new index: an interrupted
rebuild goes on from there. Copying is idempotent, since documents keep their versions.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import Elasticsearch

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.document import article_of, document
from pantau.adapters.elasticsearch.write import MAX_OPERATIONS, Operation, write
from pantau.errors import RetryError
from pantau_schemas.codec import SchemaError
from pantau_schemas.index_template import alias, next_name

log = logging.getLogger(__name__)

ROUNDS: Final = 20
"""Rounds at most before writes are blocked, however much is being written."""
FEW: Final = 2_000
"""When a round copied fewer documents, the rest is copied while writes are blocked: a second."""
KEPT_ALIVE: Final = "5m"
NOTED_EVERY: Final = 20
"""Requests after which the place is noted: each note is a change of the cluster's state."""
_DONE: Final = "copied"
_NOTHING: Final = -1

Copied = Callable[[int], None]
"""Gets the number of documents that were copied just now."""


@dataclass(frozen=True, slots=True)
class Month:
    """An index that is rebuilt, and the one that will take its place."""

    old: str
    new: str


class IndexRebuild:
    """Rebuilds the indices behind an alias, one at a time."""

    def __init__(self, client: ElasticClient, prefix: str, copied: Copied) -> None:
        self._client = client
        self._alias = alias(prefix)
        self._copied = copied

    def run(self, old: str) -> None:
        """Rebuild the index `old`. Raises RetryError; calling it again goes on."""
        self._finish(*self.run_until_switch(old))

    def run_until_switch(self, old: str) -> tuple[Month, int]:
        """Copy an index until little is left; return the place from where to go on.

        Searches and writes still use the old one.
        """
        month = Month(old, next_name(old, self._alias))
        done = self._begin(month)
        for _ in range(ROUNDS):
            bound = self._bound(month.old)
            number = self._copy(month, done)
            # The bound was read before the copy: what was written meanwhile is copied in the next
            # round.
            done = bound
            self._note(month.new, done)
            if number < FEW:
                break
        return month, done

    def _begin(self, month: Month) -> int:
        """Create the new index as the template has it, without the alias; return the place.

        One that an interrupted rebuild left is used. Its old index may still be blocked.
        """
        with self._client.use() as server:
            self._block(server, month.old, blocked=False)
            found = server.options(ignore_status=404).indices.get_mapping(index=month.new)
            if found.meta.status == 200:
                held = found[month.new]["mappings"].get("_meta", {})
                return int(held.get(_DONE, _NOTHING))
            made = server.indices.simulate_index_template(name=f"{self._alias}-0000.00")
            template = made["template"]
            settings = _with_origin(server, month.old, template["settings"]["index"])
            server.indices.create(
                index=month.new, settings={"index": settings}, mappings=template["mappings"]
            )
        return _NOTHING

    def _bound(self, index: str) -> int:
        """Return a sequence number up to which every shard's writes can be seen by a search.

        What is written from now on has a higher one, in whatever shard.
        """
        with self._client.use() as server:
            stats = server.indices.stats(
                index=index, level="shards", filter_path="indices.*.shards"
            )
            shards = next(iter(stats["indices"].values()))["shards"]
            server.indices.refresh(index=index)
        numbers = [
            one["seq_no"]["max_seq_no"]
            for copies in shards.values()
            for one in copies
            if one["routing"]["primary"]
        ]
        # Each shard counts by itself. The lowest maximum is safe for all; copying some again is
        # idempotent.
        return int(min(numbers))

    def _copy(self, month: Month, after: int) -> int:
        """Copy the documents of the old index whose sequence number is higher; return how many."""
        number = 0
        later = {"range": {"_seq_no": {"gt": after}}}
        for requests, hits in enumerate(self._pages(month.old, later, source=True), 1):
            operations = [
                Operation("index", month.new, one["_id"], one["_version"], _document(one))
                for one in hits
            ]
            refused = write(self._client, self._alias, operations).refused
            if refused:
                message = (
                    f"the new index {month.new} does not take {refused[0].operation.article_id}: "
                    f"{refused[0].reason}"
                )
                raise RetryError(message)
            number += len(hits)
            self._copied(len(hits))
            if requests % NOTED_EVERY == 0 and self._has_one_shard(month.old):
                self._note(month.new, int(hits[-1]["_seq_no"]))
        return number

    def _has_one_shard(self, index: str) -> bool:
        """Return whether sequence numbers have one order: of several shards, each has its own."""
        with self._client.use() as server:
            found = server.indices.get_settings(index=index, name="index.number_of_shards")
        values = next(iter(found.values()))["settings"]["index"]
        return int(values["number_of_shards"]) == 1

    def _pages(
        self, index: str, query: Mapping[str, Any], *, source: bool
    ) -> Iterator[list[Mapping[str, Any]]]:
        """Yield the hits of a query over one state of an index, by sequence number."""
        with self._client.use() as server:
            point = server.open_point_in_time(index=index, keep_alive=KEPT_ALIVE)["id"]
            try:
                after: list[Any] | None = None
                while True:
                    answer = server.search(
                        pit={"id": point, "keep_alive": KEPT_ALIVE},
                        query=query,
                        sort=[{"_seq_no": "asc"}],
                        search_after=after,
                        size=MAX_OPERATIONS,
                        source=source,
                        version=True,
                        seq_no_primary_term=True,
                        track_total_hits=False,
                        allow_partial_search_results=False,
                    )
                    hits: list[Mapping[str, Any]] = answer["hits"]["hits"]
                    point = answer.get("pit_id", point)
                    if not hits:
                        return
                    yield hits
                    after = hits[-1]["sort"]
            finally:
                server.close_point_in_time(id=point)

    def _note(self, index: str, done: int) -> None:
        """Record the place in the new index."""
        with self._client.use() as server:
            held = server.indices.get_mapping(index=index)[index]["mappings"].get("_meta", {})
            server.indices.put_mapping(index=index, meta={**held, _DONE: done})

    def _finish(self, month: Month, done: int) -> None:
        """Block writes, copy the rest, and put the new index in the old one's place."""
        with self._client.use() as server:
            server.indices.add_block(index=month.old, block="write")
            try:
                server.indices.refresh(index=month.old)
                self._copy(month, done)
                server.indices.refresh(index=month.new)
                self._remove_what_went(server, month)
                self._require_whole(server, month)
                self._switch(server, month)
            except BaseException:
                self._block(server, month.old, blocked=False)
                raise

    def _remove_what_went(self, server: Elasticsearch, month: Month) -> None:
        """Remove documents that were removed from the old index after they were copied."""
        if self._count(server, month.old) == self._count(server, month.new):
            return
        for hits in self._pages(month.new, {"match_all": {}}, source=False):
            wanted = [{"_index": month.old, "_id": one["_id"]} for one in hits]
            answer = server.mget(docs=wanted, source=False)
            gone = [
                Operation("delete", month.new, hit["_id"], hit["_version"])
                for hit, one in zip(hits, answer["docs"], strict=True)
                if not one.get("found") and "error" not in one
            ]
            if gone:
                write(self._client, self._alias, gone)
        server.indices.refresh(index=month.new)

    def _count(self, server: Elasticsearch, index: str) -> int:
        return int(server.count(index=index)["count"])

    def _require_whole(self, server: Elasticsearch, month: Month) -> None:
        old, new = self._count(server, month.old), self._count(server, month.new)
        if old != new:
            message = f"the new index {month.new} has {new} articles, not the {old} of {month.old}"
            raise RetryError(message)

    def _switch(self, server: Elasticsearch, month: Month) -> None:
        """Remove the old index and name the new one as it was named, in one step."""
        found = server.indices.get(index=month.old, filter_path="*.aliases")
        names = {self._alias, month.old, *found[month.old]["aliases"]}
        actions: list[Mapping[str, Any]] = [{"remove_index": {"index": month.old}}]
        actions += [{"add": {"index": month.new, "alias": name}} for name in sorted(names)]
        server.indices.update_aliases(actions=actions)
        log.info("index %s takes the place of %s", month.new, month.old)

    def _block(self, server: Elasticsearch, index: str, *, blocked: bool) -> None:
        server.options(ignore_status=404).indices.put_settings(
            index=index, settings={"index.blocks.write": True if blocked else None}
        )


def _with_origin(server: Elasticsearch, old: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of a new index whose age counts as that of the old one.

    Only where a lifecycle policy deletes indices by age.
    """
    lifecycle = settings.get("lifecycle")
    if lifecycle is None:
        return settings
    held = next(iter(server.indices.get_settings(index=old).values()))["settings"]["index"]
    origin = held.get("lifecycle", {}).get("origination_date", held["creation_date"])
    return {**settings, "lifecycle": {**lifecycle, "origination_date": origin}}


def _document(hit: Mapping[str, Any]) -> bytes:
    """Return the document of an article as this version writes it.

    What this version cannot read is copied as it is.
    """
    source = hit["_source"]
    try:
        return document(article_of(source))
    except SchemaError:
        return json.dumps(source).encode()
