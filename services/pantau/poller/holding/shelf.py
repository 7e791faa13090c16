"""The held articles of all feeds: an index in memory, their text in the table `held-articles`.

Used from the writer's single thread, like the repository of feeds; the figures of `count` may be
read from any thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pantau.poller.holding.held import Held, held_item
from pantau.poller.holding.plan import HeldFacts
from pantau.poller.identity.listing import cost_of
from pantau.ports import Log, Record
from pantau.stream.envelope import removal_of
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.polling.held_article import HeldArticle
from pantau_schemas.ids import held_id
from pantau_schemas.topics import HELD_ARTICLES

_NONE: Final[Mapping[str, HeldFacts]] = {}


class Shelf:
    """Follows `held-articles`, whoever wrote them."""

    def __init__(self, source: Log, reading: TableReading) -> None:
        self._source = source
        self._reading = reading
        self._version: int | None = None
        self._feeds: dict[str, dict[str, HeldFacts]] = defaultdict(dict)
        self._places: dict[str, tuple[str, str]] = {}  # held_id to feed and article
        self.cost = 0

    def refresh(self) -> None:
        """Apply the changes of the log, on the first call everything. Raises RetryError."""
        table = self._source.table(HELD_ARTICLES.name)
        if self._version is None:
            version = table.version()
            for one in table.newest(version):  # lazily: all texts together can be large
                self._take("", one)
            self._version = version
            return
        found = table.changes(self._version)
        self._version = found.version
        for key, value in found.values.items():
            self._take(key, value)

    def _take(self, key: str, value: bytes | None) -> None:
        event = self._reading.read(HeldArticle, HELD_ARTICLES, key, value)
        if event is None:
            self._remove(key)
        else:
            self.put(event)

    def put(self, event: HeldArticle) -> None:
        """Add an article that is held."""
        self._remove(event.held_id)
        one = HeldFacts(event.fingerprint, cost_of(event.title, event.text), event.historical)
        self._feeds[event.feed_id][event.article_id] = one
        self._places[event.held_id] = (event.feed_id, event.article_id)
        self.cost += one.cost

    def remove(self, feed_id: str, articles: Iterable[str]) -> None:
        """Remove articles of a feed."""
        for one in articles:
            self._remove(held_id(feed_id, one))

    def _remove(self, key: str) -> None:
        place = self._places.pop(key, None)
        if place is None:
            return
        mine = self._feeds[place[0]]
        self.cost -= mine.pop(place[1]).cost
        if not mine:
            del self._feeds[place[0]]

    def of(self, feed_id: str) -> Mapping[str, HeldFacts]:
        """Return what a feed has held, by article."""
        return self._feeds.get(feed_id, _NONE)

    def feeds(self) -> tuple[str, ...]:
        """Return the feeds that have anything held."""
        return tuple(self._feeds)

    def cost_of_feed(self, feed_id: str) -> int:
        """Return the cost of what a feed has held."""
        return sum(one.cost for one in self.of(feed_id).values())

    def read(self, feed_id: str) -> tuple[Held, ...]:
        """Return the held articles of a feed, the newest first. Raises RetryError."""
        table = self._source.table(HELD_ARTICLES.name)
        found = []
        for article_id in self.of(feed_id):
            key = held_id(feed_id, article_id)
            event = self._reading.read(HeldArticle, HELD_ARTICLES, key, table.get(key))
            if event is not None:
                found.append(event)
        found.sort(key=lambda one: one.place)
        found.sort(key=lambda one: one.held_since, reverse=True)
        return tuple(held_item(one) for one in found)

    def clear(self, feeds: Iterable[str]) -> tuple[Record, ...]:
        """Remove all that some feeds have held; return the records that say so."""
        gone = [(feed, one) for feed in feeds for one in self.of(feed)]
        for feed, one in gone:
            self.remove(feed, (one,))
        return tuple(removal_of(HELD_ARTICLES, held_id(feed, one)) for feed, one in gone)

    def again(self, feed_id: str, articles: Iterable[str]) -> None:
        """Read articles of a feed again, after a change that was not written."""
        table = self._source.table(HELD_ARTICLES.name)
        for one in articles:
            key = held_id(feed_id, one)
            self._take(key, table.get(key))
