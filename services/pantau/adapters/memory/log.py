"""The log in memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pantau.adapters.consumer_offsets import (
    READER_FINISHES,
    Alone,
    AtHand,
    OnlyMember,
    TopicOffsets,
    read_by_groups,
    within,
)
from pantau.adapters.event_watch import EventWatch
from pantau.adapters.marks import read_mark
from pantau.adapters.memory.shared import SharedState
from pantau.errors import RetryError
from pantau.ports import Changes, Clock, Received, Record
from pantau_schemas.topics import TOPICS


class MemoryLog(AtHand):
    """Implements `pantau.ports.Log`."""

    def __init__(self, shared: SharedState, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock
        self._next = 1
        self.topics: dict[str, dict[int, tuple[Record, datetime]]] = {name: {} for name in TOPICS}
        self.latest: dict[tuple[str, str], int] = {}
        self.positions: dict[tuple[str, str], int] = {}

    def append(self, records: Iterable[Record]) -> None:
        """Append all records or none."""
        with self._shared.transaction():
            for record in records:
                self._append_one(record)

    def _append_one(self, record: Record) -> None:
        offset, self._next = self._next, self._next + 1
        records = self.topics[record.topic]
        records[offset] = (record, self._clock.now())
        self._shared.on_failure(lambda: records.pop(offset, None))
        if TOPICS[record.topic].compacted:
            name = (record.topic, record.key)
            before = self.latest.get(name)
            self.latest[name] = offset
            if before is None:
                self._shared.on_failure(lambda: self.latest.pop(name))
            else:
                replaced = records.pop(before)
                self._shared.on_failure(lambda: self._put_back(name, before, replaced))

    def _put_back(self, name: tuple[str, str], offset: int, kept: tuple[Record, datetime]) -> None:
        records = self.topics[name[0]]
        # `newest_rows` reads in the order of insertion, so the record goes back to its place.
        in_order = sorted([*records.items(), (offset, kept)])
        records.clear()
        records.update(in_order)
        self.latest[name] = offset

    def consumer(self, topics: Sequence[str], group: str | None) -> "MemoryConsumer":
        """Join a group, or read a snapshot."""
        return MemoryConsumer(self._shared, self, tuple(topics), group)

    def table(self, topic: str) -> "MemoryTable":
        """Return a compacted topic as a table."""
        if not TOPICS[topic].compacted:
            message = f"{topic} is not compacted"
            raise ValueError(message)
        return MemoryTable(self._shared, self, topic)

    def watch(self) -> EventWatch:
        """Create a watch."""
        watch = EventWatch(self._shared.watches.discard)
        self._shared.watches.add(watch)
        return watch

    def end(self) -> int:
        """Return the offset of the next record."""
        return self._next

    def catch_up(self) -> None:
        """Do nothing: tables are views of the log itself."""

    def key_assignment(self, topic: str, group: str) -> OnlyMember:
        """Return an assignment of everything: there is one process."""
        del topic, group
        return OnlyMember()

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records before a time that every group has passed; return their number."""
        with self._shared.lock:
            places = [place for (_, name), place in self.positions.items() if name == topic]
            if not places and read_by_groups(TOPICS[topic]):
                return 0
            old = [
                offset
                for offset, (_, appended) in self.topics[topic].items()
                if appended < before and (not places or offset < min(places))
            ]
            for offset in old:
                record, _ = self.topics[topic].pop(offset)
                if self.latest.get((topic, record.key)) == offset:
                    del self.latest[topic, record.key]
            return len(old)


class MemoryConsumer(Alone):
    """Implements `pantau.ports.Consumer`."""

    def __init__(
        self, shared: SharedState, log: MemoryLog, topics: tuple[str, ...], group: str | None
    ) -> None:
        self._shared = shared
        self._log = log
        self._group = group
        self._end = log.end() if group is None else None  # the end of a snapshot
        self._progress = {topic: TopicOffsets(0) for topic in topics}
        self.rewind()

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return the next records, merging the topics in append order."""
        with self._shared.lock:
            found = sorted(
                (
                    Received(record, offset)
                    for topic, progress in self._progress.items()
                    for offset, (record, _) in self._log.topics[topic].items()
                    if offset >= progress.working and self._wanted(offset)
                ),
                key=lambda one: one.offset,
            )
        given = within(found, limit, max_bytes)
        for one in given:
            self._progress[one.record.topic].given(one.offset)
        return given

    def _wanted(self, offset: int) -> bool:
        return self._end is None or offset < self._end

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Append and commit in one transaction."""
        if self._group is None:
            raise ValueError(READER_FINISHES)
        before = {topic: progress.committed for topic, progress in self._progress.items()}
        for one in done:
            self._progress[one.record.topic].done(one.offset)
        with self._shared.transaction():
            self._log.append(produced)
            for topic, progress in self._progress.items():
                if progress.committed != before[topic]:
                    self._move(topic, before[topic], progress.committed)

    def _move(self, topic: str, before: int, after: int) -> None:
        name = (str(self._group), topic)
        # Raised within the transaction of `finish`: what was appended is undone, too.
        if self._log.positions.get(name, 0) != before:
            message = f"another member of group {self._group} took over {topic}"
            raise RetryError(message, group=str(self._group), topic=topic)
        self._log.positions[name] = after
        self._shared.on_failure(lambda: self._log.positions.update({name: before}))

    def rewind(self) -> None:
        """Seek to the group's committed position, whichever member committed it."""
        with self._shared.lock:
            positions = self._log.positions if self._group is not None else {}
            self._progress = {
                topic: TopicOffsets(positions.get((str(self._group), topic), 0))
                for topic in self._progress
            }

    def lag(self) -> int:
        """Return the number of records not done by the group, or not polled without one."""
        with self._shared.lock:
            return sum(
                offset >= (progress.committed if self._group is not None else progress.working)
                and self._wanted(offset)
                for topic, progress in self._progress.items()
                for offset in self._log.topics[topic]
            )

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


class MemoryTable:
    """Implements `pantau.ports.Table`."""

    def __init__(self, shared: SharedState, log: MemoryLog, topic: str) -> None:
        self._shared = shared
        self._log = log
        self._topic = topic

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        with self._shared.lock:
            offset = self._log.latest.get((self._topic, key))
            return None if offset is None else self._log.topics[self._topic][offset][0].value

    def snapshot(self) -> Changes:
        """Return all values."""
        changes = self.changes(0)
        return Changes(
            changes.version,
            {key: value for key, value in changes.values.items() if value is not None},
        )

    def count(self) -> int:
        """Return the number of keys that have a value."""
        with self._shared.lock:
            return sum(
                record.value is not None for record, _ in self._log.topics[self._topic].values()
            )

    def version(self) -> int:
        """Return the last offset."""
        with self._shared.lock:
            return max(self._log.topics[self._topic], default=0)

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield values in reverse order."""
        return (value for _, value in self.newest_rows(version))

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield offsets and values in reverse order."""
        if after is not None:
            version = min(version, read_mark(after, 1)[0] - 1)
        with self._shared.lock:
            records = [
                (offset, one[0].value)
                for offset, one in self._log.topics[self._topic].items()
                if offset <= version
            ]
        yield from (
            (str(offset), value) for offset, value in reversed(records) if value is not None
        )

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        with self._shared.lock:
            new = {
                offset: one[0]
                for offset, one in self._log.topics[self._topic].items()
                if offset > since
            }
        return Changes(
            max(new, default=since), {record.key: record.value for record in new.values()}
        )
