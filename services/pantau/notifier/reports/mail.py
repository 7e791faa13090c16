"""A report as a mail: counts, stories with all their articles, and who is quoted. Pure.

As in `mail`, all texts are clean lines, and the HTML part escapes each of them.
"""

import html
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.common.channels.report_content import (
    ArticleLine,
    QuotedSpeaker,
    QuotedWords,
    ReportContent,
    StorySection,
)
from pantau.notifier.mail import MailContent
from pantau.notifier.mails import layout
from pantau.notifier.reports.views import foot_of
from pantau.problems import problem

STORIES: Final = 60
"""Maximum number of stories of a mail, so that mail programs show it whole."""
ARTICLES: Final = 10
"""Maximum number of articles of a story in a mail."""


def say_report(content: ReportContent, schedule_id: str) -> MailContent:
    """Compose the mail of a report."""
    foot = foot_of(content, schedule_id)
    return MailContent(
        subject=content.title,
        moment=content.until,
        list_name=schedule_id,
        lang=content.lang,
        plain="\n".join([*_lines(content), "-- ", *foot, ""]),
        html=layout.page(content.lang, _body(content), foot),
    )


def _more_stories(content: ReportContent) -> str:
    left = content.story_count - min(len(content.stories), STORIES)
    return problem("reports.more-stories", count=left).text(content.lang) if left else ""


def _more_articles(story: StorySection, content: ReportContent) -> str:
    left = max(0, len(story.articles) - ARTICLES) + story.unlisted
    return problem("reports.more-articles", count=left).text(content.lang) if left else ""


def _lines(content: ReportContent) -> Iterator[str]:
    yield from (content.title, "", content.summary, *content.notes, "")
    for name, articles, usual in (one.cells for one in content.counts):
        yield f"  {name}: {articles} ({content.headings[2]}: {usual})"
    if content.counts:
        yield ""
    for number, story in enumerate(content.stories[:STORIES], 1):
        yield f"{number}. {story.title} ({story.counts})"
        for article in story.articles[:ARTICLES]:
            yield f"   {article.source}, {article.when}: {article.title}"
            yield from (f"   {link}" for link in (article.link,) if link)
        yield from (f"   {text}" for text in (_more_articles(story, content),) if text)
        for speaker in story.speakers:
            yield f"   {speaker.name}"
            yield from (f"     {_said(one)}" for one in speaker.words)
        yield ""
    yield from (text for text in (_more_stories(content),) if text)


def _body(content: ReportContent) -> str:
    text = f"<h2>{html.escape(content.title)}</h2>\n<p>{html.escape(content.summary)}</p>\n"
    text += "".join(f'<p class="faint">{html.escape(one)}</p>\n' for one in content.notes)
    text += _counts(content)
    text += "".join(_story(one, content) for one in content.stories[:STORIES])
    more = _more_stories(content)
    return text + (f'<p class="story">{html.escape(more)}</p>\n' if more else "")


def _counts(content: ReportContent) -> str:
    if not content.counts:
        return ""
    # Cells as the others, since mail programs style headings of tables as they like.
    cells = ["".join(f"<td><b>{html.escape(one)}</b></td>" for one in content.headings)]
    cells += [
        "".join(f"<td>{html.escape(one)}</td>" for one in row.cells) for row in content.counts
    ]
    return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>\n"


def _story(story: StorySection, content: ReportContent) -> str:
    first, *others = story.articles
    if others:
        head = f"<h2>{html.escape(story.title)}</h2>\n"
        head += f'<p class="faint">{html.escape(story.counts)}</p>\n'
        items = "".join(
            f"<li>{_linked(one)} <small>{_facts(one)}</small></li>\n"
            for one in story.articles[:ARTICLES]
        )
        head += f"<ul>\n{items}</ul>\n"
    else:
        head = f'<h2>{_linked(first)}</h2>\n<p class="faint">{_facts(first)}</p>\n'
    more = _more_articles(story, content)
    head += f'<p class="faint">{html.escape(more)}</p>\n' if more else ""
    return f'<div class="story">\n{head}{_speakers(story.speakers)}</div>\n'


def _linked(article: ArticleLine) -> str:
    title = html.escape(article.title)
    return f'<a href="{html.escape(article.link)}">{title}</a>' if article.link else title


def _facts(article: ArticleLine) -> str:
    """Return source and time; a narrow screen has them on lines of their own."""
    source, when = html.escape(article.source), html.escape(article.when)
    return f'{source}<span class="dot"> · </span><span class="when">{when}</span>'


def _speakers(speakers: Sequence[QuotedSpeaker]) -> str:
    text = ""
    for one in speakers:
        text += f"<h3>{html.escape(one.name)}</h3>\n"
        text += "".join(
            f'<p class="passage">{html.escape(_said(words))}</p>\n' for words in one.words
        )
    return text


def _said(words: QuotedWords) -> str:
    return f"{words.shown} — {words.source}"
