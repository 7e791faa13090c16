"""The log on Kafka: partitioned topics, consumer groups, tables as replicas of compacted topics."""

import threading
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from pantau.adapters.event_watch import EventWatch
from pantau.adapters.kafka.group.consumer import KafkaMember
from pantau.adapters.kafka.group.key_assignment import KafkaKeyAssignment
from pantau.adapters.kafka.producer import KafkaAppender
from pantau.adapters.kafka.tables.ends import TopicEnds
from pantau.adapters.kafka.tables.snapshot_reader import SnapshotReader
from pantau.adapters.kafka.tables.table import KafkaTable
from pantau.ports import Clock, Consumer, Record
from pantau.settings import Settings
from pantau_schemas.topics import TOPICS

Closing = KafkaMember | SnapshotReader | KafkaKeyAssignment | KafkaTable
"""Connections that a log opens, and closes with itself."""


class KafkaLog:
    """Implements `pantau.ports.Log`.

    Connects on first use; `close` ends everything that it opened.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        del clock  # Kafka timestamps the records
        self._settings = settings
        self._appender = KafkaAppender(settings.kafka, self._wake)
        self._ends = TopicEnds(settings.kafka)
        self._lock = threading.Lock()  # guards the collections below
        # By topic, and the seconds of one that has recent records alone.
        self._tables: dict[tuple[str, float | None], KafkaTable] = {}
        # What each follower needs of a topic: partitions, and how many its own topic has.
        self._limits: dict[str, dict[str, tuple[frozenset[int], int]]] = {}
        self._members: set[KafkaMember] = set()
        self._readers: set[SnapshotReader] = set()
        self._shares: set[KafkaKeyAssignment] = set()
        self._watches: frozenset[EventWatch] = frozenset()

    def append(self, records: Iterable[Record]) -> None:
        """Append the records; see `kafka.producer`."""
        self._appender.append(records)

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Join a group in the background, or read a snapshot."""
        if group is None:
            reader = SnapshotReader(topics, self._settings.kafka)
            with self._lock:
                self._readers = {one for one in self._readers if one.open} | {reader}
            return reader
        member = KafkaMember(
            topics,
            group,
            self._settings.kafka,
            append=self.append,
            written=self._appender.written,
            arrived=self._wake,
        )
        with self._lock:
            self._members = {one for one in self._members if one.open} | {member}
        return member

    def table(self, topic: str) -> KafkaTable:
        """Return a compacted topic as a table; every call returns the same replica."""
        return self._table(topic, None)

    def recent(self, topic: str, seconds: float) -> KafkaTable:
        """Return what was written recently as a table; for one topic, always of the same period."""
        return self._table(topic, seconds)

    def _table(self, topic: str, seconds: float | None) -> KafkaTable:
        if not TOPICS[topic].compacted:
            message = f"{topic} is not compacted"
            raise ValueError(message)
        name = topic, seconds
        with self._lock:
            table = self._tables.get(name)
            if table is None:
                table = KafkaTable(
                    TOPICS[topic],
                    self._settings,
                    lambda: self._appender.written(topic),
                    ends=self._ends.ask,
                    recent_seconds=seconds,
                )
                if seconds is None:
                    for follower, limit in self._limits.get(topic, {}).items():
                        table.hold(follower, *limit)
                table.on_change(self._wake)
                self._tables[name] = table
        return table

    def hold(
        self, follower: str, topics: Collection[str], partitions: Collection[int], count: int
    ) -> None:
        """Limit tables to what their followers need."""
        limit = frozenset(partitions), count
        with self._lock:
            for topic in topics:
                self._limits.setdefault(topic, {})[follower] = limit
                table = self._tables.get((topic, None))
                if table is not None:
                    table.hold(follower, *limit)

    def catch_up(self) -> None:
        """Update every open table to the current end of its topic."""
        with self._lock:
            tables = list(self._tables.values())
        for table in tables:
            table.catch_up()

    def key_assignment(self, topic: str, group: str) -> KafkaKeyAssignment:
        """Join a group that divides the partition keys of a topic."""
        share = KafkaKeyAssignment(topic, group, self._settings)
        with self._lock:
            self._shares.add(share)
        return share

    def watch(self) -> EventWatch:
        """Create a watch: woken by appends of this log, and by what it receives for others."""
        watch = EventWatch(self._leave)
        with self._lock:
            self._watches |= {watch}
        return watch

    def _leave(self, watch: EventWatch) -> None:
        with self._lock:
            self._watches -= {watch}

    def _wake(self) -> None:
        for watch in self._watches:  # replaced as a whole on every change
            watch.wake()

    def tidy(self, topic: str, before: datetime) -> int:
        """Do nothing: Kafka applies retention itself."""
        del topic, before
        return 0

    def close(self) -> None:
        """Close all memberships, threads and connections.

        Concurrent appends fail.
        """
        with self._lock:
            tables, self._tables = list(self._tables.values()), {}
            members, self._members = self._members, set()
            readers, self._readers = self._readers, set()
            shares, self._shares = self._shares, set()
        for member in members:
            member.begin_close()
        closing: list[Closing] = [*members, *readers, *shares, *tables]
        for one in closing:
            one.close()
        self._ends.close()
        self._appender.close()
