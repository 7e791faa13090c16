"""Messages on their way to a channel, made of what the stores hold of them. Pure.

The dispatcher and the preview of a subscription make messages by these functions, so both show the
same of the same alerts.
"""

from collections.abc import Sequence

from pantau.common.channels.message_content import ALERTS_LOOKED_UP
from pantau.notifier.composing.content import compose_content
from pantau.ports import Message, RuleMessage
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import (
    Channel,
    EmailChannel,
    MessageTemplate,
    Subscription,
    WebhookChannel,
)


def template_for(subscription: Subscription, channel: Channel) -> MessageTemplate | None:
    """Return the template of messages by a channel: its own, else that of the subscription."""
    return own_template(channel) or subscription.template


def own_template(channel: Channel) -> MessageTemplate | None:
    """Return the template that a channel has of its own; None if it has none."""
    return channel.template if isinstance(channel, EmailChannel | WebhookChannel) else None


def single_message(
    delivery: Delivery, alert: Alert, subscription: Subscription, channel: Channel
) -> Message:
    """Return the message of an alert by itself."""
    template = template_for(subscription, channel)
    return Message(delivery, alert, channel, subscription.rules.language, template)


def named_alerts(message: AlertMessage) -> tuple[str, ...]:
    """Return the ids of the alerts that a message is composed of; the others it only counts."""
    return message.alert_ids[:ALERTS_LOOKED_UP]


def several_message(
    delivery: Delivery,
    message: AlertMessage,
    alerts: Sequence[Alert],
    subscription: Subscription,
    channel: Channel,
) -> RuleMessage:
    """Return a message of several alerts, of those of `named_alerts` that were found."""
    wanted = named_alerts(message)
    left = len(message.alert_ids) - len(wanted) + message.more_alerts
    return RuleMessage(
        delivery,
        compose_content(message, subscription, alerts, left),
        channel,
        subscription.rules.language,
        complete=len(alerts) == len(wanted),
        template=template_for(subscription, channel),
    )
