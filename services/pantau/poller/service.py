"""The poller's loop: fetches, parses and decides due feeds, and writes the result.

    log ── FeedRepository ──▶ PollQueue ──▶ fetch ──▶ read_response ──▶ read_body ──▶ decide
    decide ──▶ LogWriter ──▶ log, or with too much at once ──▶ PublishTurns ──▶ LogWriter

Nothing that a feed does ends the loop: every failure becomes that feed's state.
"""

import asyncio
import functools
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.errors import RejectError, StopError
from pantau.net.courtesy import Courtesy
from pantau.net.domains import registrable_domain
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.poller.decision.decide import Decision
from pantau.poller.decision.outcome import Body, Fetched, Outcome, Unreadable
from pantau.poller.feed_repository import FeedRepository, News
from pantau.poller.publishing.release import Backlog, unknown_backlog
from pantau.poller.publishing.results import PollResults
from pantau.poller.publishing.settling import Settled
from pantau.poller.reading.feed_documents import FeedDocuments, failure_of
from pantau.poller.round import PollReport, Round
from pantau.poller.telemetry import log_news, log_status, report_poll
from pantau.poller.timing.pace import Pace
from pantau.poller.timing.queue import PollQueue
from pantau.poller.websub.deliveries import Deliveries, note_poll
from pantau.poller.websub.endpoint import CallbackEndpoint
from pantau.poller.websub.hubs import HubParts
from pantau.poller.websub.registry import HubRegistry
from pantau.poller.writer import LogWriter
from pantau.ports import Clock, DocumentReader, Fetcher, Log, Mailboxes, Record
from pantau.settings import PollSettings
from pantau.stream.envelope import removal_of
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS

log = logging.getLogger(__name__)

GROUP: Final = "poller"
"""The consumer group of the pollers, which divides the feeds."""


