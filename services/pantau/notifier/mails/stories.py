"""Mails of several alerts: a digest, the copies of one story, or a story that has grown. Pure."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from pantau.common.channels.message_content import MessageContent
from pantau.common.text.safe_text import one_line, starred
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau.notifier.composing.views import stories_of, view_of_content
from pantau.notifier.mail import MailContent, thread_of
from pantau.notifier.mails import layout
from pantau.notifier.mails.footer import footer_lines


def say_stories(content: MessageContent) -> MailContent:
    """Compose the mail of a message; that of a single story joins the story's thread."""
    view = view_of_content(content)
    message = content.message
    single = len(content.stories) == 1 and stories_of(content) == 1
    ids = (message.subscription_id,)
    query = view.foot[:1]  # the footer of mails says how to mute
    foot = (*query, *footer_lines(view.lang, view.name, ids))
    return MailContent(
        subject=view.subject,
        moment=message.due,
        list_name=message.subscription_id,
        lang=view.lang,
        plain=_text(view, foot),
        html=layout.message(view, foot),
        thread=thread_of(message.subscription_id, content.stories[0].story_id) if single else None,
    )


def _text(view: MessageView, foot: Sequence[str]) -> str:
    lines = [line for one in view.lead for line in (one, "")]
    numbered = len(view.stories) > 1
    for number, story in enumerate(view.stories, 1):
        mark = f"{number}. " if numbered else ""
        first, *rest = _story(story)
        lines += [mark + first, *(indent(one, " " * len(mark)) for one in rest), ""]
    lines += [view.more, ""] if view.more else []
    return "\n".join([*lines, "-- ", *foot, ""])


def _story(story: StoryView) -> Iterator[str]:
    article = story.article
    yield starred(article.title)
    yield from filter(None, (article.facts, article.link))
    for one in article.passages:
        yield f"  {starred(one.snippet)}"
        yield from (f"  ({text})" for text in (one.clauses,) if text)
    yield from filter(None, (article.clauses, story.also))
    if story.others:
        yield f"{story.heading}:"
    for other in story.others:
        yield f"- {_other(other)}"
        yield from (f"  {link}" for link in (other.link,) if link)
    if story.more:
        yield story.more


def _other(article: ArticleView) -> str:
    title = one_line(article.title.text)
    return f"{title} ({article.facts})" if article.facts else title
