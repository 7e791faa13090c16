"""The promises of every log; see `pantau.ports`."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pantau.bootstrap import STORES
from pantau.errors import RetryError
from pantau.ports import PARTITION_HEADER, Consumer, Log, Record, Store
from tests.support import SOON, FixedClock

BY_ITSELF = {"kafka"}
"""Backends that delete old records themselves, by topic settings (see `kafka.topics`).
"""
TIDIED = sorted(STORES.keys() - BY_ITSELF)


@pytest.fixture
def by_itself(backend: str) -> bool:
    return backend in BY_ITSELF


@pytest.fixture
def log(store: Store) -> Log:
    return store.log


def article(key: str, value: str = "v") -> Record:
    """Build an article; all have one partition key, so that their order is guaranteed."""
    return Record("articles", key, value.encode(), {"ce_id": key, PARTITION_HEADER: "one"})


def row(topic: str, key: str, value: bytes | None) -> Record:
    """Build a row of a table; likewise."""
    return Record(topic, key, value, {PARTITION_HEADER: "one"})


def keys(consumer: Consumer, limit: int = 100) -> list[str]:
    return [one.record.key for one in consumer.poll(limit)]


class SetTooLate(threading.Event):
    """An event that is set when the first wait for it is over, but has not returned yet."""

    def __init__(self) -> None:
        super().__init__()
        self._waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        self._waits += 1
        if self._waits > 1:
            return super().wait(timeout)
        self.set()
        return False


class TestConsumer:
    def test_reads_what_was_appended_before_and_after_it_joined(self, log: Log) -> None:
        log.append([article("a")])
        consumer = log.consumer(["articles"], "g")
        log.append([article("b")])
        received = consumer.poll(10)
        assert [
            (one.record.key, one.record.value, dict(one.record.headers)) for one in received
        ] == [
            ("a", b"v", {"ce_id": "a", PARTITION_HEADER: "one"}),
            ("b", b"v", {"ce_id": "b", PARTITION_HEADER: "one"}),
        ]

    def test_long_records_come_back_as_they_were(self, log: Log) -> None:
        values = [b'{"text":"%s"}' % (b"air naik " * size) for size in (30, 400, 3_000, 9_000)]
        values += [b"\x28\xb5\x2f\xfd" + b"no frame" * size for size in (0, 90)]
        headers = {PARTITION_HEADER: "one", "ce_source": "/pantau/poller" * 30, "x": "é"}
        log.append(
            Record("articles", f"k{number}", value, headers) for number, value in enumerate(values)
        )
        received = log.consumer(["articles"], "g").poll(10)
        assert [one.record.value for one in received] == values
        assert [dict(one.record.headers) for one in received] == [headers] * len(values)

    def test_poll_moves_on_and_gives_nothing_at_the_end(self, log: Log) -> None:
        log.append(article(str(number)) for number in range(5))
        consumer = log.consumer(["articles"], "g")
        assert [keys(consumer, 2) for _ in range(4)] == [["0", "1"], ["2", "3"], ["4"], []]

    @pytest.mark.parametrize("group", ["g", None])
    def test_a_batch_has_no_more_bytes_than_asked_for_but_one_record_at_least(
        self, log: Log, group: str | None
    ) -> None:
        log.append(
            article(str(number), "x" * size)
            for number, size in enumerate((40, 40, 40, 500, 1, 1, 101))
        )
        consumer = log.consumer(["articles"], group)
        given = [[one.record.key for one in consumer.poll(2, 100)] for _ in range(6)]
        assert given == [["0", "1"], ["2"], ["3"], ["4", "5"], ["6"], []]

    def test_what_found_no_room_counts_as_waiting_and_comes_again_after_a_rewind(
        self, log: Log
    ) -> None:
        log.append(article(str(number), "x" * 60) for number in range(3))
        reader, member = log.consumer(["articles"], None), log.consumer(["articles"], "g")
        assert [one.record.key for one in reader.poll(10, 100)] == ["0"]
        assert reader.lag() == 2
        reader.rewind()
        assert [keys(reader), reader.lag()] == [["0", "1", "2"], 0]
        member.finish(member.poll(10, 100))
        assert member.lag() == 2
        assert keys(member) == ["1", "2"]

    def test_what_was_not_finished_comes_again(self, log: Log) -> None:
        log.append([article("a"), article("b")])
        first = log.consumer(["articles"], "g")
        assert keys(first) == ["a", "b"]
        first.close()
        assert keys(log.consumer(["articles"], "g")) == ["a", "b"]

    def test_what_was_finished_does_not_come_again(self, reopen: Callable[[], Store]) -> None:
        log = reopen().log
        log.append([article("a"), article("b")])
        consumer = log.consumer(["articles"], "g")
        consumer.finish(consumer.poll(1))
        consumer.close()
        assert keys(reopen().log.consumer(["articles"], "g")) == ["b"]

    def test_a_gap_holds_the_position_back(self, log: Log) -> None:
        log.append(article(str(number)) for number in range(4))
        consumer = log.consumer(["articles"], "g")
        zero, one, two, _ = consumer.poll(4)
        consumer.finish([one, two])
        assert consumer.lag() == 4
        consumer.close()
        consumer = log.consumer(["articles"], "g")
        zero, one, two, _ = consumer.poll(4)
        consumer.finish([one, two])
        consumer.finish([zero])
        assert consumer.lag() == 1
        consumer.close()
        assert keys(log.consumer(["articles"], "g")) == ["3"]

    def test_finishing_twice_never_rewinds(self, log: Log) -> None:
        log.append([article("a"), article("b")])
        consumer = log.consumer(["articles"], "g")
        received = consumer.poll(2)
        consumer.finish(received)
        consumer.finish(received[:1])
        assert consumer.lag() == 0
        assert keys(consumer) == []

    def test_rewind_gives_unfinished_records_again(self, log: Log) -> None:
        log.append([article("a"), article("b")])
        consumer = log.consumer(["articles"], "g")
        consumer.finish(consumer.poll(1))
        assert keys(consumer) == ["b"]
        consumer.rewind()
        assert keys(consumer) == ["b"]

    def test_groups_are_independent(self, log: Log) -> None:
        log.append([article("a")])
        one, other = log.consumer(["articles"], "one"), log.consumer(["articles"], "other")
        one.finish(one.poll(10))
        assert one.lag() == 0
        assert other.lag() == 1
        assert keys(other) == ["a"]

    def test_several_topics_come_in_the_order_of_each(self, log: Log) -> None:
        log.append([article("a"), row("alerts", "x", b"1"), article("b"), row("alerts", "y", b"1")])
        received = log.consumer(["articles", "alerts"], "g").poll(10)
        assert len(received) == 4
        assert [one.record.key for one in received if one.record.topic == "articles"] == ["a", "b"]
        assert [one.record.key for one in received if one.record.topic == "alerts"] == ["x", "y"]

    def test_only_one_of_two_members_commits_a_record(self, log: Log) -> None:
        log.append([article("a")])
        members = [log.consumer(["articles"], "g"), log.consumer(["articles"], "g")]
        finished: list[bytes] = []
        until = time.monotonic() + SOON
        while not finished:
            assert time.monotonic() < until
            given = [
                member.poll(10) for member in members
            ]  # each may be given it, before the other finishes
            for name, member, received in zip((b"0", b"1"), members, given, strict=True):
                if received:
                    try:
                        member.finish(received, [Record("alerts", "x", name)])
                        finished.append(name)
                    except RetryError:
                        member.rewind()
        assert finished in ([b"0"], [b"1"])
        assert log.table("alerts").get("x") == finished[0]
        assert [keys(member) for member in members] == [[], []]
        assert sum(member.lag() for member in members) == 0

    def test_members_share_the_work_and_take_it_over(self, log: Log) -> None:
        first = log.consumer(["articles"], "g")
        second = log.consumer(["articles"], "g")
        log.append(Record("articles", str(number), b"v") for number in range(40))
        done: list[str] = []
        until = time.monotonic() + SOON
        while len(done) < 20:
            assert time.monotonic() < until
            for member in (first, second):
                received = member.poll(3)
                try:
                    member.finish(received)
                    done += [one.record.key for one in received]
                except RetryError:
                    member.rewind()
        second.close()
        first.rewind()
        assert all(topic == "articles" for topic, _ in first.revoked())
        assert first.revoked() == frozenset()
        while len(done) < 40:
            assert time.monotonic() < until
            received = first.poll(3)
            try:
                first.finish(received)
                done += [one.record.key for one in received]
            except RetryError:
                first.rewind()
        assert sorted(done, key=int) == [str(number) for number in range(40)]
        assert first.lag() == 0

    def test_outputs_are_published_with_the_position(self, log: Log) -> None:
        log.append([article("a")])
        consumer = log.consumer(["articles"], "g")
        consumer.finish(consumer.poll(1), [Record("dead-letters", "a", b"why")])
        assert keys(log.consumer(["dead-letters"], "h")) == ["a"]


class TestReader:
    """A consumer without a group."""

    def test_it_gives_all_that_stood_when_it_was_opened_and_nothing_more(self, log: Log) -> None:
        log.append([Record("articles", str(number), b"v") for number in range(25)])
        reader = log.consumer(["articles"], None)
        log.append([article("later")])
        assert reader.lag() == 25
        first, rest = keys(reader, 10), keys(reader, 100)
        assert len(first) == 10
        assert sorted(first + rest, key=int) == [str(number) for number in range(25)]
        assert reader.lag() == 0
        assert keys(reader) == []
        reader.close()

    def test_an_empty_topic_gives_nothing(self, log: Log) -> None:
        reader = log.consumer(["articles", "alerts"], None)
        log.append([article("later")])
        assert (reader.lag(), keys(reader)) == (0, [])
        reader.close()

    def test_it_can_begin_again(self, log: Log) -> None:
        log.append([article("a"), article("b"), Record("alerts", "x", b"1")])
        reader = log.consumer(["articles", "alerts"], None)
        log.append([article("later")])
        assert sorted(keys(reader)) == ["a", "b", "x"]
        reader.rewind()
        assert reader.lag() == 3
        assert sorted(keys(reader)) == ["a", "b", "x"]
        reader.close()

    def test_of_a_compacted_topic_it_gives_the_last_record_of_each_key(self, log: Log) -> None:
        log.append(Record("feeds", str(number % 7), str(number).encode()) for number in range(50))
        log.append([Record("feeds", "3", None)])
        reader = log.consumer(["feeds"], None)
        assert reader.lag() == 7
        found = {one.record.key: one.record.value for one in reader.poll(3)} | {
            one.record.key: one.record.value for one in reader.poll(100)
        }
        last = {str(number % 7): str(number).encode() for number in range(50)}
        assert found == last | {"3": None}
        assert reader.lag() == 0
        reader.close()

    def test_it_has_no_position_and_moves_none(self, log: Log) -> None:
        log.append([article("a")])
        reader = log.consumer(["articles"], None)
        received = reader.poll(10)
        with pytest.raises(ValueError, match="without a group"):
            reader.finish(received)
        reader.close()
        assert keys(log.consumer(["articles"], "g")) == ["a"]
        again = log.consumer(["articles"], None)
        assert keys(again) == ["a"]
        again.close()


class TestTable:
    def test_the_last_value_counts(self, log: Log) -> None:
        log.append(
            [Record("feeds", "a", b"1"), Record("feeds", "b", b"1"), Record("feeds", "a", b"2")]
        )
        table = log.table("feeds")
        assert table.get("a") == b"2"
        assert table.get("missing") is None
        assert table.count() == 2
        assert dict(table.snapshot().values) == {"a": b"2", "b": b"1"}

    def test_a_record_without_a_value_removes_its_key(self, log: Log) -> None:
        log.append([Record("feeds", "a", b"1"), Record("feeds", "a", None)])
        assert log.table("feeds").get("a") is None
        assert log.table("feeds").count() == 0
        assert dict(log.table("feeds").snapshot().values) == {}

    def test_newest_reads_backwards_however_long(self, log: Log) -> None:
        table = log.table("alerts")
        assert list(table.newest(table.version())) == []
        log.append(row("alerts", str(number), str(number).encode()) for number in range(450))
        log.append([row("alerts", "7", b"again"), row("alerts", "449", None)])
        version = table.version()
        log.append([row("alerts", "later", b"later")])
        values = [value.decode() for value in table.newest(version)]
        assert values == ["again", *(str(number) for number in range(448, -1, -1) if number != 7)]
        assert dict(table.changes(version).values) == {"later": b"later"}

    def test_newest_rows_go_on_behind_a_mark(self, log: Log) -> None:
        table = log.table("alerts")
        assert list(table.newest_rows(table.version())) == []
        log.append(row("alerts", str(number), str(number).encode()) for number in range(450))
        rows = list(table.newest_rows(table.version()))
        assert [value for _, value in rows] == list(table.newest(table.version()))
        assert len({mark for mark, _ in rows}) == len(rows)
        for place in (0, 199, 200, 201, 448, 449):
            behind = table.newest_rows(table.version(), rows[place][0])
            assert list(behind) == rows[place + 1 :]
        log.append([row("alerts", "later", b"later"), row("alerts", "440", b"again")])
        log.append([row("alerts", "439", None)])
        marks = {value: mark for mark, value in rows}
        for gone in (b"440", b"439"):
            found = [value for _, value in table.newest_rows(table.version(), marks[gone])]
            assert found[:2] == [b"438", b"437"]
        for wrong in ("", "x", "-1", "1-2-3", "9" * 30, "1 "):
            with pytest.raises(ValueError, match="mark"):
                next(iter(table.newest_rows(table.version(), wrong)))

    def test_changes_join_a_snapshot_without_gap(self, log: Log) -> None:
        table = log.table("subscriptions")
        log.append([Record("subscriptions", "a", b"1"), Record("subscriptions", "b", b"1")])
        snapshot = table.snapshot()
        log.append([Record("subscriptions", "a", None), Record("subscriptions", "c", b"1")])
        changes = table.changes(snapshot.version)
        assert dict(changes.values) == {"a": None, "c": b"1"}
        assert dict(table.changes(changes.version).values) == {}
        log.append([Record("subscriptions", "a", b"2")])
        assert dict(table.changes(changes.version).values) == {"a": b"2"}

    def test_changes_of_an_empty_table_lose_nothing_that_follows(self, log: Log) -> None:
        table = log.table("subscriptions")
        empty = table.snapshot()
        log.append([Record("subscriptions", "a", b"1")])
        assert dict(table.changes(empty.version).values) == {"a": b"1"}

    def test_a_topic_that_is_not_compacted_is_no_table(self, log: Log) -> None:
        with pytest.raises(ValueError, match="articles is not compacted"):
            log.table("articles")

    def test_a_consumer_of_a_compacted_topic_gets_the_last_value_of_each_key(
        self, log: Log
    ) -> None:
        log.append(
            [Record("feeds", "a", b"1"), Record("feeds", "b", b"1"), Record("feeds", "a", b"2")]
        )
        last = {one.record.key: one.record.value for one in log.consumer(["feeds"], "g").poll(10)}
        assert last == {"a": b"2", "b": b"1"}


class TestHolding:
    """Tables of which a member needs the partitions that it reads alone."""

    @pytest.mark.parametrize(
        ("read", "held"),
        [
            ("alerts", "deliveries"),
            ("articles", "articles.full"),
            ("articles.full", "story-members"),
        ],
    )
    def test_what_belongs_to_a_record_is_in_the_tables_that_are_held(
        self, log: Log, read: str, held: str
    ) -> None:
        log.hold("g", [held], (), 0)
        log.table(held)
        consumer = log.consumer([read], "g")
        log.append([row(held, "d", b"1"), row(read, "a", b"1")])
        (received,) = consumer.poll(10)
        share = consumer.share(read)
        if share is not None:  # several members may divide the topic
            assert share.owns("one")
            assert received.partition in share.partitions
            log.hold("g", [held], share.partitions, share.count)
        log.catch_up()
        assert log.table(held).get("d") == b"1"

    def test_what_was_written_of_late_is_a_table(self, log: Log) -> None:
        recent = log.recent("alerted", 3_600.0)
        log.append([row("alerted", "a", b"1")])
        assert recent.get("a") == b"1"
        log.append([row("alerted", "a", None), row("alerted", "b", b"2")])
        assert recent.get("a") is None
        assert recent.get("b") == b"2"


class TestDurability:
    def test_everything_is_there_after_opening_again(self, reopen: Callable[[], Store]) -> None:
        first = reopen().log
        first.append([article("a"), Record("feeds", "f", b"1")])
        again = reopen().log
        assert keys(again.consumer(["articles"], "g")) == ["a"]
        assert again.table("feeds").get("f") == b"1"

    def test_an_offset_is_never_used_twice(self, log: Log) -> None:
        log.append([Record("feeds", "a", b"1")])
        seen = log.table("feeds").snapshot().version
        log.append([Record("feeds", "a", None)])
        log.append([Record("feeds", "b", b"1")])
        assert dict(log.table("feeds").changes(seen).values) == {"a": None, "b": b"1"}


class TestWatch:
    def test_an_append_ends_the_wait(self, log: Log) -> None:
        watch = log.watch()
        assert not watch.wait(0)
        writer = threading.Thread(target=log.append, args=([article("a")],))
        writer.start()
        assert watch.wait(SOON)
        writer.join()
        watch.close()

    def test_an_append_before_the_wait_is_not_missed(self, log: Log) -> None:
        watch = log.watch()
        log.append([article("a")])
        assert watch.wait(SOON)
        watch.close()

    def test_an_append_through_another_opening_is_noticed(
        self, reopen: Callable[[], Store]
    ) -> None:
        log = reopen().log
        consumer = log.consumer(["articles"], "g")
        assert keys(consumer) == []
        watch = log.watch()
        reopen().log.append([article("a")])
        until = time.monotonic() + SOON
        while not keys(consumer):
            assert watch.wait(until - time.monotonic())
        watch.close()

    def test_what_comes_just_as_a_wait_ends_in_vain_ends_the_next_one(self, log: Log) -> None:
        watch: Any = log.watch()
        watch._changed = SetTooLate()
        assert not watch.wait(0)
        assert watch.wait(SOON)
        watch.close()

    def test_a_change_of_a_table_by_another_opening_is_noticed(
        self, reopen: Callable[[], Store]
    ) -> None:
        log = reopen().log
        table = log.table("subscriptions")
        assert table.count() == 0
        watch = log.watch()
        reopen().log.append([Record("subscriptions", "a", b"1")])
        until = time.monotonic() + SOON
        while not table.count():
            assert watch.wait(until - time.monotonic())
        watch.close()

    def test_catching_up_needs_no_wait(self, reopen: Callable[[], Store]) -> None:
        log = reopen().log
        table = log.table("subscriptions")
        assert table.count() == 0
        reopen().log.append([Record("subscriptions", "a", b"1")])
        log.catch_up()
        assert table.count() == 1

    def test_waking_ends_the_wait(self, log: Log) -> None:
        watch = log.watch()
        watch.wake()
        assert watch.wait(SOON)
        watch.close()


class TestTidying:
    def test_a_log_that_tidies_by_itself_removes_nothing_here(
        self, store: Store, clock: FixedClock, by_itself: bool
    ) -> None:
        store.log.append([Record("dead-letters", "a", b"1")])
        clock.move(days=91)
        removed = store.log.tidy("dead-letters", clock.now() - timedelta(days=90))
        assert removed == (0 if by_itself else 1)
        reader = store.log.consumer(["dead-letters"], None)
        assert keys(reader) == (["a"] if by_itself else [])
        reader.close()

    @pytest.mark.parametrize("backend", TIDIED)
    def test_old_records_go_once_every_group_has_passed(
        self, store: Store, clock: FixedClock
    ) -> None:
        store.log.append([article("old")])
        clock.move(days=30)
        store.log.append([article("new")])
        before = clock.now() - timedelta(days=7)
        assert store.log.tidy("articles", before) == 0  # nobody has read it yet
        consumer = store.log.consumer(["articles"], "enricher")
        consumer.finish(consumer.poll(1))
        assert store.log.tidy("articles", before) == 1
        assert keys(store.log.consumer(["articles"], "other")) == ["new"]

    @pytest.mark.parametrize("backend", TIDIED)
    def test_what_no_service_reads_goes_by_age_alone(self, store: Store, clock: FixedClock) -> None:
        store.log.append([Record("dead-letters", "a", b"1")])
        clock.move(days=91)
        assert store.log.tidy("dead-letters", clock.now() - timedelta(days=92)) == 0
        assert store.log.tidy("dead-letters", clock.now() - timedelta(days=90)) == 1

    @pytest.mark.parametrize("backend", TIDIED)
    def test_a_removed_value_of_a_table_is_gone(self, store: Store, clock: FixedClock) -> None:
        store.log.append([Record("alerts", "a", b"1")])
        consumer = store.log.consumer(["alerts"], "notifier")
        consumer.finish(consumer.poll(1))
        clock.move(days=2)
        store.log.append([Record("alerts", "b", b"1")])
        consumer.finish(consumer.poll(1))
        assert store.log.tidy("alerts", clock.now() - timedelta(days=1)) == 1
        assert store.log.table("alerts").get("a") is None
        assert store.log.table("alerts").count() == 1
