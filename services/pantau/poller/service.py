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

from pantau.errors import RejectError, RetryError, StopError
from pantau.net.address import same_origin
from pantau.net.courtesy import Courtesy
from pantau.net.domains import registrable_domain
from pantau.net.guard import without_password
from pantau.net.mailbox_address import is_mailbox
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.poller.decision.decide import Decision, Rest
from pantau.poller.decision.outcome import (
    Body,
    Fetched,
    FetchFailed,
    Outcome,
    Unreadable,
    kept_validator,
    read_response,
    recoded,
)
from pantau.poller.decision.states import NO_VALIDATORS
from pantau.poller.feed_repository import FeedRepository, News
from pantau.poller.identity.listing import read_listing
from pantau.poller.publishing.pacing import Pacer
from pantau.poller.publishing.release import Backlog, Release, unknown_backlog
from pantau.poller.publishing.settling import Settled, Settling
from pantau.poller.publishing.turns import PublishTurns
from pantau.poller.reading.listed_reading import LISTED, about_listed
from pantau.poller.reading.readings import NoFeed, about_feed
from pantau.poller.reading.sitemaps import follow_index, is_index
from pantau.poller.round import PollReport, Round
from pantau.poller.telemetry import log_news, log_status, report_piece, report_poll
from pantau.poller.timing.pace import Pace
from pantau.poller.timing.queue import PollQueue
from pantau.poller.websub.deliveries import Deliveries, note_poll
from pantau.poller.websub.endpoint import CallbackEndpoint
from pantau.poller.websub.hubs import HubParts
from pantau.poller.websub.registry import HubRegistry
from pantau.poller.writer import LogWriter
from pantau.ports import (
    Clock,
    DocumentReader,
    Fetcher,
    FetchError,
    FetchRequest,
    FetchResponse,
    Log,
    Mailboxes,
    Record,
)
from pantau.problems import problem
from pantau.settings import PollSettings
from pantau.stream.envelope import removal_of
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS

