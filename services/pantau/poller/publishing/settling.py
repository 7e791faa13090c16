"""Decisions based on the repository, and their records.

Everything runs in the writer's single thread: two feeds must not both take an article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pantau.net.domains import publisher_domain
from pantau.poller.decision.decide import (
    Decision,
    DecisionContext,
    Rest,
    Unpublished,
    decide,
    decide_held,
    go_on,
)
from pantau.poller.decision.outcome import Fetched, Outcome
from pantau.poller.feed_repository import FeedRepository, OtherFeeds
from pantau.poller.holding import plan as holding
from pantau.poller.holding.held import Held, held_article
from pantau.poller.identity import quota
from pantau.poller.identity.atlas import OfOtherFeeds
from pantau.poller.identity.listing import Listing, read_listing
from pantau.poller.identity.ownership import Ownership
from pantau.poller.publishing.forgotten import (
    held_without,
    listing_without,
    memory_without,
    rest_without,
)
from pantau.poller.publishing.held_publication import begin_held, published_by
from pantau.poller.publishing.publication import Portion, waiting_article
from pantau.poller.timing.schedule import DEFAULT_SCALE
from pantau.ports import Record
from pantau.settings import PollSettings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.ids import held_id
from pantau_schemas.topics import ARTICLES, FEED_MEMORY, FEED_STATE, HELD_ARTICLES

_SOURCE: Final = "poller"


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision, and its records; the feed's state comes last.

    `touched` are the articles of which it changes whether they are held; `given_up` so many held
    ones are lost for want of space, and `unkept` are in the last document of the feed alone.
    """

    decision: Decision
    records: tuple[Record, ...]
    touched: tuple[str, ...] = ()
    given_up: int = 0
    unkept: int = 0


