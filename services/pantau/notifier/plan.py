"""Deliveries: of an alert by itself, and of messages, one per channel that they go to."""

from collections.abc import Collection, Container, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final

from pantau.notifier.rules.decision import Planned
from pantau_schemas import ids
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.subscription import Channel, Subscription, describe_channel

NOTICES: Final = frozenset(("expired", "silence", "channel-stopped"))
"""Occasions that the owner has to know of, whatever the channel's limit."""


def id_of(channel: Channel) -> str:
    """Return the id of a channel."""
    return _channel_id(channel.kind, channel.target)


@lru_cache(maxsize=16_384)  # every decision of the rules needs those of its subscription
def _channel_id(kind: str, target: str) -> str:
    return ids.channel_id(kind, target)


def delivery_ids(alert: Alert, subscription: Subscription) -> tuple[str, ...]:
    """Return the ids of the deliveries of `plan_deliveries`, in the order of the channels."""
    return tuple(
        dict.fromkeys(
            ids.delivery_id(alert.alert_id, id_of(channel)) for channel in subscription.channels
        )
    )


def plan_deliveries(
    alert: Alert,
    subscription: Subscription | None,
    now: datetime,
    *,
    known: Container[str] = (),
    only: Collection[str] | None = None,
) -> tuple[Delivery, ...]:
    """Return one pending delivery per channel; none if the subscription was removed.

    See `plan_to`.
    """
    if subscription is None:
        return ()
    return plan_to(alert, subscription.channels, now, known=known, only=only)


def plan_to(
    alert: Alert,
    channels: Iterable[Channel],
    now: datetime,
    *,
    known: Container[str] = (),
    only: Collection[str] | None = None,
) -> tuple[Delivery, ...]:
    """Return one pending delivery per channel.

    A channel that is named twice gets one. `known` holds ids of existing deliveries: a repeated
    alert (at-least-once transport) must not reset a delivered one. A paused subscription gets its
    deliveries too; the dispatcher holds them until it is resumed. `only` are the ids of the
    channels that the rules chose; None: all of them.
    """
    planned: dict[str, Delivery] = {}
    for channel in channels:
        channel_id = id_of(channel)
        delivery_id = ids.delivery_id(alert.alert_id, channel_id)
        if delivery_id not in known and (only is None or channel_id in only):
            planned[delivery_id] = Delivery(
                schema_version=4,
                delivery_id=delivery_id,
                alert_id=alert.alert_id,
                subscription_id=alert.subscription_id,
                channel_id=channel_id,
                channel=describe_channel(channel),
                # A notice to the owner takes no turn of the feed, which may be a flood.
                feed_id=alert.article.feed_id if alert.kind == "match" else None,
                notice=alert.kind != "match",
                created=now,
                updated=now,
            )
    return tuple(planned.values())


def plan_messages(
    messages: Iterable[Planned],
    subscription: Subscription,
    now: datetime,
    *,
    known: Container[str] = (),
) -> tuple[Delivery, ...]:
    """Return one pending delivery for each message and each of its channels; `known` as above.

    A message is of several feeds, so it takes no turn of one.
    """
    channels = {id_of(channel): channel for channel in subscription.channels}
    planned: dict[str, Delivery] = {}
    for one in messages:
        message = one.message
        for channel_id in one.channels:
            delivery_id = ids.delivery_id(message.message_id, channel_id)
            if channel_id not in channels or delivery_id in known:
                continue
            planned[delivery_id] = Delivery(
                schema_version=4,
                delivery_id=delivery_id,
                alert_id=message.alert_ids[0] if message.alert_ids else message.message_id,
                message_id=message.message_id,
                subscription_id=message.subscription_id,
                channel_id=channel_id,
                channel=describe_channel(channels[channel_id]),
                notice=message.occasion in NOTICES,
                created=now,
                updated=now,
            )
    return tuple(planned.values())
