"""The alerts that fired, newest first, and how each was delivered."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.notifier.plan import delivery_ids, id_of
from pantau.ports import Log
from pantau.problems import Problem
from pantau.usecases.alerts.in_messages import hold_reason, messages_with
from pantau.usecases.channels.health import read_health
from pantau.usecases.subscriptions.repository import find_subscription
from pantau_schemas import ids
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS

LOOKED_AT: Final = 50_000
"""Alerts that are looked at for those of one subscription, the latest first."""
_ALERT_ID: Final = re.compile(rb'"alert_id":\s*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class AlertSelection:
    """Which alerts are meant: of a subscription, fired since a time, or all."""

    subscription_id: str | None = None
    since: datetime | None = None

    def takes(self, alert: Alert) -> bool:
        """Return whether an alert is meant."""
        return self.subscription_id in {None, alert.subscription_id} and (
            self.since is None or alert.matched_at >= self.since
        )


class AlertHistory:
    """The topics `alerts` and `deliveries`, joined for people."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._version = 0

    def latest(
        self, limit: int, *, subscription_id: str | None = None, since: datetime | None = None
    ) -> list[Alert]:
        """Return the last alerts, newest first."""
        table = self._log.table(ALERTS.name)
        found: list[Alert] = []
        self._version = table.version()
        wanted = AlertSelection(subscription_id, since)
        for alert in readable(table.newest(self._version)):
            if wanted.takes(alert):
                found.append(alert)
                if len(found) == limit:
                    break
        return sorted(found, key=lambda one: one.matched_at, reverse=True)

    def fresh(
        self, *, subscription_id: str | None = None, since: datetime | None = None
    ) -> list[Alert]:
        """Return the alerts since the last call of this or `latest`, oldest first."""
        changes = self._log.table(ALERTS.name).changes(self._version)
        self._version = changes.version
        wanted = AlertSelection(subscription_id, since)
        return [one for one in readable(changes.values.values()) if wanted.takes(one)]

    def subscription_id(self, reference: str) -> str:
        """Return the id of a subscription, also of one that was removed but has alerts.

        `reference` is an id, the start of one, or a name. Raises UsageError.
        """
        try:
            return find_subscription(self._log, reference).subscription_id
        except UsageError:
            if self._has_alerts(reference):
                return reference
            raise

    def _has_alerts(self, subscription_id: str) -> bool:
        """Return whether one of the newest alerts is of a subscription, which may be gone."""
        table = self._log.table(ALERTS.name)
        named = naming(subscription_id)
        values = islice(table.newest(table.version()), LOOKED_AT)
        own = readable(one for one in values if named(one))
        return any(one.subscription_id == subscription_id for one in own)

    def deliveries(self, alerts: Sequence[Alert]) -> dict[str, list[Delivery]]:
        """Return the current deliveries of each alert, by its id: its own, or of its messages."""
        found: dict[str, list[Delivery]] = {alert.alert_id: [] for alert in alerts}
        table = self._log.table(DELIVERIES.name)
        orphans = set()
        others: dict[str, Subscription] = {}  # of alerts that not every channel got by themselves
        for alert in alerts:
            value = self._log.table(SUBSCRIPTIONS.name).get(alert.subscription_id)
            if value is None:
                orphans.add(alert.alert_id.encode())
                continue
            subscription = decode(Subscription, value)
            for delivery_id in delivery_ids(alert, subscription):
                delivery = table.get(delivery_id)
                if delivery is not None:
                    found[alert.alert_id].append(decode(Delivery, delivery))
            if len(found[alert.alert_id]) < len(subscription.channels):
                others[alert.alert_id] = subscription
        self._add_messages(found, others)
        if orphans:  # the subscription was removed, and with it the names of its channels: scan all
            for value in table.snapshot().values.values():
                named = _ALERT_ID.search(value or b"")
                if value is not None and named and named[1] in orphans:
                    delivery_of = decode(Delivery, value)
                    found[delivery_of.alert_id].append(delivery_of)
        return found

    def _add_messages(
        self, found: dict[str, list[Delivery]], alerts: Mapping[str, Subscription]
    ) -> None:
        """Add the deliveries of the messages that name alerts."""
        if not alerts:
            return
        table = self._log.table(DELIVERIES.name)
        for alert_id, message_ids in messages_with(self._log, alerts.keys()).items():
            for message_id in message_ids:
                for channel in alerts[alert_id].channels:
                    delivery = table.get(ids.delivery_id(message_id, id_of(channel)))
                    if delivery is not None:
                        found[alert_id].append(decode(Delivery, delivery))

    def undelivered(
        self, alerts: Sequence[Alert], deliveries: Mapping[str, Sequence[Delivery]]
    ) -> dict[str, Problem]:
        """Return what alerts without any delivery wait for, or that the rules left them out."""
        found = {}
        for alert in alerts:
            if deliveries.get(alert.alert_id):
                continue
            value = self._log.table(SUBSCRIPTIONS.name).get(alert.subscription_id)
            if value is None:
                continue
            stands = hold_reason(self._log, decode(Subscription, value), alert)
            if stands is not None:
                found[alert.alert_id] = stands
        return found

    def waiting(self, deliveries: Iterable[Delivery]) -> dict[str, Problem]:
        """Return why deliveries that were not tried yet wait, by the id of their channel."""
        pending = {one.channel_id for one in deliveries if one.status is DeliveryStatus.PENDING}
        health = read_health(self._log, pending) if pending else {}
        return {name: one.describe() for name, one in health.items() if one.is_ill}


def naming(subscription_id: str | None) -> Callable[[bytes], bool]:
    """Return a test for values that may be alerts of a subscription; it decodes none of them.

    The field stands in each alert, and in no other place of it.
    """
    if subscription_id is None:
        return lambda _: True
    named = re.compile(rb'"subscription_id":\s*"' + re.escape(subscription_id.encode()) + rb'"')
    return lambda value: named.search(value) is not None


def readable(values: Iterable[bytes | None]) -> Iterator[Alert]:
    """Yield the alerts of values that this version can read."""
    for value in values:
        try:
            yield decode(Alert, value or b"")
        except SchemaError:  # of a newer version
            continue


def as_fields(
    alert: Alert,
    deliveries: Sequence[Delivery],
    waiting: Mapping[str, Problem],
    lang: Lang,
    hold_reason: Problem | None = None,
) -> dict[str, Any]:
    """Return an alert and its deliveries for JSON.

    `waiting` is why those wait that were not tried yet, by the id of their channel; `hold_reason`
    is what an alert without deliveries waits for.
    """
    shown = []
    for one in deliveries:
        fields = one.model_dump(mode="json", exclude_none=True)
        if one.status is DeliveryStatus.PENDING and one.channel_id in waiting:
            fields["waits_for"] = waiting[one.channel_id].text(lang)
        shown.append(fields)
    fields = {**alert.model_dump(mode="json", exclude_none=True), "deliveries": shown}
    return fields if hold_reason is None else {**fields, "waits_for": hold_reason.text(lang)}
