"""A feed that a page shows as its text, as when the server took it for text and escaped it."""

import html
import re
from typing import Final

_START: Final = re.compile(rb"&lt;(?:\?xml|rss|feed|rdf:RDF)[\s&]", re.IGNORECASE)
_END: Final = re.compile(rb"&lt;/(?:rss|feed|rdf:RDF)(?:&gt;|>)", re.IGNORECASE)
_FARTHEST: Final = 4_000
"""Bytes before the feed, and behind it."""
_TAG: Final = re.compile(rb"<[^<>]*>")
_MOST_WORDS: Final = 20
"""Words of the page beside the feed: a page about feeds has more of its own."""


def shown_feed(body: bytes) -> bytes | None:
    """Return the feed that is nearly all of a page, unescaped; None where there is none.

    A page about feeds that shows one as an example is none.
    """
    start = _START.search(body, 0, _FARTHEST)
    end = body.rfind(b"&lt;/")
    closing = _END.match(body, end) if start and end >= 0 else None
    if start is None or closing is None:
        return None
    around = body[: start.start()] + b" " + body[closing.end() :][:_FARTHEST]
    if len(_TAG.sub(b" ", around).split()) > _MOST_WORDS:
        return None
    text = body[start.start() : closing.end()].decode("utf-8", "surrogateescape")
    return html.unescape(text).encode("utf-8", "surrogateescape")
