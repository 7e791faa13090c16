"""Messages in their owner's own form: the fields of templates, and texts in place of ours. Pure."""

from dataclasses import dataclass, replace
from typing import Any

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.notifier.composing.any_view import view_of
from pantau.notifier.composing.view import ArticleView, MatchedPassage, MessageView, StoryView
from pantau.notifier.plan import NOTICES
from pantau.ports import (
    AnyMessage,
    ReportMessage,
    RuleMessage,
    SummaryMessage,
    TemplateRenderer,
)
from pantau.problems import Problem, problem
from pantau_schemas.events.alert import Snippet
from pantau_schemas.events.subscription import MessageTemplate

Fields = dict[str, Any]
"""Texts, numbers, and lists of fields: what a template can use."""


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The texts that a template made; None where ours is used.

    `fault` says why the template failed. There are no texts then.
    """

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    fault: Problem | None = None

    def notice(self, lang: Lang) -> str:
        """Return what the receiver is to know of a failed template; empty if it worked."""
        return "" if self.fault is None else problem("template.failed", fault=self.fault).text(lang)


def template_of(message: AnyMessage) -> MessageTemplate | None:
    """Return the template of a message; None for reports, and for what has to be read as it is."""
    if isinstance(message, SummaryMessage | ReportMessage):
        return None
    if isinstance(message, RuleMessage):
        return None if message.content.message.occasion in NOTICES else message.template
    return message.template if message.alert.kind == "match" else None


def own_texts(message: AnyMessage, render: TemplateRenderer) -> OwnTexts | None:
    """Return the texts of a message in its owner's form; None if it has none. Never raises.

    A template that fails leaves the message in its usual form: nothing is lost by it.
    """
    template = template_of(message)
    if template is None:
        return None
    try:
        made = render(template, fields_of(view_of(message)))
        return OwnTexts(made.get("subject"), made.get("text"), made.get("html"))
    except UsageError as error:
        return OwnTexts(fault=error.problem or problem("delivery.other", text=str(error)))


def fields_of(view: MessageView) -> Fields:
    """Return the fields that a template can use."""
    return {
        "name": view.name,
        "lang": view.lang,
        "subject": view.subject,
        "lead": list(view.lead),
        "stories": [_story(one) for one in view.stories],
        "more": view.more,
        "foot": list(view.foot),
    }


def _story(story: StoryView) -> Fields:
    return {
        **_article(story.article),
        "also": story.also,
        "heading": story.heading,
        "others": [_article(one) for one in story.others],
        "more": story.more,
    }


def _article(article: ArticleView) -> Fields:
    return {
        "title": article.title.text,
        "link": article.link,
        "source": article.source,
        "when": article.when,
        "clauses": article.clauses,
        "passages": [
            {"text": one.snippet.text, "clauses": one.clauses} for one in article.passages
        ],
    }


def own_view(message: AnyMessage, texts: OwnTexts | None) -> MessageView:
    """Return what a message says where only text is shown, in its owner's form if there is one."""
    view = view_of(message)
    if texts is None:
        return view
    if texts.fault is not None:
        lang: Lang = "id" if view.lang == "id" else "en"
        return replace(view, foot=(*view.foot, texts.notice(lang)))
    if texts.subject is not None:
        view = replace(view, subject=texts.subject)
    if texts.text is None:
        return view
    lines = tuple(filter(str.strip, texts.text.splitlines()))
    return replace(view, lead=lines or ("",), stories=(), more="", foot=())


def sample_view(name: str, lang: Lang) -> MessageView:
    """Return a message that has something in every field, to try a template with."""
    title = problem("subscriptions.trial-title").text(lang)
    text = problem("subscriptions.trial-text", name=name).text(lang)
    article = ArticleView(
        title=Snippet(field="title", text=title, marks=()),
        link="https://example.org/1",
        source="example.org",
        when="2 March 2026 15:15 WIB",
        passages=(MatchedPassage(Snippet(field="text", text=text, marks=()), name),),
        clauses=name,
    )
    story = StoryView(article, title, title, (article,), title)
    return MessageView(lang, name, f"[{name}] {title}", (text,), (story,), title, (name,), title)
