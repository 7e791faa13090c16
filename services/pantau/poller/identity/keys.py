"""Keys of an item: its id in the feed (guid) and its link, and values that are placeholders.

Pure. A guid is kept as a digest after a letter for its kind: `u` for ids that no other publisher
uses (addresses, URNs, `tag:` and UUIDs), so that two feeds of a site may share them; `p` for the
item's own link, which says no more than the link; `l` for all others, which mean something in their
feed alone. `q` is kept in the place of a guid where there is none: the parameters of the link that
its one form does not have, such as `?ref=101`.

**Placeholders identify nothing**: ids such as `N/A`, links to the feed's own or any other home
page, and links that result from resolving `N/A` or `#` against the address of the feed.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from pantau.feeds.document import ParsedItem
from pantau_schemas.base import format_time
from pantau_schemas.ids import article_id
from pantau_schemas.links.canonical import (
    dropped_parameters,
    former_link,
    normalise_link,
    second_link,
)

PLACEHOLDERS: Final = frozenset(
    {
        "", "#", "-", "--", "---", ".", "?", "0", "n/a", "na", "n.a.", "none", "null", "nil", "nan",
        "undefined", "unknown", "tba", "tbd", "empty", "false", "true", "guid", "id", "item",
        "link", "url", "no guid", "noguid", "no-guid", "default", "about:blank",
        "javascript:void(0)", "javascript:;", "http://", "https://", "(none)", "[object object]",
        "{{guid}}", "{guid}", "%guid%",
    }
)  # fmt: skip
"""Placeholders of programs for a missing id or link, in lower case."""

_UNIVERSAL: Final = re.compile(
    r"https?://[^/]+/.|tag:[^,]+,|urn:[a-z0-9]|(?:urn:uuid:|\{)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.IGNORECASE,
)
_NO_PAGE: Final = re.compile(
    r"/(?:n/?a|none|null|nil|undefined|nan|unknown|tba|tbd|empty|false|%23|link|url|(?:%20|[.-])+"
    r"|(?:about|javascript|mailto|tel|data):[^/]*|\$\w+|(?:%7B|%25|%3C|%5B)[^/]*"
    r"|(?:tidak|belum)(?:%20|[-_+])(?:ada|tersedia)|not(?:%20|[-_+])available)\Z"
    r"|\?(?:p|id|page_id|post|post_id)=(?:0|null|none|undefined|nan)?\Z",
    re.IGNORECASE,
)
"""Ends of links that result from resolving a placeholder against the address of a feed."""
_NO_ID: Final = re.compile(
    r"[\W_]*|[\W_]*0+(?:[\W_]+0+)*[\W_]*|-\d|\$\w+|\W+(?:guid|id|link|url|item\.\w+)\W*"
    r"|(?:tidak|belum) (?:ada|tersedia)|not available|kosong|https?://(?:www\.)?example\.(?:com|org|net)/?|https?://localhost/?",
    re.IGNORECASE,
)
"""Ids without a letter or a digit other than zero, variables that a template left, and such."""
_SECTION: Final = re.compile(
    r"https?://[^/?#]+(?:/[a-z]{1,20}){1,2}/?(?:\.(?:html?|php|aspx?|xml|rss))?", re.IGNORECASE
)
"""Addresses of sections and of feeds: one or two plain words, where an article has a name."""
_SAYS_NOTHING: Final = re.compile(r"(?:utm_|xtor=|ref=|at_|:~:|\?)", re.IGNORECASE)


_LONGEST_PLACEHOLDER: Final = 50
_DROPPED: Final = "q"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys by which an item identifies its article."""

    guid: str | None  # digest after its kind
    link: str | None  # id of the normalised link, where that can be an article's page
    former: str | None  # the id that earlier versions gave; None for an item that says nothing
    by_guid: str | None  # id of feed and guid
    by_title: str  # id of feed, title and date
    dropped: str | None = None  # without guid: digest of the link's parameters that it drops
    second: str | None = None  # the id of the link by version 2 of the rules, if it is another one


