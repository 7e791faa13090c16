"""feedparser's element handlers, driven by expat directly. With `feedparser_reader` the only file that knows feedparser.

Only the handlers that know the formats are feedparser's. What calls them is written here, so that what a document
costs grows with its length and not faster: names are mapped once each, bases are joined within a budget, text comes
in whole runs, and no element is worked on that nothing reads.
"""

import base64
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

from feedparser.api import StrictFeedParser
from feedparser.html import _cp1252
from feedparser.urls import _urljoin, make_safe_absolute_uri

from pantau.poller.document import ITEMS_LIMIT
from pantau.poller.resolve import LINK_LIMIT, LinkBudget

_XHTML: Final = "application/xhtml+xml"
_MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_USERLAND: Final = "http://backend.userland.com/rss"
_NO_TEXT_INPUT: Final = frozenset({"title", "link", "description", "name"})
_NO_IMAGE: Final = frozenset({"title", "link", "description", "url", "href", "width", "height"})
_ROOTS: Final = frozenset({"feed", "rss", "rdf:RDF"})
_ITEMS: Final = frozenset({"item", "entry"})
_DIVS: Final = frozenset({"div", "xhtml:div"})
_LOWERED: Final = frozenset({"rel", "type"})
_AS_REFERENCE: Final = re.compile("&([A-Za-z0-9_]+);")
_UNKEPT: Final = frozenset({"category", "content", "itunes_keywords", "tags"})
"""Texts that their handlers take, or that are kept elsewhere."""
_MOST_NAMES: Final = 10_000  # remembered mappings; names without end must not fill the memory
_READ: Final = frozenset(
    {
        "author", "author_detail", "authors", "category", "content", "contributors", "copyright", "created", "date",
        "description", "enclosures", "guid", "href", "id", "image", "issued", "items", "language", "license", "link",
        "links", "modified", "published", "source", "subtitle", "summary", "sy_updatefrequency", "sy_updateperiod",
        "tagline", "tags", "textinput", "title", "title_detail", "ttl", "updated", "url",
    }
)  # fmt: skip
"""Elements without a handler whose value something looks at, here or in feedparser."""
_CUT: Final = frozenset({"geometry", "pos", "restriction"})
"""Texts of which feedparser makes lists of numbers and words that nobody reads; the first characters are enough."""
_LONGEST_CUT: Final = 1_000
MOST_HANDLED: Final = 150_000
"""Most elements that feedparser's handlers are called for, at 10 to 20 µs each; a feed of 10,000 items has 100,000."""


