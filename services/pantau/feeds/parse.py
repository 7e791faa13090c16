"""Parsing of a feed document of any format and encoding to a `ParsedFeed`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pantau.common.dates.reading import read_time
from pantau.common.text.normal_text import normalise_text
from pantau.feeds.discovery.hubs import chosen
from pantau.feeds.document import (
    ITEMS_LIMIT,
    ParsedFeed,
    ParsedItem,
    UnreadableFeedError,
    too_many,
)
from pantau.feeds.enclosed import feed_in_json, is_in_xml
from pantau.feeds.encoding.charset import decode
from pantau.feeds.feedparser.reader import read_xml
from pantau.feeds.formats.jsonfeed import read_json_feed
from pantau.feeds.formats.news_sitemap import ROOTS as SITEMAPS
from pantau.feeds.formats.news_sitemap import read_sitemap
from pantau.feeds.formats.page_list import known_page, read_page
from pantau.feeds.html.selectors import SelectorError
from pantau.feeds.html.shown_feed import shown_feed
from pantau.feeds.html.text import (
    decode_entities,
    decode_leftovers,
    has_paired_markup,
    html_to_text,
    is_block_markup,
    looks_like_markup,
    one_line,
    tidy,
    without_section,
)
from pantau.feeds.html.titles import title_text
from pantau.feeds.links import LinkBudget, picture_link, public_link, resolve_link
from pantau.feeds.raw_feed import CAPTION, RawEntry, RawFeed, RawText
from pantau.feeds.skips import read_skips
from pantau.feeds.sniff import json_start, no_feed, what_it_is, what_root_is
from pantau.feeds.texts import join_texts
from pantau.feeds.xml.source import prepare
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT
from pantau_schemas.events.feed_page import PageSelectors

TAG_LIMIT: Final = 500
"""Maximum length of a tag or author in characters."""
TAGS_LIMIT: Final = 200
"""Maximum number of tags of an item."""

_FEED_ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel", "entry"})
_ATOM_ROOTS: Final = frozenset({"feed", "entry"})
_PERIODS: Final = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_NO_TEXT_TYPES: Final = (
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "audio/",
    "font/",
    "image/",
    "video/",
)
_NAME_AND_ADDRESS: Final = re.compile(
    r"(?P<before>[^()<>@]*[^()<>@\s]) (?:\([^()\s@]+@[^()\s]+\)|<[^<>\s@]+@[^<>\s]+>)"
    r"|[^()<>\s@]+@[^()<>\s]+ (?:\((?P<inside>[^()@]+)\)|<(?P<name>[^<>@]+)>)"
)
_FEED_PROXY: Final = re.compile(
    r"https?://(?:feeds\.feedburner\.com|feedproxy\.google\.com|feeds\.feedblitz\.com"
    r"|rss\.feedsportal\.com)/",
    re.IGNORECASE,
)
"""Services whose links do not say where they lead."""
_ADDRESS: Final = re.compile(r"https?://[^/\s]+\.[^/\s]+/[^\s#]", re.IGNORECASE)
"""The address of a page; a number behind the `#` of a home page is none."""
_NO_YEAR: Final = 1970
"""The year of dates that programs write for none; earlier ones are those of other programs."""
_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})


def parse_feed(
    body: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    page: PageSelectors | None = None,
    zone: tzinfo = UTC,
) -> ParsedFeed:
    """Read a feed document: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON Feed 1.0, 1.1, news sitemaps.

    With `page`, a web page is read as a list of articles (as are public channels of Telegram).

    `url` is where it came from, the base of relative links; `content_type` is the HTTP header;
    dates that name no zone are in `zone`. A malformed feed gives what can be read, and warnings.
    Raises UnreadableFeedError for what is no feed, saying what it is.
    """
    listed = page or known_page(url)
    if listed is not None:
        return _parse_page(decode(body, content_type).text, url, listed)
    start = json_start(body)
    body = body[start:]
    # Browsers and some servers show a feed as a web page, with its source in it.
    other = what_it_is(body)
    shown = shown_feed(body) if other is not None or is_in_xml(body) else None
    if shown is not None:
        body, start = shown, 1
    elif other is not None:
        raise UnreadableFeedError(no_feed(other))
    decoded = decode(body, content_type)
    warnings: tuple[str, ...] = (decoded.warning,) if decoded.warning else ()
    if start:
        warnings += ("what stands before the feed was left out",)
    text = decoded.text.lstrip("\ufeff")
    inside = feed_in_json(text) if text.lstrip()[:1] in {"{", '"'} else None
    if inside is not None:
        return _parse_xml(inside, url, (*warnings, "the feed is a text within JSON"), zone)
    if text.lstrip()[:1] in {"{", "["}:
        return read_json_feed(text, url=url, warnings=warnings, zone=zone)
    return _parse_xml(text, url, warnings, zone)


def _parse_page(html: str, url: str | None, selectors: PageSelectors) -> ParsedFeed:
    try:
        return read_page(html, url, selectors)
    except SelectorError as error:
        raise UnreadableFeedError(str(error)) from None


def _parse_xml(text: str, url: str | None, warnings: tuple[str, ...], zone: tzinfo) -> ParsedFeed:
    source = prepare(text, roots=_FEED_ROOTS | SITEMAPS, refuse=what_root_is)
    if source.root in SITEMAPS:
        said = warnings + source.warnings
        return read_sitemap(source.data, source.root, url=url, warnings=said, zone=zone)
    budget = LinkBudget(len(text))
    # In RSS, relative links are of the site that the channel names, which may come after the items.
    atom = source.root in _ATOM_ROOTS
    raw = read_xml(source.data, url if atom else None, budget, atom=atom)
    warnings += source.warnings + raw.problems
    version = "rss091n" if source.netscape and raw.version.startswith("rss") else raw.version
    feed = _to_feed(raw, version or source.root, url, budget, zone)
    if raw.excess:
        warnings += (too_many(ITEMS_LIMIT + raw.excess),)
    hours, days = read_skips(text)
    return replace(feed, warnings=warnings + budget.warnings, skip_hours=hours, skip_days=days)


def _to_feed(
    raw: RawFeed, version: str, url: str | None, budget: LinkBudget, zone: tzinfo
) -> ParsedFeed:
    link = resolve_link(raw.link, url, budget)
    base = url or link
    if not version.startswith("atom"):
        base = _site(link) or _site(_itself(raw)) or url
    return ParsedFeed(
        format=version,
        title=_title(raw.title, version) or None,
        link=link,
        language=one_line(raw.language)[:TAG_LIMIT] if raw.language else None,
        items=tuple(
            _to_item(entry, version, _Bases(base, link or base, url), budget, zone)
            for entry in raw.entries
        ),
        ttl_seconds=_ttl(raw),
        hubs=chosen(raw.links, url),
    )


class _Bases(NamedTuple):
    """Addresses that those of an item are made absolute from: of links, the site, the feed."""

    links: str | None
    site: str | None
    feed: str | None


def _itself(raw: RawFeed) -> str | None:
    """Return where a feed says that it is, which may be asked for at a proxy's address."""
    return next((address for relation, address in raw.links if relation == "self"), None)


