from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.adapters.sqlite.store import SqliteStore
from pantau.common.clock import SystemClock
from pantau.errors import UsageError
from pantau.ports import Record
from pantau.usecases.feeds import FeedBook
from pantau_schemas.codec import encode
from pantau_schemas.feed import FeedState

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[FeedBook]:
    store = SqliteStore(tmp_path / "pantau.db", SystemClock())
    yield FeedBook(store.log, SystemClock())
    store.close()


def test_one_feed_however_its_address_is_written(book: FeedBook) -> None:
    feed, new = book.add("http://Berita.Example/rss/")
    again, new_again = book.add("https://berita.example:443/rss")
    assert (new, new_again) == (True, False)
    assert feed == again
    assert book.find("https://berita.example/rss").feed == feed


def test_only_given_fields_change(book: FeedBook) -> None:
    feed, _ = book.add("https://berita.example/rss", title="Berita", source="meja")
    changed, _ = book.add(feed.url, title=None, interval_seconds=60)
    assert (changed.title, changed.source, changed.interval_seconds, changed.added) == (
        "Berita",
        "meja",
        60,
        feed.added,
    )


def test_wrong_values_name_the_field(book: FeedBook) -> None:
    with pytest.raises(UsageError, match="interval_seconds"):
        book.add("https://berita.example/rss", interval_seconds=1)
    with pytest.raises(UsageError, match="'ftp'"):
        book.add("ftp://berita.example/rss")
    with pytest.raises(UsageError) as caught:
        book.draft("ftp://user:secret@berita.example/rss")
    assert "secret" not in str(caught.value)


def test_an_ambiguous_start_lists_what_it_may_mean(book: FeedBook) -> None:
    feeds = [book.draft(f"https://berita.example/{number}") for number in range(2)]
    same = [
        feed.model_copy(update={"feed_id": f"abc{number}"}) for number, feed in enumerate(feeds)
    ]
    book.save(same)
    with pytest.raises(UsageError, match=r"abc0.*abc1"):
        book.find("abc")
    with pytest.raises(UsageError, match="no feed"):
        book.find("ab")
    assert book.find("abc1").feed == same[1]


def test_removal_leaves_nothing(book: FeedBook) -> None:
    feed, _ = book.add("https://berita.example/rss")
    state = FeedState(feed_id=feed.feed_id, title="Berita")
    book._log.append([Record("feed-state", feed.feed_id, encode(state))])
    assert book.all()[0].title == "Berita"
    book.remove([feed])
    assert book.all() == []
    assert book._log.table("feed-state").snapshot().values == {}


def test_a_state_of_another_version_hides_no_feed(book: FeedBook) -> None:
    feed, _ = book.add("https://berita.example/rss")
    book._log.append([Record("feed-state", feed.feed_id, b'{"schema_version": 99}')])
    assert [one.feed for one in book.all()] == [feed]
