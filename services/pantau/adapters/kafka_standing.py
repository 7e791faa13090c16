"""Reading topics of Kafka without a group: all that stands now, from the beginning, and nothing that follows."""

import time
from collections.abc import Iterable, Sequence
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition

from pantau.adapters.kafka_client import converted, opened, reading, received, topic_name
from pantau.adapters.progress import READER_FINISHES, Alone
from pantau.errors import RetryError, StopError
from pantau.ports import Received, Record
from pantau.settings import KafkaSettings

POLL_MS: Final = 500


class StandingReader(Alone):
    """Implements `pantau.ports.Consumer` without a group. Records of different partitions come in no order."""

    def __init__(self, topics: Sequence[str], settings: KafkaSettings) -> None:
        self._settings = settings
        with converted(settings):
            self._consumer: Any = opened(KafkaConsumer, reading(settings))
            try:
                self._look_at_ends([topic_name(topic, settings) for topic in topics])
            except BaseException:
                self._consumer.close()
                raise
        self.rewind()

    def _look_at_ends(self, names: Sequence[str]) -> None:
        partitions = []
        for name in names:
            numbers = self._consumer.partitions_for_topic(name)
            if not numbers:
                message = f"the topic {name} is missing: run `pantau setup`"
                raise StopError(message)
            partitions += [TopicPartition(name, number) for number in sorted(numbers)]
        begin, end = self._consumer.beginning_offsets(partitions), self._consumer.end_offsets(partitions)
        self._begin: dict[TopicPartition, int] = {
            one: begin[one] for one in partitions if begin[one] < end[one]
        }
        self._end: dict[TopicPartition, int] = {one: end[one] for one in self._begin}

    def poll(self, limit: int) -> Sequence[Received]:
        """Read on until `limit` or the end. Raises RetryError when Kafka gives nothing although there is more."""
        found: list[Received] = []
        until = time.monotonic() + self._settings.timeout_seconds
        with converted(self._settings):
            while self._left and len(found) < limit:
                batches = self._consumer.poll(timeout_ms=POLL_MS, max_records=limit - len(found))
                for partition, messages in batches.items():
                    end = self._end[partition]
                    found += [received(one, self._settings) for one in messages if one.offset < end]
                if self._move():
                    until = time.monotonic() + self._settings.timeout_seconds
                elif time.monotonic() > until:
                    message = f"Kafka at {', '.join(self._settings.servers)} gives nothing to read"
                    raise RetryError(message)
        return found

    def _move(self) -> bool:
        """Note how far it has read, past what compaction left out; partitions read to their end are left alone."""
        before = dict(self._left)
        for partition in before:
            position = self._consumer.position(partition, timeout_ms=POLL_MS)
            if position is not None:
                self._left[partition] = position
            if self._left[partition] >= self._end[partition]:
                del self._left[partition]
                self._consumer.pause(partition)
        return before != self._left

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """There is no position to move."""
        del done, produced
        raise ValueError(READER_FINISHES)

    def rewind(self) -> None:
        """Go back to the beginning; the end stays."""
        self._left = dict(self._begin)
        if self._left:
            self._consumer.assign(list(self._left))
            for partition, offset in self._left.items():
                self._consumer.resume(partition)
                self._consumer.seek(partition, offset)

    def lag(self) -> int:
        """Count the offsets that are left; compaction may have taken some of the records."""
        return sum(self._end[partition] - position for partition, position in self._left.items())

    def close(self) -> None:
        """Close the connection."""
        with converted(self._settings):
            self._consumer.close()
