"""Links at the foot of a mail by which its receiver unsubscribes or mutes. Pure."""

import html
from dataclasses import replace

from pantau.common.channels.mail_links import MailLinks
from pantau.messages.languages import Lang
from pantau.notifier.mail import MailContent
from pantau.notifier.plan import id_of
from pantau.ports import AnyMessage, ReportMessage, RuleMessage, SummaryMessage
from pantau.problems import problem

_END = "</main>"


def subscription_of(message: AnyMessage) -> str | None:
    """Return the subscription, or schedule, of a message; None where it is about several."""
    if isinstance(message, RuleMessage):
        return message.content.message.subscription_id
    if isinstance(message, SummaryMessage):
        summary = message.summary
        is_one = len(summary.subscriptions) == 1 and not summary.more_subscriptions
        return summary.subscriptions[0].id if is_one else None
    if isinstance(message, ReportMessage):
        return message.delivery.subscription_id
    return message.alert.subscription_id


def with_links(said: MailContent, message: AnyMessage, links: MailLinks | None) -> MailContent:
    """Return a mail with its links, in both parts and for its header.

    A message about several subscriptions has none: one click must not end them all.
    """
    subscription = None if links is None else subscription_of(message)
    if links is None or subscription is None:
        return said
    channel = id_of(message.channel)
    stop = links.link("unsubscribe", subscription, channel)
    mute = links.link("mute", subscription, channel)
    if stop is None or mute is None:
        return said
    lang: Lang = "id" if said.lang == "id" else "en"
    named = [(problem("receivers.link-stop").text(lang), stop)]
    if not isinstance(message, ReportMessage):  # whose time is fixed: there is nothing to mute
        named.append((problem("receivers.link-mute").text(lang), mute))
    lines = "".join(f"{name}: {link}\n" for name, link in named)
    anchors = " · ".join(f'<a href="{html.escape(link)}">{name}</a>' for name, link in named)
    before, end, after = said.html.rpartition(_END)
    if not end:  # a form of the owner's has no such element
        before, after = after, ""
    return replace(
        said,
        plain=said.plain + lines,
        html=f"{before}<p><small>{anchors}</small></p>\n{end}{after}",
        unsubscribe=stop,
    )
