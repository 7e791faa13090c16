"""OPML, the exchange format of lists of feeds: versions 1 and 2 are read, 2 is written.

Nested outlines become folders; the names of a chain of folders are joined by ` / `.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from pantau.feeds.charset import decode
from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.html_text import clean, one_line
from pantau.feeds.sniff import what_it_is
from pantau.feeds.titles import title_text
from pantau.feeds.xml_source import prepare

_ROOTS: Final = frozenset({"opml"})
FOLDER_SEPARATOR: Final = " / "
FOLDER_LIMIT: Final = 500
"""Longest name of a folder with those that it is in, in characters.

Every feed of the list repeats it.
"""
FEEDS_LIMIT: Final = 20_000
"""Most feeds of a list that are read; the longest lists of readers have a few thousand."""
_MOST_WARNINGS: Final = 100
_SCHEMES: Final = ("http://", "https://", "feed:")


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list. `folder` is None at the top.

    `site` is the page that the feed belongs to.
    """

    url: str
    title: str | None = None
    folder: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class OpmlList:
    """A list of feeds, each address once. `warnings` tell what was left out or mended."""

    feeds: tuple[OpmlFeed, ...]
    warnings: tuple[str, ...] = ()


def read_opml(body: bytes, *, content_type: str | None = None) -> OpmlList:
    """Read a list of feeds. Broken XML is mended, with a warning.

    Raises UnreadableFeedError for what is no OPML.
    """
    reason = what_it_is(body)
    if reason is not None:
        raise UnreadableFeedError(reason.replace("no feed", "no OPML").partition(": try")[0])
    decoded = decode(body, content_type)
    source = prepare(decoded.text, roots=_ROOTS, refuse=_no_opml)
    reader = _Outlines()
    reader.read(source.data)
    encoding = (decoded.warning,) if decoded.warning else ()
    return OpmlList(tuple(reader.feeds.values()), (*encoding, *source.warnings, *reader.warnings))


def write_opml(feeds: Iterable[OpmlFeed], *, title: str, created: datetime) -> bytes:
    """Write a list of feeds as OPML 2.0, in UTF-8.

    Folders in the order in which they first come.
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


def _no_opml(root: str) -> str:
    return f"no OPML: its root element is <{root[:60]}>"


def _outline(feed: OpmlFeed) -> str:
    name = _attribute(feed.title or feed.url)
    site = f" htmlUrl={_attribute(feed.site)}" if feed.site else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={_attribute(feed.url)}{site}/>'


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))


def _element_text(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Outlines:
    """Collects outlines from a well-formed document."""

    def __init__(self) -> None:
        self.feeds: dict[str, OpmlFeed] = {}
        self._said: list[str] = []
        self._silent = 0  # warnings that are only counted
        self._excess = 0  # feeds beyond the most that are read
        self._folders: list[str | None] = [None]  # of each open outline, with those that it is in

    @property
    def warnings(self) -> list[str]:
        """Warnings about what was left out; of many the first."""
        said = [*self._said, *([f"{self._silent:,} more like these"] if self._silent else [])]
        if self._excess:
            said.append(
                f"it lists {FEEDS_LIMIT + self._excess:,} feeds; only the first {FEEDS_LIMIT:,} are read"
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
        # Invisible characters go here as they do when a list is written: the same list comes back.
        given = {key.lower(): one_line(value) for key, value in attributes.items()}
        url = given.get("xmlurl") or (
            given.get("url", "") if given.get("type", "").lower() in {"rss", "atom"} else ""
        )
        label = title_text(given.get("title") or given.get("text") or "", html=False) or None
        if not url:
            self._folders.append(_within(self._folders[-1], label))
            return
        folder = self._folders[-1]
        self._folders.append(folder)
        address = _web(url)
        if not url.lower().startswith(_SCHEMES):
            self._warn(f"{url[:200]!r} is no http(s) address; left out")
        elif address in self.feeds:
            self._warn(f"{url[:200]} is listed more than once; the first is used")
        elif len(self.feeds) >= FEEDS_LIMIT:
            self._excess += 1
        else:
            self.feeds[address] = OpmlFeed(address, label, folder, given.get("htmlurl") or None)

    def _warn(self, warning: str) -> None:
        if len(self._said) < _MOST_WARNINGS:
            self._said.append(warning)
        else:
            self._silent += 1

    def _end(self, name: str) -> None:
        if name.lower() == "outline" and len(self._folders) > 1:
            self._folders.pop()


def _within(outer: str | None, label: str | None) -> str | None:
    """Return the name of a folder with those that it is in before it, cut where nobody reads on."""
    if not outer or not label:
        return outer or (label[:FOLDER_LIMIT] if label else None)
    return (
        outer if len(outer) >= FOLDER_LIMIT else f"{outer}{FOLDER_SEPARATOR}{label}"[:FOLDER_LIMIT]
    )


def _web(url: str) -> str:
    """Return the address that `feed:` stands for."""
    if not url.lower().startswith("feed:"):
        return url
    rest = url[5:]
    return (
        rest if rest.lower().startswith(("http://", "https://")) else "https://" + rest.lstrip("/")
    )
