"""Plain items of RSS, read without the handlers of feedparser; see `held_items`."""

from collections.abc import Sequence
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
from pantau.feeds.feedparser.text import AS_REFERENCE, Params
from pantau.feeds.links import is_plainly_absolute
from pantau.feeds.raw_feed import RawEntry, RawText

_ROLES: Final = {
    "item": ITEM,
    "title": "title",
    "link": "link",
    "guid": "guid",
    "pubdate": "published",
    "dc_date": "updated",
    "description": "description",
    "content_encoded": "content",
    "author": "author",
    "dc_creator": "author",
    "category": "category",
    "media_content": MEDIA,
    "media_thumbnail": MEDIA,
    "enclosure": MEDIA,
}
_TEXT_TYPES: Final = {"title": "text/plain", "description": "text/html", "content": "text/html"}
_ELEMENTS: Final = {"guid": "id", "published": "published", "updated": "updated"}
"""feedparser's names of what is kept as written, by the names here."""
_WEB: Final = ("http://", "https://")
_MOST_AUTHORS: Final = 50


class PlainItems(HeldItems):
    """Plain items of RSS."""

    VERSION = "rss"
    ROLES: ClassVar = _ROLES

    def _begin(self) -> None:
        self._item = _PlainItem()

    def _opens(self, kind: Kind, attributes: Sequence[str]) -> bool:
        role, _ = kind
        if self._name is not None or role in self._item.once:
            return False
        if not attributes:
            return True
        if role in {IGNORED, MEDIA}:
            return means_nothing(attributes)
        names = [one.lower() for one in attributes[::2]]
        if role == "guid":
            return names == ["ispermalink"]
        return role == "category" and names == ["domain"] and bool(attributes[1])

    def _closes(self, kind: Kind, text: str) -> bool:
        return self._item.add(kind, self._attributes, text)

    def _finish(self) -> bool:
        item = self._item
        link = item.once.get("link", "")
        if (
            not link.lower().startswith(_WEB)
            or (item.permalink == "true" and item.once.get("guid", "").startswith("/"))
            or not self._has_room(len(item.tags), item.handled)
        ):
            return False
        entry = self._entry(item, link)
        if entry is None:
            return False
        titled = bool(item.once.get("title"))
        self._keep(entry, tags=len(item.tags), handled=item.handled, titled=titled)
        return True

    def _entry(self, item: "_PlainItem", link: str) -> RawEntry | None:
        self._state.guidislink = 0
        address = self._address(link)
        # Without an address of its own, feedparser looks for one in other elements.
        if not address:
            return None
        texts = {
            role: self._text(role, value)
            for role, value in item.once.items()
            if role in _TEXT_TYPES
        }
        title = texts.pop("title", None)
        plain = {
            role: text_or_none(self._plainly(_ELEMENTS[role], item.once[role]))
            for role in _ELEMENTS
            if role in item.once
        }
        return RawEntry(
            guid=plain.get("guid"),
            link=address,
            title=title,
            texts=[one for one in texts.values() if one is not None],
            authors=[
                author for value in item.authors if (author := self._plainly("author", value))
            ],
            tags=[
                tag
                for value in item.tags
                if (tag := text_or_none(self._plainly("category", value)))
            ],
            dates=[one for role in ("published", "updated") if (one := plain.get(role))],
            image=item.image(),
        )

    def _address(self, link: str) -> str:
        """Return a link as feedparser makes it absolute, or nothing if it cannot."""
        if is_plainly_absolute(link):
            return link
        meant = str(self._state.as_meant("link", link)).replace("&amp;", "&")
        return AS_REFERENCE.sub(r"&\g<1>", meant).strip()

    def _text(self, role: str, value: str) -> RawText | None:
        """Return a text with its type, which its markup may say; None for an empty one."""
        if role != "title" and value.isascii():  # HTML in any case, and says what is written
            return RawText(role, _TEXT_TYPES[role], value) if value else None
        state = self._state
        state.contentparams = Params(type=_TEXT_TYPES[role])
        meant = state.as_meant(role, value)
        kind = str(state.contentparams.get("type"))
        state.contentparams = Params()
        shown = meant.strip() if role == "title" else meant
        return RawText(role, kind, shown) if shown else None


class _PlainItem:
    """The fields of a plain item read so far, as written."""

    def __init__(self) -> None:
        self.once: dict[str, str] = {}  # the elements that may be there once, by their roles
        self.permalink = ""
        self.authors: list[str] = []
        self.tags: list[str] = []
        self.handled = 1  # the item itself
        self._author_kind = ""
        self._media: list[tuple[str, Sequence[str]]] = []

    def add(self, kind: Kind, attributes: Sequence[str], text: str) -> bool:
        """Add an element; return False if an item with it is not plain."""
        role, name = kind
        if role == IGNORED:
            return True
        self.handled += 1
        if role == MEDIA:
            self._media.append((name, attributes))
            return not text
        if role == "author":
            return self._add_author(name, text)
        if role == "category":
            self.tags += [text] if text else []
            return bool(text) or not attributes
        if role == "guid" and attributes:
            self.permalink = attributes[1].strip().lower()
        self.once[role] = text
        return True

    def image(self) -> str | None:
        """Return the address of the picture; see `lead_picture`."""
        if not self._media:
            return None
        found = nothing_listed()
        for name, flat in self._media:
            found[name].append(attributes_of(flat))
        return lead_picture(*found.values())

    def _add_author(self, name: str, text: str) -> bool:
        """Add an author; those of one kind of element are several, another kind replaces them."""
        if text and name != self._author_kind:
            self.authors, self._author_kind = [], name
        if text:
            self.authors.append(text)
        return len(self.authors) < _MOST_AUTHORS
