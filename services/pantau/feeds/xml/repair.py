"""Repair of broken XML, so that one strict parser suffices and no item is lost.

One pass from left to right. Stray markup characters are escaped, unknown entities become text,
attributes are quoted, an open element is closed where its parent, or the next item, shows that it
must have ended; end tags without a start are dropped, undeclared prefixes get a namespace.
Comments, instructions and declarations are removed. Linear in the length of the document.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from itertools import islice
from typing import Final

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.xml.cdata import CLOSING, CdataEnds, with_whole_openings

MAX_SIGNS: Final = 500_000
"""Maximum number of each kind of character to repair in a document.

`&` without a reference, `<` of any kind.
"""

NAMESPACES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""Namespaces of prefixes that documents use without declaring them."""

_TOKEN: Final = re.compile(
    r"<(?:!--|!\[CDATA\[|[?!]|/?[A-Za-z_][\w.-]{0,100}(?::[A-Za-z_][\w.-]{0,100})?)", re.ASCII
)
_ATTRIBUTE: Final = re.compile(
    r"\s*(?P<name>[^\s=<>\"'/]{1,100})(?:\s{0,100}=\s{0,100}(?:\"(?P<d>[^\"<]*)\"|'(?P<s>[^'<]*)'|(?P<u>[^\s\"'<>]{1,10000})))?|\s*(?P<stray>[\"'/=])"
)
_ATTRIBUTE_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?", re.ASCII)
_AMPERSAND: Final = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos|#(?:3[2-9]|[4-9][0-9]|[1-9][0-9]{2,3}|[1-4][0-9]{4}));)"
    r"(?:#(?P<dec>[0-9]{1,7});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?"
)
"""An ampersand that may have to be repaired.

References that XML knows, which are most, cost nothing.
"""
_BARE: Final = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
"""An ampersand that begins no reference."""
_SECOND_ROOT: Final = re.compile(
    r"</(rss|feed|rdf:RDF)\s{0,9}>\s*+(?:<\?xml\b[^<>]{0,200}>\s*+)?(?:<!DOCTYPE\b[^<>\[]{0,300}>\s*+)?"
    r"<\1(?:\s[^<>]{0,2000})?>",
    re.IGNORECASE,
)
"""The place where another document of the same form follows: its items are the feed's, too."""
_ITEMS: Final = frozenset({"item", "entry"})
_LEAVES: Final = frozenset(
    {"title", "link", "guid", "pubdate", "author", "category", "id", "updated", "published"}
)
_FIELDS: Final = _LEAVES | {
    "description",
    "summary",
    "content",
    "content:encoded",
    "dc:creator",
    "dc:date",
    "enclosure",
    "comments",
}
_CODE: Final = frozenset({"script", "style"})
_VOID: Final = frozenset({"br", "img", "hr", "wbr", "input", "embed", "col", "area"})


def repair(text: str, *, without_namespaces: bool = False) -> str:
    """Return a well-formed document with as much content as possible of the broken one.

    If its namespaces are broken too, `without_namespaces` drops them: the usual prefixes then have
    their usual meaning.

    Limits are enforced by `pantau.feeds.xml.trim`. Raises UnreadableFeedError when it has more
    characters to repair than a feed can need.
    """
    if text.count("<") > MAX_SIGNS or (
        text.count("&") > MAX_SIGNS and _too_many(_AMPERSAND.finditer(text))
    ):
        message = f"refused: not well-formed XML, with more than {MAX_SIGNS:,} of the signs < or &"
        raise UnreadableFeedError(message)
    text = _SECOND_ROOT.sub(" ", text)
    return _Mender(with_whole_openings(text), without_namespaces=without_namespaces).run()


def _too_many(found: Iterator[re.Match[str]]) -> bool:
    return next(islice(found, MAX_SIGNS, None), None) is not None


def _escape(text: str) -> str:
    """Escape characters that are not markup; character references of XML stay."""
    if "&" in text:
        text = _AMPERSAND.sub(_reference, _BARE.sub("&amp;", text))
    return text.replace("<", "&lt;").replace("]]>", "]]&gt;")


def _reference(match: re.Match[str]) -> str:
    digits, hexadecimal, name = match["dec"], match["hex"], match["name"]
    if digits or hexadecimal:
        code = int(digits) if digits else int(hexadecimal, 16)
        allowed = (
            code in {9, 10, 13}
            or 32 <= code < 0xD800
            or 0xE000 <= code < 0xFFFE
            or 0x10000 <= code < 0x110000
        )
        return f"&#{code};" if allowed else ""
    if name and f"{name};" in html5:
        return "".join(f"&#{ord(one)};" for one in html5[f"{name};"])
    return f"&amp;{match.group()[1:]}"


