"""The stories of alerts: how many sources they have, and whether they grew. Pure."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pantau.net.domains import publisher_of
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.rule_state import SHORT
from pantau_schemas.ids import digest_id

StoryOf = Callable[[str], str]
"""Returns the current id of a story, which may have been merged into another."""
MORE: Final = 5
"""So many more sources are growth, however many there were."""


def same_story(story: str) -> str:
    """Return the id itself: no story was merged."""
    return story


@lru_cache(maxsize=16_384)
def short_key(name: str) -> str:
    """Return the short key of an id."""
    return digest_id("short", name)[:SHORT]


def sources_of(alert: Alert) -> int:
    """Return how many sources have the story of an alert, this one included.

    Outlets of one owner count once, as far as their domains show it: `bola.kabar.example` and
    `kabar.example` are one.
    """
    article, story = alert.article, alert.article.story
    if story is None:
        return 1
    owners = {publisher_of(one) for one in (article.source or "", *story.other_sources)}
    return len(owners) + story.more_sources


def owner_of(alert: Alert) -> str:
    """Return the owner of an alert's source; its feed where no source is known."""
    article = alert.article
    return publisher_of(article.source) if article.source else (article.feed_id or "")


def has_grown(sources: int, before: int) -> bool:
    """Return whether a story has grown: its sources doubled, or it has five more."""
    return sources >= 2 * before or sources >= before + MORE