class Poller:
    """Polls all feeds of a log on schedule. It owns the `reader`, and closes it."""

    def __init__(
        self,
        source: Log,
        fetcher: Fetcher,
        clock: Clock,
        settings: PollSettings,
        signals: Signals = NO_SIGNALS,
        *,
        reader: DocumentReader,
        backlog: Backlog = unknown_backlog,
        courtesy: Courtesy | None = None,
        callbacks: CallbackEndpoint | None = None,
        mailboxes: Mailboxes | None = None,
    ) -> None:
        self._reader = reader
        self._documents = FeedDocuments(fetcher, reader, clock, mailboxes)
        self._clock = clock
        self._settings = settings
        self._registry = FeedRepository(source, TableReading(signals.metrics.skipped))
        self._pace = Pace(self._registry, settings, clock)
        self._writer = LogWriter(source, signals)
        self._results = PollResults(
            self._registry, self._writer, settings, signals, clock, backlog, self.feed
        )
        self._release = self._results.release
        self._signals = signals
        signals.metrics.feeds(self.health)
        signals.metrics.ages("feed", lambda: {"poller": self.overdue_seconds()})
        self._callbacks = callbacks
        parts = HubParts(HubRegistry(source), self._writer, fetcher, clock, self, signals.metrics)
        self._hubs = callbacks.hubs(parts, settings) if callbacks is not None else None
        self._share = source.key_assignment(FEEDS.name, GROUP)
        self._generation: int | None = None
        gap, shared = settings.domain_gap_seconds, settings.shared_domains
        self._courtesy = courtesy or Courtesy(gap, shared)
        self._courtesy.held = self._pace.held_until

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set.

        Running polls then get a grace period; unwritten results are polled again.
        """
        queue = self._queue()
        self._signals.health.ready("reading the feeds", part=GROUP)
        work = Round(
            self,
            queue,
            stop,
            concurrency=self._settings.concurrency,
            following=True,
            beside=self._beside,
        )
        if self._callbacks is not None and self._hubs is not None:
            self._callbacks.attach(self._hubs, asyncio.get_running_loop())
        try:
            await work.drive()
        finally:
            if self._callbacks is not None and self._hubs is not None:
                self._callbacks.detach(self._hubs)
            await self.close()

    async def _beside(self, again: Callable[[str], None]) -> None:
        """Run what works beside the polls. Raises the first error of any of it."""
        work = [asyncio.ensure_future(self._release.run(again))]
        if self._hubs is not None:
            work.append(asyncio.ensure_future(self._hubs.run(again)))
        try:
            await asyncio.gather(*work)
        finally:
            for one in work:
                one.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def poll_once(self, *, all_feeds: bool = False) -> PollReport:
        """Poll the feeds that are due and not paused once, or with `all_feeds` every one."""
        await self.look()
        queue = self._queue()
        mine = [one for one in self._registry.feeds.values() if self.feed(one.feed_id)]
        chosen = mine if all_feeds else self._ready(mine)
        for feed in chosen:
            queue.put(feed.feed_id, self.domain(feed), 0.0)
        self._rest(queue, mine)
        work = Round(
            self,
            queue,
            asyncio.Event(),
            concurrency=self._settings.concurrency,
            following=False,
            all_feeds=all_feeds,
        )
        await work.drive()
        work.report.waiting += len(mine) - len(chosen)
        return work.report

    def _ready(self, feeds: Sequence[Feed]) -> Sequence[Feed]:
        """Return the feeds that are due, or have a delivery that waits."""
        now = self._clock.now()
        ready = self._pace.ready(feeds, now)
        hubs = self._hubs
        if hubs is None:
            return ready
        due = {one.feed_id for one in ready if hubs.due(one, self._registry.state(one), now) <= now}
        return [one for one in feeds if one.feed_id in due or hubs.waits(one.feed_id)]

    def _queue(self) -> PollQueue:
        settings = self._settings
        queue = PollQueue(
            settings.per_host,
            settings.domain_gap_seconds,
            settings.shared_domains,
            asked=self._courtesy.asked,
        )
        self._courtesy.listen(queue.rest)
        return queue

    def _rest(self, queue: PollQueue, feeds: Iterable[Feed]) -> None:
        """Start the gap of each domain at its last poll, which may have been in another process."""
        now = self._clock.now()
        for feed in feeds:
            last = self._registry.state(feed).last_polled
            if last is not None and not was_ahead(last, now):
                until = last.timestamp() + self._settings.domain_gap_seconds
                queue.rest(self.domain(feed), until)

    async def close(self) -> None:
        """Stop the poller's threads and current reads."""
        await self._writer.close()
        self._share.close()
        self._release.close()
        self._reader.close()

    async def look(self) -> News:
        """Apply changes of the log; the rests of removed feeds are dropped."""
        news = await self._writer.call(self._registry.refresh)
        for feed_id in news.removed:
            await self._writer.call(functools.partial(self._registry.forget, feed_id))
        if news.removed:
            left = (
                removal_of(topic, key)
                for key in news.removed
                for topic in (FEED_STATE, FEED_MEMORY)
            )
            # What is held for them goes in the same write, so that none of it is left if this
            # process ends.
            held = await self._writer.call(
                functools.partial(self._registry.shelf.clear, news.removed)
            )
            await self._writer.append((*left, *held))
        generation = await self._writer.call(self._share.generation)
        shared, self._generation = generation != self._generation, generation
        mine = (one for one in self._registry.feeds.values() if self.feed(one.feed_id))
        self._results.fit(self._pace.scale(mine, self._clock.now()))
        fresh = await self._hubs.look() if self._hubs is not None else ()
        return replace(news, shared=shared, delivered=tuple(fresh))

    def feeds(self) -> tuple[str, ...]:
        """Return the ids of all feeds, including those of other pollers."""
        return tuple(self._registry.feeds)

    def feed(self, feed_id: str) -> Feed | None:
        """Return a feed, unless it is removed, paused, or left to another poller."""
        feed = self._registry.feeds.get(feed_id)
        if feed is None or feed.paused or not self._share.owns(registrable_domain(feed.url)):
            return None
        if self._registry.awaits_upgrade(feed_id):
            return None
        return feed

    def health(self) -> Counter[str]:
        """Return the number of this poller's feeds by the status of their last poll.

        Thread-safe.
        """
        mine = [
            one.feed_id for one in tuple(self._registry.feeds.values()) if self.feed(one.feed_id)
        ]
        states = (self._registry.states.get(feed_id) for feed_id in mine)
        counts = Counter({status.value: 0 for status in FeedStatus})
        counts.update(
            (state.status if state is not None else FeedStatus.NEW).value for state in states
        )
        return counts

    def overdue_seconds(self) -> float:
        """Return since when the feed that waits longest for its poll was due; 0 without one.

        Thread-safe.
        """
        now, longest = self._clock.now(), 0.0
        for one in tuple(self._registry.feeds.values()):
            if self.feed(one.feed_id) is not None:
                longest = max(longest, (now - self.due(one)).total_seconds())
        return longest

    def state(self, feed: Feed) -> FeedState:
        """Return the state of a feed."""
        return self._registry.state(feed)

    def is_due(self, feed: Feed) -> bool:
        """Return whether a feed is due for a poll."""
        return self.due(feed) <= self._clock.now()

    def domain(self, feed: Feed) -> str:
        """Return the domain whose rate limit applies to a feed."""
        return self._pace.domain(feed)

    def due(self, feed: Feed) -> datetime:
        """Return when a feed is due; for one never polled, when it was added."""
        due = self._pace.due(feed)
        if self._hubs is None:
            return due
        return self._hubs.due(feed, self._registry.state(feed), due)

    def domain_until(self, feed: Feed) -> datetime | None:
        """Return until when a feed's domain accepts no requests, or None.

        A delivery that waits needs none.
        """
        if self._hubs is not None and self._hubs.waits(feed.feed_id):
            return None
        return self._pace.domain_until(feed)

    def known(self, feed_id: str) -> Feed | None:
        """Return any feed of the log, also one that is paused or of another poller."""
        return self._registry.feeds.get(feed_id)

    def responsible(self, url: str) -> bool:
        """Return whether this poller speaks to the domain of an address."""
        return self._share.owns(registrable_domain(url))

    def now(self) -> datetime:
        """Return the time."""
        return self._clock.now()

    def set_back(self) -> None:
        """Drop the gaps of domains: the clock was ahead, and was set back."""
        self._courtesy.forget()

    def waits(self, feed_id: str) -> bool:
        """Return whether articles of a feed wait for their turn.

        It is not polled until they are published.
        """
        return self._results.waits(feed_id)

    def drop(self, feed_id: str) -> None:
        """Drop the rest of a feed: its next poll finds it as new again."""
        self._results.drop(feed_id)

    async def poll(
        self, feed: Feed, report: PollReport, *, paced: bool, always: bool = True
    ) -> None:
        """Poll one feed and write the result.

        The first piece at once, the rest `paced` or right after it. Deliveries of its hub are read
        first; without `always`, that is all for a feed that is not due.
        """
        self.drop(feed.feed_id)
        if self._hubs is not None and self._hubs.waits(feed.feed_id):
            work = Deliveries(self._hubs, self, self._signals.metrics.pushed)
            if await work.read(feed, report, paced=paced, always=always):
                return
        state, began = self._registry.state(feed), self._clock.now()
        outcome, settled = await self._outcome(feed, state)
        if self.feed(feed.feed_id) is None:  # removed or paused meanwhile
            await self._results.give_up(feed, settled)
            return
        try:
            await self._results.write(settled)
        except RejectError as error:
            outcome, settled = await self._results.refuse(feed, state, settled, error)
        decision = settled.decision
        report.count(decision, outcome)
        report_poll(
            self._signals, decision, outcome, settled.records, began=began, now=self._clock.now()
        )
        log_status(feed, state, decision.state)
        log_news(feed, decision)
        if self._hubs is not None:
            await note_poll(self._hubs, feed, decision, outcome)
        await self._results.go_on(feed, decision, report, paced=paced)

    async def take_delivery(
        self, feed: Feed, outcome: Fetched, removal: Record, report: PollReport, *, paced: bool
    ) -> Decision | None:
        """Publish what a hub delivered, and remove the delivery in the same append.

        Return None if the feed is not this poller's any more, or the log rejected the articles.
        """
        return await self._results.take_delivery(feed, outcome, removal, report, paced=paced)

    async def remove(self, removal: Record) -> None:
        """Remove a delivery without articles."""
        await self._writer.append([removal])

    async def read_document(self, body: Body, feed: Feed) -> Fetched | Unreadable:
        """Parse a document of a feed. Raises RetryError."""
        return await self._documents.read(body, feed)

    async def _outcome(self, feed: Feed, state: FeedState) -> tuple[Outcome, Settled]:
        """Fetch a feed and decide."""
        outcome: Outcome
        try:
            outcome = await self._documents.fetch(feed, state)
            if isinstance(outcome, Fetched):
                return outcome, await self._results.settle(feed, state, outcome)
        except StopError:
            raise
        except Exception as error:  # noqa: BLE001 (one feed's trouble, whatever it is, stays with that feed)
            outcome = failure_of(feed, error)
        return outcome, await self._results.settle_other(feed, state, outcome)
