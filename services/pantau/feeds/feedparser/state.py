"""feedparser's element handlers, driven directly by expat. Only this package uses it.

Only the format-specific handlers are feedparser's. Their driver is written here, so that the cost
of a document is linear in its length: names are mapped once each, bases are joined within a budget,
text arrives in whole runs, and elements that are never read are not processed.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from feedparser.urls import _urljoin, make_safe_absolute_uri

from pantau.feeds.document import ITEMS_LIMIT
from pantau.feeds.feedparser.names import NamedState, written_out
from pantau.feeds.links import LINK_LIMIT, LinkBudget

_XHTML: Final = "application/xhtml+xml"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_NO_TEXT_INPUT: Final = frozenset({"title", "link", "description", "name"})
_NO_IMAGE: Final = frozenset({"title", "link", "description", "url", "href", "width", "height"})
_ROOTS: Final = frozenset({"feed", "rss", "rdf:RDF"})
_ITEMS: Final = frozenset({"item", "entry"})
_DIVS: Final = frozenset({"div", "xhtml:div"})
READ: Final = frozenset(
    {
        "author", "author_detail", "authors", "category", "content", "contributors", "copyright",
        "created", "date", "description", "enclosures", "guid", "href", "id", "image", "issued",
        "items", "language", "license", "link", "links", "modified", "published", "source",
        "subtitle", "summary", "sy_updatefrequency", "sy_updateperiod", "tagline", "tags",
        "textinput", "title", "title_detail", "ttl", "updated", "url",
    }
)  # fmt: skip
"""Elements without a handler whose value is read, here or in feedparser."""
MOST_HANDLED: Final = 150_000
"""Maximum number of elements passed to feedparser's handlers, at 10 to 20 µs each.

