"""One delivery attempt: look up the message, send it, classify the result."""

import asyncio
import errno
import traceback
from dataclasses import dataclass
from typing import Final

from pantau.errors import NewerRecordError, RejectError, RetryError, SettingsFaultError
from pantau.keyed.desk import Tables
from pantau.notifier.composing.outgoing import named_alerts, several_message, single_message
from pantau.notifier.plan import NOTICES, id_of
from pantau.notifier.reports.occasions import DueReport, occasion_of
from pantau.notifier.table_keys import TableKeys
from pantau.ports import AnyMessage, ChannelDriver, Message, RuleMessage
from pantau.problems import problem
from pantau.stream.table_reading import read_or_none
from pantau.stream.upgrades import is_next
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, decode, without_unknown
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.subscription import Channel, ChannelState, Subscription
from pantau_schemas.topics import (
    ALERTS,
    CHANNEL_STATE,
    DELIVERIES,
    MESSAGES,
    REPORT_SCHEDULES,
    SUBSCRIPTIONS,
)

_SHORTAGES: Final = frozenset({errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""Codes of the operating system for what may be there again later."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """There is nothing to send any more; `reason` names what was removed."""

    reason: str


@dataclass(frozen=True, slots=True)
class OnHold:
    """The subscription is paused."""


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The result of an attempt. `error` is None when the receiver has the message."""

    error: RetryError | RejectError | None = None
    name: str = ""  # class of the error
    detail: str = ""  # traceback of an unexpected error


@dataclass(frozen=True, slots=True)
class CurrentChannel:
    """A subscription and its channel in their current state."""

    subscription: Subscription
    channel: Channel


LookedUp = Message | RuleMessage | DueReport | Cancelled | OnHold | AttemptResult
"""A message to send, or the reason why there is none."""


def look_up(log: Tables, delivery: Delivery) -> LookedUp:
    """Build the message from the current subscription and its alert, or alerts.

    Raises RetryError when the log is unreachable.
    """
    found = look_up_channel(log, delivery.subscription_id, delivery.channel_id)
    if isinstance(found, Cancelled) and delivery.message_id is not None:
        return _look_up_report(log, delivery) or found
    if not isinstance(found, CurrentChannel):
        return found
    if delivery.message_id is not None:
        return _look_up_several(log, delivery, delivery.message_id, found)
    alert_value = log.table(ALERTS.name).get(delivery.alert_id)
    if alert_value is None:
        return Cancelled("the alert is no longer kept")
    try:
        alert = without_unknown(decode(Alert, alert_value))  # receivers get what we know
    except SchemaError as error:
        return _unreadable("alert", error, Alert)
    return single_message(delivery, alert, found.subscription, found.channel)


def _look_up_several(
    log: Tables, delivery: Delivery, message_id: str, current: CurrentChannel
) -> LookedUp:
    """Build the message of several alerts, of those that are still stored.

    Articles that were taken down vanish with their alerts; a message without any is cancelled,
    unless it is a notice, such as that of an expiry, or never named one. It waits while an alert is
    of the next version.
    """
    value = log.table(MESSAGES.name).get(message_id)
    if value is None:
        return Cancelled("the message is no longer kept")
    try:
        stored = without_unknown(decode(AlertMessage, value))
    except SchemaError as error:
        return _unreadable("message", error, AlertMessage)
    # The alerts are read again for each attempt, since some may have been taken down meanwhile.
    wanted = named_alerts(stored)
    try:
        alerts = [one for name in wanted if (one := _stored_alert(log, name)) is not None]
    except NewerVersionError as error:
        return _unreadable("alert", error, Alert)
    made = several_message(delivery, stored, alerts, current.subscription, current.channel)
    if wanted and not alerts and not made.content.more_alerts and stored.occasion not in NOTICES:
        return Cancelled("the alerts are no longer kept")
    return made


def _look_up_report(
    log: Tables, delivery: Delivery
) -> DueReport | Cancelled | AttemptResult | None:
    """Return the report that a delivery is about; None where it names no schedule."""
    value = log.table(REPORT_SCHEDULES.name).get(delivery.subscription_id)
    try:
        schedule = None if value is None else decode(ReportSchedule, value)
    except SchemaError as error:
        return _unreadable("report schedule", error, ReportSchedule)
    if schedule is None or id_of(schedule.channel) != delivery.channel_id:
        return None
    if schedule.about is not None and log.table(SUBSCRIPTIONS.name).get(schedule.about) is None:
        return Cancelled("the subscription was removed")
    known = TableKeys(log.table(DELIVERIES.name))
    return DueReport(delivery, occasion_of(schedule, delivery, known))


def look_up_digest(log: Tables, lead: Delivery, summary_id: str) -> RuleMessage | None:
    """Build the digest that a summary of deliveries is; None where it is none.

    A summary over a channel's limit has no message stored under its id. `lead` is one of its
    deliveries; the digest has an id of its own, which is the same on every attempt. Raises
    RetryError when the log is unreachable.
    """
    if log.table(MESSAGES.name).get(summary_id) is None:
        return None
    found = look_up_channel(log, lead.subscription_id, lead.channel_id)
    if not isinstance(found, CurrentChannel):
        return None
    own = lead.model_copy(update={"delivery_id": summary_id, "message_id": summary_id})
    digest = _look_up_several(log, own, summary_id, found)
    return digest if isinstance(digest, RuleMessage) else None


def look_up_channel(
    log: Tables, subscription_id: str, channel_id: str
) -> CurrentChannel | Cancelled | OnHold | AttemptResult:
    """Return the current channel of a subscription.

    Raises RetryError when the log is unreachable.
    """
    value = log.table(SUBSCRIPTIONS.name).get(subscription_id)
    if value is None:
        return Cancelled("the subscription was removed")
    try:
        subscription = decode(Subscription, value)
    except SchemaError as error:
        return _unreadable("subscription", error, Subscription)
    channel = next((one for one in subscription.channels if id_of(one) == channel_id), None)
    if channel is None:
        return Cancelled("the channel was taken off the subscription")
    return OnHold() if subscription.paused else CurrentChannel(subscription, channel)


def channel_state(log: Tables, channel_id: str) -> ChannelState | None:
    """Return the state of a channel as it is stored; None for one that was never stopped.

    Raises RetryError when the log is unreachable.
    """
    return read_or_none(log.table(CHANNEL_STATE.name), ChannelState, channel_id)


def look_up_alert(log: Tables, alert_id: str) -> Alert | None:
    """Return an alert if it is still stored and readable.

    Raises RetryError when the log is unreachable.
    """
    try:
        return _stored_alert(log, alert_id)
    except NewerVersionError:
        return None


def _stored_alert(log: Tables, alert_id: str) -> Alert | None:
    """Return an alert if it is still stored and readable.

    Raises NewerVersionError for one of the next version, which an upgrade makes readable, and
    RetryError when the log is unreachable.
    """
    value = log.table(ALERTS.name).get(alert_id)
    try:
        return None if value is None else without_unknown(decode(Alert, value))
    except SchemaError as error:
        if is_next(error, Alert):
            raise
        return None


def is_paused(log: Tables, subscription_id: str) -> bool:
    """Return whether the subscription exists and is paused.

    Raises RetryError when the log is unreachable.
    """
    value = log.table(SUBSCRIPTIONS.name).get(subscription_id)
    try:
        return value is not None and decode(Subscription, value).paused
    except SchemaError:
        return False


def _unreadable(what: str, error: SchemaError, event: type[Event]) -> AttemptResult:
    """Return the result of an attempt that cannot be made; for a newer record it waits."""
    unreadable = problem("delivery.unreadable", what=what, reason=str(error))
    if is_next(error, event):
        return AttemptResult(NewerRecordError(unreadable), "NewerRecordError")
    return AttemptResult(RejectError(unreadable), "SchemaError")


async def send(
    driver: ChannelDriver | None, message: AnyMessage, timeout_seconds: float
) -> AttemptResult:
    """Send a message to its channel within the time limit. Never raises, except when cancelled."""
    if driver is None:
        waiting = SettingsFaultError(problem("delivery.no-driver", kind=message.channel.kind))
        return AttemptResult(waiting, type(waiting).__name__)
    try:
        async with asyncio.timeout(timeout_seconds):
            await driver.send(message)
    except Exception as error:  # noqa: BLE001 (a driver's fault must hit one message, not the notifier)
        return failed(error, message.channel.kind, timeout_seconds)
    return AttemptResult()


def failed(error: Exception, kind: str, timeout_seconds: float) -> AttemptResult:
    """Return the result of an attempt that an error ended, by a channel of a kind."""
    name = type(error).__name__
    if isinstance(error, RetryError | RejectError):
        return AttemptResult(error, name)
    if isinstance(error, TimeoutError):
        late = problem("delivery.no-answer", seconds=f"{timeout_seconds:g}")
        return AttemptResult(RetryError(late), "TimeoutError")
    # Only the class: the text of an unexpected error might quote anything.
    told = problem("delivery.unexpected", error=name, kind=kind)
    where = "".join(traceback.format_tb(error.__traceback__))
    outcome = RetryError(told) if _is_shortage(error) else RejectError(told)
    return AttemptResult(outcome, name, f"{where}{name}")


def _is_shortage(error: Exception) -> bool:
    """Return whether the machine had no memory, thread or file left: the message is sound."""
    if isinstance(error, OSError):
        return error.errno in _SHORTAGES
    # `threading` raises a plain RuntimeError.
    return isinstance(error, MemoryError) or str(error) == "can't start new thread"
