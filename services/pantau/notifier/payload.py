"""Payloads for programs: the body of a webhook, a line of a file.

What stands here is version 1, which stays as it is, byte for byte: receivers read it. Version 2 of
the body is `payload_v2`; a webhook's channel says which one it gets.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pantau.common.channels.summary import Headline, Summary, SummaryPart
from pantau.notifier import payload_v2
from pantau.notifier.bodies.as_summary import as_summary
from pantau.notifier.bodies.cloudevents import CONTENT_TYPE as CLOUD_EVENT_TYPE
from pantau.notifier.bodies.cloudevents import cloud_event
from pantau.notifier.bodies.message_v2 import bounded_body, message_body
from pantau.notifier.bodies.slack import slack_body
from pantau.notifier.bodies.teams import teams_body
from pantau.notifier.composing.own_form import OwnTexts, own_view
from pantau.notifier.reports.body import bounded_report, report_body
from pantau.ports import AnyMessage, Message, ReportMessage, RuleMessage, SummaryMessage
from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Alert, AlertKind
from pantau_schemas.events.subscription import WebhookChannel

TYPES: Final[Mapping[AlertKind, str]] = {"match": "alert", "suspended": "subscription.suspended"}
JSON_TYPE: Final = "application/json; charset=utf-8"
SUMMARY_TYPE: Final = "alerts.summary"
_OF_ARTICLE: Final = {
    *("article_id", "revision", "feed_id", "title", "url", "source", "lang", "published"),
    *("first_seen", "historical", "story_id"),
}
"""Members of an article in version 1."""
_KEPT: Final[dict[str, Any]] = {
    "matched_at": True,
    "article": _OF_ARTICLE,
    "snippets": True,
    "matches": True,
}


def content_type(channel: WebhookChannel) -> str:
    """Return the media type of a webhook's body."""
    return CLOUD_EVENT_TYPE if channel.format == "cloudevents" else JSON_TYPE


def webhook_bytes(message: AnyMessage, texts: OwnTexts | None = None) -> bytes:
    """Return the body of a webhook in the format and version that its channel asks for.

    `texts` are those of its owner's form, for formats that people read.
    """
    channel = message.channel
    if isinstance(channel, WebhookChannel):
        match channel.format:
            case "slack":
                return slack_body(own_view(message, texts))
            case "teams":
                return teams_body(own_view(message, texts))
            case "cloudevents":
                return cloud_event(_version_2(message), _subject(message))
            case "pantau":
                if channel.payload == 2:
                    return _version_2(message)
    if isinstance(message, ReportMessage):
        return report_body(message)
    body = webhook_body(message)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _version_2(message: AnyMessage) -> bytes:
    if isinstance(message, ReportMessage):
        return report_body(message)
    if isinstance(message, RuleMessage):
        return message_body(message.message_id, message.content)
    return payload_v2.body(message)


def _subject(message: AnyMessage) -> str | None:
    """Return the subscription of a message; None for a summary, which may have several."""
    return None if isinstance(message, SummaryMessage) else message.delivery.subscription_id


def alert_data(alert: Alert) -> dict[str, Any]:
    """Return the data of an alert, ready for JSON; absent values are omitted.

    Offsets are Unicode code points.
    """
    fields = alert.model_dump(mode="json", exclude_none=True, include=_KEPT)
    problem = {} if alert.problem is None else {"problem": alert.problem}
    return {
        "alert_id": alert.alert_id,
        "kind": alert.kind,
        **problem,
        "subscription": {"id": alert.subscription_id, "name": alert.subscription_name},
        "query": alert.query,
        "matched_at": fields["matched_at"],
        "article": fields["article"],
        "snippets": fields["snippets"],
        "matches": fields["matches"],
        "more_matches": alert.more_matches,
    }


def summary_data(summary: Summary) -> dict[str, Any]:
    """Return the data of a summary, ready for JSON; absent values are omitted."""
    return {
        "summary_id": summary.summary_id,
        "count": summary.count,
        "since": format_time(summary.since),
        "until": format_time(summary.until),
        "subscriptions": [_part(one, "name") for one in summary.subscriptions],
        "more_subscriptions": summary.more_subscriptions,
        "feeds": [_part(one, "source") for one in summary.feeds],
        "more_feeds": summary.more_feeds,
        "first": [_headline(one) for one in summary.first],
    }


def _part(part: SummaryPart, name: str) -> dict[str, Any]:
    return _given({"id": part.id, name: part.name, "count": part.count})


def _headline(one: Headline) -> dict[str, Any]:
    return _given(
        {
            "alert_id": one.alert_id,
            "subscription_id": one.subscription_id,
            "title": one.title,
            "url": one.url,
            "source": one.source,
        }
    )


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def webhook_body(message: AnyMessage) -> dict[str, Any]:
    """Return the message in the form that Standard Webhooks recommends: type, timestamp, data.

    A message of several alerts is a summary.

    The timestamp is the alert's own, or that of a summary's last alert, so every attempt sends the
    same bytes.
    """
    if isinstance(message, Message):
        alert = message.alert
        return {
            "type": TYPES[alert.kind],
            "timestamp": format_time(alert.matched_at),
            "data": alert_data(alert),
        }
    if isinstance(message, ReportMessage):
        return bounded_report(message).model_dump(mode="json", exclude_none=True)
    summary = as_summary(message) if isinstance(message, RuleMessage) else message.summary
    return {
        "type": SUMMARY_TYPE,
        "timestamp": format_time(summary.until),
        "data": summary_data(summary),
    }


def file_line(message: AnyMessage) -> dict[str, Any]:
    """Return the data of a line: the delivery's id and the alert or message, or a summary."""
    if isinstance(message, Message):
        return {"delivery_id": message.message_id, **alert_data(message.alert)}
    if isinstance(message, RuleMessage):
        made = bounded_body(message.message_id, message.content)
        data = made.data.model_dump(mode="json", exclude_none=True)
        return {"delivery_id": message.message_id, **data}
    if isinstance(message, ReportMessage):
        data = bounded_report(message).data.model_dump(mode="json", exclude_none=True)
        return {"delivery_id": message.message_id, **data}
    return summary_data(message.summary)
