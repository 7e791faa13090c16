"""The topics in Kafka and the positions of the groups, for backups.

The services go on meanwhile, so a backup is no state that ever was; but one from which they go on
rightly. Positions are read first: what is done after that is done again, with the same ids. Then
come the topics, each after those that remember its records (the memory of a feed before the
articles that it claims to have published): what is remembered is there, and what is there but not
remembered is only done again.
"""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from typing import Final, Literal

from kafka import KafkaAdminClient, OffsetAndMetadata, TopicPartition, errors
from kafka.admin import OffsetSpec

from pantau.adapters.kafka.client import (
    connection,
    converted,
    group_name,
    opened,
    partition_of,
    topic_name,
)
from pantau.adapters.kafka.group.offsets import committed_offsets
from pantau.adapters.kafka.producer import KafkaAppender
from pantau.adapters.kafka.tables.snapshot_reader import SnapshotReader
from pantau.adapters.kafka.topics import create_topics
from pantau.errors import UsageError
from pantau.ports import Received, Record
from pantau.problems import problem
from pantau.settings import Settings
from pantau.stream.bases import BASIS_HEADER, valid
from pantau_schemas.topics import (
    ALERTED,
    ARTICLES,
    FEED_MEMORY,
    FEED_STATE,
    HELD_ARTICLES,
    PUSHED_DOCUMENTS,
    RULE_STATE,
    TOPICS,
)

LAYOUT: Final = 1
"""Increment when what is copied changes so that an older program could not restore it."""
POSITIONS: Final = "positions.json"
FIRST: Final = (
    FEED_STATE.name,
    FEED_MEMORY.name,
    HELD_ARTICLES.name,
    PUSHED_DOCUMENTS.name,
    ALERTED.name,
    RULE_STATE.name,
)
"""Memories, before the topics whose records they remember."""
LAST: Final = (ARTICLES.name,)
_READ: Final = 500
_READ_BYTES: Final = 8_000_000