def _site(link: str | None) -> str | None:
    """Return the link of a channel if it can be the base of links: http or https, with a host."""
    with suppress(ValueError):  # such as brackets that hold no IPv6 address
        parts = urlsplit(link or "")
        if parts.scheme in {"http", "https"} and "." in (parts.hostname or ""):
            return link
    return None


def _to_item(
    entry: RawEntry, version: str, bases: _Bases, budget: LinkBudget, zone: tzinfo
) -> ParsedItem:
    guid = one_line(without_section(entry.guid)) or None if entry.guid else None
    link = resolve_link(_own_link(entry), bases.links, budget)
    authors = dict.fromkeys(_name(one) for one in entry.authors)
    tags = dict.fromkeys(_tag(one) for one in entry.tags)
    return ParsedItem(
        guid=guid,
        link=public_link(link, guid, bases.site, bases.feed),
        title=_title(entry.title, version),
        text=_text(entry.texts, version),
        author=", ".join(one for one in authors if one)[:TAG_LIMIT] or None,
        tags=tuple(one for one in tags if one)[:TAGS_LIMIT],
        published=_published(entry.dates, zone),
        image=picture_link(entry.image, bases.links, budget),
    )


def _published(dates: Sequence[str], zone: tzinfo) -> datetime | None:
    """Return the best date of an item; an impossibly early one only where there is no other."""
    oldest = None
    for one in dates:
        moment = read_time(decode_entities(without_section(one)), zone)
        if moment is not None and moment.year > _NO_YEAR:
            return moment
        oldest = oldest or moment
    return oldest


