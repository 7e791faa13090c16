"""Shared parts of the tests of messages of several alerts."""

from collections.abc import Sequence
from datetime import timedelta

from pantau.common.channels.message_content import MessageContent
from pantau.notifier.composing.content import compose_content
from pantau.ports import RuleMessage
from pantau_schemas.events.alert import Alert, ArticleSummary, MatchedClause, Snippet
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.message import AlertMessage, Occasion
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import Channel, Subscription
from pantau_schemas.ids import alert_id, delivery_id, digest_id, message_id
from tests.support import START, subscription
from tests.unit.notifier.support import alert, delivery

DAY = timedelta(days=1)
CLAUSES = (
    MatchedClause(text="banjir", fields=("title", "text"), words=("banjir",)),
    MatchedClause(text="lang:id", fields=("lang",)),
)


def alert_of(about: str, of_story: str | None, **article: object) -> Alert:
    """Build an alert of a story, with its own title and source."""
    fields: dict[str, object] = {
        "article_id": digest_id(about),
        "revision": 1,
        "title": f"Banjir di Demak: {about}",
        "url": f"https://{about}.example/1?a=1&b=2",
        "source": f"{about}.example",
        "lang": "id",
        "published": START,
        "first_seen": START,
        "story_id": of_story,
    }
    summary = ArticleSummary.model_validate(fields | article)
    snippet = Snippet(field="text", text="Air banjir mulai surut.", marks=((4, 10),))
    return alert(about=about, article=summary, snippets=(snippet,), clauses=CLAUSES)


def five() -> tuple[Alert, ...]:
    """Return the alerts of one story of three articles, one of one, and one without a story."""
    story = StoryCoverage(articles=9, other_sources=("satu.example", "koran"), more_sources=4)
    return (
        alert_of("satu", "s1"),
        alert_of("dua", "s2", lang="en"),
        alert_of("tiga", "s1"),
        alert_of("empat", None),
        alert_of("lima", "s1", story=story),
    )


def event(
    occasion: Occasion = "digest", alerts: Sequence[Alert] = (), **other: object
) -> AlertMessage:
    """Build a message's event."""
    fields: dict[str, object] = {
        "message_id": message_id("banjir", occasion),
        "subscription_id": "banjir",
        "occasion": occasion,
        "alert_ids": tuple(one.alert_id for one in alerts),
        "stories": len({one.article.story_id or one.alert_id for one in alerts}),
        "since": START - DAY,
        "due": START,
        "created": START,
    }
    return AlertMessage.model_validate(fields | other)


def reader(*channels: Channel, **other: object) -> Subscription:
    """Build the subscription of the messages, with digests in Jakarta's time."""
    fields: dict[str, object] = {"time_zone": "Asia/Jakarta", "rules": Rules(language="id")}
    return subscription("banjir", "banjir AND Demak", channels=channels, **(fields | other))  # type: ignore[arg-type]  # its fields


def content(
    occasion: Occasion = "digest",
    alerts: Sequence[Alert] | None = None,
    left: int = 0,
    *,
    rules: Rules | None = None,
    **other: object,
) -> MessageContent:
    """Compose the content of a message."""
    alerts = five() if alerts is None else alerts
    asked = reader(rules=rules or Rules(language="id"))
    return compose_content(event(occasion, alerts, **other), asked, alerts, left)


def rule_message(channel: Channel, about: MessageContent | None = None) -> RuleMessage:
    """Build a message of several alerts to a channel."""
    about = about or content()
    planned = delivery(
        delivery_id=delivery_id(about.message.message_id, "c1"),
        message_id=about.message.message_id,
        alert_id=alert_id("banjir", "x"),
    )
    return RuleMessage(planned, about, channel, "id")
