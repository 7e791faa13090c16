"""A feed document as written, before any choice among its texts, links and dates."""

from dataclasses import dataclass, field

CAPTION = "media:description"
"""The kind of a text that describes a picture or a video of an item."""


@dataclass(frozen=True, slots=True)
class RawText:
    """A text as the feed has it.

    `kind` is the element, `type` a MIME type such as `text/html`.
    """

    kind: str
    type: str
    value: str


@dataclass(slots=True)
class RawEntry:
    """One item with all of its data, before any choice.

    Links are resolved where a base is known.
    """

    guid: str | None = None
    link: str | None = None
    title: RawText | None = None
    texts: list[RawText] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)  # best first
    image: str | None = None  # of its picture, as written


@dataclass(slots=True)
class RawFeed:
    """A feed document with all data of the feed itself.

    `problems` describe what was not read.
    """

    version: str
    title: RawText | None
    link: str | None
    language: str | None
    ttl: str | None
    update_period: str | None
    update_frequency: str | None
    entries: list[RawEntry]
    excess: int = 0  # items beyond the limit
    problems: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # relation and address of those for WebSub
