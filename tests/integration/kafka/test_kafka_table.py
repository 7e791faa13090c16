"""Tables on a real Kafka.

What is read at the start, what is kept over restarts, what comes live, what goes wrong.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from pantau.adapters.kafka.tables import replica_files
from pantau.adapters.kafka.tables import table as kafka_table
from pantau.adapters.kafka.tables.replica import Replica, ReplicaRow
from pantau.adapters.kafka.tables.table import KafkaTable
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.errors import RetryError, StopError
from pantau.local.ports import is_free
from pantau.local.servers import Servers
from pantau.settings import KafkaSettings, Settings
from pantau_schemas.topics import ARTICLES, FEEDS, SUBSCRIPTIONS
from tests.support import SOON
from tests.topics import Topics, opened_topics, wait_until

NAME = FEEDS.name
refused = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""kafka-python leaves a socket whose connection was refused to the garbage collector.

See the fixture `refusing`.
"""


@pytest.fixture
def topics(kafka_address: str) -> Iterator[Topics]:
    with opened_topics(kafka_address) as opened:
        opened.make(NAME, partitions=3)
        yield opened


@pytest.fixture
def settings(topics: Topics, tmp_path: Path) -> Settings:
    kafka = KafkaSettings(servers=(topics.address,), prefix=topics.prefix, timeout_seconds=SOON)
    return Settings(data=tmp_path, kafka=kafka)


@pytest.fixture
def open_table(settings: Settings) -> Iterator[Callable[[], KafkaTable]]:
    """Yield a function that opens a table that knows of no own writes."""
    opened: list[KafkaTable] = []

    def open_it() -> KafkaTable:
        opened.append(KafkaTable(FEEDS, settings, dict))
        return opened[-1]

    yield open_it
    for table in opened:
        table.close()


