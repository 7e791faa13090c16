"""The body of version 2 of a message of several alerts. Pure.

The members are those of `pantau_schemas.webhook`. The body stays below its limit whatever the
articles hold: texts are cut, and stories that do not fit are counted.
"""

from typing import Final

from pantau.common.channels.message_content import MessageContent, StoryAlerts
from pantau.common.time.zones import known_zone, local_time
from pantau.notifier.composing.views import stories_of, view_of_content, why_of
from pantau.notifier.payload_v2 import article_part, command
from pantau.query.text.sizes import clipped
from pantau_schemas import webhook
from pantau_schemas.events.alert import Alert, MatchedClause, Snippet

STORIES: Final = 25
ALERTS: Final = 5
"""Maximum number of alerts of one story; the others are counted."""
SNIPPETS: Final = 3
CLAUSES: Final = 5
TITLE_BYTES: Final = 600
TEXT_BYTES: Final = 400
URL_BYTES: Final = 1_500
SOURCES: Final = 10


def message_body(message_id: str, content: MessageContent) -> bytes:
    """Return the body in UTF-8, of at most `webhook.BODY_BYTES`."""
    return webhook.BODY.dump_json(bounded_body(message_id, content), exclude_none=True)


def bounded_body(message_id: str, content: MessageContent) -> webhook.MessageBody:
    """Return the body with as many stories as fit."""
    low, high = 0, min(len(content.stories), STORIES)
    best = _body(message_id, content, 0)
    while low <= high:  # by bisection: the size grows with the number of stories
        middle = (low + high + 1) // 2
        made = _body(message_id, content, middle)
        if len(webhook.BODY.dump_json(made, exclude_none=True)) <= webhook.BODY_BYTES:
            best, low = made, middle + 1
        else:
            high = middle - 1
    return best


def _body(message_id: str, content: MessageContent, stories: int) -> webhook.MessageBody:
    message, zone = content.message, known_zone(content.time_zone)
    shown = tuple(_story(one, content.time_zone) for one in content.stories[:stories])
    subscription = message.subscription_id
    return webhook.MessageBody(
        type="message",
        version=2,
        id=message_id,
        timestamp=message.due,
        data=webhook.MessageData(
            message_id=message.message_id,
            occasion=message.occasion,
            subscription=webhook.SubscriptionPart(
                id=subscription,
                name=content.name,
                tags=content.tags,
                query=clipped(content.query, TEXT_BYTES),
                language=content.language,
            ),
            text=clipped(view_of_content(content).lead[0], TEXT_BYTES * 2),
            why=clipped(why_of(content, "en"), TEXT_BYTES * 2) or None,
            time_zone=str(zone),
            since=local_time(content.since, zone),
            until=local_time(content.until, zone),
            count=content.count,
            story_count=stories_of(content),
            stories=shown,
            more_alerts=content.count - sum(len(one.alerts) + one.more_alerts for one in shown),
            links=webhook.MessageLinksPart(
                list=command("alerts", "--subscription", subscription, "--json"),
                edit=command("subscriptions", "edit", subscription),
                mute=command("subscriptions", "mute", subscription),
            ),
        ),
    )


def _story(story: StoryAlerts, time_zone: str) -> webhook.StoryOfMessage:
    return webhook.StoryOfMessage(
        story_id=story.story_id,
        alerts=tuple(_alert(one, time_zone) for one in story.alerts[:ALERTS]),
        more_alerts=max(0, len(story.alerts) - ALERTS),
        other_sources=tuple(clipped(one, TEXT_BYTES) for one in story.other_sources[:SOURCES]),
        more_sources=max(0, len(story.other_sources) - SOURCES) + story.more_sources,
    )


def _alert(alert: Alert, time_zone: str) -> webhook.AlertOfMessage:
    article = article_part(alert.article, known_zone(time_zone))
    url = article.url if article.url and len(article.url.encode()) <= URL_BYTES else None
    return webhook.AlertOfMessage(
        alert_id=alert.alert_id,
        article=article.model_copy(
            update={
                "title": clipped(article.title, TITLE_BYTES),
                "excerpt": article.excerpt and clipped(article.excerpt, TEXT_BYTES),
                "url": url,
                "source": article.source and clipped(article.source, TEXT_BYTES),
            }
        ),
        clauses=tuple(_clause(one) for one in alert.clauses[:CLAUSES]),
        snippets=tuple(_snippet(one) for one in alert.snippets[:SNIPPETS]),
    )


def _clause(clause: MatchedClause) -> MatchedClause:
    return MatchedClause(
        text=clipped(clause.text, TEXT_BYTES),
        fields=clause.fields[:CLAUSES],
        words=tuple(clipped(one, 100) for one in clause.words[:CLAUSES]),
    )


def _snippet(snippet: Snippet) -> Snippet:
    text = clipped(snippet.text, TITLE_BYTES)
    kept = len(text) if text == snippet.text else len(text) - 1  # without the ellipsis
    marks = tuple((start, min(stop, kept)) for start, stop in snippet.marks if start < kept)
    return Snippet(field=snippet.field, text=text, marks=marks[:20])
