"""The articles of all feeds by links and guids, so that two feeds that list one article agree.

An article's own link is its id, so only what else identifies it is kept: other links that it has
had, guids that no two publishers share, and what recent articles say. The last finds an article
that two feeds of a site list under links which differ in a way that no table of tracking names or
twins knows.

**Trust.** A stranger could remember an article of its own under a publisher's link. So a feed of a
link's site believes only what feeds of that site remember of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.sameness import COPY_TIME, date_of, long_enough
from pantau_schemas.events.feed import SeenArticle

RECENT: Final = timedelta(days=2)
"""Age, relative to the newest article of its feed, up to which an article's wording is kept."""
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(slots=True)
class Atlas:
    """Articles by link and guid, with the feeds that say so and whether they are of its site."""

    _places: dict[str, dict[tuple[str, str], bool]] = field(default_factory=dict)
    _of_feed: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def put(self, feed_id: str, seen: Sequence[SeenArticle], site: str = "") -> None:
        """Replace what a feed remembers. `site` is the publisher's domain of the feed."""
        self.forget(feed_id)
        noted = []
        for key, one in chain(_identified(seen), _worded(seen, site)):
            self._places.setdefault(key, {})[one.article_id, feed_id] = one.own_site
            noted.append((key, one.article_id))
        if noted:
            self._of_feed[feed_id] = tuple(noted)

    def forget(self, feed_id: str) -> None:
        """Remove everything that a feed remembered."""
        for key, article in self._of_feed.pop(feed_id, ()):
            found = self._places.get(key, {})
            found.pop((article, feed_id), None)
            if not found:
                self._places.pop(key, None)

    def find(self, key: str, *, own_site: bool) -> frozenset[str]:
        """Return the articles with a link or guid; with `own_site`, as feeds of their site say."""
        found = self._places.get(key)
        if found is None:  # as for nearly all keys
            return _NONE
        return frozenset(article for (article, _), own in found.items() if own or not own_site)


def _identified(seen: Iterable[SeenArticle]) -> Iterator[tuple[str, SeenArticle]]:
    """Yield the keys of what identifies articles."""
    for one in seen:
        for link in one.links:
            yield link, one
        if one.guid is not None and one.guid.startswith("u"):
            yield one.guid, one


def _worded(seen: Iterable[SeenArticle], site: str) -> Iterator[tuple[str, SeenArticle]]:
    """Yield the keys of what recent articles say; an article without a date has none."""
    dated = [(one.dated, one) for one in seen if one.dated is not None and one.words]
    newest = max((date for date, _ in dated), default=None)
    for date, one in dated:
        if newest is not None and newest - date <= RECENT:
            yield _wording_key(one.site or site, one.fingerprint, _period(date)), one


def _period(date: datetime) -> int:
    """Return the number of the period of `COPY_TIME` in which a date is."""
    return int(date.timestamp() // COPY_TIME.total_seconds())


def _wording_key(site: str, core: str, period: int) -> str:
    """Return the key of a wording on a site, with the period that it is dated in."""
    return f"={period} {core} {site}"


@dataclass(frozen=True, slots=True)
class OfOtherFeeds:
    """Implements `pantau.poller.identity.resolve.Elsewhere` for one feed."""

    atlas: Atlas
    owners: Mapping[str, str]
    site: str  # the publisher's domain of the feed

    def find(self, one: Listed) -> str | None:
        """Return the article that another feed has of an item; None for none, or several.

        Of several with one link, the one with the item's guid.
        """
        own_site = bool(one.site) and one.site == self.site
        by_guid: frozenset[str] = frozenset()
        if one.keys.guid is not None and one.keys.guid.startswith("u"):
            by_guid = self.atlas.find(one.keys.guid, own_site=own_site)
        link, former = one.keys.link, one.keys.former
        if link is None:
            return _only(by_guid)
        known = (link,) if former is None else (link, former)
        by_link = frozenset(key for key in known if key in self.owners)
        by_link |= self.atlas.find(link, own_site=own_site)
        if by_link or by_guid:
            return _only(by_link & by_guid) or _only(by_link or by_guid)
        return _only(self._copies(one, own_site=own_site))

    def _copies(self, one: Listed, *, own_site: bool) -> frozenset[str]:
        """Return the articles of the item's site with its wording, dated about the same time."""
        date = date_of(one)
        if date is None or not one.site or not long_enough(one):
            return frozenset()
        period = _period(date)
        found: frozenset[str] = frozenset()
        for near in (period - 1, period, period + 1):
            found |= self.atlas.find(_wording_key(one.site, one.core, near), own_site=own_site)
        return found


def _only(articles: Iterable[str]) -> str | None:
    found = tuple(articles)
    return found[0] if len(found) == 1 else None