def _own_link(entry: RawEntry) -> str | None:
    """Return the link of an item; where that is of a feed proxy, an id that is an address."""
    link, guid = entry.link, (entry.guid or "").strip()
    link = without_section(link) if link is not None else None
    if link is not None and _FEED_PROXY.match(link) and _ADDRESS.match(guid):
        return link if _FEED_PROXY.match(guid) else guid
    return link


def _title(title: RawText | None, version: str) -> str:
    """Return a title as plain text on one line. Titles are often double-escaped, in Atom too."""
    if title is None:
        return ""
    value = without_section(title.value)
    html = title.type in _HTML_TYPES or _is_html(value[:TEXT_LIMIT], version)
    return normalise_text(title_text(value, html=html))[:TITLE_LIMIT].rstrip()


def _text(texts: list[RawText], version: str) -> str:
    """Return all texts of an item as one plain text.

    Captions of its pictures and videos count only where there is nothing else, as in YouTube feeds.
    """
    readable = [one for one in texts if not one.type.startswith(_NO_TEXT_TYPES)]
    text = join_texts(_plain(one, version) for one in readable if one.kind != CAPTION)
    if not text:
        captions = (_plain(one, version) for one in readable if one.kind == CAPTION)
        text = max(captions, key=len, default="")
    return normalise_text(text)[:TEXT_LIMIT].rstrip()


def _plain(text: RawText, version: str) -> str:
    """Return one text as plain text.

    Entities are decoded.
    """
    value = without_section(text.value)
    if text.type in _HTML_TYPES or is_block_markup(value) or _is_html(value, version):
        return html_to_text(value)
    return tidy(decode_leftovers(value))


def _is_html(value: str, version: str) -> bool:
    """Return whether nominally plain text is HTML.

    In RSS it often is. In Atom plain text is the default of a type that feeds often omit, so there
    the test is stricter.
    """
    return has_paired_markup(value) if version.startswith("atom") else looks_like_markup(value)


def _tag(tag: str) -> str:
    """Return a tag as plain text on one line."""
    return _known_tag(tag) if len(tag) <= _SHORT else _read_tag(tag)


def _read_tag(tag: str) -> str:
    return normalise_text(one_line(_plain_short(tag)))[:TAG_LIMIT]


def _name(author: str) -> str:
    """Return the name of `name (address)`, `address (name)` and `name <address>`.

    Else the author unchanged.
    """
    return _known_name(author) if len(author) <= _SHORT else _read_name(author)


def _read_name(author: str) -> str:
    author = normalise_text(one_line(_plain_short(author[:TEXT_LIMIT])))[:TAG_LIMIT]
    match = _NAME_AND_ADDRESS.fullmatch(author)
    return (match["before"] or match["inside"] or match["name"]).strip() if match else author


_SHORT: Final = 100
"""Characters up to which tags and names are kept: the items of feeds repeat them."""
_known_tag: Final = lru_cache(maxsize=1_024)(_read_tag)
_known_name: Final = lru_cache(maxsize=1_024)(_read_name)


def _plain_short(text: str) -> str:
    """Return a name or a tag without markup and entities."""
    return html_to_text(text) if looks_like_markup(text) else decode_entities(text)


def _ttl(raw: RawFeed) -> int | None:
    """Return the polling interval in seconds that the feed requests."""
    minutes = _number(raw.ttl)
    if minutes:
        return minutes * 60
    period = _PERIODS.get((raw.update_period or "").lower())
    if period is None:
        return None
    return max(period // (_number(raw.update_frequency) or 1), 60)


def _number(text: str | None) -> int | None:
    """Parse a whole number of up to seven digits."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else None
