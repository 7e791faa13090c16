"""A connection to Kafka that copies partitions of a topic and follows them."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import UnknownTopicOrPartitionError

from pantau.adapters.kafka.client import header, reading
from pantau.adapters.kafka.reachable import RecordingClient, recorded
from pantau.adapters.kafka.tables.replica import Replica, ReplicaRow
from pantau.settings import KafkaSettings
from pantau.stream.bases import BASIS_HEADER, basis_of

BATCH: Final = 500
"""Records per transaction of the replica; more is not faster."""
FETCH_BYTES: Final = 8 * 1024 * 1024
"""Size of one fetch during the initial read; it determines the memory used."""
FETCH_WAIT_MS: Final = 1_000
"""Long-poll time of an idle fetch; a request behind it (`ask_ends`) waits as long.

A service has up to a dozen tables, most of them idle, and each fetch takes kafka-python a
millisecond and a half of processor time. New records end the wait; other partitions to read
(`KafkaTable.hold`) count after it.
"""
NOTHING_SECONDS: Final = 0.25
"""Pause of a reader that reads no partition, until it may have been given some."""
METADATA_SECONDS: Final = 30.0
"""Maximum age of the topic's metadata."""
CONNECT_SECONDS: Final = 1.0
"""Time-out of one attempt; callers retry."""


class TopicReader:
    """Reads partitions of a topic into a `Replica`.

    `partitions` are all of the topic, `reads` those that are read: the ones that `chosen` returns
    of them; with `recent_seconds`, what was written within them. `ends` are of those. Used by one
    thread; `ask_ends` and `close` are thread-safe. Every method raises `kafka.errors.KafkaError`.
    """

    def __init__(
        self,
        name: str,
        settings: KafkaSettings,
        chosen: Callable[[frozenset[int]], frozenset[int]] = frozenset,
        recent_seconds: float | None = None,
    ) -> None:
        self._name = name
        self._recent = recent_seconds
        self._timeout = settings.timeout_seconds
        self._wait_ms = min(FETCH_WAIT_MS, round(self._timeout * 500))
        self._consumer, self._cluster = self._connect(settings)
        try:
            self.partitions = frozenset(self._consumer.partitions_for_topic(name))
            if not self.partitions:
                raise UnknownTopicOrPartitionError(name)  # noqa: TRY301 (as if the broker had said so)
            self.reads = chosen(self.partitions)
            self._topic_id = str(self._cluster.topic_id(name))
            self.ends = self.ask_ends()
        except BaseException:
            self.close()
            raise

    def _connect(self, settings: KafkaSettings) -> tuple[KafkaConsumer, Any]:
        clients: list[RecordingClient] = []

        def client(**options: Any) -> RecordingClient:
            clients.append(RecordingClient(**options))
            # So that the first metadata request covers all topics; else a second one follows a
            # tenth of a second later.
            clients[-1].cluster.need_all_topic_metadata = True
            return clients[-1]

        options = reading(settings) | {
            "kafka_client": client,  # the only access to the topic's id in kafka-python
            "auto_offset_reset": "none",
            "bootstrap_timeout_ms": round(min(CONNECT_SECONDS, self._timeout) * 1000),
            "fetch_max_bytes": FETCH_BYTES,
            "fetch_max_wait_ms": self._wait_ms,
            "max_partition_fetch_bytes": FETCH_BYTES // 4,
            "metadata_max_age_ms": round(METADATA_SECONDS * 1000),
            "retry_backoff_ms": 20,  # also the minimum interval between two metadata requests
        }
        with recorded(clients):
            consumer, cluster = KafkaConsumer(**options), clients[0].cluster
            cluster.need_all_topic_metadata = False
            return consumer, cluster

    def ask_ends(self) -> Mapping[int, int]:
        """Return the current next offset of each partition that is read.

        Thread-safe: requests of kafka-python run on the client's own thread, and several may be in
        flight.
        """
        if not self.reads:
            return {}
        found = self._consumer.end_offsets(self._places(self.reads), round(self._timeout * 1000))
        return {place.partition: offset for place, offset in found.items()}

    @property
    def copy_of(self) -> str:
        """The source of a replica: the topic's id, and how much of it is read.

        A copy of what was written in three days cannot be continued to one of ten.
        """
        return self._topic_id if self._recent is None else f"{self._topic_id} {self._recent:.0f}"

    def fits(self, replica: Replica) -> bool:
        """Return whether the replica is of this topic, not of a deleted one with the same name."""
        held = replica.next_offsets
        beyond = any(held.get(one, 0) > end for one, end in self.ends.items())
        known = held.keys() <= self.partitions
        return replica.copy_of == self.copy_of and known and not beyond

    def begin(self, replica: Replica) -> None:
        """Drop records that Kafka deleted, and resume at the replica's position."""
        replica.require_swept(self.reads)
        firsts = self._ask_firsts(self._timeout)
        replica.drop_before(firsts)
        firsts = {**firsts, **self._ask_recent(firsts)}
        self._consumer.assign(self._places(self.reads))
        for place in self._places(self.reads):
            at = max(replica.next_offsets.get(place.partition, 0), firsts.get(place.partition, 0))
            self._consumer.seek(place, at)

    def read(self, replica: Replica) -> bool:
        """Wait briefly for records and write them to the replica; return whether it advanced."""
        if not self.reads:
            time.sleep(NOTHING_SECONDS)
            return False
        batches = self._consumer.poll(timeout_ms=self._wait_ms, max_records=BATCH)
        moved = {place.partition: records[-1].offset + 1 for place, records in batches.items()}
        if not moved:
            moved = self._passed(replica)
        if moved:
            replica.take(in_time(batches), moved)
        return bool(moved)

    def _passed(self, replica: Replica) -> dict[int, int]:
        """Return the partitions whose last records do not exist any more.

        They were compacted away, or are transaction markers.
        """
        held = replica.next_offsets
        behind = [one for one, end in self.ends.items() if held.get(one, 0) < end]
        at = {
            one: self._consumer.position(TopicPartition(self._name, one), timeout_ms=0)
            for one in behind
        }
        return {one: offset for one, offset in at.items() if offset and offset > held.get(one, 0)}

    def look(self, replica: Replica, seconds: float) -> bool:
        """Drop records that Kafka deleted since.

        Returns whether the topic is still the same.
        """
        replica.drop_before(self._ask_firsts(min(self._timeout, seconds)))
        partitions = self._cluster.partitions_for_topic(self._name)
        topic_id = self._cluster.topic_id(self._name)
        return (partitions is None or frozenset(partitions) == self.partitions) and (
            topic_id is None or str(topic_id) == self._topic_id
        )

    def close(self) -> None:
        """Disconnect. A thread that is reading gets a KafkaError."""
        self._consumer.close()

    def _ask_firsts(self, seconds: float) -> Mapping[int, int]:
        if not self.reads:
            return {}
        found = self._consumer.beginning_offsets(self._places(self.reads), round(seconds * 1000))
        return {place.partition: offset for place, offset in found.items()}

    def _ask_recent(self, firsts: Mapping[int, int]) -> Mapping[int, int]:
        """Return the first offsets of recent records, where only those are read.

        For a partition without any, its end: `ends` were read before, so nothing is skipped.
        """
        if self._recent is None or not firsts:
            return {}
        since = round((time.time() - self._recent) * 1000)
        asked = dict.fromkeys(self._places(frozenset(firsts)), since)
        found = self._consumer.offsets_for_times(asked, round(self._timeout * 1000))
        return {
            place.partition: self.ends.get(place.partition, 0) if at is None else at.offset
            for place, at in found.items()
        }

    def _places(self, partitions: frozenset[int]) -> list[Any]:
        return [TopicPartition(self._name, one) for one in partitions]


