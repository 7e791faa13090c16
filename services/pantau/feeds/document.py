"""A feed document as read, whatever format it came in; nothing of Pantau's own yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.problems import Problem

ITEMS_LIMIT: Final = 10_000
"""Most items of a document that are read; the longest feeds known have a few thousand."""


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One entry of a feed: plain text without markup or entities, links resolved where a base is known."""

    guid: str | None
    link: str | None
    title: str
    text: str
    author: str | None = None
    tags: tuple[str, ...] = ()
    published: datetime | None = None  # aware, UTC


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. `warnings` say what was malformed and how it was read nevertheless."""

    format: str  # such as rss20, rss091n, rss10, atom10, json11
    title: str | None
    link: str | None  # of the site, absolute where it can be
    language: str | None
    items: tuple[ParsedItem, ...]
    warnings: tuple[str, ...] = ()
    ttl_seconds: int | None = None  # how often the feed asks to be polled: ttl, sy:updatePeriod
    skip_hours: tuple[int, ...] = ()  # hours of the day, UTC, in which it asks for no polls
    skip_days: tuple[int, ...] = ()  # days of the week, 0 is Monday, in which it asks for none


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
