"""The items that a document lists, each with what identifies its article and shows a change.

Pure. This is the part of comparing that takes time (an address to bring to its one form, hashes for
every item), so it runs apart from the one thread that knows what was listed before. Which article
an item is, `resolve` decides.
"""

from dataclasses import dataclass
from typing import Final

from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.net.domains import publisher_of
from pantau.poller.identity.keys import Keys, home_of, read_keys
from pantau.poller.identity.wording import read_wording, title_key
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT
from pantau_schemas.links.canonical import site_of, unwrap_link

BASE_COST: Final = 2_000
"""The fixed cost of an article to the stages, in bytes of text of equal cost."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a document. `article_id` is empty until it is resolved."""

    article_id: str
    fingerprint: str
    core: str  # the fingerprint without what churns
    title: str | None  # `title_key`
    keys: Keys
    item: ParsedItem
    host: str | None = None  # of the page it links to: `pantau_schemas.links.canonical.site_of`
    words: int = 0  # of the text: `count_words`
    sample: str = ""  # of the text: `wording.sample`

    @property
    def site(self) -> str:
        """Return whose page it links to; empty if it links to none.

        See `pantau.net.domains.publisher_domain`. It is looked up when asked for: the process that
        reads a document need not load the list of public suffixes.
        """
        return publisher_of(self.host) if self.host is not None else ""

    @property
    def cost(self) -> int:
        """The approximate cost of publishing it to the stages, in bytes of text.

        It counts characters.
        """
        return cost_of(self.item.title, self.item.text)

    def resolved(self, article_id: str) -> "Listed":
        """Return the item as that of an article."""
        # By hand: `dataclasses.replace` takes twice as long, and every item of a poll comes here.
        return Listed(
            article_id,
            self.fingerprint,
            self.core,
            self.title,
            self.keys,
            self.item,
            self.host,
            self.words,
            self.sample,
        )

    def says(self, printed: str) -> bool:
        """Return whether a fingerprint, with or without what churns, is this item's."""
        return printed in {self.fingerprint, self.core}


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a document that say anything, in its order.

    `number` counts all items; `places` has the place of each of `items` among them.
    """

    items: tuple[Listed, ...] = ()
    places: tuple[int, ...] = ()
    number: int = 0


def read_listing(document: ParsedFeed, feed_id: str) -> Listing:
    """Read what the items of a document say of themselves."""
    home = home_of(document.link)
    items, places = [], []
    for place, item in enumerate(document.items):
        keys = read_keys(item, feed_id, home)
        if keys.former is not None:
            items.append(listed_as(item, keys))
            places.append(place)
    return Listing(tuple(items), tuple(places), len(document.items))


def cost_of(title: str, text: str) -> int:
    """Return the approximate cost of publishing an article; see `Listed.cost`."""
    return BASE_COST + min(len(title), TITLE_LIMIT) + min(len(text), TEXT_LIMIT)


def listed_as(item: ParsedItem, keys: Keys) -> Listed:
    """Return an item with what it says, as one that these keys identify."""
    host = site_of(unwrap_link(item.link)) if item.link else None
    wording = read_wording(item.title, item.text)
    return Listed(
        article_id="",
        fingerprint=wording.fingerprint,
        core=wording.core,
        title=title_key(item.title or item.text[:200]),
        keys=keys,
        item=item,
        host=host,
        words=wording.words,
        sample=wording.sample,
    )
