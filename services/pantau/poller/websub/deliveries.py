"""Reads deliveries of hubs in a feed's turn, by the same path as a polled document.

What cannot be read as that feed (another topic, no feed at all) makes the feed be polled instead,
so a hub that delivers nonsense delays nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from pantau.errors import RetryError
from pantau.feeds.discovery.hubs import combined
from pantau.poller.decision.decide import Decision
from pantau.poller.decision.outcome import (
    Body,
    Facts,
    Fetched,
    NotModified,
    Outcome,
    Unreadable,
    recoded,
)
from pantau.poller.websub.endpoint import MOST_BYTES
from pantau.poller.websub.hubs import Hubs, unpacked
from pantau.ports import Record
from pantau_schemas.events.feed import Feed, FeedState
from pantau_schemas.events.polling.websub import PushedDocument

if TYPE_CHECKING:
    from pantau.poller.round import PollReport


class DeliveringPoller(Protocol):
    """The part of the poller that publishes deliveries."""

    def state(self, feed: Feed) -> FeedState:
        """Return the state of a feed."""

    def is_due(self, feed: Feed) -> bool:
        """Return whether a feed is due for a poll."""

    async def read_document(self, body: Body, feed: Feed) -> Fetched | Unreadable:
        """Parse a document of a feed. Raises RetryError."""

    async def take_delivery(
        self, feed: Feed, outcome: Fetched, removal: Record, report: "PollReport", *, paced: bool
    ) -> Decision | None:
        """Publish what a hub delivered; None if it was not."""

    async def remove(self, removal: Record) -> None:
        """Remove a delivery without articles."""


class Deliveries:
    """The deliveries of one feed that wait."""

    def __init__(
        self, hubs: Hubs, poller: DeliveringPoller, counted: Callable[[str], None]
    ) -> None:
        self._hubs = hubs
        self._poller = poller
        self._counted = counted

    async def read(self, feed: Feed, report: "PollReport", *, paced: bool, always: bool) -> bool:
        """Read them, oldest first; return whether the feed's turn is over, without a poll.

        The feed is polled `always`, or when it is due. With articles that wait for their turn,
        further deliveries wait, too.
        """
        poll_now = always
        while (push := self._hubs.oldest(feed.feed_id)) is not None:
            outcome = await self._document(feed, push)
            removal = self._hubs.removal(push)
            decision = None
            if outcome is not None:
                decision = await self._poller.take_delivery(
                    feed, outcome, removal, report, paced=paced
                )
            if decision is None:
                self._counted("polled")
                await self._poller.remove(removal)
                poll_now = True
                continue
            self._counted("read")
            await self._hubs.read(feed.feed_id, decision.listed)
            if paced and decision.rest is not None:
                return True
        return not poll_now and not self._poller.is_due(feed)

    async def _document(self, feed: Feed, push: PushedDocument) -> Fetched | None:
        """Return a delivery as a document of the feed, or None if it is none."""
        topic = self._hubs.topic(feed.feed_id)
        content = unpacked(push, MOST_BYTES)
        if topic is None or content is None or self._poller.state(feed).last_ok is None:
            return None
        digest = hashlib.sha256(content).hexdigest()[:32]
        body = Body(content, digest, push.content_type, topic, Facts())
        if feed.access is not None and feed.access.encoding is not None:
            body = recoded(body, feed.access.encoding)
        try:
            found = await self._poller.read_document(body, feed)
        except RetryError:
            return None
        if not isinstance(found, Fetched):
            return None
        # The document says which feed it is of; a hub that mixes feeds up must not publish for
        # another.
        named = found.document.hubs.topic
        if named is not None and named not in {topic, feed.url}:
            return None
        return replace(found, facts=Facts(), pushed=True)


_KNOWN: Final = (Fetched, NotModified)


async def note_poll(hubs: Hubs, feed: Feed, decision: Decision, outcome: Outcome) -> None:
    """Record what a poll says of a feed's hub: which one it is, and what it missed."""
    if isinstance(outcome, Fetched):
        fetched = decision.state.moved_to or feed.url
        links = combined(outcome.facts.hubs, outcome.document.hubs, fetched)
        await hubs.noticed(feed, links)
    if isinstance(outcome, _KNOWN):
        listed = frozenset(decision.listed)  # what was held may be long gone from the feed
        published = (one for one in decision.articles if one.revision == 1)
        new = [one.article_id for one in published if one.article_id in listed]
        await hubs.polled(feed.feed_id, new)
