"""feedparser's rules for the text of an element, as far as its results are read.

See `feedparser.state`.
"""

import base64
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from feedparser.api import StrictFeedParser
from feedparser.html import _cp1252

_XHTML: Final = "application/xhtml+xml"
AS_REFERENCE: Final = re.compile("&([A-Za-z0-9_]+);")
_UNKEPT: Final = frozenset({"category", "content", "itunes_keywords", "tags"})
"""Texts that their handlers consume, or that are stored elsewhere."""
_SIGNS: Final = frozenset(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes to which Windows-1252 gives signs, and Latin-1 none."""
_CUT: Final = frozenset({"geometry", "pos", "restriction"})
"""Texts from which feedparser builds lists of numbers and words that are never read.

The first characters suffice.
"""
_LONGEST_CUT: Final = 1_000
_LEAD: Final = re.compile("[\xc2-\xf4]")
"""The first byte of a character in UTF-8, as both encodings read it."""
_AS_BYTES: Final = {ord(bytes([one]).decode("cp1252")): one for one in _SIGNS}
"""Signs of Windows-1252 that Latin-1 lacks, to the bytes that they stand for."""
_CONTINUING: Final = "\x80-\xbf" + "".join(map(chr, _AS_BYTES))
_MISREAD: Final = re.compile(
    "[\xc4-\xdf](?![\u2013\u2014\u2018\u2019\u201c\u201d\u2026])"
    f"[{_CONTINUING}]|[\xc2\xc3\xe0-\xf4][{_CONTINUING}]"
)
"""A character of UTF-8 that was misread; a capital letter before a mark, as in `OLÉ…`, is none."""


class Params(dict[str, Any]):
    """feedparser's state of the current text: plain values, so a copy needs no deep traversal."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Params":
        return Params(self)


class TextState(StrictFeedParser):  # type: ignore[misc]  # feedparser ships no types
    """feedparser's state, ending elements in linear time and storing only what is read."""

    depth: int
    guidislink: int
    title_depth: int

    def __init__(self, encoding: str) -> None:
        super().__init__("", None, encoding)
        self.resolve_relative_uris = False
        self.sanitize_html = False
        self.contentparams = Params()

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        """Close an element, store its text if feedparser does and it is read, and return it."""
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
        output = self.as_meant(element, output)
        if element not in _UNKEPT and not (
            element == "title" and -1 < self.title_depth <= self.depth
        ):
            self._keep(element, output)
        return output

    def as_meant(self, element: str, output: str) -> str:
        """Return a text as intended by its sender.

        Decoded, with absolute links, and Windows characters converted.
        """
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
        if _LEAD.search(output):
            with suppress(UnicodeError):  # UTF-8 that was decoded as Latin-1 or Windows-1252
                given = output.translate(_AS_BYTES) if _MISREAD.search(output) else output
                output = given.encode("iso-8859-1").decode()
        return output.translate(_cp1252)

    def _keep(self, element: str, output: str) -> None:
        if self.inentry and not self.insource:
            self._keep_in_entry(element, output)
        elif self.infeed or self.insource:
            context = self._get_context()
            element = "subtitle" if element == "description" else element
            context[element] = output
            if element == "link":
                context[element] = context["links"][-1]["href"] = AS_REFERENCE.sub(
                    r"&\g<1>", output
                )
            elif self.incontent:
                context[f"{element}_detail"] = {**self.contentparams, "value": output}

    def _keep_in_entry(self, element: str, output: str) -> None:
        entry = self.entries[-1]
        if element == "link":
            if not self.inimage:
                # feedparser mistakes `?a=1&b=2` for text with a reference, and escapes it as one.
                entry[element] = output = AS_REFERENCE.sub(r"&\g<1>", output.replace("&amp;", "&"))
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
        """Start a text."""
        super().push_content(tag, attrs_d, default_content_type, expecting_text)
        self.contentparams = Params(self.contentparams)


def _without_div(pieces: Sequence[str]) -> Sequence[str]:
    """Remove the `div` around a whole text, if there is one."""
    if (
        not pieces
        or pieces[-1] != "</div>"
        or not (pieces[0] == "<div>" or pieces[0].startswith("<div "))
    ):
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
    """Remove blank pieces at both ends, except one."""
    first, last = 0, len(pieces)
    while last > 1 and not pieces[last - 1].strip():
        last -= 1
    while first < last - 1 and not pieces[first].strip():
        first += 1
    return pieces[first:last]
