"""Selects the link of the article among the links and media of an item."""

import re
from typing import Any, Final

from pantau.feeds.links import NO_LINKS

_IANA: Final = re.compile(
    r"https?://(?:www\.)?iana\.org/assignments/(?:link-)?relations?[/#](?:link-relations\.\w+#)?"
)
_KNOWN: Final = ("alternate", "enclosure", "self", "canonical", "bookmark", "permalink")
"""Relations that are evaluated, in order of precedence."""
_PAGES: Final = frozenset({"text/html", "html", "application/xhtml+xml"})
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
_MOST_LINKS: Final = 100
_SAME: Final = frozenset({"canonical", "bookmark", "permalink"})
_NEAR: Final = ("shortlink", "related", "via")
"""Relations of pages that an entry without any page of its own speaks of."""


def relation(written: str) -> str:
    """Return the decisive relation of those that a link has.

    Names are in any case, a list is parted by spaces, and the IRI of a registered relation is equal
    to its name (RFC 4287, 4.2.7.2). Without any, the relation is `alternate`.
    """
    names = [_IANA.sub("", one) for one in written.lower().split()]
    known = (one for one in _KNOWN if one in names)
    return next(known, names[0] if names else "alternate")


def article_link(links: object) -> str | None:
    """Return the first alternate link, preferably one of type HTML; None if there is none."""
    listed = [dict(one) for one in links] if isinstance(links, list) else []
    listed = [one for one in listed if (_text(one.get("href")) or "").lower() not in NO_LINKS]
    shown = [one for one in listed if one.get("rel") == "alternate"]
    pages = [one for one in shown if one.get("type") in _PAGES]
    others = [one for one in listed if one.get("rel") in _SAME]
    chosen = pages or shown or others
    return _text(chosen[0]["href"]) if chosen else None


def near_link(links: object) -> str | None:
    """Return the address of what an entry refers to, for entries without a link of their own."""
    listed = [dict(one) for one in links] if isinstance(links, list) else []
    for name in _NEAR:
        found = (_text(one.get("href")) for one in listed if one.get("rel") == name)
        chosen = next((one for one in found if one is not None), None)
        if chosen is not None:
            return chosen
    return None


def hub_links(links: object) -> tuple[tuple[str, str], ...]:
    """Return relation and address of the links `hub` and `self` of a feed, at most 100."""
    listed = [dict(one) for one in links[:_MOST_LINKS]] if isinstance(links, list) else []
    pairs = ((str(one.get("rel")), _text(one.get("href"))) for one in listed)
    return tuple((rel, href) for rel, href in pairs if href and rel in {"hub", "self"})


def enclosed(entry: dict[str, Any]) -> str | None:
    """Return the address of an item's audio or video, for items without a link.

    Images are ignored, since many items may share one.
    """
    links = entry.get("links")
    for one in links if isinstance(links, list) else []:
        if one.get("rel") == "enclosure" and _is_work(one) and _text(one.get("href")):
            return _text(one["href"])
    player = entry.get("media_player")
    media = entry.get("media_content")
    listed = [*(media if isinstance(media, list) else []), player]
    for one in listed:
        if isinstance(one, dict) and _is_work(one) and _text(one.get("url")):
            return _text(one["url"])
    return None


def _is_work(media: Any) -> bool:
    kind = str(media.get("type") or media.get("medium") or "").lower()
    address = str(media.get("href") or media.get("url") or "").partition("?")[0]
    return not kind.startswith("image") and not address.lower().endswith(_PICTURES)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