log = logging.getLogger(__name__)

ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
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
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._settings = settings
        self._registry = FeedRepository(source, TableReading(signals.metrics.skipped))
        self._pace = Pace(self._registry, settings)
        self._settling = Settling(self._registry, settings)
        self._turns = PublishTurns(settings.waiting_bytes)
        self._release = Release(self._turns, Pacer(settings), backlog, self._piece)
        self._writer = LogWriter(source, signals)
        self._signals = signals
        signals.metrics.feeds(self.health)
        signals.metrics.ages("feed", lambda: {"poller": self.overdue_seconds()})
        self._mailboxes = mailboxes
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
        for feed in feeds:
            last = self._registry.state(feed).last_polled
            if last is not None:
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
            await self._writer.append(tuple(left))
        generation = await self._writer.call(self._share.generation)
        shared, self._generation = generation != self._generation, generation
        mine = (one for one in self._registry.feeds.values() if self.feed(one.feed_id))
        self._settling.scale = self._pace.scale(mine, self._clock.now())
        fresh = await self._hubs.look() if self._hubs is not None else ()
        return replace(news, shared=shared, delivered=tuple(fresh))

    def feeds(self) -> tuple[str, ...]:
        """Return the ids of all feeds, including those of other pollers."""
        return tuple(self._registry.feeds)

    def feed(self, feed_id: str) -> Feed | None:
        """Return a feed, unless it is removed, paused, or assigned to another poller."""
        feed = self._registry.feeds.get(feed_id)
        if feed is None or feed.paused or not self._share.owns(registrable_domain(feed.url)):
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

    async def read_document(self, body: Body, feed: Feed) -> Fetched | Unreadable:
        """Parse a document of a feed. Raises RetryError."""
        return await read_body(self._reader, body, feed)

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

    def waits(self, feed_id: str) -> bool:
        """Return whether articles of a feed wait for their turn.

        It is not polled until they are published.
        """
        return feed_id in self._turns

    def drop(self, feed_id: str) -> None:
        """Drop the rest of a feed: its next poll finds it as new again."""
        self._turns.remove(feed_id)

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
            await self._give_up(feed, settled)
            return
        try:
            await self._write(settled)
        except RejectError as error:
            outcome, settled = await self._refuse(feed, state, settled, error)
        decision = settled.decision
        report.count(decision, outcome)
        report_poll(
            self._signals, decision, outcome, settled.records, began=began, now=self._clock.now()
        )
        log_status(feed, state, decision.state)
        log_news(feed, decision)
        if self._hubs is not None:
            await note_poll(self._hubs, feed, decision, outcome)
        await self._go_on(feed, decision, report, paced=paced)

    async def _go_on(
        self, feed: Feed, decision: Decision, report: PollReport, *, paced: bool
    ) -> None:
        """Publish the rest of a document: `paced` in turns with other feeds, else right away."""
        if paced and decision.rest is not None:
            for other in self._release.put(feed.feed_id, decision.rest, decision.articles):
                log.warning(
                    "feed %s: too much waits; the rest of it is read again at its next poll", other
                )
            return
        rest = decision.rest
        while rest is not None:
            rest = await self._piece(feed.feed_id, rest, report)

    async def take_delivery(
        self, feed: Feed, outcome: Fetched, removal: Record, report: PollReport, *, paced: bool
    ) -> Decision | None:
        """Publish what a hub delivered, and remove the delivery in the same append.

        Return None if the feed is not this poller's any more, or the log rejected the articles.
        """
        state, began = self._registry.state(feed), self._clock.now()
        settled = await self._settled(feed, state, outcome)
        if self.feed(feed.feed_id) is None:
            await self._give_up(feed, settled)
            return None
        try:
            await self._write(settled, removal)
        except RejectError:
            await self._writer.call(functools.partial(self._settling.refused, settled))
            return None
        decision = settled.decision
        report.add(decision)
        report_piece(self._signals, decision, settled.records, began=began, now=self._clock.now())
        log_news(feed, decision)
        await self._go_on(feed, decision, report, paced=paced)
        return decision

    async def remove(self, removal: Record) -> None:
        """Remove a delivery without articles."""
        await self._writer.append([removal])

    async def _outcome(self, feed: Feed, state: FeedState) -> tuple[Outcome, Settled]:
        """Fetch a feed and decide.

        The comparison of articles runs off the event loop, which a long feed must not block.
        """
        outcome: Outcome
        try:
            outcome = await self._fetch(feed, state)
            if not isinstance(outcome, Fetched):
                return outcome, self._settling.settle(feed, state, outcome, now=self._clock.now())
            return outcome, await self._settled(feed, state, outcome)
        except StopError:
            raise
        except Exception as error:  # noqa: BLE001 (one feed's trouble, whatever it is, stays with that feed)
            outcome = (
                FetchFailed(error.reason, problem=error.problem)
                if isinstance(error, FetchError)
                else _unforeseen(feed, error)
            )
            return outcome, self._settling.settle(feed, state, outcome, now=self._clock.now())

    async def _settled(self, feed: Feed, state: FeedState, outcome: Fetched) -> Settled:
        listing = outcome.listing
        if listing is None:  # of several documents
            listing = await asyncio.to_thread(read_listing, outcome.document, feed.feed_id)
        settle = functools.partial(
            self._settling.settle,
            *(feed, state, outcome),
            now=self._clock.now(),
            listing=listing,
            promised=self._turns.articles(one.feed_id for one in self._registry.of_domain(feed)),
        )
        return await self._writer.call(settle)

    async def _piece(
        self, feed_id: str, rest: Rest, report: PollReport | None = None
    ) -> Rest | None:
        """Write a piece of a feed's rest.

        Returns the new rest, None if the feed has changed.
        """
        feed = rest.publication.feed
        if self.feed(feed_id) != feed:
            return None
        began = self._clock.now()
        settled = await self._writer.call(functools.partial(self._settling.go_on, rest, now=began))
        if self.feed(feed_id) is None:
            await self._give_up(feed, settled)
            return None
        try:
            await self._write(settled)
        except RejectError as error:
            before = rest.state.model_copy(update=NO_VALIDATORS)
            _, settled = await self._refuse(feed, before, settled, error)
        decision = settled.decision
        if report is not None:
            report.add(decision)
        report_piece(self._signals, decision, settled.records, began=began, now=self._clock.now())
        log_status(feed, rest.state, decision.state)
        return decision.rest

    async def _write(self, settled: Settled, *others: Record) -> None:
        self._registry.wrote(settled.decision.state, settled.records[-1].value)
        await self._writer.append((*settled.records, *others))
        self._settling.written(settled)

    async def _refuse(
        self, feed: Feed, state: FeedState, settled: Settled, error: RejectError
    ) -> tuple[Outcome, Settled]:
        """Write the state of a feed whose result the log rejected.

        Usually because an article is too large.
        """
        await self._writer.call(functools.partial(self._settling.refused, settled))
        outcome = FetchFailed(f"what it gave cannot be kept: {error}"[:1_000])
        instead = self._settling.settle(feed, state, outcome, now=self._clock.now())
        await self._write(instead)
        return outcome, instead

    async def _give_up(self, feed: Feed, settled: Settled) -> None:
        """Discard a decision about a feed that was removed, paused or reassigned."""
        await self._writer.call(functools.partial(self._settling.refused, settled))
        if feed.feed_id not in self._registry.feeds:
            await self._writer.call(functools.partial(self._registry.forget, feed.feed_id))

    async def _fetch(self, feed: Feed, state: FeedState) -> Outcome:
        url = state.moved_to or feed.url
        request = FetchRequest(
            url,
            etag=kept_validator(state.etag),  # an older version stored long ones, too
            last_modified=kept_validator(state.last_modified),
            accept=ACCEPT,
            access=feed.access,
        )
        response = await self._get(feed, request)
        found = read_response(response, state, self._clock.now())
        if not isinstance(found, Body):
            return found
        if feed.access is not None and feed.access.encoding is not None:
            found = recoded(found, feed.access.encoding)
        try:
            return await self._read(found, feed, state, request)
        except RetryError as error:
            return FetchFailed(str(error), problem=error.problem)

    async def _get(self, feed: Feed, request: FetchRequest) -> FetchResponse:
        """Fetch a feed, or read its mailbox: by its own address alone, never by a redirect."""
        if not is_mailbox(feed.url):
            return await self._fetcher.get(request)
        if self._mailboxes is None:
            raise FetchError("refused", "mailboxes are read by `pantau run` and the poller alone")
        return await self._mailboxes.read(replace(request, url=feed.url), self._clock.now())

    async def _read(
        self, found: Body, feed: Feed, state: FeedState, request: FetchRequest
    ) -> Outcome:
        """Read a document; of an index of sitemaps, the latest of them. Raises RetryError."""
        document = await self.read_document(found, feed)
        if not is_index(document) or isinstance(document, Unreadable):
            return document

        async def get(url: str) -> FetchResponse:
            own = same_origin(url, request.url)  # credentials stay with the feed's origin
            access = request.access if own else None
            asked = replace(request, url=url, etag=None, last_modified=None, access=access)
            return await self._fetcher.get(asked)

        return await follow_index(get, self._reader, document, state.content_hash)


