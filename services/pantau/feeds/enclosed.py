"""A feed that another document encloses as a text: an answer of a web service or of a proxy.

Services of .NET answer `<string>` with the feed escaped in it; programs encode a feed as a string
of JSON, and proxies put it in an object (`{"contents": "<rss ..."}`).
"""

import json
import re
from typing import Final

from pantau.common.files.json_bounds import holds_too_much

_FEED: Final = r"(?:\s|\\[nrt]|\\?\ufeff|\\ufeff)*(?:<|\\u003[cC])(?:\?xml|rss|feed|rdf:RDF)[\s>\\]"
_IN_JSON: Final = re.compile(rf'\s*"{_FEED}|\s*\{{[^<]{{0,4000}}?"\s*:\s*"{_FEED}')
_IN_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?<string[\s>]")
_STARTS: Final = ("<?xml", "<rss", "<feed", "<rdf:RDF")
_MOST_VALUES: Final = 100


def is_in_xml(body: bytes) -> bool:
    """Return whether a document is one `<string>`, as web services answer it."""
    return _IN_XML.match(body[:1_000]) is not None


def feed_in_json(text: str) -> str | None:
    """Return the feed that is a string of JSON, or a value of its object; None without one."""
    if _IN_JSON.match(text, 0, 6_000) is None or holds_too_much(text):
        return None
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    values = [value] if isinstance(value, str) else list(value.values())[:_MOST_VALUES]
    for one in values:
        if isinstance(one, str) and one.lstrip("\ufeff \t\r\n").startswith(_STARTS):
            return one.lstrip("\ufeff \t\r\n")
    return None
