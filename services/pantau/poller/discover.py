"""The feeds that a web page names, best first: what its head declares, then links that look like feeds."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from pantau.poller.charset import decode
from pantau.poller.htmltext import one_line
from pantau_schemas.links import normalise_link

_TYPES: Final = {
    "application/rss+xml": "rss",
    "application/x-rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/rss": "rss",
    "text/rss+xml": "rss",
    "text/atom+xml": "atom",
}
_LOOKS_LIKE_A_FEED: Final = re.compile(
    r"/(?:rss|feeds?|atom|rdf)(?:[/.?]|$)|(?:\.|/)(?:rss|rdf|atom|xml)(?:$|\?)|[?&](?:feed|format|output)=(?:rss|atom|rdf)|feed\.json$",
    re.IGNORECASE,
)
_NO_FEED: Final = re.compile(r"sitemap|opensearch|wlwmanifest|oembed|/wp-json/|\.xsd$|\.xsl$", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"/comments?/feed|comments?\.(?:rss|xml|atom)", re.IGNORECASE)
_MOST_LINKS: Final = 50
_MOST_BYTES: Final = 2_000_000  # a page's links to its feeds are near its top


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names. `type` is rss, atom, rdf, json, xml, or `link` for one that only looks like a feed."""

    url: str
    title: str | None
    type: str


def discover_feeds(html: bytes, url: str, content_type: str | None = None) -> list[FoundFeed]:
    """Give the feeds that a web page names, each once: declared ones first, feeds of comments last of each kind."""
    page = _Page()
    page.feed(decode(html[:_MOST_BYTES], content_type).text)
    page.close()
    base = _join(url, page.base) or url if page.base else url
    found: dict[str, FoundFeed] = {}
    for href, title, kind in [*page.declared, *page.links[:_MOST_LINKS]]:
        link = _join(base, href)
        key = normalise_link(link) if link else None
        if link and key and not (_NO_FEED.search(link) and kind in {"link", "json", "xml"}):
            found.setdefault(key, FoundFeed(link, one_line(title)[:200] or None, kind))
    return sorted(found.values(), key=lambda one: (one.type == "link", bool(_COMMENTS.search(one.url))))


def _join(base: str, link: str) -> str | None:
    link = one_line(link)
    if link.lower().startswith("feed:"):
        link = link[5:] if link[5:].lower().startswith("http") else "https:" + link[5:]
    try:
        joined = urljoin(base, link)
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None


class _Page(HTMLParser):
    """Collects links of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base: str | None = None
        self.declared: list[tuple[str, str, str]] = []
        self.links: list[tuple[str, str, str]] = []
        self._anchor: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        href = given.get("href", "").strip()
        if tag == "base" and href and self.base is None:
            self.base = href
        elif tag == "link" and href:
            rel = given.get("rel", "").lower().split()
            kind = _TYPES.get(given.get("type", "").partition(";")[0].strip().lower())
            if kind and ("alternate" in rel or "feed" in rel):
                self.declared.append((href, given.get("title", ""), kind))
            elif "feed" in rel:
                self.declared.append((href, given.get("title", ""), "xml"))
        elif tag == "a":
            self._end_anchor()
            if href and _LOOKS_LIKE_A_FEED.search(href):
                self._anchor = href

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_anchor()

    def handle_data(self, data: str) -> None:
        if self._anchor is not None and len(self._words) < 20:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_anchor()

    def _end_anchor(self) -> None:
        if self._anchor is not None:
            self.links.append((self._anchor, " ".join(self._words), "link"))
        self._anchor, self._words = None, []
