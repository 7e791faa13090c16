"""OPML, the exchange format of lists of feeds: versions 1 and 2 are read, 2 is written.

Nested outlines become folders; the names of a chain of folders are joined by ` / `.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.encoding.charset import decode
from pantau.feeds.feed_scheme import without_feed_scheme
from pantau.feeds.html.text import clean, one_line
from pantau.feeds.html.titles import title_text
from pantau.feeds.sniff import what_it_is
from pantau.feeds.xml.source import prepare
from pantau.problems import Problem, problem

_ROOTS: Final = frozenset({"opml"})
FOLDER_SEPARATOR: Final = " / "
FOLDER_LIMIT: Final = 500
"""Maximum length of a folder's name with its parents in characters.

Every feed of the list repeats it.
"""
FEEDS_LIMIT: Final = 20_000
"""Maximum number of feeds read from a list; the longest lists of readers have a few thousand."""
_MOST_WARNINGS: Final = 100
_ADDRESSES: Final = ("xmlurl", "xml_url", "xml-url", "feedurl", "feed_url", "rssurl")
"""Spellings of the attribute that holds the address of a feed, in lower case."""
_FEED_TYPES: Final = frozenset({"rss", "rss1", "rss2", "rdf", "atom", "feed", "jsonfeed", ""})
_BARE: Final = re.compile(r"(?://)?[^\s/:@?#]{1,253}\.[^\s/:@?#.]{2,63}(?::\d+)?(?:[/?#]\S*)?")
TAGS_LIMIT: Final = 50
"""Most categories of a feed that become tags."""
TAG_LIMIT: Final = 100
"""Longest tag, in characters; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list. `folder` is None at the top.

    `site` is the page of the feed.
    """

    url: str
    title: str | None = None
    folder: str | None = None
    site: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlList:
    """A list of feeds, each address once. `warnings` name what was skipped or repaired.

    `left_out` counts the entries that look like feeds but could not be used.
    """

    feeds: tuple[OpmlFeed, ...]
    warnings: tuple[str, ...] = ()
    left_out: int = 0


def read_opml(body: bytes, *, content_type: str | None = None) -> OpmlList:
    """Parse a list of feeds. Broken XML is repaired, with a warning.

    Raises UnreadableFeedError if it is not OPML.
    """
    other = what_it_is(body)
    if other is not None:
        raise UnreadableFeedError(problem("documents.no-opml", what=other))
    decoded = decode(body, content_type)
    source = prepare(decoded.text, roots=_ROOTS, refuse=_no_opml)
    reader = _Outlines()
    reader.read(source.data)
    encoding = (decoded.warning,) if decoded.warning else ()
    warnings = (*encoding, *source.warnings, *reader.warnings)
    return OpmlList(tuple(reader.feeds.values()), warnings, reader.left_out)


def write_opml(feeds: Iterable[OpmlFeed], *, title: str, created: datetime) -> bytes:
    """Write a list of feeds as OPML 2.0, in UTF-8.

    Folders in order of first occurrence.
    """
    folders: dict[str | None, list[OpmlFeed]] = {None: []}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{_element_text(title)}</title>",
        f"    <dateCreated>{format_datetime(created)}</dateCreated>",
        "  </head>",
        "  <body>",
        *(line for feed in folders.pop(None) for line in ("    " + _outline(feed),)),
    ]
    for folder, members in folders.items():
        name = _attribute(folder or "")
        lines.append(f"    <outline text={name} title={name}>")
        lines += ["      " + _outline(feed) for feed in members]
        lines.append("    </outline>")
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


def _no_opml(root: str) -> Problem:
    return problem("documents.root-no-opml", root=root[:60])


def _outline(feed: OpmlFeed) -> str:
    name = _attribute(feed.title or feed.url)
    site = f" htmlUrl={_attribute(feed.site)}" if feed.site else ""
    tags = f" category={_attribute(','.join(feed.tags))}" if feed.tags else ""
    address = f"xmlUrl={_attribute(feed.url)}"
    return f'<outline type="rss" text={name} title={name} {address}{site}{tags}/>'


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))


def _element_text(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Outlines:
    """Collects outlines from a well-formed document."""

    def __init__(self) -> None:
        self.feeds: dict[str, OpmlFeed] = {}
        self._said: list[str] = []
        self.left_out = 0  # entries that look like feeds and are none
        self._open: list[str | None] = []  # what open outlines are left out for, if anything
        self._silent = 0  # warnings that are only counted
        self._excess = 0  # feeds beyond the limit
        self._folders: list[str | None] = [None]  # of each open outline, with its parents

    @property
    def warnings(self) -> list[str]:
        """Warnings about omissions; the first of many."""
        said = [*self._said, *([f"{self._silent:,} more like these"] if self._silent else [])]
        if self._excess:
            said.append(
                f"it lists {FEEDS_LIMIT + self._excess:,} feeds; "
                f"only the first {FEEDS_LIMIT:,} are read"
            )
        return said

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)  # noqa: FBT003 (expat takes it by position: this is the last piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() != "outline":
            return
        if self._open:
            self._open[-1] = None  # it has outlines of its own, so it is a folder
        # Invisible characters are removed here as they are when a list is written, so that the same
        # list is read back.
        given = {key.lower(): one_line(value) for key, value in attributes.items()}
        url, named = _address_of(given), given.get("title") or given.get("text") or ""
        # An address in place of a title is none, and its `&lt;` is no mark-up to decode.
        label = (title_text(named, html=False) or None) if named != url else None
        if not url:
            self._open.append(_what_is_missing(given, label))
            self._folders.append(_within(self._folders[-1], label))
            return
        folder = self._folders[-1]
        self._open.append(None)
        self._folders.append(folder)
        self._take(url, label, folder, given)

    def _take(self, url: str, label: str | None, folder: str | None, given: dict[str, str]) -> None:
        """Add a feed; if its address is listed already, add only its tags to that one."""
        address, tags = web_address(url), _tags(given.get("category", ""))
        if address is None:
            self.left_out += 1
            self._warn(f"{_named(label)}{url[:200]!r} is no http(s) address; left out")
        elif address in self.feeds:
            known = self.feeds[address]
            both = tuple(dict.fromkeys((*known.tags, *tags)))[:TAGS_LIMIT]
            self.feeds[address] = replace(known, tags=both)
            self._warn(f"{url[:200]} is listed more than once; the first is used")
        elif len(self.feeds) >= FEEDS_LIMIT:
            self._excess += 1
        else:
            site = given.get("htmlurl") or None
            self.feeds[address] = OpmlFeed(address, label, folder, site, tags)

    def _warn(self, warning: str) -> None:
        if len(self._said) < _MOST_WARNINGS:
            self._said.append(warning)
        else:
            self._silent += 1

    def _end(self, name: str) -> None:
        if name.lower() != "outline" or len(self._folders) < 2:
            return
        self._folders.pop()
        missing = self._open.pop()
        if missing is not None:
            self.left_out += 1
            self._warn(missing)


def _address_of(given: dict[str, str]) -> str:
    """Return the feed address of an outline, in any spelling of the attribute; empty if absent."""
    for name in _ADDRESSES:
        if given.get(name):
            return given[name]
    return given.get("url", "") if given.get("type", "").lower() in _FEED_TYPES else ""


def _what_is_missing(given: dict[str, str], label: str | None) -> str | None:
    """Return why an outline without a feed address is skipped; None if it may be a heading."""
    kind = given.get("type", "").lower()
    named = _named(label)
    if kind == "include" and given.get("url"):
        return f"{named}another list, {given['url'][:200]}, which is not read; left out"
    if kind == "link" and given.get("url"):
        return f"{named}a link, no feed ({given['url'][:200]}); left out"
    spelt = any(name in given for name in _ADDRESSES)
    site = given.get("htmlurl") or given.get("url", "")
    if not (spelt or site or kind in _FEED_TYPES - {""}):
        return None
    hint = f"; its site is {site[:200]}: `pantau feeds add` looks there for a feed" if site else ""
    return f"{named}a feed without an address (xmlUrl); left out{hint}"


def _named(label: str | None) -> str:
    return f"{label[:100]!r}: " if label else ""


def _tags(categories: str) -> tuple[str, ...]:
    """Return the categories of an outline: separated by commas, with slashes between levels."""
    tags = (one.strip().strip("/").strip()[:TAG_LIMIT] for one in categories.split(","))
    return tuple(dict.fromkeys(one for one in tags if one))[:TAGS_LIMIT]


def _within(outer: str | None, label: str | None) -> str | None:
    """Return the name of a folder preceded by its parents, truncated."""
    if not outer or not label:
        return outer or (label[:FOLDER_LIMIT] if label else None)
    return (
        outer if len(outer) >= FOLDER_LIMIT else f"{outer}{FOLDER_SEPARATOR}{label}"[:FOLDER_LIMIT]
    )


def web_address(url: str) -> str | None:
    """Return the web address of an outline; `feed:` and bare hosts mean https. None if unusable."""
    rest = without_feed_scheme(url)
    if rest.lower().startswith(("http://", "https://")):
        address = rest
    elif rest != url or _BARE.fullmatch(rest):
        address = "https://" + rest.lstrip("/")
    else:
        return None
    return address if _has_usable_port(address) else None


def _has_usable_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:  # no number, too large a one, or brackets that are not closed
        return False
