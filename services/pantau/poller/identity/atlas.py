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
from typing import Final, TypeVar

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.sameness import COPY_TIME, date_of, long_enough
from pantau_schemas.events.feed import SeenArticle

RECENT: Final = timedelta(days=2)
"""Age, relative to the newest article of its feed, up to which an article's wording is kept."""
_NONE: Final[frozenset[str]] = frozenset()


_Place = tuple[str, str]
"""An article, and the feed that remembers it."""
_Wording = tuple[str, int, bool, bool]
"""The site of an article, the period that it is dated in (or was first seen in, without a date),
whether its feed is of its site, and whether it has a date."""
_T = TypeVar("_T")


@dataclass(slots=True)
class Atlas:
    """Articles by link and guid, with the feeds that say so and whether they are of its site.

    Recent ones also by what they say: by the fingerprint alone, since nearly all that are asked for
    are not there.
    """

    _places: dict[str, dict[_Place, bool]] = field(default_factory=dict)
    _wordings: dict[str, dict[_Place, _Wording]] = field(default_factory=dict)
    _of_feed: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    _worded_by: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def put(self, feed_id: str, seen: Sequence[SeenArticle], site: str = "") -> None:
        """Replace what a feed remembers. `site` is the publisher's domain of the feed."""
        self.forget(feed_id)
        noted = []
        for key, one in _identified(seen):
            self._places.setdefault(key, {})[one.article_id, feed_id] = one.own_site
            noted.append((key, one.article_id))
        if noted:
            self._of_feed[feed_id] = tuple(noted)
        worded = []
        for period, one in _recent(seen):
            wording = (one.site or site, period, one.own_site, one.dated is not None)
            self._wordings.setdefault(one.fingerprint, {})[one.article_id, feed_id] = wording
            worded.append((one.fingerprint, one.article_id))
        if worded:
            self._worded_by[feed_id] = tuple(worded)

    def forget(self, feed_id: str) -> None:
        """Remove everything that a feed remembered."""
        _remove(self._places, self._of_feed.pop(feed_id, ()), feed_id)
        _remove(self._wordings, self._worded_by.pop(feed_id, ()), feed_id)

    def find(self, key: str, *, own_site: bool) -> frozenset[str]:
        """Return the articles with a link or guid; with `own_site`, as feeds of their site say."""
        found = self._places.get(key)
        if found is None:  # as for nearly all keys
            return _NONE
        return frozenset(article for (article, _), own in found.items() if own or not own_site)

    def find_copies(
        self, core: str, site: str, date: datetime, *, own_site: bool, dated: bool
    ) -> frozenset[str]:
        """Return the articles of a site with a wording that are dated about the same time.

        Without `dated`, those without a date that were first seen about that time.
        """
        found = self._wordings.get(core)
        if found is None:  # as for nearly all wordings
            return _NONE
        now = _period(date)
        return frozenset(
            article
            for (article, _), (of_site, period, own, has_date) in found.items()
            if (of_site, has_date) == (site, dated)
            and abs(period - now) <= 1
            and (own or not own_site)
        )

    def has_wording(self, core: str) -> bool:
        """Return whether any recent article has a wording."""
        return core in self._wordings


def _remove(known: dict[str, dict[_Place, _T]], noted: Iterable[_Place], feed_id: str) -> None:
    for key, article in noted:
        found = known.get(key, {})
        found.pop((article, feed_id), None)
        if not found:
            known.pop(key, None)


def _identified(seen: Iterable[SeenArticle]) -> Iterator[tuple[str, SeenArticle]]:
    """Yield the keys of what identifies articles."""
    for one in seen:
        for link in one.links:
            yield link, one
        if one.guid is not None and one.guid.startswith("u"):
            yield one.guid, one


def _recent(seen: Iterable[SeenArticle]) -> Iterator[tuple[int, SeenArticle]]:
    """Yield recent articles with the period of their date, or of when they were first seen."""
    known = [one for one in seen if one.words]
    dated = [(one.dated, one) for one in known if one.dated is not None]
    undated = [(one.first_seen, one) for one in known if one.dated is None]
    for listed in (dated, undated):
        newest = max((date for date, _ in listed), default=None)
        for date, one in listed:
            if newest is not None and newest - date <= RECENT:
                yield _period(date), one


def _period(date: datetime) -> int:
    """Return the number of the period of `COPY_TIME` in which a date is."""
    return int(date.timestamp() // COPY_TIME.total_seconds())


@dataclass(frozen=True, slots=True)
class OfOtherFeeds:
    """Implements `pantau.poller.identity.resolve.Elsewhere` for one feed."""

    atlas: Atlas
    owners: Mapping[str, str]
    site: str  # the publisher's domain of the feed
    now: datetime  # the date of an item that has none

    def find(self, one: Listed) -> str | None:
        """Return the article that another feed has of an item; None for none, or several.

        Of several with one link, the one with the item's guid.
        """
        site, guid = one.site, one.keys.guid
        own_site = bool(site) and site == self.site
        by_guid = _NONE
        if guid is not None and guid.startswith("u"):
            by_guid = self.atlas.find(guid, own_site=own_site)
        link, former = one.keys.link, one.keys.former
        if link is None:
            return _only(by_guid)
        by_link = self.atlas.find(link, own_site=own_site)
        known = {key for key in (link, former, one.keys.second) if key in self.owners}
        by_link |= {key for key in known if key is not None}
        if by_link or by_guid:
            return _only(by_link & by_guid) or _only(by_link or by_guid)
        return _only(self._copies(one, own_site=own_site))

    def _copies(self, one: Listed, *, own_site: bool) -> frozenset[str]:
        """Return the articles of the item's site with its wording, dated about the same time."""
        if not self.atlas.has_wording(one.core):  # asked first: the rest takes longer
            return _NONE
        date = date_of(one)
        if not one.site or not long_enough(one):
            return _NONE
        return self.atlas.find_copies(
            one.core, one.site, date or self.now, own_site=own_site, dated=date is not None
        )


def _only(articles: Iterable[str]) -> str | None:
    found = tuple(articles)
    return found[0] if len(found) == 1 else None
