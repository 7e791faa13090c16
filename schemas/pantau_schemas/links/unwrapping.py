"""Links that only lead on, such as those of Google Alerts and AMP caches, and the link inside.

Nothing is fetched: only what the link itself spells out is read. Links whose target only the
service knows (`t.co`, FeedBurner without `origLink`, today's Google News) stay as they are.
"""

import base64
import binascii
import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from pantau_schemas.links.tables import REDIRECT_PAGES, REDIRECT_PARAMETERS, REDIRECTS

_ABSOLUTE: Final = re.compile(r"https?://[^/?#\s]+\.[^/?#\s]+[/?][^\s]+", re.IGNORECASE)
"""An address that can be an article's: with a host that has a dot, and more than a home page."""
_GOOGLE: Final = re.compile(r"(?:www\.|news\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_CACHE_HOSTS: Final = (".cdn.ampproject.org", ".amp.cloudflare.com", ".bing-amp.com")
_CACHE_PATH: Final = re.compile(r"/(?:[a-z]/|wp/[a-z]/|amp/)?(?P<tls>s/)?(?P<rest>[^/]+\.[^/]+/.+)")
_ARCHIVED: Final = re.compile(
    r"/web/[0-9]{1,14}(?:[a-z]{2}_)?/"
    r"(?:https?://web\.archive\.org(?::[0-9]{1,5})?/web/[0-9]{1,14}(?:[a-z]{2}_)?/(?=https?:/))*"
    r"(?P<rest>https?:/.+)",
    re.DOTALL,
)
"""The path of a page that the Web Archive keeps, be it of itself: nested ones go at once."""
_GOOGLE_NEWS: Final = re.compile(r"/(?:rss/|__i/rss/rd/)?articles/(?P<code>CB[A-Za-z0-9_-]+=*)")
_SIGN: Final = re.compile("http|amp|news.google|RU=", re.IGNORECASE)
"""Marks, one of which every link that leads on has after its scheme."""
_INSIDE: Final = re.compile(rb"https?://[\x21-\x7e]+")


def unwrap(url: str) -> str:
    """Return the innermost address that a link spells out; a link that leads nowhere as it is.

    Each step gives a shorter address, so this ends.
    """
    while _SIGN.search(url, 8):
        inner = _step(url)
        if inner is None or len(inner) >= len(url):
            break
        url = inner
    return url


def _step(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return (
        _cached(parts, host)
        or _archived(parts, host)
        or _google(parts, host)
        or _listed(parts, host)
        or _yahoo(parts, host)
        or _any_site(parts)
    )


def _cached(parts: SplitResult, host: str) -> str | None:
    """Return the page that an AMP cache keeps."""
    viewer = parts.path.startswith("/amp/") and (
        _GOOGLE.fullmatch(host) is not None or host in {"www.bing.com", "bing.com"}
    )
    if not viewer and not f".{host}".endswith(_CACHE_HOSTS):
        return None
    match = _CACHE_PATH.fullmatch(parts.path)
    if match is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"http{'s' if match['tls'] else ''}://{match['rest']}{query}"


def _archived(parts: SplitResult, host: str) -> str | None:
    """Return the page that the Internet Archive keeps."""
    match = _ARCHIVED.fullmatch(parts.path) if host == "web.archive.org" else None
    if match is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return _address(match["rest"] + query)


def _google(parts: SplitResult, host: str) -> str | None:
    """Return the target of a link of Google's search, alerts or (of former years) news."""
    if _GOOGLE.fullmatch(host) is None:
        return None
    if parts.path == "/url":
        return _parameter(parts.query, ("url", "q"))
    match = _GOOGLE_NEWS.match(parts.path) if host == "news.google.com" else None
    if match is None:
        return None
    code = match["code"].rstrip("=")
    try:
        inside = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (ValueError, binascii.Error):
        return None
    return _from_message(inside)


def _from_message(inside: bytes) -> str | None:
    """Return the address in a Google News code, a protocol buffer: its field 4 is the address."""
    start = inside.find(b'"')
    if start < 0 or len(inside) < start + 3:
        return None
    length, begin = inside[start + 1], start + 2
    if length >= 0x80:
        length, begin = (length & 0x7F) | inside[start + 2] << 7, start + 3
    match = _INSIDE.fullmatch(inside[begin : begin + length])
    return _address(match[0].decode("ascii")) if match else None


def _listed(parts: SplitResult, host: str) -> str | None:
    for end, path, names in REDIRECTS:
        if f".{host}".endswith(f".{end}") and parts.path.startswith(path):
            return _parameter(parts.query, names)
    return None


def _yahoo(parts: SplitResult, host: str) -> str | None:
    """Return the target of `/*https://...` and `/RU=https%3a%2f%2f.../RK=2`."""
    if not f".{host}".endswith(".yahoo.com"):
        return None
    if "/*http" in parts.path:
        query = f"?{parts.query}" if parts.query else ""
        return _address(parts.path.partition("/*")[2] + query)
    named = [one[3:] for one in parts.path.split("/") if one.startswith("RU=")]
    return _address(unquote(named[0])) if named else None


def _any_site(parts: SplitResult) -> str | None:
    """Return the target of a page that is named like one that only leads on."""
    if parts.path.rstrip("/").rpartition("/")[2].lower() not in REDIRECT_PAGES:
        return None
    return _parameter(parts.query, REDIRECT_PARAMETERS)


def _parameter(query: str, names: tuple[str, ...]) -> str | None:
    values: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        values.setdefault(name.lower(), value)
    for name in names:
        found = _address(unquote(values.get(name, "")))
        if found is not None:
            return found
    return None


def _address(text: str) -> str | None:
    return text if _ABSOLUTE.fullmatch(text) else None