async def read_body(
    reader: DocumentReader,
    body: Body,
    feed: Feed,
) -> Fetched | Unreadable:
    """Parse a feed's document, or where the feed has selectors a web page that lists articles.

    For a web page in a feed's place, name the feeds that it links to.

    One that exceeds the limits is unreadable like one that is not a feed: not read again until it
    changes. Raises RetryError.
    """
    about = about_feed(
        body.url, body.content_type, discover=True, page=feed.page, time_zone=feed.time_zone
    )
    try:
        found = await reader.read(LISTED, body.content, about_listed(about, feed.feed_id))
    except RejectError as error:
        return Unreadable(str(error), body.content_hash, body.facts, error.problem)
    if isinstance(found, NoFeed):
        told = found.problem or problem("documents.other", text=found.reason)
        if found.candidates:
            told = problem("documents.with-feed", reason=told, url=found.candidates[0].url)
        return Unreadable(str(told), body.content_hash, body.facts, told)
    return Fetched(found.document, body.content_hash, body.facts, found.listing)


def _unforeseen(feed: Feed, error: Exception) -> FetchFailed:
    log.error("feed %s: an error that nobody foresaw", without_password(feed.url), exc_info=error)
    return FetchFailed(f"internal error, please report it: {type(error).__name__}: {error}"[:1_000])
