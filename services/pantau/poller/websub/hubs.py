"""The subscriptions of one poller's feeds, in its event loop: requests, answers, deliveries.

A delivery is stored in `pushed-documents` before the hub gets its answer. Any poller may receive
it; the one that polls the feed reads it, in the same turn as its polls, and removes it in the same
append as the result. So a delivery is not lost, whichever poller ends when, and at most read twice.
"""

import asyncio
import functools
import hashlib
import logging
import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final, Protocol

from pydantic import SecretStr

from pantau.common.time.waiting import wait_until_set
from pantau.feeds.discovery.hubs import HubLinks, links_of_headers
from pantau.net.guard import without_password
from pantau.observe.signals import Metrics
from pantau.poller.websub import lifecycle
from pantau.poller.websub.client import ask_hub
from pantau.poller.websub.registry import HubRegistry
from pantau.poller.websub.requests import (
    form_of,
    new_callback_id,
    new_secret,
    read_question,
    usable_hub,
)
from pantau.poller.websub.signature import is_signed
from pantau.poller.writer import LogWriter
from pantau.ports import Clock, Fetcher, Record
from pantau.settings import WebSubSettings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.events.polling.websub import HubStatus, HubSubscription, PushedDocument
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import HUB_SUBSCRIPTIONS, PUSHED_DOCUMENTS

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 2.0
MOST_ASKED: Final = 20
"""Most requests to hubs in one tick."""
MOST_WAITING: Final = 50
"""Deliveries of one feed that may wait; a hub that sends more gets the status for a retry."""
_SEEN: Final = 10_000
_SOURCE: Final = "poller"

Reply = tuple[int, bytes]
"""HTTP status, and the body as plain text."""


class Feeds(Protocol):
    """The poller's knowledge of feeds."""

    def feed(self, feed_id: str) -> Feed | None:
        """Return a feed of this poller that is not paused."""

    def known(self, feed_id: str) -> Feed | None:
        """Return any feed of the log."""

    def responsible(self, url: str) -> bool:
        """Return whether this poller speaks to the domain of an address."""


@dataclass(frozen=True, slots=True)
class HubParts:
    """The collaborators of `Hubs`."""

    registry: HubRegistry
    writer: LogWriter
    fetcher: Fetcher
    clock: Clock
    feeds: Feeds
    metrics: Metrics


