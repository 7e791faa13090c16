"""The words of removed articles leave FTS5's lists, and their bytes the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pantau.adapters.sqlite.store import SqliteStore
from pantau.ports import SearchRequest
from pantau.query import parse
from tests.support import FixedClock, enriched

WORD = "zyxwkatarahasia"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pantau.db"


def lists(file: Path) -> bytes:
    """Return FTS5's lists of words."""
    with closing(sqlite3.connect(file)) as connection:
        return b"".join(row[0] for row in connection.execute("SELECT block FROM words_data"))


def test_words_of_removed_and_former_texts_are_expunged(file: Path) -> None:
    store = SqliteStore(file, FixedClock())
    store.index.put([enriched("gone", text=f"banjir {WORD}a")])
    store.index.put([enriched("gone", text=f"banjir {WORD}b", revision=2)])
    store.index.put([enriched(f"n{number}", text=f"gempa nomor{number}") for number in range(300)])
    assert store.index.remove([enriched("gone").article_id, "nobody"]) == 1
    assert WORD.encode() in lists(file)
    store.index.expunge()
    assert WORD.encode() not in lists(file)
    eraser = store.eraser()
    eraser.scrub(frozenset(), lambda _: None)
    assert eraser.raw([WORD.encode()]) == []
    assert (file.with_name("pantau.db-wal")).stat().st_size == 0
    found = store.index.search(SearchRequest(parse("gempa AND nomor7")))
    assert found.total == 1
    store.close()


def test_a_rebuild_under_way_is_expunged_too(file: Path) -> None:
    store = SqliteStore(file, FixedClock())
    store.index.put([enriched(f"n{number}", text=f"{WORD}{number}") for number in range(450)])

    def cut(done: int, total: int) -> None:
        del done, total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.index.rebuild(cut)
    store.index.remove([enriched(f"n{number}").article_id for number in range(450)])
    store.index.expunge()
    store.eraser().scrub(frozenset(), lambda _: None)
    assert store.eraser().raw([WORD.encode()]) == []
    assert store.index.rebuild(lambda _, __: None) == 0
    store.close()