A feed of 10,000 items has 100,000.
"""


class DocumentState(NamedState):
    """feedparser's state machine behind handlers for expat with namespaces and prefixes.

    `budget` bounds the cost of links and bases. `excess` counts the items beyond the limit,
    `handled` the elements with a handler.
    """

    depth: int
    inimage: int
    intextinput: int
    lang: str | None
    starts: ClassVar[dict[str, Any]]
    ends: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        """Collect the handlers of a class once.

        A lookup per element costs more than most handlers do.
        """
        cls.starts, cls.ends = _handlers(cls, "_start_"), _handlers(cls, "_end_")

    def __init__(self, base: str, budget: LinkBudget) -> None:
        super().__init__("utf-8")
        self.budget = budget
        self.bases = [base if len(base) <= LINK_LIMIT else ""]
        self.failures = 0
        self.excess = 0
        self.handled = 0

    # Called by expat

    def start_namespace(self, prefix: str | None, uri: str | None) -> None:
        """Record a declaration."""
        if prefix and uri == _XLINK:
            self.decls[f"xmlns:{prefix}"] = uri
        if uri:
            self.declare(prefix or None, uri)

    def start(self, name: str, attributes: Sequence[str]) -> None:
        """Handle a start tag.

        A failure of feedparser's handlers must not lose the following items.
        """
        try:
            tag, written = self.start_name(name)
            # Counting goes on beyond the limit, so that the warning can say how many were left out.
            if tag in _ITEMS and (self.excess or len(self.entries) >= ITEMS_LIMIT):
                self.excess += 1
            if self.excess:
                return
            given = self.named(attributes) if attributes or self.decls else {}
            if written:
                given = {"xmlns": written, **given}
            self.bases.append(self._base_of(given) if given else self.bases[-1])
            self._open(tag, given)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (they fail in many ways, such as KeyError for a part without its whole)
            self.failures += 1

    def end(self, name: str) -> None:
        """Handle an end tag; see `start`. Elements left open by a failure are closed here."""
        if self.excess:
            return
        languages, depth = len(self.langstack), self.depth
        try:
            self._close(self.end_name(name))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (as above)
            self.failures += 1
            del self.langstack[max(languages - 1, 0) :]
            self.depth = depth - 1
        if len(self.bases) > 1:
            self.bases.pop()

    def text(self, text: str) -> None:
        """Handle a run of text."""
        if not self.excess:
            self.handle_data(text)

    # Bases and languages

    def _base_of(self, given: dict[str, str]) -> str:
        """Return the base of links within an element.

        One that is too long or invalid is ignored.
        """
        before = self.bases[-1]
        said = given.get("xml:base", given.get("base"))
        if not said or len(said) > LINK_LIMIT or not self.budget.spend(before, said):
            return before
        base = (make_safe_absolute_uri(before, said) if before else _urljoin("", said)) or before
        return str(base) if len(base) <= LINK_LIMIT else before  # relative bases accumulate

    def resolve_uri(self, uri: str) -> str:
        """Return a link made absolute; empty if the budget of links is exhausted."""
        return str(_urljoin(self.bases[-1], uri)) if self.budget.spend(self.bases[-1], uri) else ""

    def _speak(self, tag: str, given: dict[str, str]) -> None:
        """Record the language of an element."""
        lang = given.get("xml:lang", given.get("lang"))
        lang = self.lang if lang is None else lang or None
        if lang and tag in _ROOTS:
            self.feeddata["language"] = lang.replace("_", "-")
        self.lang = lang
        self.langstack.append(lang)

    # Elements

    def _open(self, tag: str, given: dict[str, str]) -> None:
        self.depth += 1
        self._speak(tag, given)
        for name, value in given.items():
            if name == "xmlns" or name.startswith("xmlns:"):
                self.declare(name[6:] or None, value)
        if self.incontent and self._is_inline(tag):
            if self.contentparams.get("type") == _XHTML:
                self._open_inline(tag, given)
            return
        prefix, suffix = self.split_name(tag)
        if not prefix:
            self.intextinput = self.intextinput if suffix in _NO_TEXT_INPUT else 0
            self.inimage = self.inimage if suffix in _NO_IMAGE else 0
        name = f"{prefix}_{suffix}" if prefix else suffix
        handler = self.starts.get(name)
        if handler is not None:
            self.handled += 1
            if self.handled > MOST_HANDLED:
                self.push(name, 0)
                return
            try:
                handler(self, given)
            except AttributeError:
                pass  # feedparser's signal that it has no handler after all
            else:
                return
        if not given:
            self.push(name, 1)
        elif name in READ:
            self._get_context()[name] = given

    def _close(self, tag: str) -> None:
        prefix, suffix = self.split_name(tag)
        name = f"{prefix}_{suffix}" if prefix else suffix
        if suffix == "svg" and self.svgOK:
            self.svgOK -= 1
        handler = None if self.svgOK else self.ends.get(name)
        try:
            self._drop(name) if handler is None else handler(self)
        except AttributeError:
            self.pop(name)
        if self.incontent:
            if not self._is_inline(tag):
                pass
            elif self.contentparams.get("type") == _XHTML:
                self.handle_data(f"</{tag.rpartition(':')[2]}>", escape=0)
            else:
                return  # the level stays open, in feedparser too
        if self.langstack:
            self.langstack.pop()
            if self.langstack:
                self.lang = self.langstack[-1]
        self.depth -= 1

    def _is_inline(self, tag: str) -> bool:
        """Return whether a tag within a text is inline markup.

        Text that declared none then is XHTML. A `div` around escaped text says nothing: it is
        dropped, and the type of the text is kept.
        """
        kind = self.contentparams.get("type", "xml")
        if kind.endswith("xml"):
            return bool(self.contentparams.get("type") == _XHTML)
        if tag not in _DIVS:
            self.contentparams["type"] = _XHTML
        return True

    def _open_inline(self, tag: str, given: dict[str, str]) -> None:
        prefix, _, local = (
            tag.rpartition(":")
            if tag.count(":") < 2
            else (tag.partition(":")[0], ":", tag.partition(":")[2])
        )
        if prefix and (written := written_out(self.namespaces_in_use.get(prefix, ""), local)):
            given = {**given, "xmlns": written}
        if local == "svg":
            self.svgOK += 1
        self.handle_data(f"<{local}{self.strattrs(given.items()) if given else ''}>", escape=0)

    def split_name(self, tag: str) -> tuple[str, str]:
        """Split a name into the prefix used in handler names, and the rest."""
        prefix, colon, suffix = tag.partition(":")
        if not colon:
            prefix, suffix = "", tag
        if "-" in suffix:
            suffix = suffix.replace("-", "_")
        return self.namespacemap.get(prefix, prefix), suffix

    def _drop(self, name: str) -> None:
        """Close an element without a handler. Text that is never read is not kept."""
        if not self.elementstack or self.elementstack[-1][0] != name:
            return
        if name in READ or self.incontent:
            self.pop(name)
        else:
            self.elementstack.pop()


def _handlers(state: type, kind: str) -> dict[str, Any]:
    """Return handlers by their names after `_start_` or `_end_`."""
    return {
        name.removeprefix(kind): getattr(state, name)
        for name in dir(state)
        if name.startswith(kind)
    }