class Settling:
    """Decides, and updates the owners of articles."""

    def __init__(self, registry: FeedRepository, settings: PollSettings) -> None:
        self._registry = registry
        self._settings = settings
        self.scale = DEFAULT_SCALE
        self._portion = Portion(settings.piece_articles, settings.piece_bytes)

    def settle(
        self,
        feed: Feed,
        state: FeedState,
        outcome: Outcome,
        *,
        now: datetime,
        listing: Listing | None = None,
        promised: int = 0,
    ) -> Settled:
        """Decide the effect of a poll.

        `promised` articles of the feed's domain wait for their turn.
        """
        if not isinstance(outcome, Fetched):
            decision = decide(
                feed, state, outcome, now=now, settings=self._settings, scale=self.scale
            )
            return self._settled(feed, decision, now)
        forgotten = self._registry.redactions
        memory = self._registry.memory(feed.feed_id)
        kept = memory_without(memory, forgotten)
        if forgotten:
            listing = listing or read_listing(outcome.document, feed.feed_id)
            listing = listing_without(listing, memory, forgotten)
        decision = decide(
            feed,
            state,
            outcome,
            now=now,
            settings=self._settings,
            known=self._context(feed, state, kept, promised, now),
            listing=listing,
            portion=self._portion,
            scale=self.scale,
        )
        if decision.memory is not None:
            self._registry.replace(decision.memory, memory)
        return self._settled(feed, decision, now)

    def has_held(self, feed: Feed) -> bool:
        """Return whether articles of a feed are held. Thread-safe."""
        return bool(self._registry.shelf.of(feed.feed_id))

    def settle_held(
        self, feed: Feed, state: FeedState, outcome: Outcome, *, now: datetime, promised: int
    ) -> Settled:
        """Decide the effect of a poll that gave no document, and publish what is held."""
        decision = decide(feed, state, outcome, now=now, settings=self._settings, scale=self.scale)
        before = self._registry.memory(feed.feed_id)
        known = self._context(feed, state, before, promised, now)
        if not known.held:
            return self._settled(feed, decision, now)
        memory = memory_without(known.memory, self._registry.redactions)
        publication = begin_held(
            feed,
            known.held,
            memory,
            settings=self._settings,
            since=state.last_ok,
            language=None,
            allowed=quota.left(state, now, known.domain_gave, self._settings),
            kept=known.kept,
        )
        decision = decide_held(decision, publication, known, now=now, portion=self._portion)
        if decision.memory is not None:
            self._registry.replace(decision.memory, known.memory)
        return self._settled(feed, decision, now)

    def _context(
        self, feed: Feed, state: FeedState, memory: FeedMemory, promised: int, now: datetime
    ) -> DecisionContext:
        """Return what a decision has to know; held texts are read only if some may go out."""
        shelf, settings = self._registry.shelf, self._settings
        gave = quota.published_by_all(self._registry.of_domain(feed), quota.day_of(now)) + promised
        kept, held = dict(shelf.of(feed.feed_id)), tuple[Held, ...]()
        if kept and quota.left(state, now, gave, settings):
            held = held_without(shelf.read(feed.feed_id), self._registry.redactions)
        return DecisionContext(memory, self._ownership(feed, now), gave, kept, held)

    def _settled(self, feed: Feed, decision: Decision, now: datetime) -> Settled:
        """Return a decision with its records, and hold what waits."""
        waiting = decision.waiting
        if waiting is None:
            return Settled(decision, _records(decision, now))
        shelf = self._registry.shelf
        kept = shelf.of(feed.feed_id)
        if not waiting.items and not kept:
            return Settled(decision, _records(decision, now))
        own = shelf.cost_of_feed(feed.feed_id)
        space = holding.room(self._settings.held_bytes, shelf.cost, own)
        plan = holding.plan(waiting.items, kept, waiting.done, space)
        shelf.remove(feed.feed_id, plan.remove)
        records: list[Record] = [removal(feed, one) for one in plan.remove]
        records += self._held(waiting, plan, now)
        touched = (*plan.remove, *(one.article_id for one in plan.write))
        return Settled(
            decision, _records(decision, now, records), touched, plan.given_up, plan.unkept
        )

    def _held(
        self, waiting: Unpublished, plan: holding.HoldingPlan, now: datetime
    ) -> Iterator[Record]:
        for place, one in enumerate(plan.write):
            article = waiting_article(waiting.publication, one, now)
            event = held_article(one, article, since=now, place=place)
            self._registry.shelf.put(event)
            yield record_for(event, HELD_ARTICLES, source=_SOURCE, time=now)

    def go_on(self, rest: Rest, *, now: datetime) -> Settled:
        """Decide the next waiting piece."""
        before, rest = rest, rest_without(rest, self._registry.redactions)
        ownership = self._ownership(rest.publication.feed, now)
        decision = go_on(rest, ownership, now=now, portion=self._portion)
        if decision.memory is not None:
            self._registry.replace(decision.memory)
        left = decision.rest.publication if decision.rest is not None else None
        gone = frozenset(published_by(before.publication, left))
        decision = replace(decision, waiting=Unpublished(before.publication, (), gone))
        return self._settled(rest.publication.feed, decision, now)

    def written(self, settled: Settled) -> None:
        """Record that the records are in the log."""
        if settled.decision.memory is not None:
            self._registry.written(settled.decision.memory)

    def refused(self, settled: Settled) -> None:
        """Record that the log rejected the records."""
        if settled.decision.memory is not None:
            self._registry.refused(settled.decision.memory)
        self.not_held(settled)

    def not_held(self, settled: Settled) -> None:
        """Record that the log rejected what was to be held."""
        self._registry.shelf.again(settled.decision.state.feed_id, settled.touched)

    def give_up(self, settled: Settled) -> tuple[str, ...]:
        """Return the held articles among those that the log rejected, and hold them no more."""
        feed_id = settled.decision.state.feed_id
        tried = {one.article_id for one in settled.decision.articles}
        gone = tuple(tried & self._registry.shelf.of(feed_id).keys())
        self._registry.shelf.remove(feed_id, gone)
        return gone

    def _ownership(self, feed: Feed, now: datetime) -> Ownership:
        owners = self._registry.owners
        elsewhere = OfOtherFeeds(self._registry.atlas, owners, publisher_domain(feed.url), now)
        return Ownership(feed, owners, OtherFeeds(self._registry), elsewhere)


def is_holding(record: Record) -> bool:
    """Return whether a record holds an article."""
    return record.topic == HELD_ARTICLES.name and record.value is not None


def removal(feed: Feed, article_id: str) -> Record:
    """Build the record that ends the holding of an article."""
    return removal_of(HELD_ARTICLES, held_id(feed.feed_id, article_id))


def _records(decision: Decision, now: datetime, held: Iterable[Record] = ()) -> tuple[Record, ...]:
    records = [record_for(one, ARTICLES, source=_SOURCE, time=now) for one in decision.articles]
    if decision.memory is not None:
        records.append(record_for(decision.memory, FEED_MEMORY, source=_SOURCE, time=now))
    return (*records, *held, record_for(decision.state, FEED_STATE, source=_SOURCE, time=now))
