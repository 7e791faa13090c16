"""The memories that a poller loads when it starts."""

import pytest

from pantau.adapters.memory.log import MemoryTable
from pantau.adapters.memory.store import MemoryStore
from pantau.poller.feed_repository import FeedRepository
from pantau.ports import Changes
from pantau.stream.envelope import record_for
from pantau_schemas.events.feed import Feed, FeedMemory, SeenArticle
from pantau_schemas.topics import FEED_MEMORY, FEEDS
from tests.support import START, FixedClock


def test_memories_are_read_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once they take as much memory as the topic, which has every article of every feed."""
    log = MemoryStore(FixedClock()).log
    for name in "ab":
        feed = Feed(feed_id=name, url=f"https://{name}.example/rss", added=START)
        seen = SeenArticle(
            article_id=f"of-{name}",
            revision=1,
            fingerprint=name,
            first_seen=START,
            last_listed=START,
        )
        memory = FeedMemory(feed_id=name, seen=(seen,))
        events = ((feed, FEEDS), (memory, FEED_MEMORY))
        log.append([record_for(one, topic, source="test", time=START) for one, topic in events])
    whole = MemoryTable.snapshot

    def snapshot(table: MemoryTable) -> Changes:
        found = whole(table)
        assert not any(b'"seen"' in (value or b"") for value in found.values.values())
        return found

    monkeypatch.setattr(MemoryTable, "snapshot", snapshot)
    repository = FeedRepository(log)
    repository.refresh()

    assert repository.owners == {"of-a": "a", "of-b": "b"}
