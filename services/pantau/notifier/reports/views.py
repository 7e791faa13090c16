"""A report as a message that chat programs and terminals show. Pure."""

import shlex

from pantau.common.channels.report_content import ArticleLine, ReportContent, StorySection
from pantau.notifier.composing.view import ArticleView, MatchedPassage, MessageView, StoryView
from pantau.problems import problem
from pantau_schemas.events.alert import Snippet

STORIES_SHOWN = 25
"""Maximum number of stories of such a message; the others are counted."""
OTHERS_SHOWN = 4
"""Maximum number of further articles of a story."""
WORDS_SHOWN = 3
"""Maximum number of quotations of a story."""


def view_of_report(content: ReportContent, schedule_id: str) -> MessageView:
    """Return a report as a message: its stories, each with the first words that are quoted."""
    shown = content.stories[:STORIES_SHOWN]
    left = content.story_count - len(shown)
    more = problem("reports.more-stories", count=left).text(content.lang) if left else ""
    return MessageView(
        lang=content.lang,
        name=content.name,
        subject=content.title,
        lead=(content.summary, *content.notes),
        stories=tuple(map(_story, shown)),
        more=more,
        foot=foot_of(content, schedule_id),
        read=problem("messages.read").text(content.lang),
    )


def foot_of(content: ReportContent, schedule_id: str) -> tuple[str, ...]:
    """Return the lines at the end: what sent it, and the command that stops it."""
    command = f"pantau reports remove {shlex.quote(schedule_id)}"
    return (
        problem("reports.sent-by", name=content.name).text(content.lang),
        problem("reports.stop", command=command).text(content.lang),
    )


def _story(story: StorySection) -> StoryView:
    first, *others = story.articles
    said = [
        MatchedPassage(_plain("text", one.shown), speaker.name)
        for speaker in story.speakers
        for one in speaker.words
    ]
    return StoryView(
        article=_article(first, tuple(said[:WORDS_SHOWN])),
        also=story.counts if others else "",
        others=tuple(_article(one) for one in others[:OTHERS_SHOWN]),
        more=story.more,
    )


def _article(one: ArticleLine, said: tuple[MatchedPassage, ...] = ()) -> ArticleView:
    return ArticleView(_plain("title", one.title), one.link, one.source, one.when, said)


def _plain(field: str, text: str) -> Snippet:
    return Snippet.model_validate({"field": field, "text": text, "marks": ()})
