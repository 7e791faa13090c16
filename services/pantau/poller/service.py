"""The poller's loop: takes feeds that are due, fetches, reads and decides, and writes the result in one piece.

    log ── Registry ──▶ PollQueue ──▶ fetch ──▶ read_response ──▶ parse_feed ──▶ decide ──▶ LogWriter ──▶ log

Nothing that a feed does ends the loop: whatever goes wrong becomes that feed's state.
"""

import asyncio
import functools
import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pantau.envelope import record_for, removal_of
from pantau.errors import RejectError, StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.poller.decide import Decision, decide
from pantau.poller.discover import discover_feeds
from pantau.poller.document import UnreadableFeedError
from pantau.poller.domains import registrable_domain
from pantau.poller.guard import without_password
from pantau.poller.outcome import Body, Failed, Fetched, Outcome, Unreadable, kept_validator, read_response
from pantau.poller.parse import parse_feed
from pantau.poller.queue import PollQueue
from pantau.poller.registry import News, Registry
from pantau.poller.round import PollReport, Round
from pantau.poller.telling import tell_poll
from pantau.poller.writer import LogWriter
from pantau.ports import Clock, Fetcher, FetchError, FetchRequest, Log, Record
from pantau.settings import PollSettings
from pantau_schemas.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import ARTICLES, FEED_MEMORY, FEED_STATE, FEEDS

log = logging.getLogger(__name__)

ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
PARSE_SECONDS: Final = 60.0
_PARSERS: Final = 4
_SOURCE: Final = "poller"
GROUP: Final = "poller"
"""The pollers that share the feeds out among themselves."""


