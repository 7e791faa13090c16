"""The deliveries of an alert: one per channel of its subscription."""

from collections.abc import Container
from datetime import datetime

from pantau_schemas import ids
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.subscription import Channel, Subscription, describe_channel


def id_of(channel: Channel) -> str:
    """Return the id of a channel."""
    return ids.channel_id(channel.kind, channel.target)


def delivery_ids(alert: Alert, subscription: Subscription) -> tuple[str, ...]:
    """Return the ids of the deliveries of `plan_deliveries`, in the order of the channels."""
    return tuple(
        dict.fromkeys(
            ids.delivery_id(alert.alert_id, id_of(channel)) for channel in subscription.channels
        )
    )


def plan_deliveries(
    alert: Alert, subscription: Subscription | None, now: datetime, *, known: Container[str] = ()
) -> tuple[Delivery, ...]:
    """Return one pending delivery per channel; none if the subscription was removed.

    A channel that is named twice gets one. `known` holds ids of existing deliveries: a repeated
    alert (at-least-once transport) must not reset a delivered one. A paused subscription gets its
    deliveries too; the dispatcher holds them until it is resumed.
    """
    if subscription is None:
        return ()
    planned: dict[str, Delivery] = {}
    for channel in subscription.channels:
        channel_id = id_of(channel)
        delivery_id = ids.delivery_id(alert.alert_id, channel_id)
        if delivery_id not in known:
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
