"""A web page with links to articles, read as a feed."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final
from urllib.parse import urlsplit

from pantau.common.dates.reading import read_time
from pantau.feeds.document import ITEMS_LIMIT, ParsedFeed, ParsedItem, UnreadableFeedError
from pantau.feeds.html.selectors import SelectorMatcher, parse_selector
from pantau.feeds.html.tags import VOID, Tag, tags
from pantau.feeds.html.text import html_to_text, one_line
from pantau.feeds.links import web_link
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT
from pantau_schemas.events.feed_page import PageSelectors
from pantau_schemas.links.canonical import site_of

_TELEGRAM: Final = PageSelectors(
    item=".tgme_widget_message",
    link="a.tgme_widget_message_date",
    date="time[datetime]",
    # A message that is quoted stands in a link, before the answer to it.
    text=".js-message_text, div > .tgme_widget_message_text",
    title=".tgme_widget_message_title",
)
_DEFAULT_LINK: Final = "a[href]"
_DEFAULT_DATE: Final = "time, [itemprop=datePublished]"
_DEFAULT_TITLE: Final = "h1, h2, h3, h4"
_MOST_DEPTH: Final = 512
"""Deepest element that selectors are matched against."""
_LEAST_WORDS: Final = 4
"""Fewest words of a headline, where no selector says which links are articles."""
_TITLE_OF_TEXT: Final = 120
"""Longest title that is made of the first line of a text, in characters."""
_CLOSED_BY_SAME: Final = frozenset({"li", "p", "tr", "td", "th", "dt", "dd", "option"})
_DATES: Final = ("datetime", "content", "title")
_NO_ARTICLE: Final = re.compile(
    r"/(?:tag|tags|author|category|kategori|login|search|page|indeks)(?:/|$)", re.IGNORECASE
)


def known_page(url: str | None) -> PageSelectors | None:
    """Return the selectors of a page of a well-known site: a public channel of Telegram."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    is_channel = host in {"t.me", "telegram.me"} and parts.path.startswith("/s/")
    return _TELEGRAM if is_channel else None


def read_page(
    html: str, url: str | None, selectors: PageSelectors, zone: tzinfo = UTC
) -> ParsedFeed:
    """Parse a page as a list of articles: elements that match, or links that look like headlines.

    Raises UnreadableFeedError if there are none, naming the selector, and SelectorError for a
    selector that cannot be parsed.
    """
    page = _ListedPage(html, selectors)
    page.read()
    base = web_link(page.base, url) if page.base else url
    items = _items(page.entries, base, selectors, zone)
    if not items:
        what = (
            f"no element matches {selectors.item or selectors.link}"
            if _given(selectors)
            else ("no links that look like headlines; name them by selectors")
        )
        message = f"no articles on the page: {what}"
        raise UnreadableFeedError(message)
    title = one_line(html_to_text(page.title))[:TITLE_LIMIT] or None
    return ParsedFeed("page", title, url, page.language, tuple(items[:ITEMS_LIMIT]))


def _given(selectors: PageSelectors) -> bool:
    return selectors.item is not None or selectors.link is not None


@dataclass(slots=True)
class _PageEntry:
    """The fields of one article as found; texts are HTML."""

    depth: int
    link: str = ""
    label: str = ""
    title: str = ""
    date: str = ""
    text: str = ""


@dataclass(slots=True)
class _Capture:
    """A field whose element is still open."""

    entry: _PageEntry
    name: str
    depth: int
    start: int
    attribute: str = ""  # a value that the start tag gave already


