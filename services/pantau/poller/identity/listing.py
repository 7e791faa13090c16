"""The items that a document lists, each with its id and the hash that tells its revisions apart.

Pure. This is the part of comparing that takes time (an address to bring to its one form, a hash for
every item), so it runs apart from the one thread that knows whose the articles are.

**A link that names no article.** Where an item's link is the feed's own home page, it counts as
having none, so that the items of a feed that links them all there are not taken for one. Where
items of a document share another link, the first one counts; if the others are no mere repeats, a
warning tells that they are missing.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.net.domains import publisher_domain
from pantau_schemas.article import TEXT_LIMIT, TITLE_LIMIT
from pantau_schemas.base import format_time
from pantau_schemas.ids import article_id
from pantau_schemas.links import normalise_link

BASE_COST: Final = 2_000
"""The cost of an article to the stages however short it is, in the bytes of text that cost the same.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a document, identified."""

    article_id: str
    fingerprint: str
    site: str  # whose page it links to: `pantau.net.domains.publisher_domain`
    item: ParsedItem

    @property
    def cost(self) -> int:
        """Return what publishing it costs the stages, in bytes of text.

        Near enough, since it counts characters.
        """
        item = self.item
        return BASE_COST + min(len(item.title), TITLE_LIMIT) + min(len(item.text), TEXT_LIMIT)


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a document, each article once, in the document's order."""

    items: tuple[Listed, ...] = ()
    doubles: int = 0  # items left out since another one has their link


def read_listing(document: ParsedFeed, feed_id: str) -> Listing:
    """Identify the items of a document."""
    home = normalise_link(document.link) if document.link else None
    found: dict[str, Listed] = {}
    doubles = 0
    for item in document.items:
        identifier = identify(item, feed_id, home)
        if identifier is None:
            continue
        listed = Listed(identifier, fingerprint(item), publisher_domain(item.link or ""), item)
        first = found.setdefault(identifier, listed)
        if first is not listed:
            doubles += first.item.guid != item.guid and first.fingerprint != listed.fingerprint
    return Listing(tuple(found.values()), doubles)


def identify(item: ParsedItem, feed_id: str, home: str | None) -> str | None:
    """Return the id of an item; None for one that says nothing at all.

    `home` is the feed's normalised link.
    """
    link = normalise_link(item.link) if item.link else None
    if link == home and (item.guid or item.title or item.text):
        link = None
    if not (link or item.guid or item.title or item.text):
        return None
    return article_id(
        link=link,
        feed_id=feed_id,
        guid=item.guid,
        title=item.title or item.text[:200],
        published=format_time(item.published) if item.published else None,
    )


def fingerprint(item: ParsedItem) -> str:
    """Return a hash of what makes an item another revision when it changes.

    Title and text, but for white space.
    """
    words = "\x00".join(" ".join(part.split()) for part in (item.title, item.text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