def in_time(batches: Mapping[Any, Sequence[Any]]) -> list[ReplicaRow]:
    """Return the records of all partitions, merged by Kafka's timestamp.

    Those of one partition keep their order.
    """
    merged: list[tuple[int, ReplicaRow]] = []
    for place, records in batches.items():
        latest = 0
        for one in records:
            latest = max(latest, one.timestamp)
            key = one.key.decode(errors="replace") if one.key is not None else ""
            basis = basis_of(header(one.headers, BASIS_HEADER))
            row = ReplicaRow(key, one.value, one.timestamp, place.partition, one.offset, basis)
            merged.append((latest, row))
    if len(batches) > 1:
        merged.sort(key=lambda pair: pair[0])
    return [row for _, row in merged]


class ReadProgress:
    """Progress messages of a long read.

    `now` is a monotonic time in seconds.
    """

    def __init__(
        self, held: Mapping[int, int], ends: Mapping[int, int], every_seconds: float, now: float
    ) -> None:
        self._ends = ends
        self._every = every_seconds
        self._missing = self._left(held)
        self._began = self._told = now
        self._over = False

    def _left(self, held: Mapping[int, int]) -> int:
        return sum(max(0, end - held.get(one, 0)) for one, end in self._ends.items())

    def news(self, held: Mapping[int, int], now: float, *, over: bool) -> str | None:
        """Return a progress message from time to time, and a last one at the end.

        None when there is nothing to report.
        """
        if self._over or now - (self._began if over else self._told) < self._every:
            self._over = over
            return None
        self._told, self._over = now, over
        if over:
            return f"{self._missing} records read in {now - self._began:.1f} s"
        return (
            f"reading: {1 - self._left(held) / max(1, self._missing):.0%} of {self._missing} "
            "records"
        )
