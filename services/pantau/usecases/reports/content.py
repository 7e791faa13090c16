"""The content of a report in one language, bounded and clean, for every form of it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pantau.common.channels import report_content as bounds
from pantau.common.channels.report_content import (
    ArticleLine,
    CountLine,
    QuotedSpeaker,
    QuotedWords,
    ReportContent,
    StorySection,
)
from pantau.common.text.safe_text import one_line
from pantau.common.time.written import time_text
from pantau.messages.languages import Lang
from pantau.problems import problem
from pantau.usecases.reports.clipping import DayReport, ReportStory
from pantau.usecases.reports.document import is_link, report_title, summary_of
from pantau.usecases.reports.rows import speaker_name
from pantau.usecases.stories.quoting import Speaker
from pantau_schemas.events.article import EnrichedArticle

_NAME = 120
_TITLE = 300
_SOURCE = 60
_WORDS = 1_000
_LINK = 2_000
_NONE = "–"


def content_of(report: DayReport, lang: Lang, time_zone: str) -> ReportContent:
    """Return the content of a report; times are in the current zone, which `time_zone` names."""
    told = list(_stories(report, lang))
    shown = tuple(_within_bounds(told))
    left = len(report.stories) - len(shown)
    codes = ("reports.subscription", "reports.articles", "reports.usual")
    first, second, third = (problem(code).text(lang) for code in codes)
    counts = report.subscriptions if len(report.subscriptions) > 1 else ()
    return ReportContent(
        name=_line(report.name, _NAME),
        title=report_title(report, lang),
        lang=lang,
        time_zone=time_zone,
        day=report.day,
        since=report.since,
        until=report.until,
        summary=summary_of(report).text(lang),
        notes=_notes(report, lang, lacks_words=shown != tuple(told)),
        headings=(first, second, third),
        counts=tuple(
            CountLine(_line(one.subscription.name, _NAME), None, None)
            if one.is_unreadable
            else CountLine(_line(one.subscription.name, _NAME), one.articles, one.usual)
            for one in counts
        ),
        stories=shown,
        more=problem("reports.more-stories", count=left).text(lang) if left else "",
        articles=report.total,
        usual=report.usual,
        story_count=len(report.stories),
    )


def _stories(report: DayReport, lang: Lang) -> Iterator[StorySection]:
    left = bounds.LISTED
    for one in report.stories[: bounds.STORIES]:
        made = _story(one, lang, max(1, min(left, bounds.ARTICLES)))
        left -= len(made.articles)
        yield made


def _within_bounds(stories: Iterable[StorySection]) -> Iterator[StorySection]:
    """Yield stories, without quotations once there are too many characters of them."""
    left = bounds.QUOTED
    for one in stories:
        left -= sum(len(words.text) for speaker in one.speakers for words in speaker.words)
        yield one if left >= 0 else replace(one, speakers=())


def _notes(report: DayReport, lang: Lang, *, lacks_words: bool) -> tuple[str, ...]:
    words = (problem("reports.words-cut").text(lang),) if lacks_words else ()
    cut = (problem("reports.cut").text(lang),) if report.is_cut else ()
    unread = (
        problem("reports.unread", name=_line(one.subscription.name, _NAME)).text(lang)
        for one in report.subscriptions
        if one.is_unreadable
    )
    return (*cut, *words, *unread)


def _story(story: ReportStory, lang: Lang, most: int) -> StorySection:
    left = max(0, len(story.articles) - most)
    counts = problem("reports.story", count=len(story.articles), sources=len(story.sources))
    return StorySection(
        story_id=story.story_id,
        title=_line(story.title, _TITLE),
        counts=counts.text(lang),
        articles=tuple(_article(one, lang) for one in story.articles[:most]),
        more=problem("reports.more-articles", count=left).text(lang) if left else "",
        speakers=tuple(map(_speaker, story.speakers[: bounds.SPEAKERS])),
        sources=tuple(_line(one, _SOURCE) for one in story.sources),
        unlisted=left,
    )


def _article(one: EnrichedArticle, lang: Lang) -> ArticleLine:
    link = one.url if is_link(one.url) else None
    return ArticleLine(
        article_id=one.article_id,
        title=_line(one.title, _TITLE),
        link=link if link and len(link) <= _LINK and link.isprintable() else "",
        source=_line(one.source or "?", _SOURCE),
        seen=one.first_seen,
        when=time_text(one.first_seen, lang),
    )


def _speaker(one: Speaker) -> QuotedSpeaker:
    words = tuple(
        QuotedWords(
            text=_line(each.text, _WORDS),
            is_direct=each.kind == "direct",
            source=_line(each.article.source or "?", _SOURCE),
            article_id=each.article.article_id,
        )
        for each in one.said[: bounds.WORDS]
    )
    return QuotedSpeaker(_line(speaker_name(one), 300), words)


def _line(text: str, limit: int) -> str:
    return one_line(text, limit) or _NONE
