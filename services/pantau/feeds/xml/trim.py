"""Trims a well-formed document to the limits of the reader, so that the rest can be read.

One odd element must not cost the whole feed. Attributes, namespace declarations and tags beyond the
limits are dropped; the text of elements that are nested too deep, or too many in one item, is kept.
One pass of expat without namespace processing copies everything within the limits verbatim.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

MAX_DEPTH: Final = 256
"""Deepest nesting of elements; XHTML in feeds stays below 60."""
MAX_ELEMENTS: Final = 300_000
"""Most elements of a document; a feed of 5,000 items has about 100,000."""
MAX_ITEM_ELEMENTS: Final = 20_000
"""Most elements of one item, where a document has too many; long articles have a few thousand."""
MAX_ATTRIBUTES: Final = 64
"""Most attributes of an element; the reader's time grows with their square."""
MAX_PREFIXES: Final = 100
"""Most prefixes of namespaces; the reader looks at all of them for each element."""
MAX_DECLARATIONS: Final = 100_000
"""Most declarations of namespaces; each may change what every name means."""
MAX_NAMESPACE: Final = 256
"""Longest address of a namespace, in characters; expat writes it out for each element."""

_ITEMS: Final = frozenset({"item", "entry"})
_BEYOND: Final = "beyond"
_BEYOND_NAMESPACE: Final = "urn:pantau:beyond-the-limits"
_FIRST_KEPT: Final = frozenset(
    {
        *("href", "url", "rel", "type", "ispermalink", "term", "label", "src", "xml:base"),
        *("version", "xmlns", "xmlurl", "htmlurl", "text", "title", "category", "rdf:about"),
    }
)  # fmt: skip
"""Attributes that are read, kept before all others."""


class _FullError(Exception):
    """The document has reached the limit of elements."""


@dataclass(slots=True)
class _Counts:
    """Counts of the parts that were dropped so far."""

    attributes: int = 0
    depth: int = 0
    items: int = 0
    namespaces: int = 0
    full: bool = False

    def warnings(self) -> tuple[str, ...]:
        """Return a warning for each kind of part that was dropped."""
        said = (
            (self.attributes, f"an element has more than {MAX_ATTRIBUTES} attributes; the others"),
            (self.depth, f"elements nested more than {MAX_DEPTH} deep"),
            (self.items, f"an item has more than {MAX_ITEM_ELEMENTS:,} elements; the others"),
            (self.namespaces, "namespaces beyond the limits, and what names them,"),
            (self.full, f"it has more than {MAX_ELEMENTS:,} elements; those that follow"),
        )
        return tuple(f"{what} were left out" for count, what in said if count)


@dataclass(slots=True)
class _Trimmer:
    """One pass over a document. `out` is the document so far."""

    out: list[str] = field(default_factory=list)
    counts: _Counts = field(default_factory=_Counts)
    root_at: int = -1  # where the root's start tag can take more declarations
    elements: int = 0
    in_item: int = 0  # elements of the item that is open
    declarations: int = 0
    written: list[str] = field(default_factory=list)  # names of open elements, empty where left out
    kept: int = 0  # how many of those are not left out
    namespaces: dict[str, str] = field(default_factory=dict)  # of the prefixes that are kept
    at_root: set[str] = field(default_factory=set)  # prefixes that the root declares

    def start(self, name: str, flat: list[str]) -> None:
        """Handle a start tag."""
        self.in_item = 0 if name.rpartition(":")[2].lower() in _ITEMS else self.in_item + 1
        if self.kept >= MAX_DEPTH or self.in_item > MAX_ITEM_ELEMENTS:
            deep = self.kept >= MAX_DEPTH
            self.counts.depth += deep
            self.counts.items += not deep
            # The tag goes and its text stays, parted from its neighbours.
            self.written.append("")
            self.out.append(" ")
            return
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            self.counts.full = True
            raise _FullError
        attributes = self._attributes(dict(zip(flat[::2], flat[1::2], strict=True)))
        name = self._known(name)
        said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        self.out.append(f"<{name}{said}")
        if self.root_at < 0:
            # A place for the namespaces that are only met later.
            self.root_at = len(self.out)
            self.at_root = {one[6:] for one in attributes if one.startswith("xmlns:")}
            self.out.append("")
        self.out.append(">")
        self.written.append(name)
        self.kept += 1

    def end(self, _name: str) -> None:
        """Handle an end tag."""
        name = self.written.pop()
        if name:
            self.kept -= 1
            self.out.append(f"</{name}>")
        else:
            self.out.append(" ")

    def _attributes(self, given: dict[str, str]) -> dict[str, str]:
        """Return the attributes that are kept, declarations of namespaces first among them."""
        for name in [one for one in given if one == "xmlns" or one.startswith("xmlns:")]:
            if not self._declare(name[6:], given[name]):
                del given[name]
        if len(given) > MAX_ATTRIBUTES:
            self.counts.attributes += 1
            ranked = sorted(given, key=lambda one: one.lower() not in _FIRST_KEPT)
            given = {one: given[one] for one in ranked[:MAX_ATTRIBUTES]}
        return {self._known(one): value for one, value in given.items()}

    def _declare(self, prefix: str, address: str) -> bool:
        """Return whether a declaration is kept; the empty prefix is the default namespace."""
        self.declarations += 1
        new = prefix not in self.namespaces
        if (
            self.declarations > MAX_DECLARATIONS
            or len(address) > MAX_NAMESPACE
            or (new and len(self.namespaces) >= MAX_PREFIXES - 1)
        ):
            self.counts.namespaces += 1
            return False
        self.namespaces.setdefault(prefix, address)
        return True

    def _known(self, name: str) -> str:
        """Return a name, with a reserved prefix if the declaration of its own was dropped."""
        prefix, colon, local = name.partition(":")
        if not colon or prefix in {"xml", "xmlns"} or prefix in self.namespaces:
            return name
        return f"{_BEYOND}:{local}"

    def finish(self) -> str:
        """Close the open elements; declare at the root each prefix that it does not declare."""
        while self.written:
            self.end("")
        declared = {**self.namespaces, _BEYOND: _BEYOND_NAMESPACE}
        missing = [one for one in declared if one and declared[one] and one not in self.at_root]
        self.out[self.root_at] = "".join(
            f" xmlns:{one}={quoteattr(declared[one])}" for one in missing
        )
        return "".join(self.out)


def trim(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the document without the parts beyond the limits, in UTF-8, and the warnings.

    `data` begins with the root element; comments and processing instructions inside it are kept.
    Raises ExpatError if the document is malformed (namespaces aside).
    """
    trimmer = _Trimmer()
    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = parser.buffer_text = True
    parser.StartElementHandler = trimmer.start
    parser.EndElementHandler = trimmer.end
    parser.DefaultHandler = trimmer.out.append
    with suppress(_FullError):
        parser.Parse(data, True)  # noqa: FBT003 (by position: this is the last piece)
    return trimmer.finish().encode("utf-8"), trimmer.counts.warnings()