class Hubs:
    """Subscribes at hubs, answers them, and keeps what they deliver until it is read."""

    def __init__(self, parts: HubParts, settings: WebSubSettings, waiting_bytes: int) -> None:
        self._parts = parts
        self._registry = parts.registry
        self._settings = settings
        self._waiting_bytes = waiting_bytes
        self._serving_since: datetime | None = None
        self._relied: set[str] = set()
        self._wake = asyncio.Event()
        self._ignored: Counter[str] = Counter()
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def look(self) -> Collection[str]:
        """Apply changes of the log; return the feeds with new deliveries."""
        return await self._parts.writer.call(self._registry.refresh)

    # -- the schedule

    def due(self, feed: Feed, state: FeedState, due: datetime) -> datetime:
        """Return when a feed is polled, given when it is by its usual schedule.

        At once with a delivery that waits; later than usual where its hub is relied upon, unless
        something else about the feed needs the poll. A feed is polled once after each start, since
        hubs may have given up meanwhile.
        """
        now = self._parts.clock.now()
        if self._registry.waiting(feed.feed_id):
            return min(due, now)
        sub, since = self._registry.of(feed.feed_id), self._serving_since
        plain = (
            state.document in {FeedStatus.OK, FeedStatus.WARNING}
            and not state.failures
            and not state.waiting
            and state.content_hash is not None
            and feed.interval_seconds is None
        )
        if sub is None or since is None or not plain or state.last_polled is None:
            return due
        if state.last_polled < since or not lifecycle.relied_upon(sub, now):
            return due
        return max(due, state.last_polled + lifecycle.check_after(sub))

    def waits(self, feed_id: str) -> bool:
        """Return whether a delivery of a feed waits to be read."""
        return self._registry.waiting(feed_id) > 0

    def feed(self, feed_id: str) -> Feed | None:
        """Return any feed of the log, also one of another poller."""
        return self._parts.feeds.known(feed_id)

    # -- what polls find

    async def noticed(self, feed: Feed, links: HubLinks) -> None:
        """Record the hubs that a feed names now: subscribe, or leave the former one."""
        current, now = self._registry.of(feed.feed_id), self._parts.clock.now()
        hub = usable_hub(feed, links, current.hub if current is not None else None)
        if current is not None:
            if hub == current.hub and links.topic == current.topic:
                return
            if now - current.since < lifecycle.FIRST_CHECK:
                return  # a feed that names another hub each time must not subscribe each time
            await self._save(lifecycle.leaving(current, now))
        if hub is None or links.topic is None:
            return
        sub = HubSubscription(
            callback_id=new_callback_id(),
            feed_id=feed.feed_id,
            hub=hub,
            topic=links.topic,
            secret=SecretStr(new_secret()),
            since=now,
            next_request=now,
        )
        await self._save(sub)
        self._wake.set()

    async def polled(self, feed_id: str, new: Collection[str]) -> None:
        """Record a poll that found these new articles."""
        await self._change(feed_id, lambda sub, now: lifecycle.polled(sub, new, now))

    async def read(self, feed_id: str, listed: Collection[str]) -> None:
        """Record a delivery that was read and lists these articles."""
        await self._change(feed_id, lambda sub, now: lifecycle.pushed(sub, listed, now))

    async def _change(
        self, feed_id: str, change: Callable[[HubSubscription, datetime], HubSubscription]
    ) -> None:
        sub = self._registry.of(feed_id)
        if sub is None:
            return
        after = change(sub, self._parts.clock.now())
        if after != sub:
            await self._save(after)

    # -- deliveries

    def oldest(self, feed_id: str) -> PushedDocument | None:
        """Return the delivery of a feed that waits longest, or None."""
        return self._registry.oldest(feed_id)

    def topic(self, feed_id: str) -> str | None:
        """Return the address that a feed's deliveries are of."""
        sub = self._registry.of(feed_id)
        return sub.topic if sub is not None else None

    def removal(self, push: PushedDocument) -> Record:
        """Return the record that removes a delivery, and forget it."""
        self._registry.done(push)
        return removal_of(PUSHED_DOCUMENTS, push.push_id)

    async def known(self, callback_id: str) -> HubSubscription | None:
        """Return the subscription of a callback, or None."""
        here = self._registry.subscriptions.get(callback_id)
        if here is not None:
            return here
        find = functools.partial(self._registry.find, callback_id)
        found = await self._parts.writer.call(find)
        if found is not None:
            self._registry.set(found)
        return found

    async def asked(self, callback_id: str, query: str) -> Reply:
        """Handle the question of a hub: a verification of intent, or a denial.

        What is not wanted exactly as asked is answered with 404 (WebSub, 5.3.1).
        """
        sub, question = await self.known(callback_id), read_question(query)
        if sub is None or question is None or question.topic != sub.topic:
            return HTTPStatus.NOT_FOUND, b""
        now = self._parts.clock.now()
        if question.mode == "denied":
            if lifecycle.wanted(sub):
                await self._save(lifecycle.denied(sub, question.reason, now))
            return HTTPStatus.OK, b""
        # A denial has no challenge; every other question must have one.
        if question.challenge is None:
            return HTTPStatus.NOT_FOUND, b""
        feed = self._parts.feeds.known(sub.feed_id)
        if question.mode == "subscribe" and feed is not None and lifecycle.wanted(sub):
            await self._save(lifecycle.verified(sub, question.lease_seconds, now))
        elif question.mode == "unsubscribe" and not lifecycle.wanted(sub):
            await self._forget(sub)
        else:
            return HTTPStatus.NOT_FOUND, b""
        return HTTPStatus.OK, question.challenge.encode()

    async def delivered(
        self, sub: HubSubscription, signature: str | None, link: str | None, sent: "Sent"
    ) -> Reply:
        """Store a delivery. One that is not signed is answered like any other, and ignored."""
        signed = is_signed(signature, sub.secret.get_secret_value().encode(), sent.body)
        topic = links_of_headers(link, sub.topic).topic if signed else None
        if not signed or (topic is not None and topic != sub.topic):
            self._ignored[sub.callback_id] += 1
            self._parts.metrics.pushed("ignored")
            return HTTPStatus.ACCEPTED, b""
        # Hubs deliver again what they had no answer to in time.
        key = digest_id(sub.callback_id, hashlib.sha256(sent.body).hexdigest())
        if key in self._seen:
            self._parts.metrics.pushed("repeated")
            return HTTPStatus.ACCEPTED, b""
        full = self._registry.waiting_bytes > self._waiting_bytes
        if full or self._registry.waiting(sub.feed_id) >= MOST_WAITING:
            self._parts.metrics.pushed("delayed")
            return HTTPStatus.SERVICE_UNAVAILABLE, b""
        now = self._parts.clock.now()
        packed = await asyncio.to_thread(zlib.compress, sent.body, 1)
        push = PushedDocument(
            push_id=key,
            feed_id=sub.feed_id,
            received=now,
            content_type=sent.content_type[:1_000] if sent.content_type else None,
            body=packed,
        )
        record = record_for(push, PUSHED_DOCUMENTS, source=_SOURCE, time=now)
        await self._parts.writer.append([record])
        self._registry.add(push)
        self._seen[key] = None
        while len(self._seen) > _SEEN:
            self._seen.popitem(last=False)
        self._parts.metrics.pushed("accepted")
        return HTTPStatus.ACCEPTED, b""

    # -- the loop

    async def run(self, again: Callable[[str], None]) -> None:
        """Request subscriptions when they are due, until cancelled; `again` reschedules a feed."""
        self._serving_since = self._parts.clock.now()
        try:
            while True:
                self._wake.clear()
                await self.tick(again)
                await wait_until_set(self._wake, TICK_SECONDS)
        finally:
            self._serving_since = None

    async def tick(self, again: Callable[[str], None]) -> None:
        """Send the requests that are due, and record what time has changed."""
        now, due = self._parts.clock.now(), list[HubSubscription]()
        for callback_id in tuple(self._registry.subscriptions):
            sub = self._registry.subscriptions.get(callback_id)
            if sub is None or not self._mine(sub):
                continue
            after = await self._aged(sub, now)
            if after is None:
                continue
            if after.next_request is not None and after.next_request <= now:
                due.append(after)
            self._note_reliance(after, now, again)
        await asyncio.gather(*(self._ask(sub) for sub in due[:MOST_ASKED]))

    async def _aged(self, sub: HubSubscription, now: datetime) -> HubSubscription | None:
        """Return a subscription after the time that passed, or None if it is forgotten."""
        if lifecycle.left(sub, now):
            await self._forget(sub)
            return None
        after = sub
        current = self._registry.of(sub.feed_id)
        replaced = current is not None and current.callback_id != sub.callback_id
        unwanted = replaced or self._parts.feeds.known(sub.feed_id) is None
        if unwanted and lifecycle.wanted(sub):
            after = lifecycle.leaving(sub, now)
        after = lifecycle.settled(after, now)
        if after.missed > sub.missed:
            log.warning(
                "%s: its hub missed %d articles; the feed is polled on its usual schedule",
                without_password(sub.topic),
                after.missed - sub.missed,
            )
        ignored = self._ignored.pop(sub.callback_id, 0)
        if ignored:
            after = after.model_copy(update={"ignored": after.ignored + ignored})
        if after != sub:
            await self._save(after)
        return after

    def _note_reliance(
        self, sub: HubSubscription, now: datetime, again: Callable[[str], None]
    ) -> None:
        """Reschedule a feed whose hub is relied upon from now on, or no longer."""
        relied = lifecycle.relied_upon(sub, now)
        if relied != (sub.feed_id in self._relied):
            (self._relied.add if relied else self._relied.discard)(sub.feed_id)
            again(sub.feed_id)

    async def _ask(self, sub: HubSubscription) -> None:
        """Send one request. Its failure is the subscription's state."""
        now, leave = self._parts.clock.now(), sub.status is HubStatus.LEAVING
        await self._save(lifecycle.asking(sub, now))
        callback = f"{self._settings.callback_root}{sub.callback_id}"
        lease = int(lifecycle.LEASE.total_seconds())
        form = form_of(sub, callback, lease, leave=leave)
        refusal = await ask_hub(self._parts.fetcher, sub.hub, form, now)
        if refusal is None:
            return
        log.info("%s: %s", without_password(sub.topic), refusal.reason)
        latest = self._registry.subscriptions.get(sub.callback_id)
        if latest is not None:
            after = lifecycle.refused(latest, refusal.reason, now, refusal.retry_after)
            await self._save(after)

    def _mine(self, sub: HubSubscription) -> bool:
        feed = self._parts.feeds.known(sub.feed_id)
        if feed is None:
            return self._parts.feeds.responsible(sub.topic)
        return self._parts.feeds.feed(sub.feed_id) is not None

    async def _save(self, sub: HubSubscription) -> None:
        self._registry.set(sub)
        now = self._parts.clock.now()
        await self._parts.writer.append(
            [record_for(sub, HUB_SUBSCRIPTIONS, source=_SOURCE, time=now)]
        )

    async def _forget(self, sub: HubSubscription) -> None:
        self._registry.drop(sub.callback_id)
        self._relied.discard(sub.feed_id)
        await self._parts.writer.append([removal_of(HUB_SUBSCRIPTIONS, sub.callback_id)])


@dataclass(frozen=True, slots=True)
class Sent:
    """The body of a delivery, and its type."""

    body: bytes
    content_type: str | None


def unpacked(push: PushedDocument, limit: int) -> bytes | None:
    """Return the document of a delivery; None without one, or with one that cannot be unpacked."""
    if push.body is None:
        return None
    try:
        opened = zlib.decompressobj()
        body = opened.decompress(push.body, limit)
    except zlib.error:
        return None
    return body if opened.eof else None
