"""Feeds with documents set by a test, polled by real pollers over a memory store."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_reader
from pantau.poller.publishing.release import Backlog, unknown_backlog
from pantau.poller.round import PollReport
from pantau.poller.service import Poller
from pantau.ports import FetchRequest, FetchResponse
from pantau.settings import PollSettings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.ids import feed_id
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS

START = datetime(2026, 3, 4, tzinfo=UTC)
DATED_1990 = "Mon, 01 Jan 1990 00:00:00 GMT"


@dataclass
class Entry:
    """An item of a document."""

    link: str
    title: str
    text: str = "Air mulai surut."
    date: str | None = None
    image: str | None = None


def document(*entries: Entry) -> bytes:
    """Write a document, the newest item first."""
    items = "".join(
        f"<item><title>{one.title}</title><link>{one.link}</link><description>{one.text}</description>"
        + (f"<pubDate>{one.date}</pubDate>" if one.date else "")
        + (f'<enclosure type="image/jpeg" url="{one.image}"/>' if one.image else "")
        + "</item>"
        for one in entries
    )
    return f"<rss version='2.0'><channel><title>Berita</title>{items}</channel></rss>".encode()


@dataclass
class Newsstand:
    """Documents by address, and the pollers that read them."""

    settings: PollSettings = field(
        default_factory=lambda: PollSettings(per_host=20, domain_gap_seconds=0.0)
    )
    backlog: Backlog = unknown_backlog
    documents: dict[str, bytes] = field(default_factory=dict)
    validators: list[str | None] = field(default_factory=list)  # the ETag of each request
    now_is: datetime = START

    def __post_init__(self) -> None:
        self.store = MemoryStore(self)
        self.report = PollReport()
        self.poller = self.new_poller()

    def now(self) -> datetime:
        return self.now_is

    def pass_time(self, **time: float) -> None:
        self.now_is += timedelta(**time)

    def new_poller(self) -> Poller:
        """Start a poller that knows what the store has, as after a restart."""
        self.poller = Poller(
            self.store.log, self, self, self.settings, backlog=self.backlog, reader=build_reader()
        )
        return self.poller

    async def get(self, request: FetchRequest) -> FetchResponse:
        self.validators.append(request.etag)
        body = self.documents[request.url]
        return FetchResponse(request.url, 200, {"etag": f'"{len(body)}"'}, body)

    async def post(self, *_: Any) -> FetchResponse:
        raise NotImplementedError

    async def close(self) -> None:
        pass

    def add(self, url: str, *entries: Entry, **changes: Any) -> Feed:
        self.documents[url] = document(*entries)
        feed = Feed(**{"feed_id": feed_id(url), "url": url, "added": START, **changes})
        self.store.log.append(
            [record_for(feed, FEEDS, source="cli", time=START, partition_key="any")]
        )
        return feed

    async def poll(self, feed: Feed, *, poller: Poller | None = None, paced: bool = False) -> None:
        """Poll a feed now, whenever it is due."""
        poller = poller or self.poller
        await poller.look()
        await poller.poll(feed, self.report, paced=paced)

    def state(self, feed: Feed) -> FeedState:
        value = self.store.log.table(FEED_STATE.name).get(feed.feed_id)
        assert value is not None
        return decode(FeedState, value)

    def memory(self, feed: Feed) -> FeedMemory:
        value = self.store.log.table(FEED_MEMORY.name).get(feed.feed_id)
        return decode(FeedMemory, value) if value is not None else FeedMemory(feed_id=feed.feed_id)

    def articles(self, feed: Feed | None = None) -> list[Article]:
        found = self.store.log.consumer(["articles"], None).poll(1_000_000)
        read = [decode(Article, one.record.value) for one in found if one.record.value is not None]
        return [one for one in read if feed is None or one.feed_id == feed.feed_id]
