"""The fictional newsroom: its articles, and its feeds after each wave."""

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from typing import Any, Final, Literal
from xml.sax.saxutils import escape, quoteattr

from pantau.messages.languages import DEFAULT, Lang
from pantau_schemas.base import format_time

_SUMMARY_WORDS: Final = 12
STAGGER: Final = timedelta(minutes=7)
"""Interval between the dates of two articles of a wave."""


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed of the newsroom."""

    path: str
    format: Literal["rss", "atom", "json"]
    title: str
    language: str
    site: str
    summaries: bool = False
    """Its items have the first words only; the newsroom serves the pages of its articles."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the newsroom. `wave` is when it is published."""

    wave: int
    feed: str
    slug: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watcher:
    """A subscription of the demonstration, and the slugs that it must match."""

    id: str
    name: str
    query: str
    expect: tuple[str, ...]
    language: Literal["lucene", "kql", "pantau"] = "lucene"
    webhook: bool = False
    name_id: str | None = None  # the name for readers of Indonesian, where it is another


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The whole newsroom."""

    feeds: tuple[FeedSource, ...]
    stories: tuple[Story, ...]
    watchers: tuple[Watcher, ...]

    @property
    def waves(self) -> int:
        """The number of the last wave."""
        return max(story.wave for story in self.stories)

    def at(self, address: str) -> "Newsroom":
        """Return the newsroom with the pages of its summary feeds at an address."""
        feeds = (replace(one, site=address) if one.summaries else one for one in self.feeds)
        return replace(self, feeds=tuple(feeds))

    def document(self, feed: FeedSource, wave: int, now: datetime) -> tuple[str, str]:
        """Return a feed's document after `wave`, and its content type.

        Older waves are dated days before `now`.
        """
        items = [
            (story, now - timedelta(days=5 if story.wave == 0 else 0) - STAGGER * place)
            for place, story in enumerate(self.stories)
            if story.feed == feed.path and story.wave <= wave
        ]
        items.reverse()
        return _WRITERS[feed.format](feed, items)


def load_newsroom(lang: Lang = DEFAULT) -> Newsroom:
    """Load the newsroom that ships with the program; names are in the language of the reader."""
    text = files("pantau.demo").joinpath("newsroom.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)
    return Newsroom(
        feeds=tuple(FeedSource(**one) for one in given["feed"]),
        stories=tuple(_story(one) for one in given["article"]),
        watchers=tuple(_watcher(one, lang) for one in given["subscription"]),
    )


def _watcher(given: dict[str, Any], lang: Lang) -> Watcher:
    found = Watcher(**{**given, "expect": tuple(given["expect"])})
    own = found.name_id if lang == "id" else None
    return found if own is None else replace(found, name=own)


def _story(given: dict[str, Any]) -> Story:
    paragraphs = tuple(part.strip() for part in given["text"].strip().split("\n\n"))
    return Story(given["wave"], given["feed"], given["slug"], given["title"], paragraphs)


def link_of(feed: FeedSource, story: Story) -> str:
    """Return the address of an article."""
    return f"{feed.site}/{story.slug}"


Items = list[tuple[Story, datetime]]


def _html(story: Story) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def _content(feed: FeedSource, story: Story) -> str:
    if feed.summaries:
        words = story.paragraphs[0].split()[:_SUMMARY_WORDS]
        return f"<description>{escape(' '.join(words))} ...</description>"
    return (
        f"<description>{escape(story.paragraphs[0][:120])}</description>"
        f"<content:encoded>{escape(_html(story))}</content:encoded>"
    )


def _rss(feed: FeedSource, items: Items) -> tuple[str, str]:
    entries = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(link_of(feed, story))}</link>"
        f"<guid isPermaLink='false'>{escape(story.slug)}</guid>"
        f"<pubDate>{format_datetime(moment)}</pubDate>{_content(feed, story)}</item>"
        for story, moment in items
    )
    document = (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>{escape(feed.title)}</title><link>{escape(feed.site)}</link><description/>"
        f"<language>{feed.language}</language>{entries}</channel></rss>"
    )
    return document, "application/rss+xml; charset=utf-8"


def _atom(feed: FeedSource, items: Items) -> tuple[str, str]:
    newest = max((moment for _, moment in items), default=datetime(2026, 1, 1, tzinfo=UTC))
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><id>{escape(link_of(feed, story))}</id>"
        f"<link href={quoteattr(link_of(feed, story))}/><updated>{format_time(moment)}</updated>"
        f"<published>{format_time(moment)}</published><content "
        f"type='html'>{escape(_html(story))}</content></entry>"
        for story, moment in items
    )
    document = (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        f"xml:lang='{feed.language}'>"
        f"<title>{escape(feed.title)}</title><id>{escape(feed.site)}</id><link "
        f"href={quoteattr(feed.site)}/>"
        f"<updated>{format_time(newest)}</updated>{entries}</feed>"
    )
    return document, "application/atom+xml; charset=utf-8"


def _json(feed: FeedSource, items: Items) -> tuple[str, str]:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.site,
        "language": feed.language,
        "items": [
            {
                "id": story.slug,
                "url": link_of(feed, story),
                "title": story.title,
                "content_html": _html(story),
                "date_published": format_time(moment),
            }
            for story, moment in items
        ],
    }
    return json.dumps(document, ensure_ascii=False), "application/feed+json"


_WRITERS: Final = {"rss": _rss, "atom": _atom, "json": _json}
