"""A report as a table: one row for each article, for spreadsheets and programs. Pure."""

from collections.abc import Iterator
from typing import Any, Final

from pantau.common.text.safe_text import one_line
from pantau.usecases.reports.clipping import DayReport, ReportStory
from pantau.usecases.stories.quoting import Speaker
from pantau_schemas.base import format_time

COLUMNS: Final = (
    "day", "story_id", "story", "article_id", "title", "source", "published", "first_seen", "url",
    "lang", "subscriptions", "quotations",
)  # fmt: skip
_WORDS: Final = 1_000
"""Longest quotation in a cell, in characters."""


def report_rows(report: DayReport) -> Iterator[dict[str, Any]]:
    """Yield the articles of a report, story by story.

    `quotations` has those that an article is the first to have: `SPEAKER (ROLE): WORDS`.
    """
    for story in report.stories:
        said = _said_in(story)
        for one in story.articles:
            yield {
                "day": report.day.isoformat(),
                "story_id": story.story_id,
                "story": story.title,
                "article_id": one.article_id,
                "title": one.title,
                "source": one.source,
                "published": None if one.published is None else format_time(one.published),
                "first_seen": format_time(one.first_seen),
                "url": one.url,
                "lang": one.lang,
                "subscriptions": report.matches.get(one.article_id, ()),
                "quotations": tuple(said.get(one.article_id, ())),
            }


def speaker_name(speaker: Speaker) -> str:
    """Return a speaker with the office that articles name."""
    name = one_line(speaker.name, 120)
    return f"{name} ({one_line(speaker.role, 160)})" if speaker.role else name


def _said_in(story: ReportStory) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for speaker in story.speakers:
        for words in speaker.said:
            text = f"{speaker_name(speaker)}: {one_line(words.text, _WORDS)}"
            said.setdefault(words.article.article_id, []).append(text)
    return said
