"""The log on Kafka: topics with partitions, groups that share them, tables as replicas of compacted topics."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime

from pantau.adapters.kafka.consumer import KafkaMember
from pantau.adapters.kafka.producer import KafkaAppender
from pantau.adapters.kafka.share import KafkaShare
from pantau.adapters.kafka.standing import StandingReader
from pantau.adapters.kafka.table import KafkaTable
from pantau.ports import Clock, Consumer, Record
from pantau.settings import Settings
from pantau_schemas.topics import TOPICS


class KafkaLog:
    """Implements `pantau.ports.Log`.

    Nothing connects before it is used; what it opened ends with `close`.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        del clock  # Kafka has the time of its records
        self._settings = settings
        self._appender = KafkaAppender(settings.kafka, self._wake)
        self._lock = threading.Lock()  # of the collections below
        self._tables: dict[str, KafkaTable] = {}
        self._members: set[KafkaMember] = set()
        self._shares: set[KafkaShare] = set()
        self._watches: frozenset[KafkaWatch] = frozenset()

    def append(self, records: Iterable[Record]) -> None:
        """Write the records; see `kafka_producer`."""
        self._appender.append(records)

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Join a group, in the background; or read what stands now."""
        if group is None:
            return StandingReader(topics, self._settings.kafka)
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
        """View a compacted topic; every call gives the same replica."""
        if not TOPICS[topic].compacted:
            message = f"{topic} is not compacted"
            raise ValueError(message)
        with self._lock:
            table = self._tables.get(topic)
            if table is None:
                table = KafkaTable(
                    TOPICS[topic], self._settings, lambda: self._appender.written(topic)
                )
                table.on_change(self._wake)
                self._tables[topic] = table
        return table

    def catch_up(self) -> None:
        """Bring every table that is in use to what stands in Kafka now."""
        with self._lock:
            tables = list(self._tables.values())
        for table in tables:
            table.catch_up()

    def share(self, topic: str, group: str) -> KafkaShare:
        """Join a group that shares out the partition keys of a topic."""
        share = KafkaShare(topic, group, self._settings)
        with self._lock:
            self._shares.add(share)
        return share

    def watch(self) -> "KafkaWatch":
        """Return a waiting place."""
        watch = KafkaWatch(self)
        with self._lock:
            self._watches |= {watch}
        return watch

    def leave(self, watch: "KafkaWatch") -> None:
        """Wake a waiting place no longer."""
        with self._lock:
            self._watches -= {watch}

    def _wake(self) -> None:
        for watch in self._watches:  # replaced as a whole when it changes
            watch.wake()

    def tidy(self, topic: str, before: datetime) -> int:
        """Kafka removes by itself what is past its time."""
        del topic, before
        return 0

    def close(self) -> None:
        """Leave all groups, end all threads, close all connections.

        What is being appended elsewhere fails.
        """
        with self._lock:
            tables, self._tables = list(self._tables.values()), {}
            members, self._members = self._members, set()
            shares, self._shares = self._shares, set()
        for member in members:
            member.begin_close()
        closing: list[KafkaMember | KafkaShare | KafkaTable] = [*members, *shares, *tables]
        for one in closing:
            one.close()
        self._appender.close()


class KafkaWatch:
    """Implements `pantau.ports.Watch`.

    Woken by what this log appends, and what its consumers and tables get.
    """

    def __init__(self, log: KafkaLog) -> None:
        self._log = log
        self._changed = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Wait for something new."""
        told = self._changed.wait(seconds)
        self._changed.clear()
        return told

    def wake(self) -> None:
        """End the wait."""
        self._changed.set()

    def close(self) -> None:
        """Stop listening."""
        self._log.leave(self)
