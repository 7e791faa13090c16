"""The articles of all feeds by links and guids, so that two feeds that list one article agree.

An article's own link is its id, so only what else identifies it is kept: other links that it has
had, and guids that no two publishers share.

**Trust.** A stranger could remember an article of its own under a publisher's link. So a feed of a
link's site believes only what feeds of that site remember of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pantau.poller.identity.listing import Listed
from pantau_schemas.feed import SeenArticle


@dataclass(slots=True)
class Atlas:
    """Articles by link and guid, with the feeds that say so and whether they are of its site."""

    _places: dict[str, dict[tuple[str, str], bool]] = field(default_factory=dict)
    _of_feed: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def put(self, feed_id: str, seen: Iterable[SeenArticle]) -> None:
        """Replace what a feed remembers."""
        self.forget(feed_id)
        noted = []
        for one in seen:
            for key in _keys(one):
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
        found = self._places.get(key, {})
        return frozenset(article for (article, _), own in found.items() if own or not own_site)


def _keys(one: SeenArticle) -> Iterable[str]:
    yield from one.links
    if one.guid is not None and one.guid.startswith("u"):
        yield one.guid


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
        return _only(by_link & by_guid) or (_only(by_link) if by_link else _only(by_guid))


def _only(articles: Iterable[str]) -> str | None:
    found = tuple(articles)
    return found[0] if len(found) == 1 else None
