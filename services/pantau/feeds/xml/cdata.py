"""Repairs CDATA sections that are never closed, which would swallow the items after them.

A section ends at `]]>`. If there is none, or another section begins before it, the section ends at
the end tag of the element that contains it, provided that a tag of the feed format follows.
"""

import re
from collections.abc import Sequence
from typing import Final

OPENING: Final = "<![CDATA["
CLOSING: Final = "]]>"
_END_TAG: Final = re.compile(
    r"</(?P<name>[A-Za-z_][\w.:-]{0,100})\s*>(?=\s*<(?:/?(?:[A-Za-z_][\w.-]{0,50}:)?(?:item|entry|channel|feed|rss)\b"
    r"|(?:title|link|guid|id|pubDate|author|category|updated|published|description|summary|content"
    r"|enclosure|comments|source|[A-Za-z_][\w.-]{0,50}:[A-Za-z_][\w.-]{0,50})\b))",
    re.IGNORECASE | re.ASCII,
)
_TORN_OPENING: Final = re.compile(r"<\s?!\s?\[?\s?CDATA\s?\[", re.IGNORECASE)
_TORN_END: Final = re.compile(r"\]{1,2}\s*(?:>|&gt;)?\s*\Z")


def may_be_unclosed(text: str) -> bool:
    """Return whether more CDATA sections begin than end."""
    return text.count(OPENING) > text.count(CLOSING)


def with_whole_openings(text: str) -> str:
    """Return the document with misspelt openings (`<!CDATA[`, `<![cdata[`) corrected."""
    return _TORN_OPENING.sub(OPENING, text)


class CdataEnds:
    """Finds the ends of the CDATA sections of a document in linear time, in document order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}  # next position of each sign; the length if absent

    def read(self, start: int, inside: Sequence[str]) -> tuple[str, int]:
        """Return the content of the section that begins at `start`, and its end position.

        `inside` holds the name of the innermost open element, if there is one.
        """
        end, following = self._find(CLOSING, start), self._find(OPENING, start)
        if inside and (end >= len(self._text) or following < end):
            for match in _END_TAG.finditer(self._text, start, end):
                if match["name"].lower() in {inside[0].lower(), "item", "entry"}:
                    content = self._text[start : match.start()]
                    return _without_torn_end(content), match.start()
        return self._text[start:end], min(end + len(CLOSING), len(self._text))

    def _find(self, sign: str, start: int) -> int:
        """Return the position of a sign at or after `start`; the length of the text if absent."""
        known = self._next.get(sign, -1)
        if known < start:
            found = self._text.find(sign, start)
            known = self._next[sign] = found if found >= 0 else len(self._text)
        return known


def _without_torn_end(content: str) -> str:
    """Return the content without a malformed closing (`]]`, `]>`, `]]&gt;`) at its end."""
    tail = content[-20:]
    return content[: len(content) - len(tail)] + _TORN_END.sub("", tail)
