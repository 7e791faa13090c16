"""Addresses: which of the outside are links, and those of the console's own pages. Pure."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

_LONGEST: Final = 4_000
KEPT: Final = frozenset(
    {"q", "l", "by", "from", "to", "since", "sources", "limit", "match", "subscription", "url"}
    | {"stage", "name", "historical", "type", "tag", "date", "view"}
    | {"timing", "when", "quiet", "articles", "expires"}
)
"""Values of an address that the links of its page keep, besides those that they set."""
_LONGEST_VALUE: Final = 200
"""Longest such value other than the query, in characters: a page has hundreds of links."""
_PLAIN: Final = ":,@"
"""Characters that mean nothing in a query string, and that queries and times are full of."""


def outside_link(url: str | None) -> str | None:
    """Return an address that may be a link of a page: of http or https, with a host; else None."""
    if url is None or len(url) > _LONGEST or any(char.isspace() or ord(char) < 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    return url if good else None


def own_path(path: str, /, **values: str | int | None) -> str:
    """Return the address of an own page; empty values are left out."""
    given = {name.rstrip("_"): value for name, value in values.items() if value not in {None, ""}}
    return f"{path}?{urlencode(given, safe=_PLAIN)}" if given else path


def own_item(path: str, identifier: str) -> str:
    """Return the address of the page of one thing."""
    return f"{path}/{quote(identifier, safe='')}"


def changed(path: str, values: Mapping[str, str], **other: str | int | None) -> str:
    """Return the address of a page with some values changed; its first rows are shown again.

    Values that no page reads are left out, and others that are too long for a link.
    """
    kept = {
        name: value
        for name, value in values.items()
        if name in KEPT and (name == "q" or len(value) <= _LONGEST_VALUE)
    }
    merged = {**kept, **{name.rstrip("_"): value for name, value in other.items()}}
    return own_path(path, **{name: merged[name] for name in merged})


def local_back(path: str | None) -> str:
    """Return an own path to go back to; the first page for one that could lead elsewhere."""
    if path is None or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    plain = all(32 < ord(char) < 127 and char != "\\" for char in path)
    return path if plain and len(path) <= _LONGEST else "/"
