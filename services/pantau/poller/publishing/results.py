"""The results of polls on their way to the log: first pieces, rests, and what the log rejects."""

import asyncio
import functools
import logging
from collections.abc import Callable

from pantau.errors import RejectError
from pantau.observe.signals import Signals
from pantau.poller.decision.decide import Decision, Rest
from pantau.poller.decision.outcome import Fetched, FetchFailed, Outcome
from pantau.poller.decision.states import NO_VALIDATORS
from pantau.poller.feed_repository import FeedRepository
from pantau.poller.identity.listing import read_listing
from pantau.poller.publishing.pacing import Pacer
from pantau.poller.publishing.release import Backlog, Release
from pantau.poller.publishing.settling import Settled, Settling, is_holding, removal
from pantau.poller.publishing.turns import PublishTurns
from pantau.poller.round import PollReport
from pantau.poller.telemetry import log_news, log_status, report_piece
from pantau.poller.writer import LogWriter
from pantau.ports import Clock, Record
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed, FeedState

# The logger of the poller, whose lines about feeds are limited together.
log = logging.getLogger("pantau.poller.service")


class PollResults:
    """Decides polls and writes what they give, the rest of large documents in turns.

    `owned` returns a feed that is still this poller's, and None for any other.
    """

    def __init__(
        self,
        registry: FeedRepository,
        writer: LogWriter,
        settings: PollSettings,
        signals: Signals,
        clock: Clock,
        backlog: Backlog,
        owned: Callable[[str], Feed | None],
    ) -> None:
        self._registry = registry
        self._writer = writer
        self._settling = Settling(registry, settings)
        self._turns = PublishTurns(settings.waiting_bytes)
        self.release = Release(self._turns, Pacer(settings), backlog, self.piece)
        self._signals = signals
        self._clock = clock
        self._owned = owned

    def fit(self, scale: float) -> None:
        """Set the scale of the intervals that polls lead to."""
        self._settling.scale = scale

    def waits(self, feed_id: str) -> bool:
        """Return whether articles of a feed wait for their turn."""
        return feed_id in self._turns

    def drop(self, feed_id: str) -> None:
        """Drop the rest of a feed: its next poll finds it as new again."""
        self._turns.remove(feed_id)

    def settle_failure(self, feed: Feed, state: FeedState, outcome: Outcome) -> Settled:
        """Decide a poll that gave no document."""
        return self._settling.settle(feed, state, outcome, now=self._clock.now())

    async def settle_other(self, feed: Feed, state: FeedState, outcome: Outcome) -> Settled:
        """Decide a poll that gave no document, and publish what is held of the feed."""
        if not self._settling.has_held(feed):
            return self.settle_failure(feed, state, outcome)
        settle = functools.partial(
            self._settling.settle_held,
            feed,
            state,
            outcome,
            now=self._clock.now(),
            promised=self._promised(feed),
        )
        return await self._writer.call(settle)

    def _promised(self, feed: Feed) -> int:
        """Return how many articles of a feed's domain wait for their turn."""
        return self._turns.articles(one.feed_id for one in self._registry.of_domain(feed))

    async def settle(self, feed: Feed, state: FeedState, outcome: Fetched) -> Settled:
        """Decide a poll that gave a document.

        The comparison of articles runs off the event loop, which a long feed must not block.
        """
        listing = outcome.listing
        if listing is None:  # of several documents
            listing = await asyncio.to_thread(read_listing, outcome.document, feed.feed_id)
        settle = functools.partial(
            self._settling.settle,
            *(feed, state, outcome),
            now=self._clock.now(),
            listing=listing,
            promised=self._promised(feed),
        )
        return await self._writer.call(settle)

    async def piece(
        self, feed_id: str, rest: Rest, report: PollReport | None = None
    ) -> Rest | None:
        """Write a piece of a feed's rest.

        Returns the new rest, None if the feed has changed.
        """
        feed = rest.publication.feed
        if self._owned(feed_id) != feed:
            return None
        began = self._clock.now()
        settled = await self._writer.call(functools.partial(self._settling.go_on, rest, now=began))
        if self._owned(feed_id) is None:
            await self.give_up(feed, settled)
            return None
        try:
            await self.write(settled)
        except RejectError as error:
            before = rest.state.model_copy(update=NO_VALIDATORS)
            _, settled = await self.refuse(feed, before, settled, error)
        decision = settled.decision
        if report is not None:
            report.add(decision)
        report_piece(self._signals, decision, settled.records, began=began, now=self._clock.now())
        log_status(feed, rest.state, decision.state)
        return decision.rest

    async def go_on(
        self, feed: Feed, decision: Decision, report: PollReport, *, paced: bool
    ) -> None:
        """Publish the rest of a document: `paced` in turns with other feeds, else right away."""
        if paced and decision.rest is not None:
            for other in self.release.put(feed.feed_id, decision.rest, decision.articles):
                log.warning(
                    "feed %s: too much waits; the rest of it goes on at its next poll", other
                )
            return
        rest = decision.rest
        while rest is not None:
            rest = await self.piece(feed.feed_id, rest, report)

    async def take_delivery(
        self, feed: Feed, outcome: Fetched, removal: Record, report: PollReport, *, paced: bool
    ) -> Decision | None:
        """Publish what a hub delivered, and remove the delivery in the same append.

        Return None if the feed is not this poller's any more, or the log rejected the articles.
        """
        state, began = self._registry.state(feed), self._clock.now()
        settled = await self.settle(feed, state, outcome)
        if self._owned(feed.feed_id) is None:
            await self.give_up(feed, settled)
            return None
        try:
            await self.write(settled, removal)
        except RejectError:
            await self._writer.call(functools.partial(self._settling.refused, settled))
            return None
        decision = settled.decision
        report.add(decision)
        report_piece(self._signals, decision, settled.records, began=began, now=self._clock.now())
        log_news(feed, decision)
        await self.go_on(feed, decision, report, paced=paced)
        return decision

    async def write(self, settled: Settled, *others: Record) -> None:
        """Write the records of a decision, and others in the same append. Raises RejectError."""
        self._registry.wrote(settled.decision.state, settled.records[-1].value)
        records = (*settled.records, *others)
        try:
            await self._writer.append(records)
        except RejectError:
            # Perhaps for an article that only waits: it must not stop those that are published.
            less = tuple(one for one in records if not is_holding(one))
            if len(less) == len(records):
                raise
            await self._writer.append(less)
            await self._writer.call(functools.partial(self._settling.not_held, settled))
        self._settling.written(settled)
        self._report_lost(settled)

    def _report_lost(self, settled: Settled) -> None:
        """Report articles that wait and are not kept, or not any longer."""
        feed_id = settled.decision.state.feed_id
        if settled.given_up:
            self._signals.metrics.lost("poller", settled.given_up)
            log.error(
                "feed %s: %d articles that waited to be published are given up: poll.held_bytes "
                "or poll.articles_per_day is too small for it",
                feed_id,
                settled.given_up,
            )
        if settled.unkept:
            log.warning(
                "feed %s: %d articles wait to be published and are not kept, as poll.held_bytes is "
                "used up: they are lost if the feed lists them no more",
                feed_id,
                settled.unkept,
            )

    async def refuse(
        self, feed: Feed, state: FeedState, settled: Settled, error: RejectError
    ) -> tuple[Outcome, Settled]:
        """Write the state of a feed whose result the log rejected.

        Usually because an article is too large.
        """
        await self._writer.call(functools.partial(self._settling.refused, settled))
        gone = await self._writer.call(functools.partial(self._settling.give_up, settled))
        if gone:
            self._signals.metrics.lost("poller", len(gone))
        outcome = FetchFailed(f"what it gave cannot be kept: {error}"[:1_000])
        instead = self.settle_failure(feed, state, outcome)
        await self.write(instead, *(removal(feed, one) for one in gone))
        return outcome, instead

    async def give_up(self, feed: Feed, settled: Settled) -> None:
        """Discard a decision about a feed that was removed, paused or reassigned."""
        await self._writer.call(functools.partial(self._settling.refused, settled))
        if feed.feed_id not in self._registry.feeds:
            await self._writer.call(functools.partial(self._registry.forget, feed.feed_id))
