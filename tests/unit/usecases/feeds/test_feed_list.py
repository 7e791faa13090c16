from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.adapters.sqlite.store import SqliteStore
from pantau.common.time.clock import SystemClock
from pantau.errors import UsageError
from pantau.ports import Record
from pantau.usecases.feeds.feed_list import FeedList
from pantau_schemas.codec import encode
from pantau_schemas.events.feed import FeedState

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[FeedList]:
    store = SqliteStore(tmp_path / "pantau.db", SystemClock())
    yield FeedList(store.log, SystemClock())
    store.close()


def test_one_feed_however_its_address_is_written(feeds: FeedList) -> None:
    feed, new = feeds.add("http://Berita.Example/rss/")
    again, new_again = feeds.add("https://berita.example:443/rss")
    assert (new, new_again) == (True, False)
    assert feed == again
    assert feeds.find("https://berita.example/rss").feed == feed


def test_only_given_fields_change(feeds: FeedList) -> None:
    feed, _ = feeds.add("https://berita.example/rss", title="Berita", source="meja")
    changed, _ = feeds.add(feed.url, title=None, interval_seconds=60)
    assert (changed.title, changed.source, changed.interval_seconds, changed.added) == (
        "Berita",
        "meja",
        60,
        feed.added,
    )


def test_wrong_values_name_the_field(feeds: FeedList) -> None:
    with pytest.raises(UsageError, match="interval_seconds"):
        feeds.add("https://berita.example/rss", interval_seconds=1)
    with pytest.raises(UsageError, match="'ftp'"):
        feeds.add("ftp://berita.example/rss")
    with pytest.raises(UsageError) as caught:
        feeds.draft("ftp://user:secret@berita.example/rss")
    assert "secret" not in str(caught.value)


def test_an_ambiguous_start_lists_what_it_may_mean(feeds: FeedList) -> None:
    drafts = [feeds.draft(f"https://berita.example/{number}") for number in range(2)]
    same = [
        feed.model_copy(update={"feed_id": f"abc{number}"}) for number, feed in enumerate(drafts)
    ]
    feeds.save(same)
    with pytest.raises(UsageError, match=r"abc0.*abc1"):
        feeds.find("abc")
    with pytest.raises(UsageError, match="no feed"):
        feeds.find("ab")
    assert feeds.find("abc1").feed == same[1]


def test_removal_leaves_nothing(feeds: FeedList) -> None:
    feed, _ = feeds.add("https://berita.example/rss")
    state = FeedState(feed_id=feed.feed_id, title="Berita")
    feeds._log.append([Record("feed-state", feed.feed_id, encode(state))])
    assert feeds.all()[0].title == "Berita"
    feeds.remove([feed])
    assert feeds.all() == []
    assert feeds._log.table("feed-state").snapshot().values == {}


def test_a_state_of_another_version_hides_no_feed(feeds: FeedList) -> None:
    feed, _ = feeds.add("https://berita.example/rss")
    feeds._log.append([Record("feed-state", feed.feed_id, b'{"schema_version": 99}')])
    assert [one.feed for one in feeds.all()] == [feed]
