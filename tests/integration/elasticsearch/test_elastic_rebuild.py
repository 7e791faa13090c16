"""Indices of Elasticsearch rebuilt: several shards, ends in the worst moment, names afterwards."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from pantau.adapters.elasticsearch.index import ElasticIndex
from pantau.adapters.elasticsearch.rebuild import IndexRebuild
from pantau.errors import RetryError
from pantau.ports import SearchRequest
from pantau.query.ast import MatchAll
from pantau_schemas.events.article import EnrichedArticle
from tests.integration.elasticsearch.elastic_parts import Cluster, cluster_at
from tests.support import START, enriched

STORED = 1_200


@pytest.fixture
def cluster(elastic_url: str) -> Iterator[Cluster]:
    with cluster_at(elastic_url) as made:
        yield made


def made(number: int, revision: int = 1) -> EnrichedArticle:
    seen = START + timedelta(seconds=number)
    return enriched(f"a{number}", text=f"banjir {number}", revision=revision, first_seen=seen)


def revisions(index: ElasticIndex) -> dict[str, int]:
    index.refresh()
    page = index.search(SearchRequest(MatchAll(), limit=10_000))
    found = {hit.article.article_id: hit.article.revision for hit in page.hits}
    assert len(found) == len(page.hits)
    return found


def names(cluster: Cluster) -> set[str]:
    return set(cluster.server.indices.get_alias(name=cluster.alias))


def nothing(done: int, total: int) -> None:
    del done, total


@pytest.mark.parametrize("shards", [1, 3])
def test_writes_of_every_shard_reach_the_new_index(cluster: Cluster, shards: int) -> None:
    with cluster.index(shards=shards) as index:
        index.put([made(number) for number in range(STORED)])
        over = threading.Event()
        written: list[int] = []

        def write() -> None:
            number = STORED
            while not over.is_set():
                index.put([made(number), made(number - STORED, 2)])
                written.append(number)
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(2):
                index.rebuild(nothing)
        finally:
            over.set()
            writer.join()
        new = len(written)
        assert revisions(index) == {
            made(number).article_id: 2 if number < new else 1 for number in range(STORED + new)
        }
    assert names(cluster) == {f"{cluster.alias}.3-2026.03"}


def test_a_process_killed_while_writes_are_blocked_harms_nothing(cluster: Cluster) -> None:
    """The second call unblocks the old index, uses what was copied, and completes it."""
    with cluster.index() as index:
        index.put([made(number) for number in range(50)])
        index.refresh()
        old = cluster.month("2026.03")
        rebuild = IndexRebuild(index._client, cluster.settings.prefix, lambda _: None)
        rebuild.run_until_switch(old)
        cluster.server.indices.add_block(index=old, block="write")
        assert names(cluster) == {old}
        assert len(revisions(index)) == 50
        with cluster.index(timeout_seconds=1) as hasty, pytest.raises(RetryError):
            hasty.put([made(50)])
        assert index.rebuild(nothing) == 50
        index.put([made(50), made(1, 2)])
        assert len(revisions(index)) == 51
        assert revisions(index)[made(1).article_id] == 2
    assert names(cluster) == {f"{cluster.alias}.2-2026.03"}


def test_a_writer_that_knows_an_old_name_goes_on_in_the_new_index(cluster: Cluster) -> None:
    with cluster.index() as index:
        index.put([made(1)])
        for _ in range(2):
            index.rebuild(nothing)
        server = cluster.server
        for name in (cluster.month("2026.03"), f"{cluster.alias}.2-2026.03"):
            found = server.get(index=name, id=made(1).article_id)
            assert found["_index"] == f"{cluster.alias}.3-2026.03"
        index.put([made(2)])
        assert len(revisions(index)) == 2
        assert index.forget(START + timedelta(days=400)) == 2
        assert index.count() == 0
        index.put([made(3)])  # the month again, by the template
        assert len(revisions(index)) == 1
