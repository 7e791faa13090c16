"""Whether Kafka is there and set up."""

from collections.abc import Iterable

from kafka import KafkaAdminClient

from pantau.adapters.kafka_client import connection, converted, opened, topic_name
from pantau.errors import RetryError
from pantau.settings import KafkaSettings


def require_topics(settings: KafkaSettings, topics: Iterable[str]) -> None:
    """See that topics are there. Raises RetryError as long as one is missing or no broker answers."""
    with converted(settings), opened(KafkaAdminClient, connection(settings)) as admin:
        there = set(admin.list_topics())
    missing = [name for topic in topics if (name := topic_name(topic, settings)) not in there]
    if missing:
        message = f"topics are missing ({', '.join(missing)}): `pantau setup` makes them"
        raise RetryError(message)
