"""What operators are told of a try to bring an alert to a channel: the last span of its trace, and how long all took."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pantau.envelope import trace_on
from pantau.observe.signals import CHANNEL_KINDS, Signals, Step
from pantau.ports import Message, Record
from pantau_schemas.alert import Delivery

OTHER: Final = "other"
_STEP: Final = "dispatcher"


def channel_kind(delivery: Delivery) -> str:
    """Give the kind of a delivery's channel; `other` for one that this program does not know."""
    kind = delivery.channel.partition(":")[0]
    return kind if kind in CHANNEL_KINDS else OTHER


def tell_try(
    signals: Signals,
    message: Message,
    problem: str,
    records: tuple[Mapping[str, str], Record | None],
    began: datetime,
    now: datetime,
) -> None:
    """Tell of a try: `problem` is the class of what went wrong, or empty.

    `records` are the headers of the record that the delivery was read from, and the record that tells the result.
    """
    article = message.alert.article
    if not problem and not article.historical:
        signals.metrics.alerted((now - article.first_seen).total_seconds())
    if not signals.tracer.on:
        return
    headers, written = records
    delivery_id = message.delivery.delivery_id
    if written is not None:
        own = written.headers["traceparent"]
    else:
        own = trace_on(headers, seed=f"{_STEP} {delivery_id} {now.isoformat()}")
    attributes = {"pantau.delivery_id": delivery_id, "pantau.channel": message.channel.kind}
    parent = headers.get("traceparent")
    signals.tracer.step(Step(_STEP, own, parent, began, now, attributes, problem or None))