class _Mender:
    """One pass over a document."""

    def __init__(self, text: str, *, without_namespaces: bool) -> None:
        self._text = text
        self._bare = without_namespaces
        self._out: list[str] = []
        self._stack: list[str] = []  # names as written
        self._open: dict[str, int] = {}  # the count of each name, in lower case, in the stack
        self._cdata = CdataEnds(text)
        self._missing: set[str] = set()  # endings that do not come any more
        self._prefixes: set[str] = set()
        self._declared: set[str] = {"xml", "xmlns"}
        self._root_at: int | None = None
        self._closed = False  # the root has ended

    def run(self) -> str:
        text, position = self._text, 0
        while match := _TOKEN.search(text, position):
            self._characters(text[position : match.start()])
            position = self._token(match)
        self._characters(text[position:])
        while self._stack:
            self._close()
        self._declare()
        return "".join(self._out)

    def _characters(self, raw: str) -> None:
        if self._stack:
            self._out.append(_escape(raw.replace(CLOSING, "")))  # of no section

    def _token(self, match: re.Match[str]) -> int:
        """Handle the token that begins here; return its end."""
        sign, text = match.group(), self._text
        if sign == "<![CDATA[":
            content, position = self._cdata.read(match.end(), self._stack[-1:])
            if self._stack:
                self._out.append(f"<![CDATA[{content}]]>")
            return position
        if sign in {"<!--", "<?", "<!"}:
            ending = {"<!--": "-->", "<?": "?>", "<!": ">"}[sign]
            end = -1 if ending in self._missing else text.find(ending, match.end())
            if end >= 0:
                return end + len(ending)
            self._missing.add(ending)  # nor is there one further on
            return match.end() if sign == "<!--" else len(text)  # it would swallow all that follows
        if sign.startswith("</"):
            following = text.find("<", match.end())
            following = following if following >= 0 else len(text)
            end = text.find(">", match.end(), following)
            self._end(sign[2:])
            return end + 1 if end >= 0 else following  # without a `>` the tag was truncated
        return self._start(sign[1:], match.end())

    def _start(self, name: str, position: int) -> int:
        attributes, position, empty = self._attributes(position)
        lower = name.lower()
        if (
            lower.startswith("xmlns:")
            or self._closed
            or (not self._stack and self._root_at is not None)
        ):
            return position
        self._make_room(lower)
        if ":" in name:
            self._prefixes.add(name.partition(":")[0])
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self._out.append(f"<{name}{written}")
        if self._root_at is None:
            self._root_at = len(self._out)
            self._out.append("")  # placeholder for namespaces
        if (empty or lower in _VOID) and len(self._out) != (self._root_at or 0) + 1:
            self._out.append("/>")
        else:
            self._out.append(">")
            self._stack.append(name)
            self._open[lower] = self._open.get(lower, 0) + 1
            if empty:
                self._close()
        return position

    def _make_room(self, lower: str) -> None:
        """Close the elements that must have ended before an element of this name."""
        if lower in _ITEMS and self._open.get(lower):
            self._end(lower)
        elif lower in _FIELDS and self._stack and self._stack[-1].lower() in _LEAVES - {"author"}:
            self._close()

    def _attributes(self, position: int) -> tuple[dict[str, str], int, bool]:
        """Parse attributes up to the end of the tag.

        Returns them, the end, and whether the element is empty.
        """
        text = self._text
        found: dict[str, str] = {}
        slash = False
        while match := _ATTRIBUTE.match(text, position):
            position = match.end()
            slash = match["stray"] == "/"
            name = match["name"]
            if (
                name
                and _ATTRIBUTE_NAME.fullmatch(name)
                and name not in found
                and not self._left_out(name)
            ):
                value = next(
                    (v for v in (match["d"], match["s"], match["u"]) if v is not None), name
                )
                # An unquoted value swallowed the slash of `<br clear=all/>`; namespaces end in one.
                if (
                    match["u"]
                    and value.endswith("/")
                    and text[position : position + 1] == ">"
                    and not name.startswith("xmlns")
                ):
                    value, slash = value[:-1], True
                self._note(name, value)
                found[name] = _escape(value).replace('"', "&quot;")
        while position < len(text) and text[position].isspace():
            position += 1
        return (
            {k: v for k, v in found.items() if not self._is_wrong(k, v)},
            position + (text[position : position + 1] == ">"),
            slash,
        )

    def _left_out(self, name: str) -> bool:
        """Return whether an attribute is dropped with the namespaces."""
        return self._bare and (name == "xmlns" or (":" in name and not name.startswith("xml:")))

    def _note(self, name: str, value: str) -> None:
        prefix, colon, local = name.partition(":")
        if prefix == "xmlns" and colon and value:
            self._declared.add(local)
        elif colon and prefix != "xmlns":
            self._prefixes.add(prefix)

    @staticmethod
    def _is_wrong(name: str, value: str) -> bool:
        """Return whether a namespace declaration is one that XML forbids."""
        return (name.startswith("xmlns:") and not value) or name in {"xmlns:xmlns", "xmlns:xml"}

    def _end(self, name: str) -> None:
        """Close the innermost open element of this name and its descendants.

        A no-op if there is none.
        """
        lower = name.lower()
        if not self._open.get(lower):
            # A section that shows code may end within it, so that its tag is outside.
            if lower in _CODE and self._stack:
                self._out.append(f"&lt;/{lower}&gt;")
            return
        while self._stack[-1].lower() != lower:
            self._close()
        self._close()

    def _close(self) -> None:
        name = self._stack.pop()
        self._open[name.lower()] -= 1
        self._out.append(f"</{name}>")
        self._closed = not self._stack

    def _declare(self) -> None:
        """Declare namespaces for undeclared prefixes, at the root."""
        if self._root_at is None:
            raise UnreadableFeedError("no feed: there is no element in it")
        missing = sorted(self._prefixes - self._declared)
        self._out[self._root_at] = "".join(
            f' xmlns:{one}="{NAMESPACES.get(one.lower(), "urn:undeclared:" + one)}"'
            for one in missing
        )
