"""The start and end tags of a page, in document order and linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pantau.feeds.html.text import decode_entities

VOID: Final = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    }
)
"""Elements without content and end tag."""
_TAG: Final = re.compile(
    r"<(?:(?P<skipped>!--|(?:script|style|template|noscript)(?=[\s>/]))|(?P<end>/)?"
    r"(?P<name>[A-Za-z][A-Za-z0-9:-]{0,63}))",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*(?:(?P<name>[^\s=<>\"'/]{1,100})"
    r"(?:\s{0,20}=\s{0,20}(?:\"(?P<d>[^\"]{0,4000})\"|'(?P<s>[^']{0,4000})'"
    r"|(?P<u>[^\s\"'<>]{1,4000})))?|[=\"'])"
)
_MOST_ATTRIBUTES: Final = 64


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag. `start` and `end` are its positions in the page; end tags have no attributes."""

    name: str  # in lower case
    closing: bool
    attributes: dict[str, str]
    start: int
    end: int


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags of a page; comments, scripts, styles and templates are skipped."""
    position, endless = 0, set[str]()
    while match := _TAG.search(html, position):
        skipped = (match["skipped"] or "").lower()
        if skipped:
            ending = "-->" if skipped == "!--" else f"</{skipped}"
            found = -1 if ending in endless else _find(html, ending, match.end())
            if found < 0:
                endless.add(ending)
            position = found + len(ending) if found >= 0 else match.end()
            continue
        closing = match["end"] is not None
        attributes, position = read_attributes(html, match.end())
        yield Tag(
            match["name"].lower(), closing, {} if closing else attributes, match.start(), position
        )


def _find(html: str, ending: str, position: int) -> int:
    found = re.compile(re.escape(ending), re.IGNORECASE).search(html, position)
    return found.start() if found else -1


def read_attributes(html: str, position: int) -> tuple[dict[str, str], int]:
    """Return the attributes up to the end of a tag, the first of each name, and where it ends."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, position):
        position = match.end()
        if match["name"] and len(found) < _MOST_ATTRIBUTES:
            values = (match["d"], match["s"], match["u"])
            value = next((one for one in values if one is not None), "")
            found.setdefault(match["name"].lower(), decode_entities(value))
    while html[position : position + 1].isspace() or html[position : position + 1] == "/":
        position += 1
    return found, position + (html[position : position + 1] == ">")
