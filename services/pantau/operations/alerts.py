"""Operations on alerts: listed, and one of them with the log of its deliveries."""

from collections.abc import Sequence

from pydantic import Field

from pantau.common.stored_problems import stored_text
from pantau.common.time import zones
from pantau.operations.base.fields import Cursor, Moment, Name, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.problems import Problem
from pantau.usecases.alerts.arrivals import find_alert
from pantau.usecases.alerts.history import AlertHistory, AlertSelection
from pantau.usecases.alerts.pages import alert_page
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.moments import parse_moment
from pantau_schemas.base import UtcTime
from pantau_schemas.codec import without_unknown
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus


class AlertList(Input):
    """Which alerts are listed."""

    subscription: Reference | None = Field(
        default=None, description="Only of this subscription, by its id or name."
    )
    since: Moment | None = Field(default=None, description="Only fired at this time or later.")
    limit: int = Field(default=20, ge=1, le=200)
    cursor: Cursor | None = None


class DeliveryEntry(Answer):
    """The delivery of an alert to a channel."""

    delivery_id: str
    channel: str = Field(description="Without the part of a webhook's address that is a key.")
    status: DeliveryStatus
    attempts: int
    problem: str | None = Field(description="Why the last attempt failed, or what it waits for.")
    next_attempt: UtcTime | None
    created: UtcTime
    updated: UtcTime


class AlertEntry(Answer):
    """An alert and its deliveries."""

    alert: Alert
    deliveries: tuple[DeliveryEntry, ...]
    waits_for: str | None = Field(description="What an alert without deliveries waits for.")


class AlertsFound(Answer):
    """A page of alerts, the latest first."""

    items: tuple[AlertEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


def list_alerts(call: Call, given: AlertList) -> AlertsFound:
    """List the alerts that fired, the latest first, and how each was delivered."""
    history = AlertHistory(call.parts.store.log)
    since = None
    if given.since is not None:
        since = parse_moment(given.since, call.parts.clock.now(), zones.current())
    chosen = None if given.subscription is None else history.subscription_id(given.subscription)
    wanted = AlertSelection(chosen, since)
    page = alert_page(call.parts.store.log, wanted, given.limit, given.cursor)
    return AlertsFound(items=_entries(call, history, page.alerts), cursor=page.cursor)


class OneAlert(Input):
    """The alert that is meant."""

    id: Name = Field(description="Id of an alert.")


def read_alert(call: Call, given: OneAlert) -> AlertEntry:
    """Return one alert: its article, the clauses that matched, and its deliveries."""
    log = call.parts.store.log
    (entry,) = _entries(call, AlertHistory(log), [find_alert(log, given.id)])
    return entry


def _entries(call: Call, history: AlertHistory, alerts: Sequence[Alert]) -> tuple[AlertEntry, ...]:
    deliveries = history.deliveries(alerts)
    waiting = history.waiting(one for those in deliveries.values() for one in those)
    held = history.undelivered(alerts, deliveries)
    return tuple(
        AlertEntry(
            alert=without_unknown(one),
            deliveries=tuple(
                _delivery(call, each, waiting.get(each.channel_id))
                for each in deliveries[one.alert_id]
            ),
            waits_for=held[one.alert_id].text(call.lang) if one.alert_id in held else None,
        )
        for one in alerts
    )


def _delivery(call: Call, one: Delivery, wait: Problem | None) -> DeliveryEntry:
    is_waiting = wait is not None and one.status is DeliveryStatus.PENDING
    told = wait.text(call.lang) if wait is not None and is_waiting else None
    return DeliveryEntry(
        delivery_id=one.delivery_id,
        channel=shown_channel(one.channel),
        status=one.status,
        attempts=one.attempts,
        problem=told or stored_text(one.problem, one.reason, call.lang) or None,
        next_attempt=one.next_attempt,
        created=one.created,
        updated=one.updated,
    )
