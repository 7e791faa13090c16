"""The poller's loop: takes feeds that are due, fetches, reads and decides, and writes the result in one piece.

    log ── Registry ──▶ PollQueue ──▶ fetch ──▶ read_response ──▶ parse_feed ──▶ decide ──▶ LogWriter ──▶ log

Nothing that a feed does ends the loop: whatever goes wrong becomes that feed's state.
"""

import asyncio
import functools
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.envelope import record_for, removal_of
from pantau.poller.decide import Decision, decide
from pantau.poller.discover import discover_feeds
from pantau.poller.document import UnreadableFeedError
from pantau.poller.domains import registrable_domain
from pantau.poller.guard import without_password
from pantau.poller.outcome import Body, Failed, Fetched, NotModified, Outcome, Unreadable, read_response
from pantau.poller.parse import parse_feed
from pantau.poller.queue import PollQueue
from pantau.poller.registry import News, Registry
from pantau.poller.writer import LogWriter
from pantau.ports import Clock, Fetcher, FetchError, FetchRequest, Log, Record
from pantau.settings import PollSettings
from pantau_schemas.feed import Feed, FeedState, FeedStatus, SeenArticle
from pantau_schemas.topics import ARTICLES, FEED_MEMORY, FEED_STATE

log = logging.getLogger(__name__)

ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
LOOK_SECONDS: Final = 0.5
"""How often the log is asked for added, edited and removed feeds."""
GRACE_SECONDS: Final = 5.0
"""How long running polls may take to end when the poller is stopped."""
PARSE_SECONDS: Final = 60.0
_PARSERS: Final = 4
_SOURCE: Final = "poller"


@dataclass(slots=True)
class PollReport:
    """What a round of polls came to."""

    polled: int = 0
    ok: int = 0
    warnings: int = 0
    errors: int = 0
    not_modified: int = 0
    new: int = 0
    changed: int = 0

    def count(self, decision: Decision, outcome: Outcome) -> None:
        """Add one poll."""
        self.polled += 1
        self.ok += decision.state.status is FeedStatus.OK
        self.warnings += decision.state.status is FeedStatus.WARNING
        self.errors += decision.state.status is FeedStatus.ERROR
        self.not_modified += isinstance(outcome, NotModified)
        self.new += sum(one.revision == 1 for one in decision.articles)
        self.changed += sum(one.revision > 1 for one in decision.articles)


class Poller:
    """Polls all feeds of a log, each in its time."""

    def __init__(self, source: Log, fetcher: Fetcher, clock: Clock, settings: PollSettings) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._settings = settings
        self._registry = Registry(source)
        self._writer = LogWriter(source)
        self._parsers = ThreadPoolExecutor(_PARSERS, thread_name_prefix="poller-parse")

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set. Running polls then get a moment to end; what is not written is polled again."""
        queue = PollQueue(self._settings.per_host)
        try:
            await _Round(self, queue, stop, concurrency=self._settings.concurrency, following=True).drive()
        finally:
            await self.close()

    async def poll_once(self, *, only_due: bool = False) -> PollReport:
        """Poll every feed that is not paused once, or only those that are due."""
        await self.look()
        queue = PollQueue(self._settings.per_host)
        now = self._clock.now()
        for feed in self._registry.feeds.values():
            if not feed.paused and (not only_due or self.due(feed) <= now):
                queue.put(feed.feed_id, self.domain(feed), 0.0)
        work = _Round(self, queue, asyncio.Event(), concurrency=self._settings.concurrency, following=False)
        await work.drive()
        return work.report

    async def close(self) -> None:
        """End the poller's threads."""
        await self._writer.close()
        self._parsers.shutdown(wait=False, cancel_futures=True)

    async def look(self) -> News:
        """Take in what others changed in the log; what is left of removed feeds is cleared away."""
        news = await self._writer.call(self._registry.refresh)
        for feed_id in news.removed:
            self._registry.forget(feed_id)
        if news.removed:
            left = (removal_of(topic, key) for key in news.removed for topic in (FEED_STATE, FEED_MEMORY))
            await self._writer.append(tuple(left))
        return news

    def feed(self, feed_id: str) -> Feed | None:
        """Give a feed, unless it is removed or paused."""
        feed = self._registry.feeds.get(feed_id)
        return None if feed is None or feed.paused else feed

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
        state = self._state(feed)
        outcome, memory = await self._outcome(feed, state)
        try:
            decision = self._decide(feed, state, outcome, memory)
        except Exception as error:  # noqa: BLE001 (one feed's trouble, whatever it is, stays with that feed)
            outcome = _unforeseen(feed, error)
            decision = self._decide(feed, state, outcome, ())
        if self.feed(feed.feed_id) is None:
            return  # removed or paused meanwhile
        records = self._records(decision)
        # Noted before anything else runs: two feeds must not both take an article.
        if decision.memory is not None:
            self._registry.replace(feed.feed_id, memory, decision.memory.seen)
        self._registry.wrote(decision.state, records[-1].value)
        await self._writer.append(records)
        report.count(decision, outcome)
        _tell(feed, state, decision)

    async def _outcome(self, feed: Feed, state: FeedState) -> tuple[Outcome, tuple[SeenArticle, ...]]:
        """Fetch and read; give what came of it, and what the feed gave before where that is needed."""
        try:
            outcome = await self._fetch(feed, state)
        except FetchError as error:
            return Failed(error.reason), ()
        except Exception as error:  # noqa: BLE001 (as in `poll`)
            return _unforeseen(feed, error), ()
        if not isinstance(outcome, Fetched):
            return outcome, ()
        return outcome, await self._writer.call(functools.partial(self._registry.memory, feed.feed_id))

    async def _fetch(self, feed: Feed, state: FeedState) -> Outcome:
        url = state.moved_to or feed.url
        request = FetchRequest(url, etag=state.etag, last_modified=state.last_modified, accept=ACCEPT)
        found = read_response(await self._fetcher.get(request), state, self._clock.now())
        if not isinstance(found, Body):
            return found
        try:
            async with asyncio.timeout(PARSE_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._parsers, read_body, found)
        except TimeoutError:
            return Failed(f"reading the document took longer than {PARSE_SECONDS:g} seconds")

    def _decide(
        self, feed: Feed, state: FeedState, outcome: Outcome, memory: tuple[SeenArticle, ...]
    ) -> Decision:
        now, owners = self._clock.now(), self._registry.owners
        return decide(feed, state, outcome, now=now, settings=self._settings, memory=memory, owners=owners)

    def _records(self, decision: Decision) -> tuple[Record, ...]:
        """Give the records of a decision; the state comes last."""
        now = self._clock.now()
        records = [record_for(one, ARTICLES, source=_SOURCE, time=now) for one in decision.articles]
        if decision.memory is not None:
            records.append(record_for(decision.memory, FEED_MEMORY, source=_SOURCE, time=now))
        return (*records, record_for(decision.state, FEED_STATE, source=_SOURCE, time=now))


