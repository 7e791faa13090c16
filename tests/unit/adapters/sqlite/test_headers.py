"""Headers come back from the file as they were, whatever other programs put into them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.sqlite.log import load_headers
from pantau.adapters.sqlite.store import SqliteStore
from pantau.ports import Record
from tests.support import FixedClock

texts = st.text(st.characters(), max_size=10)
"""Lone surrogates included: a header of Kafka that is no UTF-8 is decoded to them."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    folder: Path = tmp_path_factory.mktemp("headers")
    made = SqliteStore(folder / "pantau.db", FixedClock())
    yield made
    made.close()


@given(st.dictionaries(texts, texts, max_size=4))
def test_headers_are_kept(store: SqliteStore, headers: dict[str, str]) -> None:
    consumer = store.log.consumer(["articles"], "reader")
    store.log.append([Record("articles", "a", b"{}", headers)])
    (one,) = consumer.poll(10)
    assert dict(one.record.headers) == headers
    consumer.finish([one])


def test_headers_of_older_files_are_read() -> None:
    assert load_headers("") == {}
    assert load_headers('{"a":"\\ud83d\\ude00","b":"\\udc80"}') == {"a": "😀", "b": "\udc80"}