Positions = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Group to topic to partition to the offset of the first record that is not done."""


class KafkaCopier:
    """Implements `pantau.ports.Copier`."""

    backend: Final[Literal["sqlite", "kafka"]] = "kafka"
    layout: Final = LAYOUT

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kafka = settings.kafka
        self._positions: Positions = {}
        self._undone: dict[tuple[str, str, int], int] = {}  # first in the restored topic
        self._written: dict[tuple[str, int], int] = defaultdict(int)
        self._partitions: dict[str, int] = {}

    def parts(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the positions, and the topics in an order that loses nothing."""
        yield POSITIONS, iter([json.dumps(self._read_positions()).encode()])
        others = [one for one in TOPICS if one not in FIRST and one not in LAST]
        for topic in (*FIRST, *others, *LAST):
            yield f"topics/{topic}.jsonl", self._lines(topic)

    def _read_positions(self) -> Positions:
        found: dict[str, dict[str, dict[str, int]]] = {}
        names = {topic_name(one, self._kafka): one for one in TOPICS}
        with converted(self._kafka), opened(KafkaAdminClient, connection(self._kafka)) as admin:
            groups = {one["group_id"] for one in admin.list_groups()}
            wanted = [one for one in groups if one.startswith(self._kafka.prefix)]
            for group, places in committed_offsets(admin, wanted).items():
                own = group.removeprefix(self._kafka.prefix)
                for place, one in places.items():
                    if place.topic in names and one.offset >= 0:
                        topics = found.setdefault(own, {}).setdefault(names[place.topic], {})
                        topics[str(place.partition)] = one.offset
        return found

    def _lines(self, topic: str) -> Iterator[bytes]:
        """Yield every record of a topic, also one replaced that a group still has to read."""
        with closing(SnapshotReader([topic], self._kafka, every=True)) as reader:
            batches = iter(lambda: reader.poll(_READ, _READ_BYTES), [])
            yield from map(_line, valid(chain.from_iterable(batches)))

    def require_empty(self) -> None:
        """Create the topics; require that they and the groups are new."""
        create_topics(self._settings)
        with converted(self._kafka), opened(KafkaAdminClient, connection(self._kafka)) as admin:
            for topic in TOPICS:
                name = topic_name(topic, self._kafka)
                (found,) = admin.describe_topics([name])
                self._partitions[topic] = len(found["partitions"])
                places = [TopicPartition(name, one) for one in range(self._partitions[topic])]
                ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
                if any(one.offset for one in ends.values()):
                    raise UsageError(problem("upkeep.not-empty", place=name))
        if self._read_positions():
            raise UsageError(problem("upkeep.not-empty", place="the consumer groups"))

    def restore(self, name: str, content: Iterator[bytes]) -> None:
        """Append the records of a topic, and note where those begin that a group has not done."""
        if name == POSITIONS:
            self._positions = json.loads(b"".join(content))
            return
        topic = name.removeprefix("topics/").removesuffix(".jsonl")
        if topic not in TOPICS:
            raise UsageError(problem("upkeep.damaged", name=name))
        appender = KafkaAppender(self._kafka, lambda: None)
        try:
            chunk: list[Record] = []
            size = 0
            for one in _received(topic, content):
                self._note(topic, one)
                chunk.append(one.record)
                size += one.size
                if len(chunk) == _READ or size > _READ_BYTES:
                    appender.append(chunk)
                    chunk, size = [], 0
            appender.append(chunk)
        finally:
            appender.close()

    def _note(self, topic: str, one: Received) -> None:
        """Record the offset that a record gets, if a group has not done it."""
        partition = partition_of(one.record.partition_key, self._partitions[topic])
        offset = self._written[topic, partition]
        self._written[topic, partition] += 1
        for group, topics in self._positions.items():
            done = topics.get(topic, {}).get(str(one.partition))
            if topic in topics and one.offset >= (done or 0):
                self._undone.setdefault((group, topic, partition), offset)

    def complete(self) -> None:
        """Commit the positions of the groups."""
        with converted(self._kafka), opened(KafkaAdminClient, connection(self._kafka)) as admin:
            for group, topics in self._positions.items():
                offsets = {}
                for topic in topics:
                    name = topic_name(topic, self._kafka)
                    for partition in range(self._partitions[topic]):
                        end = self._written[topic, partition]
                        place = self._undone.get((group, topic, partition), end)
                        offsets[TopicPartition(name, partition)] = OffsetAndMetadata(place, "", -1)
                answers = admin.alter_group_offsets(group_name(group, self._kafka), offsets)
                _require_accepted(answers)


def _require_accepted(answers: Mapping[TopicPartition, type[errors.KafkaError]]) -> None:
    for place, answer in answers.items():
        if answer is not errors.NoError:
            raise answer(f"{place.topic} {place.partition}: its position is not accepted")


def _line(received: Received) -> bytes:
    record = received.record
    value = None if record.value is None else base64.b64encode(record.value).decode()
    fields = {
        "partition": received.partition,
        "offset": received.offset,
        "key": record.key,
        "value": value,
        # Offsets are others where it is restored.
        "headers": {name: one for name, one in record.headers.items() if name != BASIS_HEADER},
    }
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _received(topic: str, content: Iterator[bytes]) -> Iterator[Received]:
    """Yield the records of a part. Raises UsageError for a line that is none."""
    rest = b""
    for piece in content:
        *lines, rest = (rest + piece).split(b"\n")
        yield from (_read_line(topic, one) for one in lines)
    if rest:
        raise UsageError(problem("upkeep.damaged", name=topic))


def _read_line(topic: str, line: bytes) -> Received:
    try:
        fields = json.loads(line)
        value = fields["value"]
        decoded = None if value is None else base64.b64decode(value, validate=True)
        record = Record(topic, fields["key"], decoded, fields["headers"])
        return Received(record, fields["offset"], fields["partition"])
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(problem("upkeep.damaged", name=topic)) from error
