"""Feeds that others read: Atom (RFC 4287) and JSON Feed 1.1, from the same items. Pure."""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from pantau_schemas.base import format_time

ATOM_TYPE: Final = "application/atom+xml; charset=utf-8"
JSON_TYPE: Final = "application/feed+json; charset=utf-8"
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a feed without items: each reading of it is the same."""
_NOT_XML: Final = re.compile("[^\t\n\r\\x20-\\ud7ff\\ue000-\\ufffd\U00010000-\U0010ffff]")
"""Characters that no document of XML 1.0 may hold (section 2.2)."""
_URI: Final = "!#$%&'()*+,/:;=?@[]~-._"
"""Characters of addresses that stay as they are (RFC 3986)."""
_JSON_VERSION: Final = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class FeedHead:
    """A feed. `feed_id` is an absolute address that never changes, such as `urn:pantau:...`."""

    feed_id: str
    title: str
    self_link: str
    home_link: str
    lang: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item. `item_id` is as `feed_id`; `link` is http or https, or None; texts are plain."""

    item_id: str
    title: str
    link: str | None
    text: str
    updated: datetime
    published: datetime | None = None
    lang: str | None = None
    source: str | None = None


def without_controls(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return _NOT_XML.sub("", text)


def atom_document(head: FeedHead, items: Sequence[FeedItem]) -> bytes:
    """Return the Atom document of items, which have ids of their own."""
    updated = max((one.updated for one in items), default=NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_escaped(head.lang)}">',
        f"<id>{_escaped(head.feed_id)}</id>",
        f"<title>{_escaped(head.title)}</title>",
        f"<updated>{format_time(updated)}</updated>",
        "<author><name>Pantau</name></author>",
        "<generator>Pantau</generator>",
        f'<link rel="self" type="application/atom+xml" href="{_address(head.self_link)}"/>',
        f'<link rel="alternate" type="text/html" href="{_address(head.home_link)}"/>',
        *map(_atom_entry, items),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _atom_entry(one: FeedItem) -> str:
    lang = f' xml:lang="{_escaped(one.lang)}"' if one.lang else ""
    parts = [
        f"<entry{lang}><id>{_escaped(one.item_id)}</id>",
        f"<title>{_escaped(one.title)}</title>",
        f"<updated>{format_time(one.updated)}</updated>",
    ]
    if one.published is not None:
        parts.append(f"<published>{format_time(one.published)}</published>")
    if one.source:
        parts.append(f"<author><name>{_escaped(one.source)}</name></author>")
    if one.link:
        parts.append(f'<link rel="alternate" href="{_address(one.link)}"/>')
    # Always there: an entry without a link must have it (RFC 4287, 4.1.2).
    parts.append(f'<content type="text">{_escaped(one.text)}</content></entry>')
    return "".join(parts)


def json_feed_document(head: FeedHead, items: Sequence[FeedItem]) -> bytes:
    """Return the JSON Feed of items."""
    feed: dict[str, Any] = {
        "version": _JSON_VERSION,
        "title": head.title,
        "home_page_url": uri(head.home_link),
        "feed_url": uri(head.self_link),
        "language": head.lang,
        "authors": [{"name": "Pantau"}],
        "items": [_json_item(one) for one in items],
    }
    return (json.dumps(feed, indent=1) + "\n").encode("ascii")


def _json_item(one: FeedItem) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": one.item_id,
        "url": uri(one.link) if one.link else None,
        "title": one.title,
        "content_text": one.text,
        "date_published": format_time(one.published or one.updated),
        "date_modified": format_time(one.updated),
        "language": one.lang,
        "authors": [{"name": one.source}] if one.source else None,
    }
    return {name: value for name, value in made.items() if value is not None}


def uri(address: str) -> str:
    """Return an address with every character encoded that RFC 3986 does not allow in one."""
    return quote(address, safe=_URI, errors="replace")


def _address(given: str) -> str:
    return html.escape(uri(given))


def _escaped(text: str) -> str:
    return html.escape(without_controls(text), quote=True)
