"""Stories: what several articles are about, and one of them whole."""

from dataclasses import replace
from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, PageAnswer, first_rows
from pantau.console.show.charts import WIDTH, drawn_lanes
from pantau.console.show.feed_items import story_item
from pantau.usecases.moments import parse_moment
from pantau.usecases.stories.ranking import StorySummary, top_stories
from pantau.usecases.stories.reading import read_story
from pantau_schemas.base import format_time

COLUMNS: Final = (
    "story_id", "title", "articles", "sources", "first_seen", "newest_seen", "newest_article_id",
)  # fmt: skip
SPANS: Final = (
    ("24h", "pages.last-24h"),
    ("3d", "pages.last-3d"),
    ("7d", "pages.last-7d"),
    ("30d", "pages.last-30d"),
)
"""Lengths of time that the page offers, as people write them, and their texts."""
_USUAL: Final = "3d"


def show_all(asked: Asked) -> Answer:
    """Return the stories of the last days, those of most articles first."""
    span = asked.values.get("since", "") or _USUAL
    since = parse_moment(span, asked.now, zones.current())
    least = asked.number("sources", 1, 1_000)
    found = top_stories(
        asked.store, since=since, until=None, limit=asked.rows + 1, least_sources=least
    )
    stories, more = first_rows(found.stories, asked.rows)
    found = replace(found, stories=tuple(stories))
    values = {"found": found, "span": span, "spans": SPANS, "least": least}
    return ListAnswer(
        PageAnswer("stories.html", values),
        [*map(story_fields, found.stories)],
        COLUMNS,
        more,
        items=[story_item(one, asked.base) for one in found.stories],
        title=asked.text("console.menu-stories"),
    )


def show_one(asked: Asked) -> Answer:
    """Return the page of a story. Raises UsageError where there is none."""
    story = read_story(asked.store, asked.named["id"])
    return PageAnswer("story.html", {"story": story, "lanes": drawn_lanes(story), "width": WIDTH})


def story_fields(story: StorySummary) -> dict[str, Any]:
    """Return the fields of a story that a list for programs has."""
    return {
        "story_id": story.story_id,
        "title": story.newest.title,
        "articles": story.articles,
        "sources": [name for name, _ in story.sources],
        "first_seen": format_time(story.first.first_seen),
        "newest_seen": format_time(story.newest.first_seen),
        "newest_article_id": story.newest.article_id,
    }