class _Params(dict[str, Any]):
    """What feedparser knows of the text it is in: plain values, so a copy of it needs no search for what it holds."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Params":
        return _Params(self)


class DocumentState(StrictFeedParser):  # type: ignore[misc]  # feedparser ships no types
    """feedparser's state machine behind handlers for expat with namespaces and prefixes.

    `budget` bounds what links and bases cost. `excess` counts the items beyond the most that are read, `handled`
    the elements that handlers were there for.
    """

    decls: dict[str, str]
    depth: int
    inimage: int
    intextinput: int
    lang: str | None
    starts: ClassVar[dict[str, Any]]
    ends: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        """Find the handlers of a class once: to ask for each element costs more than most handlers do."""
        cls.starts, cls.ends = _handlers(cls, "_start_"), _handlers(cls, "_end_")

    def __init__(self, base: str, budget: LinkBudget) -> None:
        super().__init__("", None, "utf-8")
        self.resolve_relative_uris = False
        self.sanitize_html = False
        self.budget = budget
        self.bases = [base if len(base) <= LINK_LIMIT else ""]
        self.contentparams = _Params()
        self.failures = 0
        self.excess = 0
        self.handled = 0
        self._start_names: dict[str, tuple[str, str | None]] = {}
        self._end_names: dict[str, str] = {}
        self._attribute_names: dict[str, tuple[str, str]] = {}

    # What expat calls

    def start_namespace(self, prefix: str | None, uri: str | None) -> None:
        """Note a declaration."""
        if prefix and uri == _XLINK:
            self.decls[f"xmlns:{prefix}"] = uri
        if uri:
            self._declare(prefix or None, uri)

    def start(self, name: str, attributes: Sequence[str]) -> None:
        """Take a start tag. One that feedparser's handlers fail at must not cost the items that follow."""
        try:
            tag, written = self._start_names.get(name) or self._map_start(name)
            if tag in _ITEMS and (self.excess or len(self.entries) >= ITEMS_LIMIT):
                self.excess += 1
            if self.excess:
                return
            given = self._attributes(attributes) if attributes or self.decls else {}
            if written:
                given = {"xmlns": written, **given}
            self.bases.append(self._base_of(given) if given else self.bases[-1])
            self._open(tag, given)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (they fail in many ways, such as KeyError for a part without its whole)
            self.failures += 1

    def end(self, name: str) -> None:
        """Take an end tag; see `start`. What a failure leaves open is closed here."""
        if self.excess:
            return
        languages, depth = len(self.langstack), self.depth
        try:
            self._close(self._end_names.get(name) or self._map_end(name))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (as above)
            self.failures += 1
            del self.langstack[max(languages - 1, 0) :]
            self.depth = depth - 1
        if len(self.bases) > 1:
            self.bases.pop()

    def text(self, text: str) -> None:
        """Take a run of text."""
        if not self.excess:
            self.handle_data(text)

    # Names

    def _declare(self, prefix: str | None, uri: str) -> None:
        """Track a namespace. If it changes what is known, names may mean something else from here on."""
        before = (
            len(self.namespaces_in_use),
            self.namespaces_in_use.get(self._matchnamespaces.get(uri.lower(), prefix or "")),
        )
        self.track_namespace(prefix, uri)
        after = (
            len(self.namespaces_in_use),
            self.namespaces_in_use.get(self._matchnamespaces.get(uri.lower(), prefix or "")),
        )
        if before != after:
            self._start_names.clear()
            self._end_names.clear()

    def _map_start(self, name: str) -> tuple[str, str | None]:
        """Return the name that feedparser knows an element by, and the namespace that inline markup shows."""
        namespace, local = _parts(name)
        lower = (namespace or "").lower()
        if _USERLAND in lower:
            namespace = lower = _USERLAND
        local = local.lower()
        prefix = self._matchnamespaces.get(lower)
        tag = f"{prefix.lower()}:{local}" if prefix else self._prefixed(namespace, local)
        mapped = tag.lower(), _written_out(namespace, local)
        if len(self._start_names) < _MOST_NAMES:
            self._start_names[name] = mapped
        return mapped

    def _map_end(self, name: str) -> str:
        namespace, local = _parts(name)
        prefix = self._matchnamespaces.get((namespace or "").lower())
        tag = (f"{prefix}:{local}" if prefix else self._prefixed(namespace, local)).lower()
        if len(self._end_names) < _MOST_NAMES:
            self._end_names[name] = tag
        return tag

    def _prefixed(self, namespace: str | None, local: str) -> str:
        """Put the prefix that the document uses for a namespace before a name."""
        if namespace:
            for prefix, value in self.namespaces_in_use.items():
                if prefix and value == namespace:
                    return f"{prefix}:{local}"
        return local

    def _attributes(self, flat: Sequence[str]) -> dict[str, str]:
        """Return attributes by the names that feedparser knows them by, then by those that are written."""
        found, self.decls = self.decls, {}
        mapped, values = (
            [self._attribute_names.get(one) or self._map_attribute(one) for one in flat[::2]],
            flat[1::2],
        )
        for (known, _), value in zip(mapped, values, strict=True):
            found[known] = value.lower() if known in _LOWERED else value
        if any(known != written for known, written in mapped):
            for (_, written), value in zip(mapped, values, strict=True):
                found[written] = value.lower() if written in _LOWERED else value
        return found

    def _map_attribute(self, name: str) -> tuple[str, str]:
        parts = name.split()
        local = parts[0] if len(parts) == 1 else parts[1]
        written = f"{parts[2]}:{local}" if len(parts) == 3 else local
        prefix = self._matchnamespaces.get(parts[0].lower()) if len(parts) > 1 else None
        mapped = (f"{prefix}:{local}" if prefix else local).lower(), written.lower()
        if len(self._attribute_names) < _MOST_NAMES:
            self._attribute_names[name] = mapped
        return mapped

    # Bases and languages

    def _base_of(self, given: dict[str, str]) -> str:
        """Return the base of links within an element; one that is too long, or that nothing can use, changes nothing."""
        before = self.bases[-1]
        said = given.get("xml:base", given.get("base"))
        if not said or len(said) > LINK_LIMIT or not self.budget.spend(before, said):
            return before
        base = (make_safe_absolute_uri(before, said) if before else _urljoin("", said)) or before
        return str(base) if len(base) <= LINK_LIMIT else before  # relative bases add up

    def resolve_uri(self, uri: str) -> str:
        """Return a link made absolute; none where links together would cost too much."""
        return str(_urljoin(self.bases[-1], uri)) if self.budget.spend(self.bases[-1], uri) else ""

    def _speak(self, tag: str, given: dict[str, str]) -> None:
        """Note the language of an element."""
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
                self._declare(name[6:] or None, value)
        if self.incontent and self._is_inline(tag):
            if self.contentparams.get("type") == _XHTML:
                self._open_inline(tag, given)
            return
        prefix, suffix = self._split(tag)
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
                pass  # feedparser's way of saying that it has no handler after all
            else:
                return
        if not given:
            self.push(name, 1)
        elif name in _READ:
            self._get_context()[name] = given

    def _close(self, tag: str) -> None:
        prefix, suffix = self._split(tag)
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
        """Return whether a tag within a text is markup of it; text that said it has none then is XHTML.

        A `div` around escaped text says nothing: it is left out, and the type of the text left alone.
        """
        kind = self.contentparams.get("type", "xml")
        if kind.endswith("xml"):
            return bool(self.contentparams.get("type") == _XHTML)
        if tag not in _DIVS:
            self.contentparams["type"] = _XHTML
        return True

    def _open_inline(self, tag: str, given: dict[str, str]) -> None:
        prefix, _, local = (
            tag.rpartition(":") if tag.count(":") < 2 else (tag.partition(":")[0], ":", tag.partition(":")[2])
        )
        if prefix and (written := _written_out(self.namespaces_in_use.get(prefix, ""), local)):
            given = {**given, "xmlns": written}
        if local == "svg":
            self.svgOK += 1
        self.handle_data(f"<{local}{self.strattrs(given.items()) if given else ''}>", escape=0)

    def _split(self, tag: str) -> tuple[str, str]:
        """Return the prefix that handlers have in their names, and the rest of a name."""
        prefix, colon, suffix = tag.partition(":")
        if not colon:
            prefix, suffix = "", tag
        return self.namespacemap.get(prefix, prefix), suffix

    def _drop(self, name: str) -> None:
        """End an element without a handler. What nothing looks at is not kept."""
        if not self.elementstack or self.elementstack[-1][0] != name:
            return
        if name in _READ or self.incontent:
            self.pop(name)
        else:
            self.elementstack.pop()

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        """End an element, keep its text where feedparser does and something reads it, and return it."""
        if not self.elementstack or self.elementstack[-1][0] != element:
            return None
        _, expecting_text, pieces = self.elementstack.pop()
        if self.version == "atom10" and self.contentparams.get("type", "text") == _XHTML:
            pieces = _without_div(_without_blank_ends(pieces))
        output = "".join(pieces)
        output = output.strip() if strip_whitespace else output
        if element in _CUT:
            output = output[:_LONGEST_CUT]
        if not expecting_text:
            return output
        output = self._as_meant(element, output)
        if element not in _UNKEPT and not (element == "title" and -1 < self.title_depth <= self.depth):
            self._keep(element, output)
        return output

    def _as_meant(self, element: str, output: str) -> str:
        """Return a text as its sender means it: decoded, links made absolute, signs of Windows as what they show."""
        params = self.contentparams
        if params.get("base64"):
            with suppress(ValueError):
                output = base64.decodebytes(output.encode()).decode()
        if output and element in self.can_be_relative_uri and (element != "id" or self.guidislink):
            output = self.resolve_uri(output)
        if (
            params.get("type") == "text/plain"
            and not self.version.startswith("atom")
            and self.looks_like_html(output)
        ):
            params["type"] = "text/html"
        params.pop("mode", None)
        params.pop("base64", None)
        if output.isascii():
            return output
        with suppress(UnicodeError):  # UTF-8 that somebody took for Latin-1
            output = output.encode("iso-8859-1").decode()
        return output.translate(_cp1252)

    def _keep(self, element: str, output: str) -> None:
        if self.inentry and not self.insource:
            self._keep_in_entry(element, output)
        elif self.infeed or self.insource:
            context = self._get_context()
            element = "subtitle" if element == "description" else element
            context[element] = output
            if element == "link":
                context[element] = context["links"][-1]["href"] = _AS_REFERENCE.sub(r"&\g<1>", output)
            elif self.incontent:
                context[f"{element}_detail"] = {**self.contentparams, "value": output}

    def _keep_in_entry(self, element: str, output: str) -> None:
        entry = self.entries[-1]
        if element == "link":
            if not self.inimage:
                # feedparser takes `?a=1&b=2` for something with a reference, and writes it as one.
                entry[element] = output = _AS_REFERENCE.sub(r"&\g<1>", output.replace("&amp;", "&"))
                if output:
                    entry["links"][-1]["href"] = output
            return
        element = "summary" if element == "description" else element
        depths = self.property_depth_map.setdefault(entry, {})
        if depths.get(element) is None or self.depth <= depths[element]:
            depths[element] = self.depth
            entry[element] = output
        if self.incontent:
            entry[f"{element}_detail"] = {**self.contentparams, "value": output}

    def push_content(
        self, tag: str, attrs_d: dict[str, str], default_content_type: str, expecting_text: int
    ) -> None:
        """Begin a text."""
        super().push_content(tag, attrs_d, default_content_type, expecting_text)
        self.contentparams = _Params(self.contentparams)


