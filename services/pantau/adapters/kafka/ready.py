"""A check that Kafka is running and set up."""

from collections.abc import Iterable
from typing import Final

from kafka import KafkaAdminClient

from pantau.adapters.kafka.client import connection, converted, opened, topic_name
from pantau.errors import RetryError
from pantau.settings import KafkaSettings

BOOTSTRAP_SECONDS: Final = 5.0
"""Callers retry; a person wants to know soon what is being waited for."""


def require_topics(
    settings: KafkaSettings, topics: Iterable[str], seconds: float = BOOTSTRAP_SECONDS
) -> None:
    """Check that topics exist.

    Raises RetryError while one is missing or no broker answers.
    """
    milliseconds = round(seconds * 1000)
    options = connection(settings) | {
        "bootstrap_timeout_ms": milliseconds,
        "request_timeout_ms": max(milliseconds, 1_000),
    }
    with converted(settings), opened(KafkaAdminClient, options) as admin:
        there = set(admin.list_topics())
    missing = [name for topic in topics if (name := topic_name(topic, settings)) not in there]
    if missing:
        message = f"topics are missing ({', '.join(missing)}): `pantau setup` makes them"
        raise RetryError(message)