@pytest.fixture
def recorded_keys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that receives the key of each record that is read from Kafka into any copy."""
    keys: list[str] = []
    original = Replica.take

    def take(self: Replica, rows: Sequence[ReplicaRow], next_offsets: Mapping[int, int]) -> None:
        keys.extend(row.key for row in rows)
        original(self, rows, next_offsets)

    monkeypatch.setattr(Replica, "take", take)
    return keys


def file_of(settings: Settings, number: str = "") -> Path:
    return settings.data / "replicas" / f"{settings.kafka.prefix}{NAME}{number}.db"


def values(table: KafkaTable) -> dict[str, bytes | None]:
    return dict(table.snapshot().values)


def _pass_a_millisecond() -> None:
    after = monotonic() + 0.002
    wait_until(lambda: monotonic() > after, "time passes")


def _answers(ask: Callable[[], object]) -> bool:
    """Return whether a table answers in time, and not with False."""
    try:
        return ask() is not False
    except RetryError:
        return False


def _wait_for_count(table: KafkaTable, number: int) -> None:
    wait_until(lambda: table.count() == number, f"{number} values are there")


class TestReading:
    def test_the_first_look_up_finds_all_that_stands(
        self, topics: Topics, open_table: Callable[[], KafkaTable]
    ) -> None:
        topics.write(NAME, {f"k{number}": b"old" for number in range(500)})
        topics.write(NAME, {f"k{number}": str(number).encode() for number in range(500)})
        topics.write(NAME, {"k7": None})
        table = open_table()
        assert table.get("k499") == b"499"
        assert table.get("k7") is None
        assert table.count() == 499
        assert values(table) == {
            f"k{number}": str(number).encode() for number in range(500) if number != 7
        }
        assert sorted(table.newest(table.version())) == sorted(
            str(number).encode() for number in range(500) if number != 7
        )

    def test_newest_goes_by_time_across_partitions(
        self, topics: Topics, open_table: Callable[[], KafkaTable]
    ) -> None:
        for number in range(6):  # each acknowledged before the next, and a millisecond later
            topics.write(NAME, {f"k{number}": str(number).encode()}, partition=number % 3)
            _pass_a_millisecond()
        table = open_table()
        assert list(table.newest(table.version())) == [b"5", b"4", b"3", b"2", b"1", b"0"]
        assert list(table.snapshot().values) == ["k0", "k1", "k2", "k3", "k4", "k5"]

    def test_changes_come_live(self, topics: Topics, open_table: Callable[[], KafkaTable]) -> None:
        table = open_table()
        since = table.snapshot().version
        changed = threading.Event()
        leave = table.on_change(changed.set)
        for key, value, there in (("a", b"1", 1), ("b", b"1", 2), ("a", None, 1)):
            topics.write(NAME, {key: value})
            _wait_for_count(table, there)
            assert changed.wait(SOON)  # the reading thread calls after it has written
            changed.clear()
        assert dict(table.changes(since).values) == {"b": b"1", "a": None}
        leave()
        topics.write(NAME, {"c": b"1"})
        wait_until(lambda: table.count() == 2, "the next one")
        assert not changed.is_set()

    def test_own_writes_are_there_at_once(self, topics: Topics, settings: Settings) -> None:
        table = KafkaTable(FEEDS, settings, lambda: topics.written.get(NAME, {}))
        for number in range(30):
            topics.write(NAME, {f"k{number % 7}": str(number).encode()})
            assert table.get(f"k{number % 7}") == str(number).encode()
        table.close()

    def test_catching_up_finds_what_others_wrote(
        self, topics: Topics, open_table: Callable[[], KafkaTable]
    ) -> None:
        table = open_table()
        for number in range(3):
            topics.write(
                NAME, {f"k{number}": b"1" for number in range(100 * number, 100 * number + 100)}
            )
            table.catch_up()
            assert table.count() == 100 * number + 100

    def test_a_new_partition_is_read(self, topics: Topics, settings: Settings) -> None:
        table = KafkaTable(FEEDS, settings, lambda: topics.written.get(NAME, {}))
        assert table.count() == 0
        topics.widen(NAME, 5)
        topics.write(NAME, {"a": b"1"}, partition=4)
        assert table.get("a") == b"1"
        table.close()

    def test_a_new_partition_is_noticed(
        self, topics: Topics, open_table: Callable[[], KafkaTable], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.adapters.kafka.tables.reader.METADATA_SECONDS", 0.2)
        monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
        table = open_table()
        assert table.count() == 0
        topics.widen(NAME, 5)
        topics.write(NAME, {"a": b"1"}, partition=4)
        wait_until(lambda: table.get("a") == b"1", "the record of the new partition")

    def test_what_kafka_dropped_is_dropped(
        self,
        topics: Topics,
        open_table: Callable[[], KafkaTable],
        monkeypatch: pytest.MonkeyPatch,
        recorded_keys: list[str],
    ) -> None:
        monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
        for key in "abcd":
            topics.write(NAME, {key: b"1"}, partition=0)
        topics.write(NAME, {"other": b"1"}, partition=1)
        table = open_table()
        assert table.count() == 5
        topics.cut(NAME, before=1)
        wait_until(lambda: table.get("a") is None, "the first record is dropped")
        table.close()
        topics.cut(NAME, before=3)
        assert set(values(open_table())) == {"d", "other"}
        assert len(recorded_keys) == 5

    def test_a_long_reading_is_reported(
        self,
        topics: Topics,
        open_table: Callable[[], KafkaTable],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(kafka_table, "TELL_SECONDS", 0)
        topics.write(NAME, {"a": b"1", "b": b"1"})
        with caplog.at_level(logging.INFO, "pantau"):
            assert open_table().count() == 2
            wait_until(lambda: "2 records read in" in caplog.text, "the report")


class TestRestart:
    def test_only_what_is_new_is_read(
        self, topics: Topics, open_table: Callable[[], KafkaTable], recorded_keys: list[str]
    ) -> None:
        topics.write(NAME, {"a": b"1", "b": b"1", "c": b"1"})
        first = open_table()
        assert first.count() == 3
        version = first.version()
        first.close()
        topics.write(NAME, {"c": None, "d": b"1"})
        again = open_table()
        assert values(again) == {"a": b"1", "b": b"1", "d": b"1"}
        assert sorted(recorded_keys) == ["a", "b", "c", "c", "d"]
        assert dict(again.changes(version).values) == {"c": None, "d": b"1"}

    def test_a_topic_made_anew_is_read_anew(
        self, topics: Topics, open_table: Callable[[], KafkaTable]
    ) -> None:
        topics.write(NAME, {"a": b"1"})
        first = open_table()
        assert first.count() == 1
        first.close()
        topics.delete(NAME)
        topics.make(NAME, partitions=3)
        topics.write(NAME, {"b": b"1", "c": b"1", "d": b"1"})  # ends beyond where the copy stood
        assert values(open_table()) == {"b": b"1", "c": b"1", "d": b"1"}

    def test_a_topic_made_anew_is_noticed(
        self, topics: Topics, open_table: Callable[[], KafkaTable], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.adapters.kafka.tables.reader.METADATA_SECONDS", 0.2)
        monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
        topics.write(NAME, {"a": b"1", "b": b"1"})
        table = open_table()
        since = table.snapshot().version
        topics.delete(NAME)
        topics.make(NAME, partitions=3)
        topics.write(NAME, {"b": b"2"})
        wait_until(lambda: values(table) == {"b": b"2"}, "the new topic's records alone")
        assert dict(table.changes(since).values) == {"a": None, "b": b"2"}

    @pytest.mark.parametrize("damage", ["garbage", "layout", "no tables"])
    def test_a_file_that_does_not_fit_is_read_again(
        self, damage: str, topics: Topics, settings: Settings, open_table: Callable[[], KafkaTable]
    ) -> None:
        topics.write(NAME, {"a": b"1", "b": b"1"})
        first = open_table()
        assert first.count() == 2
        first.close()
        file = file_of(settings)
        if damage == "garbage":
            file.write_bytes(b"no database" * 1000)
        else:
            statement = {"layout": "UPDATE about SET layout = 0", "no tables": "DROP TABLE about"}[
                damage
            ]
            database = SqliteDatabase(file, ("",))
            with database.transaction() as connection:
                connection.execute(statement)
            database.close()
        assert values(open_table()) == {"a": b"1", "b": b"1"}

    def test_damage_found_later_is_healed_by_a_restart(
        self, topics: Topics, settings: Settings, open_table: Callable[[], KafkaTable]
    ) -> None:
        topics.write(NAME, {f"k{number}": os.urandom(1000) for number in range(500)})
        first = open_table()
        assert first.count() == 500
        first.close()
        file = file_of(settings)
        with file.open("r+b") as opened:  # everything but the pages that the start reads
            opened.seek(64 * 1024)
            opened.write(b"\xff" * (file.stat().st_size - 64 * 1024))
        damaged = open_table()
        with pytest.raises(StopError, match="damaged"):
            values(damaged)
        damaged.close()
        assert len(values(open_table())) == 500


class TestOneFolder:
    def test_each_has_a_file_of_its_own_begun_as_a_copy(
        self,
        topics: Topics,
        settings: Settings,
        open_table: Callable[[], KafkaTable],
        recorded_keys: list[str],
    ) -> None:
        topics.write(NAME, {"a": b"1", "b": b"1"})
        tables = [open_table()]
        assert tables[0].count() == 2
        topics.write(NAME, {"a": b"2"})
        wait_until(lambda: tables[0].get("a") == b"2", "the first one follows")
        del recorded_keys[:]
        tables += [open_table() for _ in range(replica_files.KEPT_FILES)]
        assert [values(table) for table in tables] == [{"b": b"1", "a": b"2"}] * len(tables)
        assert recorded_keys == []
        assert file_of(settings, ".2").exists()
        kept = len(list(file_of(settings).parent.glob("*.db")))
        assert kept == replica_files.KEPT_FILES  # the last one's is elsewhere, and goes with it
        topics.write(NAME, {"c": b"1"})
        wait_until(lambda: all(table.get("c") == b"1" for table in tables), "each follows")
        tables[1].close()
        assert open_table().count() == 3  # takes the free one
        assert recorded_keys.count("c") == len(tables)

    def test_another_process_waits_for_nobody(
        self, topics: Topics, open_table: Callable[[], KafkaTable], recorded_keys: list[str]
    ) -> None:
        table, other = open_table(), open_table()
        assert (table.count(), other.count()) == (0, 0)
        table.close()
        topics.write(NAME, {"a": b"1"})
        wait_until(lambda: other.get("a") == b"1", "the other one goes on")
        assert recorded_keys == ["a"]


class TestTrouble:
    def test_a_missing_topic_is_named_and_read_once_it_is_there(
        self, topics: Topics, settings: Settings
    ) -> None:
        table = KafkaTable(SUBSCRIPTIONS, settings, dict)
        with pytest.raises(StopError, match=rf"topic is missing.*{topics.prefix}subscriptions"):
            table.count()
        topics.make("subscriptions")
        topics.write("subscriptions", {"a": b"1"})

        def there() -> bool:
            try:
                return table.get("a") == b"1"
            except StopError:
                return False

        wait_until(there, "the topic is read")
        table.close()

    @refused
    @pytest.mark.usefixtures("refusing")
    def test_brokers_that_never_answer_are_a_retry(
        self, tmp_path: Path, refusing_port: int
    ) -> None:
        kafka = KafkaSettings(servers=(f"127.0.0.1:{refusing_port}",), timeout_seconds=0.3)
        table = KafkaTable(FEEDS, Settings(data=tmp_path, kafka=kafka), dict)
        began = monotonic()
        with pytest.raises(RetryError, match="feeds cannot be read up to its end"):
            table.count()
        assert 0.3 <= monotonic() - began < SOON
        table.close()
        with pytest.raises(StopError, match="closed"):
            table.count()

    @refused
    @pytest.mark.usefixtures("refusing")
    def test_it_outlives_its_brokers(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.2)
        monkeypatch.setattr(kafka_table, "AWAY_SECONDS", 0.1)
        monkeypatch.setattr(kafka_table, "TELL_SECONDS", 0.1)
        servers = Servers(tmp_path)
        servers.start_kafka()
        try:
            self._stop_and_start(servers, tmp_path, caplog)
        finally:
            servers.kill()

    def _stop_and_start(
        self, servers: Servers, data: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        address = servers.status().kafka
        assert address is not None
        kafka = KafkaSettings(servers=(address,), timeout_seconds=1)
        with opened_topics(address) as topics:
            topics.prefix = ""
            topics.make(NAME)
            topics.write(NAME, {"a": b"1"})
            written = {0: 0}
            table = KafkaTable(FEEDS, Settings(data=data, kafka=kafka), lambda: written)

            def reported() -> list[str]:
                said = [one.message for one in caplog.records if one.name == kafka_table.__name__]
                kinds = {"waiting: ": "waiting", "answer again": "again"}
                return [kind for one in said for part, kind in kinds.items() if part in one]

            with (
                closing(table),
                caplog.at_level(logging.INFO, "pantau.adapters.kafka.tables.table"),
            ):
                # Within the time limit of the outage below, a busy machine may not have read it.
                wait_until(lambda: _answers(lambda: table.get("a") == b"1"), "the first reading")
                servers.stop_kafka()
                assert is_free(int(address.rpartition(":")[2])), "another server took the port"
                assert table.get("a") == b"1"
                with pytest.raises(RetryError):
                    table.catch_up()
                written[0] = 2
                with pytest.raises(RetryError):
                    table.get("a")
                written[0] = 0
                assert table.get("a") == b"1"
                servers.start_kafka()
                topics.write(NAME, {"b": b"1"})
                wait_until(lambda: table.get("b") == b"1", "what came after the restart")
                wait_until(lambda: _answers(table.catch_up), "its end is known again")
                # What is written after the restart may be there before the reader reports it.
                wait_until(lambda: reported()[-1:] == ["again"], "the word that it answers")
                words = reported()
        # Each outage once, however often it was met; a busy machine can make one of a pause.
        assert words == ["waiting", "again"] * (len(words) // 2)

    def test_a_folder_that_cannot_be_used_is_a_stop(self, settings: Settings) -> None:
        (settings.data / "replicas").write_text("a file")
        table = KafkaTable(FEEDS, settings, dict)
        with pytest.raises(StopError, match="replicas"):
            table.count()
        table.close()

    def test_a_topic_that_is_not_compacted_is_no_table(self, settings: Settings) -> None:
        with pytest.raises(ValueError, match="articles is not compacted"):
            KafkaTable(ARTICLES, settings, dict)
