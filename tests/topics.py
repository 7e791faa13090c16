"""Topics of a real Kafka for tests, made and written by kafka-python alone.

What the adapters say is not asked.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.errors import TopicAlreadyExistsError

from tests.support import SOON

CLEANUP = {"cleanup.policy": "compact,delete"}


def wait_until(done: Callable[[], object], what: str) -> None:
    deadline = monotonic() + SOON
    while not done():
        assert monotonic() < deadline, f"never: {what}"
        sleep(0.005)


class Topics:
    """Topics with a unique prefix."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.prefix = f"t{uuid.uuid4().hex[:12]}."
        self.written: dict[str, dict[int, int]] = {}
        self._admin = KafkaAdminClient(bootstrap_servers=address)
        self._producer = KafkaProducer(
            bootstrap_servers=address, linger_ms=0, allow_auto_create_topics=False
        )

    def make(self, topic: str, partitions: int = 1) -> None:
        made = {"num_partitions": partitions, "replication_factor": 1, "configs": CLEANUP}
        deadline = monotonic() + SOON
        while True:
            try:
                self._admin.create_topics({self.prefix + topic: made}, wait_for_metadata=True)
            except TopicAlreadyExistsError:  # one of this name is still being deleted
                assert monotonic() < deadline
                sleep(0.02)
            else:
                return

    def delete(self, topic: str) -> None:
        self._admin.delete_topics([self.prefix + topic])
        self.written.pop(topic, None)

    def widen(self, topic: str, partitions: int) -> None:
        name = self.prefix + topic
        self._admin.create_partitions({name: partitions})
        wait_until(  # the broker answers before its own metadata has them
            lambda: len(self._admin.describe_topics([name])[0]["partitions"]) == partitions,
            "the new partitions",
        )

    def cut(self, topic: str, before: int, partition: int = 0) -> None:
        """Truncate the partition before an offset, as retention does."""
        self._admin.delete_records({TopicPartition(self.prefix + topic, partition): before})

    def write(
        self,
        topic: str,
        records: Mapping[str, bytes | None],
        partition: int | None = None,
        timestamp_ms: int | None = None,
    ) -> None:
        """Write, and note in `written` what was acknowledged."""
        futures: list[Any] = [
            self._producer.send(
                self.prefix + topic,
                key=key.encode(),
                value=value,
                partition=partition,
                timestamp_ms=timestamp_ms,
            )
            for key, value in records.items()
        ]
        ends = self.written.setdefault(topic, {})
        for future in futures:
            kept = future.get(SOON)
            ends[kept.partition] = max(ends.get(kept.partition, 0), kept.offset + 1)

    def close(self) -> None:
        self._producer.close()
        self._admin.close()


@contextmanager
def opened_topics(address: str) -> Iterator[Topics]:
    topics = Topics(address)
    try:
        yield topics
    finally:
        topics.close()
