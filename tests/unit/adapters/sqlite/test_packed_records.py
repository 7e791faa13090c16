"""Records are packed in the file, and nobody above the adapter notices."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pantau.adapters.compression.values import MAGIC
from pantau.adapters.kafka.tables.replica import LAYOUT, ReplicaRow, opened_replica
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.glance import glance
from pantau.adapters.sqlite.layout import MIGRATIONS
from pantau.adapters.sqlite.store import SqliteStore
from pantau.errors import StopError
from pantau.ports import Record
from pantau_schemas.codec import encode
from tests.support import FixedClock, enriched

LONG = encode(enriched("long", title="Hujan reda di hulu", text="Air sungai surut. " * 9))
NEXT = encode(enriched("long", title="Hujan turun lagi", text="Air sungai naik. " * 9, revision=2))
HEADERS = {"ce_id": "e" * 26, "ce_source": "/pantau/alerter", "traceparent": "0" * 200}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pantau.db"


@pytest.fixture
def store(file: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(file, FixedClock())
    yield made
    made.close()


def rows(file: Path, columns: str, table: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608 (constants)


def test_long_values_and_headers_are_packed_in_the_file(store: SqliteStore, file: Path) -> None:
    short = Record("alerts", "b", b"{}", {"c": "d"})
    store.log.append([Record("alerts", "a", LONG, HEADERS), short])
    (value, headers), plain = rows(file, "value, headers", "records")
    assert value.startswith(MAGIC)
    assert headers.startswith(MAGIC)
    assert len(value) + len(headers) < (len(LONG) + 300) / 2
    assert plain == (b"{}", '{"c":"d"}')


def test_every_reader_gets_plain_values(store: SqliteStore, file: Path) -> None:
    store.log.append([Record("alerts", "a", LONG, HEADERS), Record("alerts", "gone", LONG)])
    store.log.append([Record("alerts", "gone", None), Record("alerts", "b", NEXT)])
    table = store.log.table("alerts")
    assert (table.get("a"), table.get("gone"), table.get("b")) == (LONG, None, NEXT)
    assert dict(table.snapshot().values) == {"a": LONG, "b": NEXT}
    assert dict(table.changes(0).values) == {"a": LONG, "gone": None, "b": NEXT}
    assert list(table.newest(table.version())) == [NEXT, LONG]
    wanted = [("a", LONG, HEADERS), ("gone", None, {}), ("b", NEXT, {})]
    polled = store.log.consumer(["alerts"], "g").poll(9)
    for found in (polled, store.eraser().records("alerts")):
        records = [one.record for one in found]
        assert [(one.key, one.value, dict(one.headers)) for one in records] == wanted
    assert [one["title"] for one in glance(file, "alerts")] == [
        "Hujan turun lagi", "Hujan reda di hulu",
    ]  # fmt: skip


def test_a_poll_is_bounded_by_what_values_take_in_memory(store: SqliteStore) -> None:
    store.log.append(Record("articles", f"k{one}", b'"%s"' % (b"a" * 5_000)) for one in range(9))
    assert len(store.log.consumer(["articles"], "g").poll(9, max_bytes=11_000)) == 2


def test_a_file_of_the_former_version_is_read_and_goes_on(file: Path) -> None:
    former = SqliteDatabase(file, MIGRATIONS[:3])
    with former.transaction() as connection:
        connection.execute(
            "INSERT INTO records (topic, key, value, headers, appended, compacted) "
            "VALUES ('alerts', 'a', ?, '{\"ce_id\":\"x\"}', 0, 1)",
            (LONG,),
        )
    former.close()
    store = SqliteStore(file, FixedClock())
    assert store.log.table("alerts").get("a") == LONG
    (one,) = store.log.consumer(["alerts"], "g").poll(9)
    assert dict(one.record.headers) == {"ce_id": "x"}
    store.log.append([Record("alerts", "a", NEXT)])
    assert store.log.table("alerts").get("a") == NEXT
    store.close()
    with pytest.raises(StopError, match="newer Pantau"):
        SqliteDatabase(file, MIGRATIONS[:3])


def test_a_copy_of_a_topic_by_the_former_version_goes_on(tmp_path: Path) -> None:
    with opened_replica(tmp_path, "alerts") as replica:
        replica.take([ReplicaRow("a", b"plain", 1, 0, 0)], {0: 1})
    with closing(sqlite3.connect(tmp_path / "alerts.db", isolation_level=None)) as connection:
        connection.execute("UPDATE rows SET value = ?", (LONG,))
        connection.execute("UPDATE about SET layout = 1")
    with opened_replica(tmp_path, "alerts") as replica:
        assert dict(replica.next_offsets) == {0: 1}, "it is not read again"
        replica.take([ReplicaRow("b", NEXT, 2, 0, 1)], {0: 2})
        assert (replica.get("a"), replica.get("b")) == (LONG, NEXT)
        assert dict(replica.snapshot().values) == {"a": LONG, "b": NEXT}
        assert dict(replica.changes(1).values) == {"b": NEXT}
        assert list(replica.newest(replica.version())) == [NEXT, LONG]
    assert rows(tmp_path / "alerts.db", "layout", "about") == [(LAYOUT,)]
    (plain,), (packed,) = rows(tmp_path / "alerts.db", "value", "rows")
    assert plain == LONG
    assert packed.startswith(MAGIC)
