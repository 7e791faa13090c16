"""A store, a poller and a web server to poll, for tests of the poller's loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.adapters.sqlite.store import SqliteStore
from pantau.bootstrap import build_reader
from pantau.common.time.clock import SystemClock
from pantau.poller.service import Poller
from pantau.ports import Clock, Fetcher, Log
from pantau.settings import FetchSettings, PollSettings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedState
from pantau_schemas.ids import feed_id
from pantau_schemas.topics import FEED_STATE, FEEDS
from tests.support import SOON
from tests.unit.adapters.http.loopback import Answer, Call, reply

ADDED = datetime(2026, 3, 4, tzinfo=UTC)
LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass
class Desk:
    """The parts that a test works with."""

    log: Log
    poller: Poller

    def add(self, url: str, **changes: Any) -> str:
        feed = Feed(**{"feed_id": feed_id(url), "url": url, "added": ADDED, **changes})
        self.log.append(
            [record_for(feed, FEEDS, source="cli", time=ADDED, partition_key="example.org")]
        )
        return feed.feed_id

    def remove(self, identifier: str) -> None:
        self.log.append([removal_of(FEEDS, identifier)])

    def state(self, identifier: str) -> FeedState | None:
        value = self.log.table(FEED_STATE.name).get(identifier)
        return decode(FeedState, value) if value is not None else None

    def articles(self) -> list[Article]:
        consumer = self.log.consumer(["articles"], "test")
        found = [one.record.value for one in consumer.poll(100_000)]
        return [decode(Article, value) for value in found if value is not None]


@contextlib.asynccontextmanager
async def desk(
    folder: Path,
    *,
    poll: Mapping[str, Any] | None = None,
    fetch: Mapping[str, Any] | None = None,
    fetcher: Fetcher | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Desk]:
    clock = clock or SystemClock()
    store = SqliteStore(folder / "pantau.db", clock)
    settings = PollSettings(**{"per_host": 20, "domain_gap_seconds": 0.0, **(poll or {})})
    real = fetcher or GuardedFetcher(
        FetchSettings(**{"allow_networks": LOOPBACK, "timeout_seconds": 20.0, **(fetch or {})})
    )
    poller = Poller(store.log, real, clock, settings, reader=build_reader())
    try:
        yield Desk(store.log, poller)
    finally:
        await poller.close()
        await real.close()
        store.close()


@contextlib.asynccontextmanager
async def running(poller: Poller) -> AsyncIterator[None]:
    """Run the loop for the duration of the block."""
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def until(condition: Any, seconds: float = SOON) -> None:
    """Wait for a condition; fail when it does not come."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (what is waited for is in the store, which has no asyncio event)
            await asyncio.sleep(0.01)


def with_validators(body: bytes, content_type: str = "application/xml") -> Answer:
    """Serve a body with an ETag, and 304 to who has it."""

    async def answer(call: Call, writer: asyncio.StreamWriter) -> None:
        if call.headers.get("if-none-match") == '"v1"':
            writer.write(reply(status="304 Not Modified", ETag='"v1"'))
        else:
            writer.write(reply(body, ETag='"v1"', Content_Type=content_type))
        await writer.drain()

    return answer


def rss(*titles: str, site: str = "https://berita.example") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{site}/{title.replace(' ', '-').lower()}</link></item>"
        for title in titles
    )
    head = f"<title>Berita</title><link>{site}/</link><description>Contoh</description>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    )