@dataclass(frozen=True, slots=True)
class Home:
    """The link of a feed's site: normalised, and by version 1 of the rules."""

    link: str | None = None
    former: str | None = None


def home_of(link: str | None) -> Home:
    """Return the link of a feed's site as items' links are compared with it."""
    return Home(normalise_link(link), former_link(link)) if link else Home()


def read_keys(item: ParsedItem, feed_id: str, home: Home) -> Keys:
    """Return what an item of a feed says of itself."""
    link = normalise_link(item.link) if item.link else None
    page = link if link is not None and not _is_no_page(link, home.link) else None
    guid = item.guid if item.guid and not _is_placeholder(item.guid, home.link) else None
    title = item.title or item.text[:200]
    date = format_time(item.published) if item.published else None
    by_link = article_id(link=link) if link else None
    own = _guid_key(guid, page) if guid else _place_key(item.link, page)
    return Keys(
        guid=own,
        link=by_link if page else None,
        former=_former_id(item, feed_id, home, known=(link, by_link)),
        by_guid=article_id(link=None, feed_id=feed_id, guid=guid) if guid else None,
        by_title=article_id(link=None, feed_id=feed_id, title=title, published=date),
        dropped=_dropped_key(item.link) if own is None and page else None,
        second=_second_key(item.link) if page else None,
    )


def own_guid(kept: str | None) -> str | None:
    """Return what a memory keeps as the guid of an article, if it is one."""
    return None if kept is None or kept.startswith(_DROPPED) else kept


def is_section(link: str | None) -> bool:
    """Return whether a link means a section of a site, or a feed, rather than an article."""
    return link is not None and _SECTION.fullmatch(link.strip()) is not None


def _is_no_page(link: str, home: str | None) -> bool:
    """Return whether a normalised link means a site, or nothing, rather than a page of its own."""
    after = link.removeprefix("https://").partition("/")[2]
    root = not after and "?" not in link and "#" not in link
    return root or link == home or _NO_PAGE.search(link) is not None


def _is_placeholder(guid: str, home: str | None) -> bool:
    text = guid.strip().lower()
    if text in PLACEHOLDERS or (len(text) <= _LONGEST_PLACEHOLDER and _NO_ID.fullmatch(text)):
        return True
    link = normalise_link(text) if text.startswith(("http://", "https://")) else None
    return link is not None and _is_no_page(link, home)


def _guid_key(guid: str, page: str | None) -> str:
    # Without a colon it is no address, and most guids that are none need not be read as one.
    if page is not None and ":" in guid and "#" not in guid and normalise_link(guid) == page:
        kind = "p"
    else:
        kind = "u" if _UNIVERSAL.match(guid) else "l"
    return kind + _digest(guid)


def _place_key(link: str | None, page: str | None) -> str | None:
    """Return a substitute for a missing guid: the place of the item on its page, `#comment-7`."""
    place = link.partition("#")[2].strip() if link and page else ""
    if not place or _SAYS_NOTHING.match(place):
        return None
    return "l" + _digest(f"{page}#{place}")


def _dropped_key(link: str | None) -> str | None:
    said = dropped_parameters(link) if link and "?" in link else ""
    return _DROPPED + _digest(said) if said else None


def _second_key(link: str | None) -> str | None:
    second = second_link(link) if link and "?" in link else None
    return article_id(link=second) if second else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _former_id(
    item: ParsedItem, feed_id: str, home: Home, *, known: tuple[str | None, str | None]
) -> str | None:
    """Return the id that version 1 of the rules gave an item.

    `known` is the normalised link and its id: both versions agree on most links.
    """
    link = former_link(item.link) if item.link else None
    if not (link or item.guid or item.title or item.text):
        return None
    # Version 1 took a link to the home page for no link, if there was anything else to go by.
    if link == home.former and (item.guid or item.title or item.text):
        link = None
    if link is not None and link == known[0]:
        return known[1]
    return article_id(
        link=link,
        feed_id=feed_id,
        guid=item.guid,
        title=item.title or item.text[:200],
        published=format_time(item.published) if item.published else None,
    )
