"""A parsed feed document, independent of its format and of Pantau."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.feeds.discovery.hubs import NO_HUBS, HubLinks
from pantau.problems import Problem

ITEMS_LIMIT: Final = 10_000
"""Maximum number of items read from a document; the longest known feeds have a few thousand."""


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One entry of a feed: plain text without markup, links resolved where a base is known."""

    guid: str | None
    link: str | None
    title: str
    text: str
    author: str | None = None
    tags: tuple[str, ...] = ()
    published: datetime | None = None  # timezone-aware, UTC
    source: str | None = None  # of the article, where it is not the host of its link
    image: str | None = None  # address of its picture, absolute


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. `warnings` describe malformed parts and how they were read."""

    format: str  # such as rss20, rss091n, rss10, atom10, json11
    title: str | None
    link: str | None  # of the site, absolute if possible
    language: str | None
    items: tuple[ParsedItem, ...]
    warnings: tuple[str, ...] = ()
    # the polling interval that the feed requests: ttl, sy:updatePeriod
    ttl_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()  # hours of the day, UTC, in which it asks for no polls
    skip_days: tuple[int, ...] = ()  # days of the week, 0 is Monday, in which it asks for none
    hubs: HubLinks = NO_HUBS  # for WebSub


class UnreadableFeedError(Exception):
    """The document is no feed. The text says what it is instead, and what to do.

    `problem` is the same as data, where it has a code.
    """

    def __init__(self, what: str | Problem) -> None:
        super().__init__(str(what))
        self.problem = what if isinstance(what, Problem) else None


def too_many(items: int) -> str:
    """Return the warning of a document with more items than are read."""
    return f"it lists {items:,} items; only the first {ITEMS_LIMIT:,} are read"