class Poller:
    """Polls all feeds of a log, each in its time."""

    def __init__(
        self,
        source: Log,
        fetcher: Fetcher,
        clock: Clock,
        settings: PollSettings,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._settings = settings
        self._registry = Registry(source)
        self._writer = LogWriter(source, signals)
        self._signals = signals
        signals.metrics.feeds(self.health)
        self._share = source.share(FEEDS.name, GROUP)
        self._generation: int | None = None
        self._parsers = ThreadPoolExecutor(_PARSERS, thread_name_prefix="poller-parse")

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set. Running polls then get a moment to end; what is not written is polled again."""
        queue = PollQueue(self._settings.per_host)
        self._signals.health.ready("reading the feeds", part=GROUP)
        try:
            await Round(self, queue, stop, concurrency=self._settings.concurrency, following=True).drive()
        finally:
            await self.close()

    async def poll_once(self, *, only_due: bool = False) -> PollReport:
        """Poll every feed that is not paused once, or only those that are due."""
        await self.look()
        queue = PollQueue(self._settings.per_host)
        now = self._clock.now()
        for feed in self._registry.feeds.values():
            if self.feed(feed.feed_id) and (not only_due or self.due(feed) <= now):
                queue.put(feed.feed_id, self.domain(feed), 0.0)
        work = Round(self, queue, asyncio.Event(), concurrency=self._settings.concurrency, following=False)
        await work.drive()
        return work.report

    async def close(self) -> None:
        """End the poller's threads."""
        await self._writer.close()
        self._share.close()
        self._parsers.shutdown(wait=False, cancel_futures=True)

    async def look(self) -> News:
        """Take in what others changed in the log; what is left of removed feeds is cleared away."""
        news = await self._writer.call(self._registry.refresh)
        for feed_id in news.removed:
            await self._writer.call(functools.partial(self._registry.forget, feed_id))
        if news.removed:
            left = (removal_of(topic, key) for key in news.removed for topic in (FEED_STATE, FEED_MEMORY))
            await self._writer.append(tuple(left))
        generation = await self._writer.call(self._share.generation)
        shared, self._generation = generation != self._generation, generation
        return replace(news, shared=shared)

    def feeds(self) -> tuple[str, ...]:
        """Give the ids of all feeds, also those that other pollers have."""
        return tuple(self._registry.feeds)

    def feed(self, feed_id: str) -> Feed | None:
        """Give a feed, unless it is removed, paused, or another poller's."""
        feed = self._registry.feeds.get(feed_id)
        if feed is None or feed.paused or not self._share.owns(registrable_domain(feed.url)):
            return None
        return feed

    def health(self) -> Counter[str]:
        """Count this poller's feeds by the status of their last poll. May be called from any thread."""
        mine = [one.feed_id for one in tuple(self._registry.feeds.values()) if self.feed(one.feed_id)]
        states = (self._registry.states.get(feed_id) for feed_id in mine)
        counts = Counter({status.value: 0 for status in FeedStatus})
        counts.update((state.status if state is not None else FeedStatus.NEW).value for state in states)
        return counts

    def domain(self, feed: Feed) -> str:
        """Give the domain whose politeness limit a feed counts for."""
        return registrable_domain(self._state(feed).moved_to or feed.url)

    def due(self, feed: Feed) -> datetime:
        """Give the time of a feed's next poll; for one never polled, when it was added."""
        state = self._state(feed)
        if state.next_poll is None:
            return feed.added
        if feed.interval_seconds is not None and state.last_polled is not None and not state.failures:
            return min(state.next_poll, state.last_polled + timedelta(seconds=feed.interval_seconds))
        return state.next_poll

    def now(self) -> datetime:
        """Give the time."""
        return self._clock.now()

    def _state(self, feed: Feed) -> FeedState:
        return self._registry.states.get(feed.feed_id) or FeedState(feed_id=feed.feed_id)

    async def poll(self, feed: Feed, report: PollReport) -> None:
        """Poll one feed and write what it came to."""
        state, began = self._state(feed), self._clock.now()
        outcome: Outcome
        try:
            outcome = await self._fetch(feed, state)
            # What compares articles runs in the writer's one thread: a long feed must not hold up the event
            # loop, and two feeds must not both take an article.
            if isinstance(outcome, Fetched):
                decision, records = await self._writer.call(
                    functools.partial(self._settle, feed, state, outcome)
                )
            else:
                decision, records = self._settle(feed, state, outcome)
        except StopError:
            raise
        except Exception as error:  # noqa: BLE001 (one feed's trouble, whatever it is, stays with that feed)
            outcome = Failed(error.reason) if isinstance(error, FetchError) else _unforeseen(feed, error)
            decision, records = self._settle(feed, state, outcome)
        if self.feed(feed.feed_id) is None:  # removed or paused meanwhile
            if feed.feed_id not in self._registry.feeds:
                await self._writer.call(functools.partial(self._registry.forget, feed.feed_id))
            return
        try:
            await self._write(decision, records)
        except RejectError as error:  # an article that is larger than the log takes, mostly
            outcome = Failed(f"what it gave cannot be kept: {error}"[:1_000])
            decision, records = self._settle(feed, state, outcome)
            await self._write(decision, records)
        report.count(decision, outcome)
        tell_poll(self._signals, decision, outcome, records, began=began, now=self._clock.now())
        _tell(feed, state, decision)

    async def _write(self, decision: Decision, records: tuple[Record, ...]) -> None:
        self._registry.wrote(decision.state, records[-1].value)
        await self._writer.append(records)

    def _settle(self, feed: Feed, state: FeedState, outcome: Outcome) -> tuple[Decision, tuple[Record, ...]]:
        """Decide, note whose the articles are now, and give the records to write; the state comes last."""
        memory = self._registry.memory(feed.feed_id) if isinstance(outcome, Fetched) else ()
        now, owners = self._clock.now(), self._registry.owners
        decision = decide(
            feed, state, outcome, now=now, settings=self._settings, memory=memory, owners=owners
        )
        records = [record_for(one, ARTICLES, source=_SOURCE, time=now) for one in decision.articles]
        if decision.memory is not None:
            records.append(record_for(decision.memory, FEED_MEMORY, source=_SOURCE, time=now))
            self._registry.replace(feed.feed_id, memory, decision.memory.seen)
        return decision, (*records, record_for(decision.state, FEED_STATE, source=_SOURCE, time=now))

    async def _fetch(self, feed: Feed, state: FeedState) -> Outcome:
        url = state.moved_to or feed.url
        request = FetchRequest(
            url,
            etag=kept_validator(state.etag),  # an older version kept long ones, too
            last_modified=kept_validator(state.last_modified),
            accept=ACCEPT,
        )
        found = read_response(await self._fetcher.get(request), state, self._clock.now())
        if not isinstance(found, Body):
            return found
        try:
            async with asyncio.timeout(PARSE_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._parsers, read_body, found)
        except TimeoutError:
            return Failed(f"reading the document took longer than {PARSE_SECONDS:g} seconds")


def read_body(body: Body) -> Fetched | Unreadable:
    """Read a document; of a web page in a feed's place, name the feeds that it links to."""
    try:
        document = parse_feed(body.content, url=body.url, content_type=body.content_type)
    except UnreadableFeedError as error:
        found = discover_feeds(body.content, body.url, body.content_type)
        hint = f". The page links to this feed: {found[0].url}" if found else ""
        return Unreadable(f"{error}{hint}", body.content_hash, body.facts)
    return Fetched(document, body.content_hash, body.facts)


def _unforeseen(feed: Feed, error: Exception) -> Failed:
    log.error("feed %s: an error that nobody foresaw", without_password(feed.url), exc_info=error)
    return Failed(f"internal error, please report it: {type(error).__name__}: {error}"[:1_000])


def _tell(feed: Feed, before: FeedState, decision: Decision) -> None:
    """Log what people want to know: news, and a status that changed."""
    state, url = decision.state, without_password(feed.url)
    if state.status is FeedStatus.ERROR and before.problem != state.problem:
        log.warning("%s: %s", url, state.problem)
    elif before.status is FeedStatus.ERROR and state.status is not FeedStatus.ERROR:
        log.info("%s: works again", url)
    if decision.articles:
        log.info("%s: %d new or changed articles", url, len(decision.articles))
