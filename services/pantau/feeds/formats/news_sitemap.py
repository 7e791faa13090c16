"""News sitemaps and indexes of sitemaps (sitemaps.org, Google News), read as feeds."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat

from pantau.common.dates.reading import read_time
from pantau.feeds.document import (
    ITEMS_LIMIT,
    ParsedFeed,
    ParsedItem,
    UnreadableFeedError,
    too_many,
)
from pantau.feeds.html.text import one_line
from pantau.feeds.html.titles import title_text
from pantau.feeds.links import web_link
from pantau_schemas.events.article import TITLE_LIMIT

NEWS: Final = "news-sitemap"
"""The format of a news sitemap."""
INDEX: Final = "sitemap-index"
"""The format of an index, whose items are sitemaps and no articles."""
ROOTS: Final = frozenset({"urlset", "sitemapindex"})
KEPT: Final = timedelta(days=2)
"""Age of the oldest article that is read, before the newest: what a news sitemap may list."""
_ENTRIES: Final = frozenset({"url", "sitemap"})
_FIELDS: Final = frozenset(
    {"loc", "lastmod", "title", "publication_date", "keywords", "language", "name"}
)
_MOST_AHEAD: Final = 3
"""Dates that may be wrong at most."""
_OTHERS: Final = 4
"""How many dates there are at least for each of them."""
_TAGS_LIMIT: Final = 50
_TEXT_LIMIT: Final = 10_000
_SITEMAP_LINE: Final = re.compile(
    r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE
)
_NEWS_NAME: Final = re.compile(r"news|berita|noticias|nouvelles|nachrichten|latest", re.IGNORECASE)
MOST_ROBOTS: Final = 500_000
"""Most bytes of a robots.txt that are read (RFC 9309, 2.5)."""
_MOST_SITEMAPS: Final = 50


@dataclass(slots=True)
class _Collector:
    """Collects the fields of entries. Image and video extensions are not read."""

    entries: list[dict[str, str]] = field(default_factory=list)
    excess: int = 0
    entry: dict[str, str] | None = None
    name: str = ""
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Handle a start tag; names have their namespace before them."""
        namespace, _, local = name.rpartition(" ")
        local = local.lower()
        if local in _ENTRIES:
            self.entry = {}
        foreign = "image" in namespace or "video" in namespace
        self.name = local if local in _FIELDS and not foreign else ""
        self.pieces, self.length = [], 0

    def text(self, text: str) -> None:
        """Handle a run of text."""
        if self.name and self.length < _TEXT_LIMIT:
            self.pieces.append(text)
            self.length += len(text)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        local = name.rpartition(" ")[2].lower()
        if self.entry is not None and self.name == local:
            self.entry.setdefault(local, one_line("".join(self.pieces)[:_TEXT_LIMIT]))
            self.name = ""
        if local in _ENTRIES and self.entry is not None:
            if len(self.entries) < ITEMS_LIMIT:
                self.entries.append(self.entry)
            else:
                self.excess += 1
            self.entry = None


def read_sitemap(
    data: bytes, root: str, *, url: str | None, warnings: tuple[str, ...], zone: tzinfo = UTC
) -> ParsedFeed:
    """Parse a well-formed sitemap in UTF-8: its news of the last two days, or the index's sitemaps.

    Dates that name no zone are in `zone`.

    Raises UnreadableFeedError for a sitemap without news.
    """
    found = _Collector()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    # Otherwise expat splits texts at line ends and references.
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.CharacterDataHandler = found.text
    parser.Parse(data, True)  # noqa: FBT003 (by position: this is the last piece)
    if found.excess:
        warnings += (too_many(ITEMS_LIMIT + found.excess),)
    if root == "sitemapindex":
        return ParsedFeed(INDEX, None, url, None, _sitemaps(found.entries, url), warnings)
    items = tuple(item for one in found.entries if (item := _article(one, url, zone)) is not None)
    if not items and found.entries:
        message = (
            "a sitemap, no feed: it has no news (news:title); look for the site's news sitemap"
        )
        raise UnreadableFeedError(message)
    named = next((one["name"] for one in found.entries if one.get("name")), None)
    language = next((one["language"] for one in found.entries if one.get("language")), None)
    return ParsedFeed(
        NEWS, named[:TITLE_LIMIT] if named else None, url, language, recent(items), warnings
    )


def _article(entry: dict[str, str], url: str | None, zone: tzinfo) -> ParsedItem | None:
    link, title = (
        web_link(entry.get("loc", ""), url),
        title_text(entry.get("title", ""), html=False),
    )
    if link is None or not title:
        return None
    tags = dict.fromkeys(one.strip() for one in entry.get("keywords", "").split(","))
    return ParsedItem(
        guid=None,
        link=link,
        title=title[:TITLE_LIMIT].rstrip(),
        text="",
        tags=tuple(one[:500] for one in tags if one)[:_TAGS_LIMIT],
        published=read_time(entry.get("publication_date", ""), zone)
        or read_time(entry.get("lastmod", ""), zone),
    )


def recent(items: tuple[ParsedItem, ...]) -> tuple[ParsedItem, ...]:
    """Return the items of the two days before the newest one, and those without a date.

    The newest few do not count if all others are more than two days older: a date of next year,
    or an article announced in advance, must not hide the news.
    """
    dates = sorted((one.published for one in items if one.published), reverse=True)
    if not dates:
        return items
    newest = dates[0]
    few = min(len(dates) // _OTHERS, _MOST_AHEAD)
    for later, earlier in pairwise(dates[: few + 1]):
        newest = earlier if later - earlier > KEPT else newest
    return tuple(one for one in items if one.published is None or one.published >= newest - KEPT)


def _sitemaps(entries: list[dict[str, str]], url: str | None) -> tuple[ParsedItem, ...]:
    found = (
        ParsedItem(None, link, "", "", published=read_time(one.get("lastmod", "")))
        for one in entries
        if (link := web_link(one.get("loc", ""), url)) is not None
    )
    return tuple({one.link: one for one in found}.values())


def chosen_sitemaps(index: ParsedFeed, most: int) -> tuple[str, ...]:
    """Return the sitemaps of an index that may have the latest news, at most `most`.

    Those named after news if there are any; then by date, where undated ones come last in reverse
    order, as indexes append.
    """
    links = [one for one in enumerate(index.items) if one[1].link]
    news = [one for one in links if _NEWS_NAME.search(urlsplit(one[1].link or "").path)]

    def key(one: tuple[int, ParsedItem]) -> tuple[float, int]:
        moment: datetime | None = one[1].published
        return (moment.timestamp() if moment else float("-inf"), one[0])

    ranked = sorted(news or links, key=key, reverse=True)
    return tuple(one.link for _, one in ranked[:most] if one.link)


def sitemaps_of_robots(text: str, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names (RFC 9309, 2.2.4), news sitemaps first."""
    named = (web_link(match[1], url) for match in _SITEMAP_LINE.finditer(text))
    found = list(dict.fromkeys(one for one in named if one))[:_MOST_SITEMAPS]
    return tuple(sorted(found, key=lambda one: not _NEWS_NAME.search(one)))
