"""Decisions based on the repository, and their records.

Everything runs in the writer's single thread: two feeds must not both take an article.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.net.domains import publisher_domain
from pantau.poller.decision.decide import Decision, DecisionContext, Rest, decide, go_on
from pantau.poller.decision.outcome import Fetched, Outcome
from pantau.poller.feed_repository import FeedRepository, OtherFeeds
from pantau.poller.identity import quota
from pantau.poller.identity.atlas import OfOtherFeeds
from pantau.poller.identity.listing import Listing, read_listing
from pantau.poller.identity.ownership import Ownership
from pantau.poller.publishing.forgotten import listing_without, memory_without, rest_without
from pantau.poller.publishing.publication import Portion
from pantau.poller.timing.schedule import DEFAULT_SCALE
from pantau.ports import Record
from pantau.settings import PollSettings
from pantau.stream.envelope import record_for
from pantau_schemas.events.feed import Feed, FeedState
from pantau_schemas.topics import ARTICLES, FEED_MEMORY, FEED_STATE

_SOURCE: Final = "poller"


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision, and its records; the feed's state comes last."""

    decision: Decision
    records: tuple[Record, ...]


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
            return Settled(decision, _records(decision, now))
        forgotten = self._registry.redactions
        memory = self._registry.memory(feed.feed_id)
        kept = memory_without(memory, forgotten)
        if forgotten:
            listing = listing or read_listing(outcome.document, feed.feed_id)
            listing = listing_without(listing, memory, forgotten)
        gave = quota.given_by_all(self._registry.of_domain(feed), quota.day_of(now))
        decision = decide(
            feed,
            state,
            outcome,
            now=now,
            settings=self._settings,
            known=DecisionContext(kept, self._ownership(feed), gave + promised),
            listing=listing,
            portion=self._portion,
            scale=self.scale,
        )
        if decision.memory is not None:
            self._registry.replace(decision.memory, memory)
        return Settled(decision, _records(decision, now))

    def go_on(self, rest: Rest, *, now: datetime) -> Settled:
        """Decide the next waiting piece."""
        rest = rest_without(rest, self._registry.redactions)
        ownership = self._ownership(rest.publication.feed)
        decision = go_on(rest, ownership, now=now, portion=self._portion)
        if decision.memory is not None:
            self._registry.replace(decision.memory)
        return Settled(decision, _records(decision, now))

    def written(self, settled: Settled) -> None:
        """Record that the records are in the log."""
        if settled.decision.memory is not None:
            self._registry.written(settled.decision.memory)

    def refused(self, settled: Settled) -> None:
        """Record that the log rejected the records."""
        if settled.decision.memory is not None:
            self._registry.refused(settled.decision.memory)

    def _ownership(self, feed: Feed) -> Ownership:
        owners = self._registry.owners
        elsewhere = OfOtherFeeds(self._registry.atlas, owners, publisher_domain(feed.url))
        return Ownership(feed, owners, OtherFeeds(self._registry), elsewhere)


def _records(decision: Decision, now: datetime) -> tuple[Record, ...]:
    records = [record_for(one, ARTICLES, source=_SOURCE, time=now) for one in decision.articles]
    if decision.memory is not None:
        records.append(record_for(decision.memory, FEED_MEMORY, source=_SOURCE, time=now))
    return (*records, record_for(decision.state, FEED_STATE, source=_SOURCE, time=now))