class _Round:
    """Polls what a queue gives, within the limits, until the queue is empty or, following the log, until stopped."""

    def __init__(
        self, poller: Poller, queue: PollQueue, stop: asyncio.Event, *, concurrency: int, following: bool
    ) -> None:
        self.report = PollReport()
        self._poller = poller
        self._queue = queue
        self._stop = stop
        self._concurrency = concurrency
        self._following = following
        self._running: dict[asyncio.Task[None], str] = {}
        self._next_look = 0.0
        self._loaded = False

    async def drive(self) -> None:
        """Do it all. Raises what no feed is to blame for, such as StopError of the log."""
        stopped = asyncio.get_running_loop().create_task(self._stop.wait())
        try:
            while not self._stop.is_set():
                if self._following:
                    await self._follow()
                self._launch()
                if not self._following and not self._running:
                    return
                await asyncio.wait(
                    {stopped, *self._running}, timeout=self._pause(), return_when=asyncio.FIRST_COMPLETED
                )
                self._collect()
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)
                self._collect()
        finally:
            for task in (stopped, *self._running):
                task.cancel()
            await asyncio.gather(stopped, *self._running, return_exceptions=True)

    async def _follow(self) -> None:
        """Look into the log now and then. What was added or edited is polled at once."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._next_look:
            return
        news = await self._poller.look()
        self._next_look = loop.time() + LOOK_SECONDS
        for feed_id in news.removed:
            self._queue.remove(feed_id)
        for feed_id in news.changed:
            self._put(feed_id, at_once=self._loaded)
        for feed_id in news.polled:
            self._put(feed_id)
        self._loaded = True

    def _put(self, feed_id: str, *, at_once: bool = False) -> None:
        feed = self._poller.feed(feed_id)
        if feed is None:
            self._queue.remove(feed_id)
            return
        due = self._poller.now() if at_once else self._poller.due(feed)
        self._queue.put(feed_id, self._poller.domain(feed), due.timestamp())

    def _launch(self) -> None:
        now = self._poller.now().timestamp()
        while len(self._running) < self._concurrency:
            feed_id = self._queue.take(now)
            if feed_id is None:
                return
            feed = self._poller.feed(feed_id)
            if feed is None:
                self._queue.done(feed_id)
                continue
            work = self._poller.poll(feed, self.report)
            self._running[asyncio.get_running_loop().create_task(work)] = feed_id

    def _pause(self) -> float | None:
        """Give how long nothing can happen by itself; None if only a poll's end can bring work."""
        if not self._following:
            return None
        pause = self._next_look - asyncio.get_running_loop().time()
        due = self._queue.next_due()
        if due is not None and len(self._running) < self._concurrency:
            pause = min(pause, due - self._poller.now().timestamp())
        return max(0.0, pause)

    def _collect(self) -> None:
        """Clear away what ended and let it wait for its next time."""
        for task in [task for task in self._running if task.done()]:
            feed_id = self._running.pop(task)
            self._queue.done(feed_id)
            task.result()
            if self._following and feed_id not in self._queue:
                self._put(feed_id)


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
