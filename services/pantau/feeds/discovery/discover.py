"""The feeds that a web page names, best first.

Those declared in its head, then links that look like feeds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from pantau.feeds.discovery.known_sites import feeds_named_in_page
from pantau.feeds.encoding.charset import decode
from pantau.feeds.html.text import decode_entities, html_to_text, one_line
from pantau_schemas.links.canonical import normalise_link

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
    "application/rss": "rss",
    "application/rss-xml": "rss",
    "application/atom": "atom",
}
_SURE: Final = frozenset({"rss", "atom", "rdf"})
"""Kinds whose type means a feed also where a page forgets the relation."""
_MEANT: Final = frozenset({"alternate", "alternative", "feed", "self"})
_MEANS_OTHER: Final = frozenset({"service.post", "edituri", "search", "replies", "stylesheet"})
_LOOKS_LIKE_A_FEED: Final = re.compile(
    r"/(?:rss|feeds?|atom|rdf)(?:[/.?]|$)|(?:\.|/)(?:rss|rdf|atom|xml)(?:$|\?)|[?&](?:feed|format|output)=(?:rss|atom|rdf)|feed\.json$",
    re.IGNORECASE,
)
_NO_FEED: Final = re.compile(
    r"sitemap|opensearch|wlwmanifest|oembed|/wp-json/|\.xsd$|\.xsl$", re.IGNORECASE
)
_COMMENTS: Final = re.compile(r"/comments?/feed|comments?\.(?:rss|xml|atom)", re.IGNORECASE)
_NAMED_A_FEED: Final = re.compile(r"\b(?:rss|atom|feeds?)\b", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<(?:(?P<skipped>!--|script(?=[\s>]))|(?P<name>base|link|a)(?=[\s/]))", re.IGNORECASE
)
_COMMENT_END: Final = re.compile("-->")
_SCRIPT_END: Final = re.compile(r"</script", re.IGNORECASE)
_ANCHOR_END: Final = re.compile(r"</?a[\s>]", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*(?:(?P<name>[^\s=<>\"'/]{1,100})"
    r"(?:\s{0,20}=\s{0,20}(?:\"(?P<d>[^\"]{0,4000})\"|'(?P<s>[^']{0,4000})'|(?P<u>[^\s\"'<>]{1,4000})))?|[=\"'])"
)
_LONGEST_LABEL: Final = 500  # characters, markup included
_MOST_LINKS: Final = 50
_MOST_BYTES: Final = 2_000_000  # a page's links to its feeds are near its top


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names.

    `type` is rss, atom, rdf, json, xml, or `link` for one that only looks like a feed.
    """

    url: str
    title: str | None
    type: str


def discover_feeds(html: bytes, url: str, content_type: str | None = None) -> list[FoundFeed]:
    """Return the feeds that a web page names, each once.

    Declared ones first, feeds of comments last of each kind.
    """
    text = decode(html[:_MOST_BYTES], content_type).text
    page = _Page(text)
    base = _join(url, page.base) or url if page.base else url
    hinted = [(link, "", "atom") for link in feeds_named_in_page(url, text)]
    found: dict[str, FoundFeed] = {}
    for href, title, kind in [*page.declared, *hinted, *page.links]:
        link = _join(base, href)
        key = normalise_link(link) if link else None
        if link and key and not (_NO_FEED.search(link) and kind in {"link", "json", "xml"}):
            found.setdefault(key, FoundFeed(link, one_line(title)[:200] or None, kind))
    return sorted(
        found.values(), key=lambda one: (one.type == "link", bool(_COMMENTS.search(one.url)))
    )


def without_comments(found: Sequence[FoundFeed]) -> Sequence[FoundFeed]:
    """Return feeds without those of comments, which sites name beside the one of their news."""
    return [one for one in found if not _COMMENTS.search(one.url)] or found


def _join(base: str, link: str) -> str | None:
    link = one_line(link)
    if link.lower().startswith("feed:"):
        scheme = "" if link[5:].lower().startswith("http") else base.partition(":")[0] + ":"
        link = scheme + link[5:]
    try:
        joined = urljoin(base, link)
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None


class _Page:
    """Collects links of a page in one linear pass.

    The standard library's parser takes 20 s for 200 KB of `<!--`.
    """

    def __init__(self, html: str) -> None:
        self.base: str | None = None
        self.declared: list[tuple[str, str, str]] = []
        self.links: list[tuple[str, str, str]] = []
        self._html = html
        self._endless: set[str] = set()
        position = 0
        while match := _TAG.search(html, position):
            position = self._skip(match) if match["skipped"] else self._tag(match)

    def _skip(self, match: re.Match[str]) -> int:
        """Return the end of a comment or a script.

        An unterminated one is skipped like a tag.
        """
        kind = match["skipped"].lower()
        if kind not in self._endless:
            end = (_COMMENT_END if kind == "!--" else _SCRIPT_END).search(self._html, match.end())
            if end is not None:
                return end.end()
            self._endless.add(kind)  # nor is any later one terminated
        return match.end()

    def _tag(self, match: re.Match[str]) -> int:
        tag = match["name"].lower()
        given, end = _attributes(self._html, match.end())
        href = given.get("href", "").strip()
        if not href:
            return end
        if tag == "base":
            self.base = self.base or href
        elif tag == "link":
            self._link(href, given)
        elif _LOOKS_LIKE_A_FEED.search(href) and len(self.links) < _MOST_LINKS:
            following = _ANCHOR_END.search(self._html, end, end + _LONGEST_LABEL)
            label = self._html[end : following.start() if following else end + _LONGEST_LABEL]
            self.links.append((href, html_to_text(label), "link"))
        return end

    def _link(self, href: str, given: dict[str, str]) -> None:
        rel = given.get("rel", "").lower().split()
        kind = _TYPES.get(given.get("type", "").partition(";")[0].strip().lower())
        if not given.get("type") and "alternate" in rel:
            kind = "xml" if _NAMED_A_FEED.search(given.get("title", "")) else None
        meant = _MEANT & set(rel) or (kind in _SURE and not _MEANS_OTHER & set(rel))
        if ((kind and meant) or "feed" in rel) and len(self.declared) < _MOST_LINKS:
            self.declared.append((href, given.get("title", ""), kind or "xml"))


def _attributes(html: str, position: int) -> tuple[dict[str, str], int]:
    """Parse attributes, the first of each name, up to the end of the tag.

    Returns them and the end.
    """
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, position):
        position = match.end()
        if match["name"]:
            value = next(
                (one for one in (match["d"], match["s"], match["u"]) if one is not None), ""
            )
            found.setdefault(match["name"].lower(), decode_entities(value))
    return found, position + (html[position : position + 1] == ">")
