"""Mails other than single alerts: summaries, and notices of a suspension. Pure.

Both are lines under headings, from which the plain text and the HTML are rendered alike. As in
`mail`, external text is made harmless first, the HTML part escapes everything, and links are built
from http and https addresses only.
"""

import html
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from pantau.common.channels.mail_links import MailLinks
from pantau.common.channels.mailbox import Mailbox
from pantau.common.channels.summary import Summary, SummaryPart
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone
from pantau.messages.languages import Lang
from pantau.notifier.composing.own_form import OwnTexts
from pantau.notifier.composing.views import span_texts
from pantau.notifier.mail import (
    Mail,
    MailContent,
    say_alert,
    seal,
    whole_link,
    wording_for,
)
from pantau.notifier.mails import layout
from pantau.notifier.mails.footer import footer_lines
from pantau.notifier.mails.own_form import in_own_form
from pantau.notifier.mails.receiver_links import with_links
from pantau.notifier.mails.stories import say_stories
from pantau.notifier.mails.words import ENGLISH, INDONESIAN, SummaryWords
from pantau.notifier.reports.mail import say_report
from pantau.ports import AnyMessage, ReportMessage, RuleMessage, SummaryMessage
from pantau_schemas.events.alert import Alert


def compose_message(
    message: AnyMessage,
    *,
    sender: Mailbox,
    to: str,
    texts: OwnTexts | None = None,
    links: MailLinks | None = None,
) -> Mail:
    """Compose the mail of a message, with the `texts` of its owner's form if there are any.

    `links` are those by which its receiver unsubscribes.

    Raises RejectError when `to` is not an address.
    """
    said = say_message(message, texts)
    said = with_links(said, message, links)
    return seal(said, message_id=message.message_id, sender=sender, to=to)


def say_message(message: AnyMessage, texts: OwnTexts | None = None) -> MailContent:
    """Return the subject, the text and the HTML of a message, with the `texts` of its own form."""
    if isinstance(message, RuleMessage):
        said = say_stories(message.content)
    elif isinstance(message, SummaryMessage):
        said = say_summary(message.summary)
    elif isinstance(message, ReportMessage):
        said = say_report(message.content, message.delivery.subscription_id)
    elif message.alert.kind == "suspended":
        said = say_suspended(message.alert, message.lang)
    else:
        said = say_alert(message.alert, message.lang)
    return said if texts is None else in_own_form(said, texts)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, its optional link, and the text after it."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


def say_summary(summary: Summary) -> MailContent:
    """Compose a summary: how many alerts, of what, the first of them, and how to see all."""
    words = _words(summary.lang)
    name = one_line(summary.subscriptions[0].name or "", 80)
    others = len(summary.subscriptions) + summary.more_subscriptions - 1
    count = words.number(summary.count)
    lead = words.more_alerts.format(count=count)
    lang: Lang = "id" if words.lang == "id" else "en"
    since, until = span_texts(summary.since, summary.until, known_zone(summary.time_zone), lang)
    footer = footer_lines(words.lang, name, map(_id, summary.subscriptions))
    sections = (
        Section(
            words.subscriptions,
            tuple(_parts(summary.subscriptions, summary.more_subscriptions, words)),
        ),
        Section(words.sources, tuple(_parts(summary.feeds, summary.more_feeds, words))),
        Section(words.among_them, tuple(_headlines(summary))),
        Section(
            words.see_all,
            tuple(
                Line(f"pantau alerts --subscription {shlex.quote(_id(one))}")
                for one in summary.subscriptions
            ),
        ),
    )
    return MailContent(
        subject=f"[Pantau] {lead}: {name}{words.and_others(others)}",
        moment=summary.until,
        # Mail filters use the list id: for one subscription it is that of its alerts.
        list_name="summaries" if others else _id(summary.subscriptions[0]),
        lang=words.lang,
        **_written(words, (lead, words.why.format(since=since, until=until)), sections, footer),
    )


def say_suspended(alert: Alert, lang: Lang | None = None) -> MailContent:
    """Compose the notice of a suspension: the reason, and the article."""
    words = _words(alert.article.lang if lang is None else lang)
    name, identifier = one_line(alert.subscription_name, 80), one_line(alert.subscription_id)
    sections = (
        Section(words.query, (Line(one_line(alert.query, 500)),)),
        Section(words.stopped_at, (_article(alert),)),
        Section(words.go_on, (Line(f"pantau subscriptions resume {shlex.quote(identifier)}"),)),
    )
    lead = f"{words.suspended}: {name}"
    return MailContent(
        subject=f"[{name}] {words.suspended}",
        moment=alert.matched_at,
        list_name=alert.subscription_id,
        lang=words.lang,
        **_written(
            words,
            (lead, one_line(alert.problem or "", 1_000)),
            sections,
            footer_lines(words.lang, name, (identifier,)),
        ),
    )


def _words(lang: str | None) -> SummaryWords:
    return INDONESIAN if wording_for(lang).lang == INDONESIAN.lang else ENGLISH


def _id(part: SummaryPart) -> str:
    return one_line(part.id or "")


def _parts(parts: tuple[SummaryPart, ...], more: int, words: SummaryWords) -> Iterator[Line]:
    for one in parts:
        name, identifier = one_line(one.name or "", 80), _id(one)
        shown = (
            f"{name} ({identifier})" if name and identifier else name or identifier or words.unknown
        )
        yield Line(f"{shown}: {words.number(one.count)}")
    if more:
        yield Line(words.and_more.format(count=words.number(more)))


def _headlines(summary: Summary) -> Iterator[Line]:
    for one in summary.first:
        yield Line(one_line(one.title) or "(…)", _link(one.url), one_line(one.source or "", 80))


def _article(alert: Alert) -> Line:
    article = alert.article
    return Line(
        one_line(article.title, 300) or "(…)",
        _link(article.url),
        one_line(article.source or "", 80),
    )


def _link(url: str | None) -> str:
    link = whole_link(url or "")
    return link if link.lower().startswith(("http://", "https://")) else ""


def _written(
    words: SummaryWords,
    lead: tuple[str, ...],
    sections: tuple[Section, ...],
    footer: tuple[str, ...],
) -> dict[str, str]:
    """Render both parts."""
    # Sections without lines are left out of both parts, which must say the same.
    filled = [one for one in sections if one.lines]
    plain = [one for text in lead if text for one in (text, "")]
    for section in filled:
        plain.append(f"{section.heading}:")
        for line in section.lines:
            plain.append(f"  {line.text}" + (f" ({line.note})" if line.note else ""))
            plain += [f"  {line.link}"] if line.link else []
        plain.append("")
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in lead if text)
    for section in filled:
        items = "".join(f"<li>{_html_line(line)}</li>\n" for line in section.lines)
        body += f"<h3>{html.escape(section.heading)}</h3>\n<ul>\n{items}</ul>\n"
    return {
        "plain": "\n".join([*plain, "-- ", *footer, ""]),
        "html": layout.page(words.lang, body, footer),
    }


def _html_line(line: Line) -> str:
    text = html.escape(line.text)
    linked = f'<a href="{html.escape(line.link)}">{text}</a>' if line.link else text
    return f"{linked} <small>{html.escape(line.note)}</small>" if line.note else linked
