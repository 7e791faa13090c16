"""Waits for the brokers of a cluster that names none, in aiokafka's look-up of a coordinator.

A broker that stood still for a few seconds, or has just started, may answer a client that connects
with metadata in which no broker is alive yet. aiokafka 0.14 takes that for a fault of the program:
the task that keeps the membership ends, and the member stays without partitions for good. Here it
asks again, as it does when no coordinator is chosen yet.
"""

from collections.abc import Awaitable, Callable
from functools import cache, wraps
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import CoordinatorNotAvailableError

LookUp = Callable[..., Awaitable[Any]]
"""`AIOKafkaClient.coordinator_lookup`."""


@cache
def await_brokers() -> None:
    """Patch all clients of aiokafka in this process. Idempotent."""
    AIOKafkaClient.coordinator_lookup = _waiting(AIOKafkaClient.coordinator_lookup)


def _waiting(look_up: LookUp) -> LookUp:
    """Return a look-up that raises an error to be retried while no broker is known."""

    @wraps(look_up)
    async def look_up_or_wait(self: Any, *given: Any) -> Any:
        if not self.cluster.brokers():
            message = "the metadata names no broker"
            raise CoordinatorNotAvailableError(message)
        return await look_up(self, *given)

    return look_up_or_wait
