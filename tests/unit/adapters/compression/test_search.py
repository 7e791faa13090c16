"""Packed values are found in files all the same, until their bytes are gone."""

import base64
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.compression.search import packed_values
from pantau.adapters.compression.values import MAGIC, dictionary_id, pack
from pantau.adapters.files.raw_search import search_folder
from pantau.adapters.kafka.tables.replica import ReplicaRow, opened_replica
from pantau.adapters.sqlite.store import SqliteStore
from pantau.ports import Record
from pantau_schemas.codec import encode
from tests.support import FixedClock, enriched

SECRET = b"Lurah Sumbersari mengundurkan diri"
NEWS = encode(enriched("gone", title=SECRET.decode(), text="Warga desa terkejut. " * 20))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "pantau.db", FixedClock())
    yield made
    made.close()


def others(first: int) -> list[Record]:
    texts = (f"Berita nomor {number} dari desa. " * 12 for number in range(first, first + 200))
    return [
        Record("alerts", f"other{first + number}", encode(enriched(f"n{number}", text=text)))
        for number, text in enumerate(texts)
    ]


def raw_bytes(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.glob("pantau.db*"))


def test_a_record_is_found_until_its_bytes_are_gone(store: SqliteStore, tmp_path: Path) -> None:
    eraser = store.eraser()
    store.log.append([*others(0), Record("alerts", "gone", NEWS), *others(200)])
    assert SECRET not in raw_bytes(tmp_path), "it is packed"
    assert eraser.raw([SECRET])
    assert eraser.raw([b"no such words anywhere"]) == []
    with closing(sqlite3.connect(tmp_path / "pantau.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")  # the default of many systems
        connection.execute("DELETE FROM records WHERE key = 'gone'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.log.table("alerts").get("gone") is None
    assert [one.file for one in eraser.raw([SECRET])] == [str(tmp_path / "pantau.db")], (
        "its bytes stand in free space"
    )
    eraser.scrub(frozenset(), lambda _: None)
    assert eraser.raw([SECRET]) == []
    assert store.log.table("alerts").count() == 400


def test_base64_within_a_packed_value_is_found(store: SqliteStore) -> None:
    letter = b'{"value":"%s","reason":"%s"}' % (base64.b64encode(NEWS), b"tidak terbaca " * 20)
    store.log.append([Record("dead-letters", "d", letter)])
    assert store.eraser().raw([SECRET])


def test_a_copy_of_a_topic_keeps_nothing_that_was_replaced(tmp_path: Path) -> None:
    with opened_replica(tmp_path, "alerts") as replica:
        replica.take([ReplicaRow("gone", NEWS, 1, 0, 0)], {0: 1})
        assert search_folder(tmp_path, [SECRET])
        replica.take([ReplicaRow("gone", None, 2, 0, 1)], {0: 2})
        assert search_folder(tmp_path, [SECRET]) == []


def test_what_looks_like_a_frame_is_no_value_and_takes_no_memory() -> None:
    name = dictionary_id(1).to_bytes(4, "little")
    for descriptor in (b"\x23", b"\x63", b"\xa3", b"\xe3"):
        content = MAGIC + descriptor + name + b"\xff" * 8 + b"x" * 200
        assert list(packed_values(content)) == []


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=5), st.binary(max_size=30))
def test_frames_of_every_size_are_found(sizes: list[int], around: bytes) -> None:
    packed = [pack(MAGIC + b"kata " * (size // 5)) for size in sizes]
    content = around + around.join(packed) + MAGIC + around
    (found,) = packed_values(content)
    assert found == b"\0".join(MAGIC + b"kata " * (size // 5) for size in sizes)
