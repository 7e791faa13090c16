"""Physical access to the topics in Kafka, for take-downs.

A tombstone replaces a record for every reader at once; the bytes stay until the topic is compacted.
`scrub` makes the brokers do that now. Single records of a topic that is not compacted cannot be
removed: the beginning of a partition can. So raw articles go as soon as the extractor has passed
them, with all that it has passed before; dead letters that stay are first written again at the end.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from pantau.adapters.files.raw_search import search_folder
from pantau.adapters.kafka.client import (
    connection,
    converted,
    encode_headers,
    group_name,
    opened,
    topic_name,
)
from pantau.adapters.kafka.group.offsets import committed_offsets
from pantau.adapters.kafka.tables.snapshot_reader import SnapshotReader
from pantau.errors import RetryError
from pantau.ports import RawTrace, Received, Record
from pantau.settings import Settings
from pantau.stream.bases import with_basis
from pantau_schemas.topics import DEAD_LETTERS, TOPICS

_AT_ONCE: Final = {
    "segment.ms": "1",
    "min.cleanable.dirty.ratio": "0",
    "min.compaction.lag.ms": "0",
    "max.compaction.lag.ms": "1",
}
"""Settings of a topic while it is compacted at once."""
MARK: Final = "-"
"""The key of the tombstones that close a segment: no record has it."""
CLEAN_SECONDS: Final = 180.0
"""How long the brokers may take; their cleaner looks for work every 15 seconds by default."""
_LOOK_SECONDS: Final = 2.0
_READ: Final = 500


class KafkaEraser:
    """Implements `pantau.ports.Eraser`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kafka = settings.kafka

    def records(self, topic: str) -> Iterator[Received]:
        """Yield every record of every segment, whether a later one replaced it or not."""
        with closing(SnapshotReader([topic], self._kafka, every=True)) as reader:
            while received := reader.poll(_READ, 8_000_000):
                yield from received

    def remove(self, topic: str, unwanted: Callable[[Received], bool]) -> int:
        """Remove the beginnings of partitions, up to the last unwanted record.

        Of dead letters, those that stay are appended again before. Of other topics, only what every
        group has passed is removed; the redaction keeps the rest from being handled, and a later
        call removes it.
        """
        unwanted_ends: dict[int, int] = {}
        counts: dict[int, list[int]] = defaultdict(list)
        for one in self.records(topic):
            if unwanted(one):
                unwanted_ends[one.partition] = one.offset + 1
                counts[one.partition].append(one.offset)
        if not unwanted_ends:
            return 0
        with converted(self._kafka), opened(KafkaAdminClient, connection(self._kafka)) as admin:
            if topic == DEAD_LETTERS.name:
                self._write_again(topic, unwanted_ends, unwanted)
                ends = unwanted_ends
            else:
                # A group that has not read these records yet would miss those between them.
                passed = self._passed(admin, topic)
                ends = {one: min(end, passed.get(one, 0)) for one, end in unwanted_ends.items()}
            name = topic_name(topic, self._kafka)
            cut = {TopicPartition(name, one): end for one, end in ends.items() if end > 0}
            if cut:
                admin.delete_records(cut)
        return sum(one < ends[place] for place, found in counts.items() for one in found)

    def _passed(self, admin: Any, topic: str) -> dict[int, int]:
        """Return the offset up to which every group that reads a topic has passed, by partition."""
        name = topic_name(topic, self._kafka)
        groups = [group_name(one, self._kafka) for one in TOPICS[topic].consumers if one != "cli"]
        passed: dict[int, int] = {}
        for found in committed_offsets(admin, groups).values():
            for place, one in found.items():
                if place.topic == name and one.offset >= 0:
                    before = passed.get(place.partition, one.offset)
                    passed[place.partition] = min(before, one.offset)
        return passed

    def _write_again(
        self, topic: str, ends: Mapping[int, int], unwanted: Callable[[Received], bool]
    ) -> None:
        """Append what stays of the beginnings that are to be cut off, to the same partitions."""
        with self._producer() as producer:
            for one in self.records(topic):
                if one.offset < ends.get(one.partition, 0) and not unwanted(one):
                    self._send(producer, topic, one.partition, one.record.key, one)

    def replace(self, changes: Sequence[tuple[Received, Record]]) -> None:
        """Append records that name the offsets of those that they replace.

        Readers ignore one whose key was written again in between; see `pantau.stream.bases`.
        """
        with converted(self._kafka), self._producer() as producer:
            for one, record in changes:
                made = replace(one, record=with_basis(record, one.offset))
                self._send(producer, record.topic, one.partition, record.key, made)

    def _send(
        self, producer: Any, topic: str, partition: int, key: str, one: Received | None = None
    ) -> None:
        sent = producer.send(
            topic_name(topic, self._kafka),
            key=key.encode(),
            value=None if one is None else one.record.value,
            headers=[] if one is None else encode_headers(one.record.headers),
            partition=partition,
        )
        sent.get(timeout=self._kafka.timeout_seconds)

    def _producer(self) -> "closing[Any]":
        options = {"acks": "all", "max_request_size": 64 * 1024 * 1024}
        return closing(opened(KafkaProducer, connection(self._kafka) | options))

    def scrub(self, places: AbstractSet[tuple[str, int]], progress: Callable[[str], None]) -> None:
        """Run the compaction of the topics now, and wait until it is done.

        For that time the topics' settings are others; they are set back whatever happens, by
        `pantau setup` if this process is killed. A topic whose readers lag is left to its regular
        compaction: an earlier revision that waits to be read must not be compacted away.
        """
        topics = {one for one, _ in places if TOPICS[one].compacted}
        if not topics:
            return
        with converted(self._kafka), opened(KafkaAdminClient, connection(self._kafka)) as admin:
            ready = sorted(one for one in topics if self._all_read(admin, one))
            before = self._settings_of(admin, ready)
            try:
                self._alter(admin, dict.fromkeys(ready, _AT_ONCE))
                for topic in ready:
                    progress(topic)
                    # Kafka never compacts the segment that is being written to.
                    self._close_segments(topic, {place for one, place in places if one == topic})
                self._wait(ready, {(one, place) for one, place in places if one in ready})
            finally:
                self._alter(admin, before)

    def _all_read(self, admin: Any, topic: str) -> bool:
        """Return whether no group still has to read a value of a topic; tombstones do not count."""
        passed = self._passed(admin, topic)
        return all(
            one.record.value is None or one.offset < passed.get(one.partition, one.offset + 1)
            for one in self.records(topic)
        )

    def _settings_of(self, admin: Any, topics: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the current values of the settings that compacting at once changes."""
        if not topics:
            return {}
        names = {topic_name(one, self._kafka): one for one in topics}
        asked = [ConfigResource(ConfigResourceType.TOPIC, one, None) for one in names]
        found = admin.describe_configs(asked, config_filter="all")["topic"]
        return {
            topic: {key: str(found[name][key]["value"]) for key in _AT_ONCE}
            for name, topic in names.items()
        }

    def _alter(self, admin: Any, values: Mapping[str, Mapping[str, str]]) -> None:
        if values:
            resources = [
                ConfigResource(
                    ConfigResourceType.TOPIC, topic_name(topic, self._kafka), dict(settings)
                )
                for topic, settings in values.items()
            ]
            admin.alter_configs(resources, incremental=True)

    def _close_segments(self, topic: str, partitions: AbstractSet[int]) -> None:
        """Append a tombstone of no key, twice: the second one begins a new segment.

        The segment that is written is never compacted.
        """
        with self._producer() as producer:
            for _ in range(2):
                for partition in sorted(partitions):
                    self._send(producer, topic, partition, MARK)
                time.sleep(0.05)  # a segment is closed once it is a millisecond old

    def _wait(self, topics: Sequence[str], places: AbstractSet[tuple[str, int]]) -> None:
        """Wait until no key stands twice before the marks, in any of the partitions."""
        until = time.monotonic() + CLEAN_SECONDS
        left = set(topics)
        while left:
            left = {one for one in left if self._is_dirty(one, places)}
            if left and time.monotonic() > until:
                names = ", ".join(sorted(left))
                message = (
                    f"Kafka has not compacted {names} within {CLEAN_SECONDS:.0f} seconds; what was "
                    "removed is gone for all readers, and its bytes go with the next compaction"
                )
                raise RetryError(message)
            if left:
                time.sleep(_LOOK_SECONDS)

    def _is_dirty(self, topic: str, places: AbstractSet[tuple[str, int]]) -> bool:
        """Return whether a record still stands although a later one replaced it before the mark."""
        last: dict[tuple[int, str], int] = {}
        marks: dict[int, int] = {}
        doubles: list[tuple[int, int]] = []
        for one in self.records(topic):
            if (topic, one.partition) not in places:
                continue
            key = (one.partition, one.record.key)
            if one.record.key == MARK:
                marks[one.partition] = one.offset
                continue
            if key in last:
                doubles.append((one.partition, one.offset))
            last[key] = one.offset
        return any(offset < marks.get(partition, 0) for partition, offset in doubles)

    def raw(self, wanted: Sequence[bytes]) -> Sequence[RawTrace]:
        """Search the files of the data folder: local copies of topics, notes.

        Files of brokers are not reached: what they hold is what `records` yields.
        """
        folder: Path = self._settings.data
        return search_folder(folder, wanted) if folder.is_dir() else []
