"""When feeds are due, and the request rate of all feeds together."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.net.domains import registrable_domain
from pantau.poller.feed_repository import FeedRepository
from pantau.poller.timing import schedule
from pantau.poller.timing.rhythm import rhythm_of
from pantau.ports import Clock
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed

USUAL_REQUESTS: Final = 4.0
"""Requests an hour for a feed, on average, where the operator has set no budget."""
SCALE_FOR: Final = timedelta(minutes=10)
"""How long a fit of the intervals to the budget is used."""


class Pace:
    """Computes times of polls from the registry."""

    def __init__(self, registry: FeedRepository, settings: PollSettings, clock: Clock) -> None:
        self._registry = registry
        self._clock = clock
        self._settings = settings
        self._scale = schedule.DEFAULT_SCALE
        self._fitted_at: datetime | None = None

    def domain(self, feed: Feed) -> str:
        """Return the domain whose politeness limit a feed counts for."""
        return registrable_domain(self._registry.state(feed).moved_to or feed.url)

    def due(self, feed: Feed) -> datetime:
        """Return the time of a feed's next poll; for one never polled, when it was added."""
        state = self._registry.state(feed)
        due = feed.added if state.next_poll is None else state.next_poll
        fixed, last = feed.interval_seconds, state.last_polled
        # `next_poll` was computed with the interval that the feed had then; the operator may have
        # set a shorter one. After failures the longer wait stays.
        if fixed is not None and last is not None and not state.failures:
            due = min(due, last + timedelta(seconds=fixed))
        if self._set_back(feed.feed_id):
            due = min(due, self._clock.now())
        return max(due, self.domain_until(feed) or due)

    def ready(self, feeds: Iterable[Feed], now: datetime) -> list[Feed]:
        """Return the feeds to poll in a single round: those due, with a small tolerance."""
        found = []
        for feed in feeds:
            early = timedelta(seconds=schedule.slack(self._registry.state(feed)))
            if self.due(feed) <= now + early:
                found.append(feed)
        return found

    def domain_until(self, feed: Feed) -> datetime | None:
        """Return until when a feed's domain accepts no requests, or None.

        On a shared domain each feed waits by itself.
        """
        if not self._registry.held:
            return None
        domain = registrable_domain(feed.url)
        if domain in self._settings.shared_domains:
            return None
        return max(self._waits(domain), default=None)

    def held_until(self, domain: str) -> float:
        """Return until when a domain wants no requests, in seconds since 1970; 0 for none."""
        waits = self._waits(domain)
        return max(waits).timestamp() if waits else 0.0

    def _waits(self, domain: str) -> list[datetime]:
        held = self._registry.held.get(domain, {})
        return [until for feed_id, until in held.items() if not self._set_back(feed_id)]

    def _set_back(self, feed_id: str) -> bool:
        """Return whether a feed was polled while the clock was ahead: its moments say nothing."""
        state = self._registry.states.get(feed_id)
        last = None if state is None else state.last_polled
        return last is not None and was_ahead(last, self._clock.now())

    def scale(self, feeds: Iterable[Feed], now: datetime) -> float:
        """Return the c of `schedule` with which feeds stay within the operator's budget."""
        if self._fitted_at is not None and now - self._fitted_at < SCALE_FOR:
            return self._scale
        self._fitted_at = now
        fixed, rhythms = 0.0, []
        for feed in feeds:
            if feed.interval_seconds is not None:
                fixed += 3_600.0 / feed.interval_seconds
            else:
                rhythms.append(rhythm_of(self._registry.state(feed), now))
        budget = self._settings.requests_per_hour
        left = USUAL_REQUESTS * len(rhythms) if budget is None else max(1.0, budget - fixed)
        if rhythms:
            self._scale = schedule.scale_for(rhythms, left, self._settings)
        return self._scale
