"""The tables that the extractor follows."""

from collections import OrderedDict
from typing import Final

from pantau.ports import Table
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.article import Article, FullArticle
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.site import Site

_FEEDS_KEPT: Final = 1_000


class ExtractorTables:
    """Feeds, events that went out, and declarations of sites."""

    def __init__(self, feeds: Table, full: Table, sites: Table) -> None:
        self._feeds = feeds
        self._full = full
        self._sites = sites
        self._decoded: OrderedDict[str, tuple[bytes, Feed | None]] = OrderedDict()

    def feed(self, article: Article) -> Feed | None:
        """Return the feed of an article; None if it was removed, or cannot be read."""
        identifier = article.feed_id
        value = None if identifier is None else self._feeds.get(identifier)
        if identifier is None or value is None:
            return None
        kept = self._decoded.get(identifier)
        if kept is None or kept[0] != value:
            kept = (value, _decoded(value))
            self._decoded[identifier] = kept
            if len(self._decoded) > _FEEDS_KEPT:
                self._decoded.popitem(last=False)
        return kept[1]

    def last(self, article_id: str) -> FullArticle | None:
        """Return what went out of an article before."""
        value = self._full.get(article_id)
        try:
            return None if value is None else decode(FullArticle, value)
        except SchemaError:
            return None  # of another version; what comes now replaces it

    def site(self, host: str) -> Site | None:
        """Return what a site declared before."""
        value = self._sites.get(host)
        try:
            return None if value is None else decode(Site, value)
        except SchemaError:
            return None


def _decoded(value: bytes) -> Feed | None:
    try:
        return decode(Feed, value)
    except SchemaError:
        return None
