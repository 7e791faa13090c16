"""Messages of several alerts in every form, of long texts and of many alerts; rules as texts."""

import contextlib
import io
import json
from collections.abc import Callable
from datetime import UTC
from typing import Final

from rich.console import Console

from pantau.adapters.terminal.message import message_view_text
from pantau.common.channels.mail_links import ChannelToken, MailLinks
from pantau.common.channels.mailbox import Mailbox
from pantau.common.text.syndication import (
    FeedHead,
    FeedItem,
    atom_document,
    json_feed_document,
)
from pantau.errors import UsageError
from pantau.feeds.formats.opml import OpmlFeed
from pantau.notifier.bodies.as_summary import as_summary
from pantau.notifier.bodies.feed_entries import (
    FeedFormat,
    ForeignFeedError,
    entry_of,
    with_entry,
)
from pantau.notifier.bodies.message_v2 import message_body
from pantau.notifier.bodies.slack import slack_body
from pantau.notifier.bodies.teams import teams_body
from pantau.notifier.composing.content import compose_content
from pantau.notifier.composing.views import view_of_content
from pantau.notifier.mails.summary import compose_message
from pantau.ports import RuleMessage
from pantau.problems import problem
from pantau.usecases.rules.columns import COLUMNS, rules_of_row, timings_of_row
from pantau.usecases.subscriptions.brought.google import as_boolean, google_rows, query_of_title
from pantau.usecases.subscriptions.brought.kibana import kibana_rows
from pantau.usecases.subscriptions.brought.rows import refused
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rules import NO_RULES
from pantau_schemas.events.subscription import EmailChannel, Subscription
from tests.growth.given.makers import alert_of, encodable, values_of
from tests.growth.given.pieces import Kind
from tests.support import START, subscription

Prepare = Callable[[str], Callable[[], object]]
FEEDS: Final[dict[FeedFormat, bytes]] = {"atom": b"<entry><id>urn:pantau:", "json": b"["}
TO: Final = EmailChannel(to="desk@example.org")


def _reported(alerts: list[Alert], text: str) -> RuleMessage:
    message = AlertMessage(
        message_id="m", subscription_id="s", occasion="digest", since=START, due=START,
        created=START,
    )  # fmt: skip
    asked: Subscription = subscription("s", encodable(text) or "a", channels=(TO,))
    delivery = Delivery(
        delivery_id="d", alert_id="a", message_id="m", subscription_id="s", channel_id="c",
        channel="email:desk@example.org", created=START, updated=START,
    )  # fmt: skip
    return RuleMessage(delivery, compose_content(message, asked, alerts, 7), TO)


def _all_forms(message: RuleMessage) -> None:
    console = Console(file=io.StringIO(), width=100)
    view = view_of_content(message.content)
    console.print(message_view_text(console, view))
    slack_body(view)
    teams_body(view)
    message_body("d", message.content)
    as_summary(message)
    for form, begin in FEEDS.items():
        former = with_entry(form, b"", entry_of(message))
        for before in (former, begin + former, former * 2):
            with contextlib.suppress(ForeignFeedError):
                with_entry(form, before, entry_of(message))
    compose_message(message, sender=Mailbox("pantau", "example.org"), to=TO.to)


def _long_texts(text: str) -> Callable[[], object]:
    one = alert_of(text)
    return lambda: _all_forms(_reported([one, one], text))


def _many_alerts(text: str) -> Callable[[], object]:
    base = alert_of("banjir")
    alerts = [
        base.model_copy(update={"article": base.article.model_copy(update={"story_id": words})})
        for words in values_of(encodable(text))
    ]
    return lambda: _all_forms(_reported(alerts, "a"))


def _rules(text: str) -> Callable[[], object]:
    def read() -> None:
        for name in COLUMNS:
            try:
                rules_of_row({name: text}, NO_RULES, UTC, START)
                timings_of_row({name: f"{text}={text}"}, (TO,))
            except UsageError as error:
                str(error)

    return read


def _brought(text: str) -> Callable[[], object]:
    held = {"searchSourceJSON": json.dumps({"query": {"query": text, "language": "kuery"}})}
    one = {"kibanaSavedObjectMeta": held}
    tabs = [{"label": words, "attributes": one} for words in values_of(text)[:20]]
    found = {"type": "search", "attributes": {"title": text, **one}}
    many = {"type": "search", "attributes": {"title": text, "tabs": tabs}}
    feed = OpmlFeed("https://www.google.com/alerts/feeds/1/2", f"Google Alert - {text}")
    other = OpmlFeed("https://www.google.com/alerts/feeds/1/3", text)

    def read() -> None:
        for each in (found, many):
            list(kibana_rows(each))
        list(google_rows((other,)))
        as_boolean(text)
        query_of_title(feed.title)
        refused(text, problem("brought.esql"))

    return read


def _feeds_and_links(text: str) -> Callable[[], object]:
    whole = encodable(text)
    links = MailLinks("https://a.example", b"k" * 32)
    item = FeedItem("urn:x:1", whole, f"https://a.example/{whole}", whole, START, source=whole)
    head = FeedHead("urn:x", whole, "https://a.example/x", "https://a.example/", "id")

    def write() -> None:
        atom_document(head, [item])
        json_feed_document(head, [item])
        links.read("mute", links.token("mute", ChannelToken(whole, "c")))
        links.read("mute", whole)
        links.link("mute", whole, "c")

    return write


MESSAGES: Final[dict[str, tuple[Kind, Prepare]]] = {
    "message: long texts": ("prose", _long_texts),
    "message: many alerts": ("prose", _many_alerts),
    "rules: texts": ("prose", _rules),
    "feeds and links": ("prose", _feeds_and_links),
    "queries of other programs": ("query", _brought),
}
