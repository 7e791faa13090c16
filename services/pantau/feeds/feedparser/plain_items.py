"""Plain items of RSS, read without the handlers of feedparser.

Most items of most feeds have a title, a link, a guid, a date, texts, authors and categories, each
in an element of its own with nothing but text in it. Of those feedparser's state machine makes what
is written here in a third of its time. An item that has anything else (an element within another,
attributes that mean something, a namespace of its own, an element twice, a relative link) is
replayed to the state machine, event by event, so it is read as ever.

What is shared with the state machine: the meaning of a text (`as_meant`), links (`resolve_uri`),
names (`start_name`), and the counts that bound a document. The test is differential: both ways give
equal results for all feeds of the tests, and for generated ones.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pantau.feeds.document import ITEMS_LIMIT
from pantau.feeds.feedparser.state import MOST_HANDLED, READ, DocumentState
from pantau.feeds.feedparser.text import AS_REFERENCE, Params
from pantau.feeds.raw_feed import RawEntry, RawText

_IGNORED: Final = "ignored"
_MEDIA: Final = "media"
_ONCE: Final = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "pubdate": "published",
    "dc_date": "updated",
    "description": "description",
    "content_encoded": "content",
}
_SEVERAL: Final = {
    "author": "author",
    "dc_creator": "author",
    "category": "category",
    "media_content": _MEDIA,
    "media_thumbnail": _MEDIA,
    "enclosure": _MEDIA,
}
_TEXT_TYPES: Final = {"title": "text/plain", "description": "text/html", "content": "text/html"}
_NEVER_WITH: Final = frozenset({"base", "lang"})
_WEB: Final = ("http://", "https://")
_MOST_AUTHORS: Final = 50
_IDLE: Final = (
    "decls", "inentry", "insource", "inimage", "intextinput", "incontent", "svgOK", "inauthor",
    "incontributor", "inpublisher", "contentparams", "hasContent", "_summaryKey", "excess",
)  # fmt: skip
"""Attributes of the state machine that are unset between two items of a channel."""


class PlainItems:
    """Receives a document's events from expat, and passes on all but plain items.

    `read` has what became of those, by their number among the entries of `state`.
    """

    def __init__(self, state: DocumentState, *, most_tags: int, most_tags_of_all: int) -> None:
        self.read: dict[int, RawEntry] = {}
        self._state: Any = state  # feedparser ships no types
        self._most_tags = most_tags
        self._most_tags_of_all = most_tags_of_all
        self._kinds: dict[str, tuple[str, str] | None] = {}  # by expat's names
        self._events: list[tuple[Callable[..., None], tuple[Any, ...]]] | None = None
        self._item = _PlainItem()
        self._name: str | None = None  # of the open element within the item
        self._attributes: Sequence[str] = ()
        self._pieces: list[str] = []

    def start_namespace(self, prefix: str | None, uri: str | None) -> None:
        """Record a declaration, which may give names another meaning."""
        self._replay()
        self._kinds.clear()
        self._state.start_namespace(prefix, uri)

    def start(self, name: str, attributes: Sequence[str]) -> None:
        """Handle a start tag."""
        if self._events is None:
            if not attributes and self._kind(name) == ("item", "item") and self._may_begin():
                self._events = [(self._state.start, (name, attributes))]
                self._item = _PlainItem()
            else:
                self._state.start(name, attributes)
            return
        kind = self._kind(name) if self._name is None else None
        if kind is None or not self._is_plain(kind, attributes):
            self._replay()
            self._state.start(name, attributes)
            return
        self._events.append((self._state.start, (name, attributes)))
        self._name, self._attributes, self._pieces = name, attributes, []

    def text(self, text: str) -> None:
        """Handle a run of text."""
        if self._events is None:
            self._state.text(text)
            return
        self._events.append((self._state.text, (text,)))
        if self._name is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if self._events is None:
            self._state.end(name)
            return
        self._events.append((self._state.end, (name,)))
        if self._name is not None:
            kind = self._kinds[self._name]
            text = "".join(self._pieces).strip()
            self._name = None
            if kind is None or not self._item.add(kind, self._attributes, text):
                self._replay()
        elif not self._finish():
            self._replay()
        else:
            self._events = None

    def _may_begin(self) -> bool:
        state = self._state
        return (
            str(state.version).startswith("rss")
            and len(state.entries) < ITEMS_LIMIT
            and not any(getattr(state, one) for one in _IDLE)
        )

    def _kind(self, name: str) -> tuple[str, str] | None:
        """Return what an element is to a plain item, and its name; None for what it cannot have."""
        if name not in self._kinds:
            self._kinds[name] = self._find_kind(name)
        return self._kinds[name]

    def _find_kind(self, name: str) -> tuple[str, str] | None:
        state = self._state
        try:
            tag, written = state.start_name(name)
            same = state.end_name(name) == tag
        except ValueError:  # a namespace with spaces
            return None
        prefix, suffix = state.split_name(tag)
        known = f"{prefix}_{suffix}" if prefix else suffix
        if written or not same:
            return None
        if known in _ONCE:
            return _ONCE[known], known
        if known in _SEVERAL:
            return _SEVERAL[known], known
        if known == "item":
            return "item", known
        read = known in state.starts or known in state.ends or known in READ or suffix == "svg"
        return None if read else (_IGNORED, known)

    def _is_plain(self, kind: tuple[str, str], attributes: Sequence[str]) -> bool:
        """Return whether an element can be of a plain item, by its attributes."""
        role, _ = kind
        if role == "item" or self._item.has(role):
            return False
        if not attributes:
            return True
        names = [one.lower() for one in attributes[::2]]
        if role in {_IGNORED, _MEDIA}:
            return not any(" " in one or one in _NEVER_WITH for one in names)
        if role == "guid":
            return names == ["ispermalink"]
        return role == "category" and names == ["domain"] and bool(attributes[1])

    def _replay(self) -> None:
        """Forward what was held back to the state machine, which goes on with the item."""
        events, self._events, self._name = self._events, None, None
        for handle, given in events or ():
            handle(*given)

    def _finish(self) -> bool:
        """Read the item that ended; return whether it is plain."""
        state, item = self._state, self._item
        link = item.once.get("link", "")
        tags = len(item.tags)
        if (
            not link.lower().startswith(_WEB)
            or (item.permalink == "true" and item.once.get("guid", "").startswith("/"))
            or tags > self._most_tags
            or state.tags + tags > self._most_tags_of_all
            or state.handled + item.handled > MOST_HANDLED
        ):
            return False
        entry = self._entry(item, link)
        if entry is None:
            return False
        state.handled += item.handled
        state.tags += tags
        state.guidislink = 0
        state.title_depth = state.depth + 2 if item.once.get("title") else -1
        self.read[len(state.entries)] = entry
        state.entries.append({})
        return True

    def _entry(self, item: "_PlainItem", link: str) -> RawEntry | None:
        state = self._state
        state.guidislink = 0
        address = AS_REFERENCE.sub(r"&\g<1>", state.as_meant("link", link).replace("&amp;", "&"))
        if not address.strip():
            return None
        texts = {
            role: self._text(role, value)
            for role, value in item.once.items()
            if role in _TEXT_TYPES
        }
        title = texts.pop("title", None)
        plain = {
            role: _text(self._plainly(_ELEMENTS[role], item.once[role]))
            for role in _ELEMENTS
            if role in item.once
        }
        return RawEntry(
            guid=plain.get("guid"),
            link=address.strip(),
            title=title,
            texts=[one for one in texts.values() if one is not None],
            authors=[
                author for value in item.authors if (author := self._plainly("author", value))
            ],
            tags=[tag for value in item.tags if (tag := _text(self._plainly("category", value)))],
            dates=[one for role in ("published", "updated") if (one := plain.get(role))],
        )

    def _plainly(self, element: str, value: str) -> str:
        """Return what a text without a type that is no link means: in ASCII, what it says."""
        meant: str = value if value.isascii() else self._state.as_meant(element, value)
        return meant

    def _text(self, role: str, value: str) -> RawText | None:
        """Return a text with its type, which its markup may say; None for an empty one."""
        state = self._state
        state.contentparams = Params(type=_TEXT_TYPES[role])
        meant = state.as_meant(role, value)
        kind = str(state.contentparams.get("type"))
        state.contentparams = Params()
        shown = meant.strip() if role == "title" else meant
        return RawText(role, kind, shown) if shown else None


_ELEMENTS: Final = {"guid": "id", "published": "published", "updated": "updated"}
"""feedparser's names of what is kept as written, by the names here."""


def _text(value: str) -> str | None:
    return value.strip() or None


class _PlainItem:
    """The fields of a plain item read so far, as written."""

    def __init__(self) -> None:
        self.once: dict[str, str] = {}
        self.permalink = ""
        self.authors: list[str] = []
        self.tags: list[str] = []
        self.handled = 1  # the item itself
        self._author_kind = ""

    def has(self, role: str) -> bool:
        """Return whether there is an element already that may be there once."""
        return role in self.once

    def add(self, kind: tuple[str, str], attributes: Sequence[str], text: str) -> bool:
        """Add an element; return False if an item with it is not plain."""
        role, name = kind
        if role == _IGNORED:
            return True
        self.handled += 1
        if role == _MEDIA:
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

    def _add_author(self, name: str, text: str) -> bool:
        """Add an author; those of one kind of element are several, another kind replaces them."""
        if text and name != self._author_kind:
            self.authors, self._author_kind = [], name
        if text:
            self.authors.append(text)
        return len(self.authors) < _MOST_AUTHORS
