"""Tables of which a member holds its own partitions alone, on a real Kafka."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pantau.adapters.kafka.tables import table as kafka_table
from pantau.adapters.kafka.tables.table import KafkaTable
from pantau.settings import KafkaSettings, Settings
from pantau_schemas.topics import DELIVERIES
from tests.support import SOON
from tests.topics import Topics, opened_topics, wait_until

NAME = DELIVERIES.name
COUNT = 3


@pytest.fixture
def topics(kafka_address: str) -> Iterator[Topics]:
    with opened_topics(kafka_address) as opened:
        opened.make(NAME, partitions=COUNT)
        for partition in range(COUNT):
            fill(opened, partition, 10)
        yield opened


@pytest.fixture
def settings(topics: Topics, tmp_path: Path) -> Settings:
    kafka = KafkaSettings(
        servers=(topics.address,), prefix=topics.prefix, timeout_seconds=SOON, partitions=COUNT
    )
    return Settings(data=tmp_path, kafka=kafka)


@pytest.fixture
def open_table(settings: Settings) -> Iterator[Callable[[], KafkaTable]]:
    """Yield a function that opens a table that knows of no own writes."""
    opened: list[KafkaTable] = []

    def open_it() -> KafkaTable:
        opened.append(KafkaTable(DELIVERIES, settings, dict))
        return opened[-1]

    yield open_it
    for table in opened:
        table.close()


def fill(topics: Topics, partition: int, count: int, first: int = 0) -> None:
    records: dict[str, bytes | None] = {
        f"p{partition}-{number}": str(number).encode() for number in range(first, first + count)
    }
    topics.write(NAME, records, partition=partition)


def held(table: KafkaTable) -> dict[int, int]:
    """Return the number of keys by partition, as their names say."""
    keys = [int(key[1]) for key in table.snapshot().values]
    return {one: keys.count(one) for one in sorted(set(keys))}


def test_a_table_holds_what_its_followers_are_assigned(
    topics: Topics, open_table: Callable[[], KafkaTable]
) -> None:
    table = open_table()
    table.hold("notifier", (), 0)
    table.hold("dispatcher", (), 0)
    table.catch_up()
    assert held(table) == {}, "nothing before a group has assigned anything"
    table.hold("notifier", {0}, COUNT)
    table.catch_up()
    assert held(table) == {0: 10}
    table.hold("dispatcher", {0, 2}, COUNT)
    table.catch_up()
    assert held(table) == {0: 10, 2: 10}
    fill(topics, 1, 5, first=10)
    fill(topics, 2, 5, first=10)
    table.catch_up()
    assert held(table) == {0: 10, 2: 15}, "what comes later, too"


def test_what_changed_while_a_partition_was_away_is_read_when_it_is_back(
    topics: Topics, open_table: Callable[[], KafkaTable]
) -> None:
    table = open_table()
    table.hold("notifier", {0, 1}, COUNT)
    table.catch_up()
    table.hold("notifier", {0}, COUNT)
    topics.write(NAME, {"p1-0": b"changed", "p1-1": None}, partition=1)
    table.hold("notifier", {0, 1}, COUNT)
    table.catch_up()
    assert table.get("p1-0") == b"changed"
    assert table.get("p1-1") is None
    assert held(table) == {0: 10, 1: 9}


def test_revoked_partitions_are_dropped_after_a_while(
    topics: Topics, open_table: Callable[[], KafkaTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(kafka_table, "KEEP_SECONDS", 0.0)
    table = open_table()
    table.hold("notifier", {0, 1, 2}, COUNT)
    table.catch_up()
    assert held(table) == {0: 10, 1: 10, 2: 10}
    table.hold("notifier", {1}, COUNT)
    wait_until(lambda: held(table) == {1: 10}, "the others are gone")
    topics.write(NAME, {"p2-0": None}, partition=2)
    table.hold("notifier", {1, 2}, COUNT)
    table.catch_up()
    assert held(table) == {1: 10, 2: 9}, "read from the start, without what was removed"


def test_a_lost_folder_is_restored_for_the_held_partitions_alone(
    open_table: Callable[[], KafkaTable], settings: Settings
) -> None:
    for _ in range(2):
        table = open_table()
        table.hold("notifier", {2}, COUNT)
        table.catch_up()
        assert held(table) == {2: 10}
        table.close()
        shutil.rmtree(settings.data / "replicas")


@pytest.mark.parametrize(("count", "wide"), [(COUNT + 1, COUNT), (COUNT + 1, COUNT + 1)])
def test_a_table_of_another_number_of_partitions_is_whole(
    count: int, wide: int, topics: Topics, open_table: Callable[[], KafkaTable]
) -> None:
    if wide > COUNT:
        topics.widen(NAME, wide)
    table = open_table()
    table.hold("notifier", {1}, count)
    table.catch_up()
    assert held(table) == {0: 10, 1: 10, 2: 10}


def test_what_was_written_of_late_is_a_table_of_its_own(
    topics: Topics,
    open_table: Callable[[], KafkaTable],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
    for partition, seconds_ago in ((0, 90_000), (1, 50_000), (1, 0)):
        written = round((time.time() - seconds_ago) * 1000)
        topics.write(NAME, {f"p{partition}-at{seconds_ago}": b"x"}, partition, written)
    whole, recent = open_table(), KafkaTable(DELIVERIES, settings, dict, recent_seconds=70_000.0)
    with closing(recent):
        assert {"p1-at50000", "p1-at0"} <= recent.snapshot().values.keys()
        wait_until(lambda: recent.get("p0-at90000") is None, "what is too old is not there")
        fill(topics, 2, 1, first=99)
        recent.catch_up()
        assert recent.get("p2-99") == b"99"
        recent._recent = 30_000.0
        wait_until(lambda: recent.get("p1-at50000") is None, "what became older is gone")
        assert recent.get("p1-at0") == b"x"
    with closing(KafkaTable(DELIVERIES, settings, dict, recent_seconds=100_000.0)) as longer:
        assert longer.get("p0-at90000") == b"x", "what a shorter time left out is read"
    assert whole.count() == 3 * 10 + 4
