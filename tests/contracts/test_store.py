"""The promises of every store; see `pantau.ports`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.ports import Record, SearchRequest, Store
from pantau.query import parse
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from tests.support import FixedClock, enriched


def alert(key: str, value: bytes) -> Record:
    return Record("alerts", key, value)


class TestTransaction:
    def test_a_failure_undoes_outputs_and_position_where_it_can(self, store: Store) -> None:
        store.log.append([Record("articles", "a", b"v"), alert("x", b"old")])
        consumer = store.log.consumer(["articles"], "g")
        received = consumer.poll(1)

        def crash_after_writing() -> None:
            with store.atomically():
                consumer.finish(received, [alert("x", b"new"), alert("y", b"new")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash_after_writing()
        consumer.rewind()
        if store.transactional:
            assert consumer.lag() == 1
            assert dict(store.log.table("alerts").snapshot().values) == {"x": b"old"}
            consumer.finish(consumer.poll(1), [alert("y", b"again")])
            assert consumer.lag() == 0
            assert dict(store.log.table("alerts").snapshot().values) == {"x": b"old", "y": b"again"}
        else:  # all of it stays: finished is finished
            assert consumer.lag() == 0
            assert consumer.poll(1) == []
            assert dict(store.log.table("alerts").snapshot().values) == {"x": b"new", "y": b"new"}

    def test_what_cannot_be_published_moves_no_position(self, store: Store) -> None:
        store.log.append([Record("articles", "a", b"v")])
        consumer = store.log.consumer(["articles"], "g")

        def breaking() -> Iterator[Record]:
            yield alert("x", b"new")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            consumer.finish(consumer.poll(1), breaking())
        consumer.rewind()
        assert consumer.lag() == 1
        assert [one.record.key for one in consumer.poll(10)] == ["a"]
        assert store.log.table("alerts").get("x") is None

    def test_a_nested_block_joins_the_outer_one(self, store: Store) -> None:
        def crash() -> None:
            with store.atomically():
                with store.atomically():
                    store.log.append([alert("x", b"1")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash()
        assert store.log.table("alerts").get("x") == (None if store.transactional else b"1")


def test_log_and_index_are_kept(reopen: Callable[[], Store]) -> None:
    first = reopen()
    with first.atomically():
        first.log.append([alert("x", b"1")])
        first.index.put([enriched("one", title="kata")])
    first.index.refresh()
    again = reopen()
    assert again.log.table("alerts").get("x") == b"1"
    assert [hit.article.title for hit in again.index.search(SearchRequest(parse("kata"))).hits] == [
        "kata"
    ]


def test_servers_are_not_asked_before_they_are_needed(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path,
        kafka=KafkaSettings(servers=("127.0.0.1:1",)),
        elasticsearch=ElasticSettings(url="http://127.0.0.1:1"),
    )
    store = STORES[settings.backend](settings, FixedClock())
    assert store.log.table("alerts") is store.log.table("alerts")
    store.close()
