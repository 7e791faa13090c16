"""Open deliveries to a channel that another one replaces."""

from collections.abc import Iterable
from datetime import datetime

from pantau.ports import Log
from pantau.usecases.channels.health import id_of
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Channel, Subscription, describe_channel
from pantau_schemas.ids import delivery_id
from pantau_schemas.topics import DELIVERIES


def moved_deliveries(
    before: Subscription, after: Subscription, log: Log, now: datetime
) -> list[Delivery]:
    """Return what is open for a channel that was replaced, for the one in its place.

    Only where it is clear which: one channel went, and one came. The deliveries to the channel that
    went are cancelled by the dispatcher when it looks them up. Raises RetryError when the log is
    unreachable.
    """
    old = {id_of(one): one for one in before.channels}
    new = {id_of(one): one for one in after.channels}
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    if len(gone) != 1 or len(come) != 1:
        return []
    (left,), (to,) = gone, come
    table = log.table(DELIVERIES.name)
    found = _open(table.newest(table.version()), before.subscription_id, left)
    return [_to(one, new[to], now) for one in found]


def _open(values: Iterable[bytes], subscription_id: str, channel: str) -> Iterable[Delivery]:
    wanted = channel.encode()
    for value in values:
        if wanted not in value:
            continue
        try:
            delivery = decode(Delivery, value)
        except SchemaError:  # of a newer version
            continue
        same = (delivery.subscription_id, delivery.channel_id) == (subscription_id, channel)
        if same and not delivery.status.final:
            yield delivery


def _to(delivery: Delivery, channel: Channel, now: datetime) -> Delivery:
    return Delivery(
        schema_version=4,
        delivery_id=delivery_id(delivery.message_id or delivery.alert_id, id_of(channel)),
        alert_id=delivery.alert_id,
        message_id=delivery.message_id,
        subscription_id=delivery.subscription_id,
        channel_id=id_of(channel),
        channel=describe_channel(channel),
        feed_id=delivery.feed_id,
        notice=delivery.notice,
        status=DeliveryStatus.PENDING,
        created=delivery.created,
        updated=max(now, delivery.created),
    )
