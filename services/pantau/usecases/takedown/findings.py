"""Findings of a take-down: the keys of everything that is to go, and words to prove it by."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pantau_schemas.events.subscription import Subscription

PHRASES: Final = 3
"""Excerpts of an article's text by which its bytes are recognised."""
PHRASE: Final = 60
"""Characters of an excerpt."""
LEAST: Final = 16
"""Shorter words could be of anything."""
MOST: Final = 60
"""Excerpts that files are searched for, of all articles together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article that is to go, as far as its text and address are known."""

    url: str | None = None
    title: str = ""
    phrases: tuple[str, ...] = ()

    @property
    def words(self) -> Iterator[str]:
        """Yield what its events contain and hardly any other does."""
        yield from (one for one in (self.url, self.title, *self.phrases) if one)


@dataclass(slots=True)
class Findings:
    """The keys of what is to go, by what they are keys of."""

    articles: dict[str, Piece] = field(default_factory=dict)
    identities: set[str] = field(default_factory=set)  # what must not come back
    alerts: set[str] = field(default_factory=set)
    deliveries: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)  # those that name alerts that are to go
    subscriptions: set[str] = field(default_factory=set)
    narrowed: dict[str, Subscription] = field(default_factory=dict)  # without the channel
    channels: set[str] = field(default_factory=set)
    feeds: set[str] = field(default_factory=set)  # feeds that gave the articles
    told: Counter[str] = field(default_factory=Counter)  # messages that left, by channel
    address: str | None = None  # of the channel whose owner is meant

    def add_article(self, key: str, fields: Mapping[str, Any]) -> None:
        """Add an article, with what one of its events says of it."""
        before = self.articles.get(key, Piece())
        url, title, text = (fields.get(name) for name in ("url", "title", "text"))
        self.identities.add(key)
        self.articles[key] = Piece(
            url if isinstance(url, str) else before.url,
            title if isinstance(title, str) and title else before.title,
            before.phrases or _phrases(text if isinstance(text, str) else ""),
        )
        feed = fields.get("feed_id")
        if isinstance(feed, str):
            self.feeds.add(feed)

    def __bool__(self) -> bool:
        """Return whether anything was found that names something to remove."""
        return bool(
            self.articles or self.alerts or self.deliveries or self.subscriptions or self.narrowed
        )

    @property
    def needles(self) -> list[bytes]:
        """Return bytes by which files are searched, evenly taken from all articles."""
        words = [self.address] if self.address else []
        every = [list(one.words) for one in self.articles.values()]
        for place in range(max(map(len, every), default=0)):
            words += [one[place] for one in every if place < len(one)]
        found = dict.fromkeys(one for one in words if len(one) >= LEAST)
        return [form for one in list(found)[:MOST] for form in forms_of(one)]


def _phrases(text: str) -> tuple[str, ...]:
    """Return excerpts of a text, from its beginning, middle and end, on one line each."""
    lines = sorted((line.strip() for line in text.splitlines()), key=len, reverse=True)
    return tuple(line[:PHRASE] for line in lines[:PHRASES] if len(line) >= LEAST)


def forms_of(text: str) -> Iterator[bytes]:
    """Yield the bytes of a text as they may stand in a file: plain, and as JSON writes it."""
    plain = text.encode("utf-8", "surrogatepass")
    yield plain
    for ascii_only in (False, True):
        form = json.dumps(text, ensure_ascii=ascii_only)[1:-1].encode("utf-8", "surrogatepass")
        if form != plain:
            yield form
