"""Items held back while they may be plain: then feedparser's handlers never see them.

Most items of most feeds have a title, a link, an id, a date, texts, authors and categories, each in
an element of its own with nothing but text in it. Of those feedparser's state machine makes what
`plain_items` (RSS) and `plain_entries` (Atom) make in a third of its time. An item that has
anything else (an element within another, attributes that mean something, a namespace of its own, an
element twice, a relative link) is replayed to the state machine, event by event, so it is read as
ever.

What is shared with the state machine: the meaning of a text (`as_meant`), links (`resolve_uri`),
names (`start_name`), and the counts that bound a document. The test is differential: both ways give
equal results for all feeds of the tests, and for generated ones.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, ClassVar, Final

from pantau.feeds.document import ITEMS_LIMIT
from pantau.feeds.feedparser.state import MOST_HANDLED, READ, DocumentState
from pantau.feeds.raw_feed import RawEntry

IGNORED: Final = "ignored"
"""The role of an element that neither way reads."""
MEDIA: Final = "media"
"""The role of a picture, a video or an enclosure: only the address of a picture is read."""
ITEM: Final = "item"
_NEVER_WITH: Final = frozenset({"base", "lang"})
_IDLE: Final = attrgetter(
    "decls", "inentry", "insource", "inimage", "intextinput", "incontent", "svgOK", "inauthor",
    "incontributor", "inpublisher", "contentparams", "hasContent", "_summaryKey", "excess",
)  # fmt: skip
"""Attributes of the state machine that are unset between two items of a channel."""

Kind = tuple[str, str]
"""The role of an element in a plain item, and feedparser's name of it."""


class HeldItems:
    """Receives a document's events from expat, and passes on all but plain items.

    `read` has what became of those, by their number among the entries of `state`.
    """

    VERSION: ClassVar[str] = ""
    """How feedparser's version of a document begins that has such items."""
    ROLES: ClassVar[Mapping[str, str]] = {}
    """The roles of elements, by feedparser's names."""

    def __init__(self, state: DocumentState, *, most_tags: int, most_tags_of_all: int) -> None:
        self.read: dict[int, RawEntry] = {}
        self._state: Any = state  # feedparser ships no types
        # Bound once: they are recorded with every event.
        self._starts, self._texts, self._ends = state.start, state.text, state.end
        self._most_tags = most_tags
        self._most_tags_of_all = most_tags_of_all
        self._kinds: dict[str, Kind | None] = {}  # by expat's names
        self._events: list[tuple[Callable[..., None], tuple[Any, ...]]] | None = None
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
            if not attributes and self._is_item(name) and self._may_begin():
                self._events = [(self._starts, (name, attributes))]
                self._begin()
            else:
                self._starts(name, attributes)
            return
        kind = self._kinds.get(name) or self._kind(name)
        if kind is None or kind[0] == ITEM or not self._opens(kind, attributes):
            self._replay()
            self._starts(name, attributes)
            return
        self._events.append((self._starts, (name, attributes)))
        self._name, self._attributes, self._pieces = name, attributes, []

    def text(self, text: str) -> None:
        """Handle a run of text."""
        if self._events is None:
            self._texts(text)
            return
        self._events.append((self._texts, (text,)))
        if self._name is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if self._events is None:
            self._ends(name)
            return
        self._events.append((self._ends, (name,)))
        if self._name is not None:
            kind = self._kinds[self._name]
            text = "".join(self._pieces).strip()
            self._name = None
            if kind is None or not self._closes(kind, text):
                self._replay()
        elif not self._finish():
            self._replay()
        else:
            self._events = None

    def _begin(self) -> None:
        """Start an item."""
        raise NotImplementedError

    def _opens(self, kind: Kind, attributes: Sequence[str]) -> bool:
        """Return whether an element that starts can be of a plain item."""
        raise NotImplementedError

    def _closes(self, kind: Kind, text: str) -> bool:
        """Read an element that ended; return False if an item with it is not plain."""
        raise NotImplementedError

    def _finish(self) -> bool:
        """Read the item that ended; return whether it is plain."""
        raise NotImplementedError

    def _may_begin(self) -> bool:
        state = self._state
        return (
            str(state.version).startswith(self.VERSION)
            and len(state.entries) < ITEMS_LIMIT
            and not any(_IDLE(state))
        )

    def _is_item(self, name: str) -> bool:
        kind = self._kind(name)
        return kind is not None and kind[0] == ITEM

    def _kind(self, name: str) -> Kind | None:
        """Return what an element is to a plain item; None for what it cannot have."""
        if name not in self._kinds:
            self._kinds[name] = self._find_kind(name)
        return self._kinds[name]

    def _find_kind(self, name: str) -> Kind | None:
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
        if known in self.ROLES:
            return self.ROLES[known], known
        read = known in state.starts or known in state.ends or known in READ or suffix == "svg"
        return None if read else (IGNORED, known)

    def _replay(self) -> None:
        """Forward what was held back to the state machine, which goes on with the item."""
        events, self._events, self._name = self._events, None, None
        for handle, given in events or ():
            handle(*given)

    def _has_room(self, tags: int, handled: int) -> bool:
        """Return whether an item with so many tags and elements is within all limits."""
        state = self._state
        return (
            tags <= self._most_tags
            and state.tags + tags <= self._most_tags_of_all
            and state.handled + handled <= MOST_HANDLED
        )

    def _keep(self, entry: RawEntry, *, tags: int, handled: int, titled: bool) -> None:
        """Record a plain item, and leave the state machine as if it had read it."""
        state = self._state
        state.handled += handled
        state.tags += tags
        state.guidislink = 0
        state.title_depth = state.depth + 2 if titled else -1
        self.read[len(state.entries)] = entry
        state.entries.append({})

    def _plainly(self, element: str, value: str) -> str:
        """Return what a text without a type that is no link means: in ASCII, what it says."""
        meant: str = value if value.isascii() else self._state.as_meant(element, value)
        return meant


def means_nothing(attributes: Sequence[str]) -> bool:
    """Return whether attributes mean nothing to an element that is not read."""
    names = [one.lower() for one in attributes[::2]]
    return not any(" " in one or one in _NEVER_WITH for one in names)


def attributes_of(flat: Sequence[str]) -> dict[str, str]:
    """Return attributes without a namespace by their names in lower case."""
    return {name.lower(): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


def text_or_none(value: str) -> str | None:
    """Return a text without white space around it; None for an empty one."""
    return value.strip() or None
