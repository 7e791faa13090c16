"""What the poller knows: the feeds, their states, and whose an article is; read from the log and kept current.

Reading blocks; the service calls what reads, and what changes `owners`, from the writer's one thread. Records that cannot be read (of a newer
version, say) are left out with a word in the log: one bad record never stops the others.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pantau.ports import Log
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.feed import Feed, FeedMemory, FeedState, SeenArticle
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS, Topic

log = logging.getLogger(__name__)

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the last look."""

    changed: tuple[str, ...] = ()  # feeds that were added or edited
    removed: tuple[str, ...] = ()
    polled: tuple[str, ...] = ()  # feeds that somebody else polled
    shared: bool = False  # whether feeds may have been taken over from another poller, or given away


@dataclass
class Registry:
    """Feeds, states and owners, as of the last `refresh`."""

    source: Log
    feeds: dict[str, Feed] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    _feeds_version: int = 0
    _states_version: int = 0
    _written: dict[str, bytes | None] = field(default_factory=dict)
    _loaded: bool = False

    def refresh(self) -> News:
        """Read what changed, at the first call everything."""
        feeds_table, states_table = self.source.table(FEEDS.name), self.source.table(FEED_STATE.name)
        if not self._loaded:
            return self._load()
        feeds, states = feeds_table.changes(self._feeds_version), states_table.changes(self._states_version)
        self._feeds_version, self._states_version = feeds.version, states.version
        changed, removed = self._take_feeds(feeds.values)
        return News(changed, removed, self._take_states(states.values))

    def _load(self) -> News:
        feeds, states = (
            self.source.table(FEEDS.name).snapshot(),
            self.source.table(FEED_STATE.name).snapshot(),
        )
        self._feeds_version, self._states_version = feeds.version, states.version
        changed, _ = self._take_feeds(feeds.values)
        for key, value in states.values.items():
            state = _read(FeedState, FEED_STATE, key, value)
            if state is not None:
                self.states[key] = state
        for key, value in self.source.table(FEED_MEMORY.name).snapshot().values.items():
            self._take_memory(key, value)
        self._loaded = True
        return News(changed, tuple(key for key in self.states if key not in self.feeds))

    def _take_feeds(self, values: Mapping[str, bytes | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        changed, removed = [], []
        for key, value in values.items():
            feed = _read(Feed, FEEDS, key, value)
            if feed is None:
                self.feeds.pop(key, None)
                removed.append(key)
            elif self.feeds.get(key) != feed:
                self.feeds[key] = feed
                changed.append(key)
        return tuple(changed), tuple(removed)

    def _take_states(self, values: Mapping[str, bytes | None]) -> tuple[str, ...]:
        """Take over the states that others wrote; our own come back too and are known by their bytes."""
        polled = []
        for key, value in values.items():
            if key in self._written and self._written[key] == value:
                continue
            state = _read(FeedState, FEED_STATE, key, value)
            if state is None:
                self.states.pop(key, None)
                continue
            self.states[key] = state
            self._take_memory(key, self.source.table(FEED_MEMORY.name).get(key))
            polled.append(key)
        return tuple(polled)

    def _take_memory(self, key: str, value: bytes | None) -> None:
        memory = _read(FeedMemory, FEED_MEMORY, key, value)
        if memory is not None and key in self.feeds:
            self.own(key, memory.seen)

    def memory(self, feed_id: str) -> tuple[SeenArticle, ...]:
        """Read what a feed gave before."""
        found = _read(FeedMemory, FEED_MEMORY, feed_id, self.source.table(FEED_MEMORY.name).get(feed_id))
        return found.seen if found is not None else ()

    def own(self, feed_id: str, seen: tuple[SeenArticle, ...]) -> None:
        """Note that the articles belong to the feed, unless they already belong to another."""
        for one in seen:
            self.owners.setdefault(one.article_id, feed_id)

    def replace(self, feed_id: str, before: tuple[SeenArticle, ...], after: tuple[SeenArticle, ...]) -> None:
        """Note that what a feed is known for changed: what it forgot is free for others."""
        for key in {one.article_id for one in before} - {one.article_id for one in after}:
            if self.owners.get(key) == feed_id:
                del self.owners[key]
        self.own(feed_id, after)

    def wrote(self, state: FeedState, value: bytes | None) -> None:
        """Note a state that we write ourselves, so that it is known when the log gives it back."""
        self.states[state.feed_id] = state
        self._written[state.feed_id] = value

    def forget(self, feed_id: str) -> None:
        """Drop all that is known of a removed feed."""
        self.states.pop(feed_id, None)
        self._written[feed_id] = None
        for key in [key for key, owner in self.owners.items() if owner == feed_id]:
            del self.owners[key]


def _read(event: type[E], topic: Topic, key: str, value: bytes | None) -> E | None:
    if value is None:
        return None
    try:
        return decode(event, value)
    except SchemaError as error:
        log.warning("%s %s cannot be read and is left out: %s", topic.name, key, error)
        return None
