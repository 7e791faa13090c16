"""Any message in words: of one alert or several, of a suspension, of a flood. Pure."""

from pantau.common.channels.summary import Headline, Summary
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone
from pantau.messages.languages import Lang
from pantau.notifier.composing.content import language_of
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau.notifier.composing.views import (
    NAME_LIMIT,
    TITLE_LIMIT,
    span_texts,
    view_of_alert,
    view_of_content,
    web_link,
)
from pantau.notifier.reports.views import view_of_report
from pantau.ports import AnyMessage, ReportMessage, RuleMessage, SummaryMessage
from pantau.problems import problem
from pantau_schemas.events.alert import Alert, Snippet


def view_of(message: AnyMessage) -> MessageView:
    """Return what a message says, in its language."""
    if isinstance(message, RuleMessage):
        return view_of_content(message.content)
    if isinstance(message, SummaryMessage):
        return _view_of_summary(message.summary)
    if isinstance(message, ReportMessage):
        return view_of_report(message.content, message.delivery.subscription_id)
    lang = message.lang or language_of(message.alert.article.lang)
    if message.alert.kind == "suspended":
        return _view_of_suspension(message.alert, lang)
    return view_of_alert(message.alert, lang)


def _view_of_suspension(alert: Alert, lang: Lang) -> MessageView:
    view = view_of_alert(alert, lang)
    reason = one_line(alert.problem or "", 1_000)
    lead = problem("subscriptions.suspended-why", problem=reason).text(lang)
    return MessageView(
        lang=lang,
        name=view.name,
        subject=f"[{view.name}] {problem('subscriptions.is-suspended').text(lang)}",
        lead=(lead,),
        stories=view.stories,
        more="",
        foot=view.foot[:1],
        read=view.read,
    )


def _view_of_summary(summary: Summary) -> MessageView:
    lang, zone = language_of(summary.lang), known_zone(summary.time_zone)
    since, until = span_texts(summary.since, summary.until, zone, lang)
    lead = problem("alerts.more-in-one", count=summary.count, since=since, until=until).text(lang)
    names = [one_line(one.name or one.id or "", NAME_LIMIT) for one in summary.subscriptions]
    day = summary.since.date().isoformat()
    left = max(0, summary.count - len(summary.first))
    command = f"pantau alerts --since {day}"
    return MessageView(
        lang=lang,
        name=names[0],
        subject=f"[Pantau] {lead}",
        lead=(lead, ", ".join(names)),
        stories=tuple(StoryView(_headline(one, lang)) for one in summary.first),
        more=problem("messages.more", count=left, command=command).text(lang) if left else "",
        foot=(),
        read=problem("messages.read").text(lang),
    )


def _headline(one: Headline, lang: Lang) -> ArticleView:
    title = one_line(one.title, TITLE_LIMIT) or problem("messages.no-title").text(lang)
    return ArticleView(
        title=Snippet(field="title", text=title, marks=()),
        link=web_link(one.url),
        source=one_line(one.source or "", NAME_LIMIT),
        when="",
    )
