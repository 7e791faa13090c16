"""Reads a snapshot of topics in Kafka without a group.

Everything that exists now, from the beginning, and nothing later. Of a compacted topic the snapshot
has the last record of each key. Kafka removes the others at some later time; the reader skips them
by reading the keys of each partition first.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition

from pantau.adapters.consumer_offsets import READER_FINISHES, Alone, within
from pantau.adapters.kafka.client import (
    converted,
    header,
    opened,
    reading,
    received,
    topic_name,
)
from pantau.errors import RetryError, StopError
from pantau.ports import Received, Record
from pantau.settings import KafkaSettings
from pantau.stream.bases import BASIS_HEADER, basis_of, is_void
from pantau_schemas.topics import TOPICS

POLL_MS: Final = 500
FETCH_RECORDS: Final = 2_000
FEW: Final = 200
"""Records per driver call: a call with a small byte limit does not fetch many more."""


class SnapshotReader(Alone):
    """Implements `pantau.ports.Consumer` without a group.

    Records of different partitions are in no particular order.
    """

    def __init__(
        self, topics: Sequence[str], settings: KafkaSettings, *, every: bool = False
    ) -> None:
        """Read the ends of the topics; with `every`, replaced records are read as well."""
        self._settings = settings
        self._every = every
        self._closed = False
        self._read: list[Received] = []  # and not polled
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
        begin, end = (
            self._consumer.beginning_offsets(partitions),
            self._consumer.end_offsets(partitions),
        )
        self._begin: dict[TopicPartition, int] = {
            one: begin[one] for one in partitions if begin[one] < end[one]
        }
        self._end: dict[TopicPartition, int] = {one: end[one] for one in self._begin}
        self._last = {one: self._find_last(one) for one in self._begin if self._is_compacted(one)}

    def _is_compacted(self, partition: TopicPartition) -> bool:
        return (
            not self._every
            and TOPICS[partition.topic.removeprefix(self._settings.prefix)].compacted
        )

    def _find_last(self, partition: TopicPartition) -> bytearray:
        """Return a bit for each offset from the beginning: whether it is the last of its key.

        One partition at a time fits in memory: a million keys take about 150 MB meanwhile, and 125
        KB afterwards.
        """
        begin, end = self._begin[partition], self._end[partition]
        last: dict[bytes, int] = {}
        self._start({partition: begin})
        while self._left:
            for message in self._fetch(FETCH_RECORDS).get(partition, ()):
                if message.offset < end and not self._is_void(message, last.get(message.key)):
                    last[message.key] = message.offset
        bits = bytearray((end - begin + 7) // 8)
        for offset in last.values():
            bits[(offset - begin) // 8] |= 1 << (offset - begin) % 8
        return bits

    def _is_void(self, message: Any, standing: int | None) -> bool:
        return is_void(basis_of(header(message.headers, BASIS_HEADER)), standing)

    def _stands(self, partition: TopicPartition, offset: int) -> bool:
        bits, place = self._last.get(partition), offset - self._begin[partition]
        return offset < self._end[partition] and (
            bits is None or bool(bits[place // 8] >> place % 8 & 1)
        )

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return the next records until `limit` or the end.

        Raises RetryError when Kafka returns nothing although there is more.
        """
        with converted(self._settings):
            while self._left and len(self._read) < limit and not self._has(max_bytes):
                for partition, messages in self._fetch(min(limit - len(self._read), FEW)).items():
                    standing = (one for one in messages if self._stands(partition, one.offset))
                    self._read += [received(one, self._settings) for one in standing]
        given = within(self._read, limit, max_bytes)
        self._read = self._read[len(given) :]
        return given

    def _has(self, max_bytes: int | None) -> bool:
        return max_bytes is not None and sum(one.size for one in self._read) >= max_bytes

    def _fetch(self, limit: int) -> Mapping[TopicPartition, Sequence[Any]]:
        """Fetch from the unfinished partitions, skipping compacted offsets."""
        until = time.monotonic() + self._settings.timeout_seconds
        while True:
            batches = self._consumer.poll(timeout_ms=POLL_MS, max_records=limit)
            if self._move():
                return batches  # type: ignore[no-any-return] # (kafka-python has no types)
            if time.monotonic() > until:
                message = f"Kafka at {', '.join(self._settings.servers)} gives nothing to read"
                raise RetryError(message)

    def _move(self) -> bool:
        """Advance the positions, skipping compacted offsets.

        Finished partitions are paused.
        """
        # The position, not the records, shows progress: compacted offsets and markers move it
        # without any.
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
        """Do nothing: there is no position to commit."""
        del done, produced
        raise ValueError(READER_FINISHES)

    def rewind(self) -> None:
        """Seek to the beginning; the end stays."""
        self._read = []
        self._start(self._begin)

    def _start(self, places: Mapping[TopicPartition, int]) -> None:
        self._left = dict(places)
        if self._left:
            self._consumer.assign(list(self._left))
            for partition, offset in self._left.items():
                self._consumer.resume(partition)
                self._consumer.seek(partition, offset)

    def lag(self) -> int:
        """Return the number of remaining offsets; some may be Kafka's own markers."""
        return len(self._read) + sum(
            self._stands(partition, offset)
            for partition, position in self._left.items()
            for offset in range(position, self._end[partition])
        )

    @property
    def open(self) -> bool:
        """True if it was not closed."""
        return not self._closed

    def close(self) -> None:
        """Close the connection."""
        self._closed = True
        with converted(self._settings):
            self._consumer.close()