def _handlers(state: type, kind: str) -> dict[str, Any]:
    """Return handlers by what follows `_start_` or `_end_` in their names."""
    return {name.removeprefix(kind): getattr(state, name) for name in dir(state) if name.startswith(kind)}


def _parts(name: str) -> tuple[str | None, str]:
    """Return namespace and local name of a name that expat gives. Raises ValueError for a namespace with spaces."""
    parts = name.split()
    if len(parts) == 1:
        return None, name
    namespace, local = parts[:2] if len(parts) == 3 else parts
    return namespace, local


def _written_out(namespace: str | None, local: str) -> str | None:
    return namespace if (local, namespace) in {("math", _MATHML), ("svg", _SVG)} else None


def _without_div(pieces: Sequence[str]) -> Sequence[str]:
    """Leave out the `div` around all of a text, if there is one."""
    if not pieces or pieces[-1] != "</div>" or not (pieces[0] == "<div>" or pieces[0].startswith("<div ")):
        return pieces
    depth = 0
    for piece in pieces[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if depth == 0:
                return pieces  # it ends before the text does
        elif piece.startswith("<") and not piece.endswith("/>"):
            depth += 1
    return pieces[1:-1]


def _without_blank_ends(pieces: Sequence[str]) -> Sequence[str]:
    """Leave out blank pieces at both ends, but for one."""
    first, last = 0, len(pieces)
    while last > 1 and not pieces[last - 1].strip():
        last -= 1
    while first < last - 1 and not pieces[first].strip():
        first += 1
    return pieces[first:last]
