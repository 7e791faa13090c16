"""The inbox: the alerts that fired, and one of them with the log of its deliveries."""

from typing import Any, Final

from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import marked_parts
from pantau.console.asked import PAGE_MOST, Asked
from pantau.console.output import Answer, Data, ListAnswer, PageAnswer
from pantau.usecases.alerts.arrivals import alert_version, count_since, find_alert
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Alert, Delivery

COLUMNS: Final = (
    "alert_id", "matched_at", "subscription_id", "subscription", "title", "source", "url",
    "article_id", "story_id", "deliveries",
)  # fmt: skip


def show_all(asked: Asked) -> Answer:
    """Return the last alerts, of all subscriptions or of one."""
    named = asked.values.get("subscription", "")
    history = AlertHistory(asked.store.log)
    chosen = history.subscription_id(named) if named else None
    version = alert_version(asked.store.log)
    found = history.latest(asked.limit, subscription_id=chosen)
    deliveries = history.deliveries(found)
    rows = [_fields(one, deliveries[one.alert_id]) for one in found]
    more = asked.limit < PAGE_MOST and len(found) == asked.limit
    values = {
        "alerts": found,
        "deliveries": deliveries,
        "named": named,
        "version": version,
        "more": PAGE_MOST if more else None,
        "snippets": {one.alert_id: _snippets(one) for one in found},
    }
    return ListAnswer(PageAnswer("alerts.html", values), rows, COLUMNS)


def show_one(asked: Asked) -> Answer:
    """Return the page of an alert. Raises UsageError where there is none."""
    alert = find_alert(asked.store.log, asked.named["id"])
    history = AlertHistory(asked.store.log)
    deliveries = history.deliveries([alert])[alert.alert_id]
    waiting = history.waiting(deliveries)
    reasons = {}
    for one in deliveries:
        wait = waiting.get(one.channel_id)
        reasons[one.delivery_id] = (
            wait.text(asked.lang) if wait else stored_text(one.problem, one.reason, asked.lang)
        )
    values = {
        "alert": alert,
        "deliveries": deliveries,
        "reasons": reasons,
        "hold_reason": history.undelivered([alert], {alert.alert_id: deliveries}).get(
            alert.alert_id
        ),
        "snippets": _snippets(alert),
    }
    return PageAnswer("alert.html", values)


def arrivals(asked: Asked) -> Answer:
    """Return how many alerts came since a version of their table, for the page's script."""
    text = asked.values.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return Data({"version": alert_version(asked.store.log), "count": 0, "text": ""})
    count = count_since(asked.store.log, int(text))
    notice = asked.text("console.new-alerts", count=count) if count else ""
    return Data({"version": int(text), "count": count, "text": notice})


def _snippets(alert: Alert) -> list[list[tuple[str, bool]]]:
    return [list(marked_parts(one)) for one in alert.snippets if one.field != "title"]


def _fields(alert: Alert, deliveries: list[Delivery]) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "matched_at": format_time(alert.matched_at),
        "subscription_id": alert.subscription_id,
        "subscription": alert.subscription_name,
        "title": alert.article.title,
        "source": alert.article.source,
        "url": alert.article.url,
        "article_id": alert.article.article_id,
        "story_id": alert.article.story_id,
        "deliveries": [f"{one.status} {shown_channel(one.channel)}" for one in deliveries],
    }
