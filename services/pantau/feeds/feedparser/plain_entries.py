"""Plain entries of Atom 1.0, read without the handlers of feedparser; see `held_items`.

An entry has attributes where an item of RSS has texts, and parts within an author. So links and
categories are plain with the attributes of RFC 4287, texts of the types `text` and `html`, and an
author with a name, an address of mail and one of the web. XHTML, contents of other types, sources,
contributors and rights are left to feedparser.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from pantau.feeds.feedparser.held_items import (
    IGNORED,
    ITEM,
    MEDIA,
    HeldItems,
    Kind,
    attributes_of,
    means_nothing,
    text_or_none,
)
from pantau.feeds.feedparser.pictures import lead_picture, nothing_listed
from pantau.feeds.feedparser.relations import article_link, relation
from pantau.feeds.links import LINK_LIMIT, is_plainly_absolute
from pantau.feeds.raw_feed import RawEntry, RawText

_TEXT: Final = "text"
_ONCE: Final = "once"
_ROLES: Final = {
    "entry": ITEM,
    "title": _TEXT,
    "summary": _TEXT,
    "content": _TEXT,
    "id": _ONCE,
    "published": _ONCE,
    "updated": _ONCE,
    "link": "link",
    "category": "category",
    "author": "author",
    "name": "part",
    "email": "part",
    "uri": "part",
    "media_content": MEDIA,
    "media_thumbnail": MEDIA,
}
_TYPES: Final = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_BASE: Final = f"{_XML} base xml"
_LANGUAGE: Final = f"{_XML} lang xml"
_ALLOWED: Final = {
    _TEXT: frozenset({"type", _BASE, _LANGUAGE}),
    "link": frozenset({"rel", "type", "href", "hreflang", "title", "length"}),
    "category": frozenset({"term", "scheme", "label"}),
}
"""Attributes of plain elements, by their roles."""
_WEB: Final = ("http://", "https://")
_TO_THE_ARTICLE: Final = frozenset({"alternate", "canonical", "bookmark", "permalink"})
"""Relations of links that `article_link` may choose, so that they are resolved."""


class PlainEntries(HeldItems):
    """Plain entries of Atom 1.0."""

    VERSION = "atom10"
    ROLES: ClassVar = _ROLES
    _author: str | None = None  # expat's name of the open author

    def _begin(self) -> None:
        self._entry = _PlainEntry()
        self._author = None

    def _opens(self, kind: Kind, attributes: Sequence[str]) -> bool:
        role, name = kind
        if self._author is not None:
            known = role == "part" and not attributes
            between = self._name == self._author and not "".join(self._pieces).strip()
            return between and (known or (role == IGNORED and means_nothing(attributes)))
        if self._name is not None or role == "part" or self._entry.has(name):
            return False
        return _are_plain(role, attributes)

    def start(self, name: str, attributes: Sequence[str]) -> None:
        """Handle a start tag."""
        super().start(name, attributes)
        if self._author is None and self._name == name and self._kinds[name] == _AUTHOR:
            self._author = name
            self._entry.person = {}

    def _closes(self, kind: Kind, text: str) -> bool:
        role, name = kind
        entry = self._entry
        entry.handled += role != IGNORED
        if kind == _AUTHOR:
            self._author = None
            entry.end_author()
            return not text
        # Within an author, a name or an address is that of the person, not of the entry.
        if self._author is not None:
            self._name, self._pieces = self._author, []
            entry.person[name] = text
            return not text or (role != IGNORED and (name != "uri" or _is_web(text)))
        if role in {_TEXT, _ONCE}:
            entry.once[name] = text
            if role == _TEXT:
                entry.types[name] = _type_of(self._attributes)
            return True
        if role == "link":
            return self._add_link(dict(_pairs(self._attributes)))
        if role == "category":
            return not text and entry.add_category(dict(_pairs(self._attributes)))
        if role == MEDIA:
            entry.media[name].append(attributes_of(self._attributes))
        return role == IGNORED or not text

    def _add_link(self, given: dict[str, str]) -> bool:
        """Add a link; False for a relative one, whose base the state machine knows."""
        rel = relation(given["rel"].lower()) if "rel" in given else "alternate"
        kind = given.get("type", "text/html").lower()
        href = given.get("href", "")
        if not _is_web(href):
            return False
        if rel in _TO_THE_ARTICLE:
            href = href if is_plainly_absolute(href) else self._state.resolve_uri(href)
            self._entry.links.append({"rel": rel, "type": kind, "href": href})
        elif rel == "enclosure":
            href = href if is_plainly_absolute(href) else self._state.resolve_uri(href)
            self._entry.media[rel].append({**given, "type": kind, "href": href})
        return True

    def _finish(self) -> bool:
        entry = self._entry
        link = article_link(entry.links)
        if link is None or not self._has_room(entry.tagged, entry.handled):
            return False
        self._state.guidislink = 0
        titled = bool(entry.once.get("title"))
        raw = self._raw(entry, link)
        self._keep(raw, tags=entry.tagged, handled=entry.handled, titled=titled)
        return True

    def _raw(self, entry: "_PlainEntry", link: str) -> RawEntry:
        once = {name: self._plainly(name, value) for name, value in entry.once.items()}
        title = once.get("title", "").strip()
        return RawEntry(
            guid=text_or_none(once.get("id", "")),
            link=link,
            title=RawText("title", entry.types["title"], title) if title else None,
            texts=[
                RawText(name, entry.types[name], value)
                for name, value in once.items()
                if name in {"summary", "content"} and value
            ],
            authors=entry.authors,
            tags=entry.tags,
            dates=[
                date
                for name in ("published", "updated")
                if (date := text_or_none(once.get(name, "")))
            ],
            image=lead_picture(*entry.media.values()),
        )


_AUTHOR: Final = ("author", "author")


class _PlainEntry:
    """The fields of a plain entry read so far, as written."""

    def __init__(self) -> None:
        self.once: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.authors: list[str] = []
        self.person: dict[str, str] = {}
        self.tags: list[str] = []
        self.tagged = 0  # categories, also those whose scheme is all that they say
        self.handled = 1  # the entry itself
        self.media = nothing_listed()

    def has(self, name: str) -> bool:
        """Return whether there is an element already that may be there once."""
        return name in self.once

    def end_author(self) -> None:
        """Add the author that ended: the name, else the address."""
        name = self.person.get("name") or self.person.get("email")
        if name:
            self.authors.append(name)

    def add_category(self, given: dict[str, str]) -> bool:
        """Add a category by its attributes."""
        self.tagged += any(given.values())
        tag = given.get("label", "").strip() or given.get("term", "").strip()
        if tag:
            self.tags.append(tag)
        return True


def _are_plain(role: str, attributes: Sequence[str]) -> bool:
    """Return whether the attributes of an element can be of a plain entry."""
    if role == "link":
        return "href" in attributes[::2] and _ALLOWED[role].issuperset(attributes[::2])
    if not attributes:
        return True
    if role in {IGNORED, MEDIA}:
        return means_nothing(attributes)
    if not _ALLOWED.get(role, frozenset()).issuperset(attributes[::2]):
        return False
    return role != _TEXT or all(
        _is_plain_of_text(name, value) for name, value in _pairs(attributes)
    )


def _is_plain_of_text(name: str, value: str) -> bool:
    if name == "type":
        return value.lower() in _TYPES
    return name != _BASE or (len(value) <= LINK_LIMIT and is_plainly_absolute(value))


def _type_of(attributes: Sequence[str]) -> str:
    return _TYPES[dict(_pairs(attributes)).get("type", "text").lower()]


def _pairs(flat: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _is_web(address: str) -> bool:
    return address[:8].lower().startswith(_WEB)
