"""The poller's state: the feeds, their states, and the owners of articles.

Loaded from the log and kept current. Loading blocks; the service calls it, and everything that
changes `owners`, from the writer's single thread. Unreadable records (such as of a newer version)
are skipped with a log message: one bad record never stops the others.

Two memories may claim the same article: a feed took it over, and the other one has not been polled
since. Then the one that took it last has it (`takeovers`), in whatever order they are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from pantau.net.domains import publisher_domain, registrable_domain
from pantau.poller.holding.shelf import Shelf
from pantau.poller.identity.atlas import Atlas
from pantau.ports import Log
from pantau.stream.redactions import Redactions
from pantau.stream.table_reading import TableReading
from pantau.stream.upgrades import is_next
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState, SeenArticle
from pantau_schemas.topics import FEED_MEMORY, FEED_STATE, FEEDS, REDACTIONS, Topic

E = TypeVar("E", bound=Event)

_OWN_KEPT: Final = 2
"""Number of our own states that are recognised by their bytes.

The last may not be in the log yet while the one before is read.
"""


@dataclass(frozen=True, slots=True)
class News:
    """Changes since the last check."""

    changed: tuple[str, ...] = ()  # feeds that were added or edited
    removed: tuple[str, ...] = ()
    polled: tuple[str, ...] = ()  # feeds that another poller polled
    shared: bool = False  # whether feeds may have been reassigned between pollers
    delivered: tuple[str, ...] = ()  # feeds whose hub delivered something


@dataclass
class FeedRepository:
    """Feeds, states and owners, as of the last `refresh`.

    `held` has the domains that want no request, by the feeds that they said so for.
    """

    source: Log
    reading: TableReading = field(default_factory=TableReading)
    feeds: dict[str, Feed] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    held: dict[str, dict[str, datetime]] = field(default_factory=dict)
    atlas: Atlas = field(default_factory=Atlas)
    redactions: Redactions = field(init=False)
    shelf: Shelf = field(init=False)
    _ranks: dict[str, tuple[int, bool]] = field(default_factory=dict)
    _feeds_version: int = 0
    _states_version: int = 0
    _written: dict[str, tuple[bytes | None, ...]] = field(default_factory=dict)
    _unwritten: dict[str, FeedMemory] = field(default_factory=dict)
    _by_domain: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _newer: set[tuple[str, str]] = field(default_factory=set)  # topic, feed
    _loaded: bool = False

    def __post_init__(self) -> None:
        self.redactions = Redactions(self.source.table(REDACTIONS.name))
        self.shelf = Shelf(self.source, self.reading)

    def refresh(self) -> News:
        """Load the changes, on the first call everything."""
        self.redactions.refresh()
        self.shelf.refresh()
        feeds_table, states_table = (
            self.source.table(FEEDS.name),
            self.source.table(FEED_STATE.name),
        )
        if not self._loaded:
            return self._load()
        feeds, states = (
            feeds_table.changes(self._feeds_version),
            states_table.changes(self._states_version),
        )
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
            state = self._read(FeedState, FEED_STATE, key, value)
            if state is not None:
                self._set_state(state)
        memories = self.source.table(FEED_MEMORY.name)
        for key in sorted(self.feeds):  # one after another: all at once take as much as the topic
            self._take_memory(key, memories.get(key))
        self._loaded = True
        known = dict.fromkeys((*self.states, *self.shelf.feeds()))
        return News(changed, tuple(key for key in known if key not in self.feeds))

    def _take_feeds(
        self, values: Mapping[str, bytes | None]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        changed, removed = [], []
        for key, value in values.items():
            feed = self.reading.read(Feed, FEEDS, key, value)
            if feed is None:
                self._take_out(key)
                removed.append(key)
            elif self.feeds.get(key) != feed:
                self.feeds[key] = feed
                self._by_domain[registrable_domain(feed.url)].add(key)
                changed.append(key)
        return tuple(changed), tuple(removed)

    def _read(self, event: type[E], topic: Topic, key: str, value: bytes | None) -> E | None:
        """Return the state or the memory of a feed, and note whether the next version wrote it."""
        self._newer.discard((topic.name, key))
        try:
            return None if value is None else decode(event, value)
        except SchemaError as error:
            if is_next(error, event):
                self._newer.add((topic.name, key))
            self.reading.skip(topic, key, error)
            return None

    def awaits_upgrade(self, feed_id: str) -> bool:
        """Return whether a newer version wrote the state or the memory of a feed.

        It must not be polled by this one: all of its articles would look new, and what the newer
        version remembers of them would be overwritten.
        """
        if not self._newer:
            return False
        return not self._newer.isdisjoint({(FEED_STATE.name, feed_id), (FEED_MEMORY.name, feed_id)})

    def _take_out(self, key: str) -> None:
        feed = self.feeds.pop(key, None)
        if feed is None:
            return
        domain = registrable_domain(feed.url)
        self.held.get(domain, {}).pop(key, None)
        self._by_domain[domain].discard(key)
        if not self._by_domain[domain]:
            del self._by_domain[domain]

    def of_domain(self, feed: Feed) -> Iterator[FeedState]:
        """Yield the states of all feeds of a feed's registrable domain."""
        for feed_id in tuple(self._by_domain.get(registrable_domain(feed.url), ())):
            state = self.states.get(feed_id)
            if state is not None:
                yield state

    def _take_states(self, values: Mapping[str, bytes | None]) -> tuple[str, ...]:
        """Apply the states that other pollers wrote.

        Our own are read back too and are recognised by their bytes.
        """
        polled = []
        for key, value in values.items():
            if value in self._written.get(key, ()):
                continue
            state = self._read(FeedState, FEED_STATE, key, value)
            if state is None:
                self.states.pop(key, None)
                continue
            self._set_state(state)
            self._take_memory(key, self.source.table(FEED_MEMORY.name).get(key))
            polled.append(key)
        return tuple(polled)

    def _take_memory(self, key: str, value: bytes | None) -> None:
        memory = self._read(FeedMemory, FEED_MEMORY, key, value)
        if memory is not None and key in self.feeds:
            self.own(key, memory.seen)
            self._chart(key, memory.seen)

    def memory(self, feed_id: str) -> FeedMemory:
        """Return the articles that a feed has published, including pending writes."""
        unwritten = self._unwritten.get(feed_id)
        if unwritten is not None:
            return unwritten
        value = self.source.table(FEED_MEMORY.name).get(feed_id)
        found = self._read(FeedMemory, FEED_MEMORY, feed_id, value)
        return found if found is not None else FeedMemory(feed_id=feed_id)

    def state(self, feed: Feed) -> FeedState:
        """Return the state of a feed; of one never polled, an empty one."""
        return self.states.get(feed.feed_id) or FeedState(feed_id=feed.feed_id)

    def _set_state(self, state: FeedState) -> None:
        before = self.states.get(state.feed_id)
        self.states[state.feed_id] = state
        feed = self.feeds.get(state.feed_id)
        if feed is None or (state.domain_until is None and _until(before) is None):
            return
        domain = registrable_domain(feed.url)
        waits = self.held.setdefault(domain, {})
        waits.pop(state.feed_id, None)
        if state.domain_until is not None:
            waits[state.feed_id] = state.domain_until
        if not waits:
            del self.held[domain]

    def own(self, feed_id: str, seen: Iterable[SeenArticle]) -> None:
        """Record the feed as owner of articles.

        Those of another only where this feed took them over from it.
        """
        for one in seen:
            if not one.mine:
                continue
            rank = (one.takeovers, one.own_site)
            if self.owners.setdefault(one.article_id, feed_id) != feed_id:
                if rank <= self._ranks.get(one.article_id, (0, False)):
                    continue
                self.owners[one.article_id] = feed_id
            if rank > (0, False):
                self._ranks[one.article_id] = rank

    def replace(self, after: FeedMemory, before: FeedMemory | None = None) -> None:
        """Apply a pending change of a feed's memory.

        What it dropped since `before` becomes free for others.
        """
        self._unwritten[after.feed_id] = after
        if before is not None:
            kept = {one.article_id for one in after.seen}
            self._free(after.feed_id, {one.article_id for one in before.seen} - kept)
        self.own(after.feed_id, after.seen)
        self._chart(after.feed_id, after.seen)

    def written(self, memory: FeedMemory) -> None:
        """Record that a memory was written to the log."""
        if self._unwritten.get(memory.feed_id) is memory:
            del self._unwritten[memory.feed_id]

    def refused(self, memory: FeedMemory) -> None:
        """Revert a memory that was not written and will not be.

        Articles that only it names become free for others.
        """
        self.written(memory)
        before = self.memory(memory.feed_id).seen
        known = {one.article_id for one in before}
        self._free(memory.feed_id, {one.article_id for one in memory.seen} - known)
        self._chart(memory.feed_id, before)

    def _chart(self, feed_id: str, seen: Sequence[SeenArticle]) -> None:
        feed = self.feeds.get(feed_id)
        self.atlas.put(feed_id, seen, publisher_domain(feed.url) if feed is not None else "")

    def _free(self, feed_id: str, articles: Iterable[str]) -> None:
        for key in articles:
            if self.owners.get(key) == feed_id:
                del self.owners[key]
                self._ranks.pop(key, None)

    def wrote(self, state: FeedState, value: bytes | None) -> None:
        """Remember a state that we write, so that it is recognised when it is read back."""
        self._set_state(state)
        self._written[state.feed_id] = (*self._written.get(state.feed_id, ()), value)[-_OWN_KEPT:]

    def forget(self, feed_id: str) -> None:
        """Drop the state of a removed feed."""
        self.states.pop(feed_id, None)
        self.atlas.forget(feed_id)
        self._unwritten.pop(feed_id, None)
        self._written[feed_id] = (None,)
        for key in [key for key, owner in self.owners.items() if owner == feed_id]:
            del self.owners[key]
            self._ranks.pop(key, None)


def _until(state: FeedState | None) -> datetime | None:
    return None if state is None else state.domain_until


class OtherFeeds:
    """Implements `pantau.poller.identity.ownership.Others`.

    Reads a memory once, so it is for one decision.
    """

    def __init__(self, registry: FeedRepository) -> None:
        self._registry = registry
        self._read: dict[str, Mapping[str, SeenArticle]] = {}

    def site(self, feed_id: str) -> str:
        """Return the publisher's domain of a feed."""
        feed = self._registry.feeds.get(feed_id)
        return publisher_domain(feed.url) if feed is not None else ""

    def seen(self, feed_id: str, article_id: str) -> SeenArticle | None:
        """Return what a feed remembers of an article."""
        if feed_id not in self._read:
            memory = self._registry.memory(feed_id)
            self._read[feed_id] = {one.article_id: one for one in memory.seen}
        return self._read[feed_id].get(article_id)
