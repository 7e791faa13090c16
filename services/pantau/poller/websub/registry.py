"""The subscriptions and the deliveries of the log, in memory. Loading blocks."""

import logging
from collections import defaultdict
from typing import Final, TypeVar

from pantau.ports import Log
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.polling.websub import HubStatus, HubSubscription, PushedDocument
from pantau_schemas.topics import HUB_SUBSCRIPTIONS, PUSHED_DOCUMENTS, Topic

log = logging.getLogger(__name__)

NEVER: Final = -1

E = TypeVar("E", bound=Event)


class HubRegistry:
    """Follows `hub-subscriptions` and `pushed-documents`, of all pollers."""

    def __init__(self, source: Log) -> None:
        self._source = source
        self._versions = {HUB_SUBSCRIPTIONS.name: NEVER, PUSHED_DOCUMENTS.name: NEVER}
        self.subscriptions: dict[str, HubSubscription] = {}
        self._current: dict[str, str] = {}  # feeds to their callback
        self._pushes: dict[str, PushedDocument] = {}
        self._by_feed: dict[str, dict[str, None]] = defaultdict(dict)  # oldest first
        self._done: set[str] = set()  # deliveries whose removal may not have been read back yet
        self.waiting_bytes = 0

    def refresh(self) -> frozenset[str]:
        """Apply the changes of the log; return the feeds with new deliveries."""
        for key, value in self._changes(HUB_SUBSCRIPTIONS):
            sub = _read(HubSubscription, HUB_SUBSCRIPTIONS, key, value)
            self.set(sub) if sub is not None else self.drop(key)
        fresh = set()
        for key, value in self._changes(PUSHED_DOCUMENTS):
            push = _read(PushedDocument, PUSHED_DOCUMENTS, key, value)
            if push is None:
                self._take_out(key)
                self._done.discard(key)
            elif key not in self._done:
                self.add(push)
                fresh.add(push.feed_id)
        return frozenset(fresh)

    def _changes(self, topic: Topic) -> list[tuple[str, bytes | None]]:
        table, since = self._source.table(topic.name), self._versions[topic.name]
        found = table.snapshot() if since == NEVER else table.changes(since)
        self._versions[topic.name] = found.version
        return list(found.values.items())

    def find(self, callback_id: str) -> HubSubscription | None:
        """Return the stored subscription of a callback, which another poller may have written."""
        value = self._source.table(HUB_SUBSCRIPTIONS.name).get(callback_id)
        return _read(HubSubscription, HUB_SUBSCRIPTIONS, callback_id, value)

    def set(self, sub: HubSubscription) -> None:
        """Keep a subscription."""
        self.subscriptions[sub.callback_id] = sub
        if sub.status is not HubStatus.LEAVING:
            self._current[sub.feed_id] = sub.callback_id
        elif self._current.get(sub.feed_id) == sub.callback_id:
            del self._current[sub.feed_id]

    def drop(self, callback_id: str) -> None:
        """Remove a subscription."""
        sub = self.subscriptions.pop(callback_id, None)
        if sub is not None and self._current.get(sub.feed_id) == callback_id:
            del self._current[sub.feed_id]

    def of(self, feed_id: str) -> HubSubscription | None:
        """Return the subscription that is wanted for a feed, or None."""
        callback_id = self._current.get(feed_id)
        return self.subscriptions.get(callback_id) if callback_id is not None else None

    def add(self, push: PushedDocument) -> None:
        """Keep a delivery until it is done."""
        self._take_out(push.push_id)
        self._pushes[push.push_id] = push
        self._by_feed[push.feed_id][push.push_id] = None
        self.waiting_bytes += len(push.body or b"")

    def oldest(self, feed_id: str) -> PushedDocument | None:
        """Return the delivery of a feed that waits longest, or None."""
        first = next(iter(self._by_feed.get(feed_id, ())), None)
        return self._pushes[first] if first is not None else None

    def waiting(self, feed_id: str) -> int:
        """Return how many deliveries of a feed wait."""
        return len(self._by_feed.get(feed_id, ()))

    def done(self, push: PushedDocument) -> None:
        """Remove a delivery whose removal is being written."""
        self._take_out(push.push_id)
        self._done.add(push.push_id)

    def _take_out(self, push_id: str) -> None:
        push = self._pushes.pop(push_id, None)
        if push is None:
            return
        self.waiting_bytes -= len(push.body or b"")
        mine = self._by_feed[push.feed_id]
        mine.pop(push_id, None)
        if not mine:
            del self._by_feed[push.feed_id]


def _read(event: type[E], topic: Topic, key: str, value: bytes | None) -> E | None:
    if value is None:
        return None
    try:
        return decode(event, value)
    except SchemaError as error:
        log.warning("%s %s cannot be read and is left out: %s", topic.name, key, error)
        return None