@dataclass(slots=True)
class _ListedPage:
    """One pass over a page."""

    html: str
    selectors: PageSelectors
    entries: list[_PageEntry] = field(default_factory=list)
    base: str = ""
    title: str = ""
    language: str | None = None
    stack: list[str] = field(default_factory=list)
    matchers: dict[str, SelectorMatcher] = field(default_factory=dict)
    current: _PageEntry | None = None
    captures: list[_Capture] = field(default_factory=list)

    def read(self) -> None:
        """Collect the entries."""
        chosen = self.selectors
        selectors = {
            "item": chosen.item or chosen.link or _DEFAULT_LINK,
            "link": chosen.link or _DEFAULT_LINK,
            "title": chosen.title or _DEFAULT_TITLE,
            "date": chosen.date or _DEFAULT_DATE,
            "text": chosen.text,
        }
        self.matchers = {
            name: SelectorMatcher(parse_selector(one)) for name, one in selectors.items() if one
        }
        for tag in tags(self.html):
            if tag.closing:
                self._end(tag)
            else:
                self._start(tag)
        # Pages often leave elements open; what is still open ends with the document.
        while self.stack:
            self._pop(len(self.html))

    def _start(self, tag: Tag) -> None:
        if tag.name == "base" and not self.base:
            self.base = tag.attributes.get("href", "")
        if tag.name == "html":
            self.language = tag.attributes.get("lang") or None
        if tag.name in VOID:
            self._match(tag, void=True)
            return
        if tag.name in _CLOSED_BY_SAME and self.stack and self.stack[-1] == tag.name:
            self._pop(tag.start)
        if len(self.stack) >= _MOST_DEPTH:
            return
        self.stack.append(tag.name)
        if tag.name == "title" and not self.title:
            end = self.html.find("<", tag.end)
            self.title = self.html[tag.end : end if end >= 0 else None][: 4 * TITLE_LIMIT]
        self._match(tag, void=False)

    def _match(self, tag: Tag, *, void: bool) -> None:
        depth = len(self.stack)
        found = {
            name: (one.matches_void if void else one.open)(tag.name, tag.attributes)
            for name, one in self.matchers.items()
        }
        if found["item"] and self.current is None and not void:
            self.current = _PageEntry(depth)
            self.entries.append(self.current)
        entry = self.current
        if entry is None:
            return
        href = tag.attributes.get("href")
        if found["link"] and href and (not entry.link or self._is_label(entry, href)):
            entry.link, entry.label = href, ""
            self._capture(entry, "label", tag, void=void)
        for name in ("title", "date", "text"):
            if found.get(name) and not getattr(entry, name):
                self._capture(entry, name, tag, void=void)

    def _is_label(self, entry: _PageEntry, href: str) -> bool:
        """Return whether a second link to the article has its title, where the first has none."""
        is_open = any(one.name == "label" for one in self.captures)
        return href == entry.link and not is_open and not html_to_text(entry.label)

    def _capture(self, entry: _PageEntry, name: str, tag: Tag, *, void: bool) -> None:
        said = ""
        if name == "date":
            said = next((tag.attributes[one] for one in _DATES if tag.attributes.get(one)), "")
        if said or void:
            setattr(entry, name, said)
        elif not any(one.name == name for one in self.captures):
            self.captures.append(_Capture(entry, name, len(self.stack), tag.end))

    def _end(self, tag: Tag) -> None:
        if tag.name in self.stack[-_MOST_DEPTH:]:
            while self.stack[-1] != tag.name:
                self._pop(tag.start)
            self._pop(tag.start)

    def _pop(self, position: int) -> None:
        depth = len(self.stack)
        for one in [one for one in self.captures if one.depth == depth]:
            setattr(one.entry, one.name, self.html[one.start : position])
            self.captures.remove(one)
        if self.current is not None and self.current.depth == depth:
            self.current = None
        self.stack.pop()
        for matcher in self.matchers.values():
            matcher.close()


def _items(
    entries: list[_PageEntry], base: str | None, selectors: PageSelectors, zone: tzinfo
) -> list[ParsedItem]:
    """Return the articles of the entries, each link once, with its longest title."""
    found: dict[str, ParsedItem] = {}
    for entry in entries:
        link = web_link(entry.link, base)
        text = html_to_text(entry.text)[:TEXT_LIMIT].rstrip()
        title = one_line(html_to_text(entry.title)) or one_line(html_to_text(entry.label))
        if selectors is _TELEGRAM:
            title = one_line(html_to_text(entry.title))
        title = (title or text.partition("\n")[0][:_TITLE_OF_TEXT])[:TITLE_LIMIT].rstrip()
        if link is None or not (title or text):
            continue
        # Without selectors every link is a candidate, menus and footers included.
        if not _given(selectors) and not _is_headline(link, title, base):
            continue
        moment = read_time(one_line(html_to_text(entry.date)), zone)
        known = found.get(link)
        # Pages link an article by its picture and its headline: the longest label is the title.
        if known is None or len(title) > len(known.title):
            published: datetime | None = moment or (known.published if known else None)
            found[link] = ParsedItem(None, link, title, text, published=published)
    return list(found.values())


def _is_headline(link: str, title: str, base: str | None) -> bool:
    """Return whether a link and its text look like those of an article of the same site."""
    if site_of(link) != site_of(base or link) or len(title.split()) < _LEAST_WORDS:
        return False
    path = urlsplit(link).path
    return len(path) > 1 and not _NO_ARTICLE.search(path)
