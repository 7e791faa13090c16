"""Deliveries that did not arrive: those that failed, and those that wait for settings."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pantau.common.stored_problems import from_data
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau.usecases.channels.health import stopped_channels
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.topics import DELIVERIES

LOOKED_AT: Final = 20_000
"""Deliveries that are looked at, the latest first."""


@dataclass(frozen=True, slots=True)
class OpenDeliveries:
    """How many deliveries failed, and how many wait for settings, by the most frequent reason."""

    failed: int = 0  # to channels in use
    failed_reason: Problem | None = None
    waiting: int = 0
    waiting_reason: Problem | None = None
    stopped: int = 0  # failed to channels that are stopped: only after `resume` can they be sent
    stopped_channels: tuple[str, ...] = ()


def read_open_deliveries(log: Log) -> OpenDeliveries:
    """Count. Raises RetryError."""
    table = log.table(DELIVERIES.name)
    failed: list[Problem] = []
    waiting: list[Problem] = []
    stopped: Counter[str] = Counter()
    names = stopped_channels(log)
    for value in islice(table.newest(table.version()), LOOKED_AT):
        if b'"failed"' not in value and b'"retrying"' not in value:
            continue
        try:
            delivery = decode(Delivery, value)
        except SchemaError:  # of a newer version
            continue
        reason = from_data(delivery.reason) or problem(
            "delivery.other", text=delivery.problem or ""
        )
        if delivery.status is DeliveryStatus.FAILED and delivery.channel_id in names:
            stopped[names[delivery.channel_id]] += 1
        elif delivery.status is DeliveryStatus.FAILED:
            failed.append(reason)
        elif waits_for_settings(delivery):
            waiting.append(reason)
    return OpenDeliveries(
        len(failed),
        _usual(failed),
        len(waiting),
        _usual(waiting),
        stopped.total(),
        tuple(name for name, _ in stopped.most_common()),
    )


def waits_for_settings(delivery: Delivery) -> bool:
    """Return whether a delivery waits for the operator: such a fault uses up no try."""
    return delivery.status is DeliveryStatus.RETRYING and not delivery.attempts


def _usual(reasons: list[Problem]) -> Problem | None:
    """Return the most frequent reason."""
    # Problems hold dictionaries, so they are counted by their text.
    counted = Counter(map(str, reasons)).most_common(1)
    return next((one for one in reasons if counted and str(one) == counted[0][0]), None)
