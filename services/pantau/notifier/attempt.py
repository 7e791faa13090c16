"""One delivery attempt: look up the message, send it, classify the result."""

import asyncio
import traceback
from dataclasses import dataclass

from pantau.common.channels.message_content import ALERTS_LOOKED_UP
from pantau.errors import NewerRecordError, RejectError, RetryError, SettingsFaultError
from pantau.keyed.desk import Tables
from pantau.notifier.composing.content import compose_content
from pantau.notifier.plan import NOTICES, id_of
from pantau.ports import AnyMessage, ChannelDriver, Message, RuleMessage
from pantau.problems import problem
from pantau.stream.upgrades import is_next
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, decode, without_unknown
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import Channel, ChannelState, Subscription
from pantau_schemas.topics import ALERTS, CHANNEL_STATE, MESSAGES, SUBSCRIPTIONS


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


LookedUp = Message | RuleMessage | Cancelled | OnHold | AttemptResult
"""A message to send, or the reason why there is none."""


def look_up(log: Tables, delivery: Delivery) -> LookedUp:
    """Build the message from the current subscription and its alert, or alerts.

    Raises RetryError when the log is unreachable.
    """
    found = look_up_channel(log, delivery.subscription_id, delivery.channel_id)
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
    return Message(delivery, alert, found.channel, found.subscription.rules.language)


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
    wanted = stored.alert_ids[:ALERTS_LOOKED_UP]
    try:
        alerts = [one for name in wanted if (one := _stored_alert(log, name)) is not None]
    except NewerVersionError as error:
        return _unreadable("alert", error, Alert)
    left = len(stored.alert_ids) - len(wanted) + stored.more_alerts
    if wanted and not alerts and not left and stored.occasion not in NOTICES:
        return Cancelled("the alerts are no longer kept")
    content = compose_content(stored, current.subscription, alerts, left)
    lang = current.subscription.rules.language
    complete = len(alerts) == len(wanted)
    return RuleMessage(delivery, content, current.channel, lang, complete=complete)


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
    value = log.table(CHANNEL_STATE.name).get(channel_id)
    try:
        return None if value is None else decode(ChannelState, value)
    except SchemaError:  # written by a newer version
        return None


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
    except (RetryError, RejectError) as error:
        return AttemptResult(error, type(error).__name__)
    except TimeoutError:
        late = problem("delivery.no-answer", seconds=f"{timeout_seconds:g}")
        return AttemptResult(RetryError(late), "TimeoutError")
    except Exception as unexpected:  # noqa: BLE001 (a driver's fault must hit one message, not the notifier)
        name = type(unexpected).__name__
        # Only the class: the text of an unexpected error might quote anything.
        told = problem("delivery.unexpected", error=name, kind=message.channel.kind)
        where = "".join(traceback.format_tb(unexpected.__traceback__))
        return AttemptResult(RejectError(told), name, f"{where}{name}")
    return AttemptResult()
