"""Topics of records: the log, its consumers, tables, assignments and watches."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

PARTITION_HEADER = "ce_partitionkey"
"""The `partitionkey` of CloudEvents' partitioning extension.

It determines the partition if that is not the key.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A message to write. Without a `value` it is a tombstone for its key on a compacted topic."""

    topic: str
    key: str
    value: bytes | None
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    @property
    def partition_key(self) -> str:
        """The value that determines the partition: records of one partition key stay in order."""
        return self.headers.get(PARTITION_HEADER, self.key)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that was read: a record with its topic, partition and offset."""

    record: Record
    offset: int
    partition: int = 0

    @property
    def size(self) -> int:
        """The size of the value in bytes."""
        return len(self.record.value or b"")


@dataclass(frozen=True, slots=True)
class Share:
    """The partitions of a topic that one of several members of a group has, of `count`.

    `partition_of` returns the partition of a partition key.
    """

    partitions: frozenset[int]
    count: int
    partition_of: Callable[[str], int] = field(compare=False, repr=False)

    def owns(self, partition_key: str) -> bool:
        """Return whether the records of a partition key come to this member."""
        return self.partition_of(partition_key) in self.partitions


class Consumer(Protocol):
    """A member of a consumer group, reading topics in order.

    Guarantees: records of one key arrive in the order they were appended. A record is redelivered,
    to this or another member, until it and all records before it are finished. Groups do not affect
    each other. A compacted topic may omit records that a later one of the same key replaced.
    """

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return up to `limit` records after the last ones polled; moves only the working position.

        Their values total at most `max_bytes`, unless a single record is larger: that one is
        returned alone. The call does not wait for records to be appended. It returns fewer records
        only when it has reached the last known end and everything that this log appended itself, or
        when a backend's buffer is full. Raises RetryError when the log is unreachable.
        """

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Publish `produced`, then commit `done`.

        Where the backend can, both happen in one transaction; elsewhere the commit comes last, so
        that a crash in between repeats work but never loses it. `done` may have gaps: the group's
        committed position is the first record that is not done. Raises RetryError when the log is
        unreachable or the partition was revoked, and ValueError when there is no group. After any
        failure, including one of the enclosing transaction, call `rewind` before polling again.
        """

    def rewind(self) -> None:
        """Seek to the first record that is not done."""

    def lag(self) -> int:
        """Return the number of records of this member's partitions that are not done.

        Without a group, those not yet polled. A backend may count records that a later one of the
        same key replaced. Raises RetryError.
        """

    def revoked(self) -> frozenset[tuple[str, int]]:
        """Return the (topic, partition) pairs revoked from this consumer since the last call.

        Records polled from them that are not done can no longer be finished by this member. That
        holds even if a partition was assigned again: its records are then redelivered, unless
        another member finished them.
        """

    def share(self, topic: str) -> Share | None:
        """Return the partitions of a topic that this member has now; None if it has everything.

        A partition that is revoked later is reported by `revoked`. Without a request.
        """

    def close(self) -> None:
        """Close the membership: leave the group. Unfinished records go to other members."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Values of a compacted topic and the version at which they were read.

    A value of None means that the key was removed.
    """

    version: int
    values: Mapping[str, bytes | None]


class Table(Protocol):
    """A compacted topic as a table of the last value of each key."""

    def get(self, key: str) -> bytes | None:
        """Return the value of `key`, or None."""

    def snapshot(self) -> Changes:
        """Return all current values, in the order of last writing."""

    def count(self) -> int:
        """Return the number of keys that have a value."""

    def version(self) -> int:
        """Return the current version; `changes` since it are those still to come."""

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield the current values written up to `version`, the latest first.

        Lazy: values are read as they are consumed.
        """

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield what `newest` does, each value with a mark of its place in that order.

        `after` is such a mark: the values behind it follow, and those before it are not read, also
        where its own was replaced or removed since. Marks are visible ASCII characters. Raises
        ValueError for a text that is no mark.
        """

    def changes(self, since: int) -> Changes:
        """Return the changes after `since`, a version returned by `snapshot` or `changes`.

        No change is missing and none is repeated.
        """


class Log(Protocol):
    """Topics of records, stored durably."""

    def append(self, records: Iterable[Record]) -> None:
        """Append the records, in order; on return they are durable.

        Atomic where the backend can be.

        Raises RetryError when the log is unreachable.
        """

    def consumer(self, topics: Sequence[str], group: str | None) -> Consumer:
        """Join `group`; it starts at the beginning of a topic that it never read.

        Without a group: read all current records from the beginning, and none appended later; of a
        compacted topic that is the last record of each key.
        """

    def table(self, topic: str) -> Table:
        """Return a compacted topic as a table."""

    def recent(self, topic: str, seconds: float) -> Table:
        """Return what was written to a compacted topic in the last `seconds` as a table.

        It may have older values. Its `changes` do not report those that leave it with time.
        """

    def hold(
        self, follower: str, topics: Collection[str], partitions: Collection[int], count: int
    ) -> None:
        """Limit tables to partitions: what `follower` needs of them, beside other followers.

        For tables whose records are partitioned as the topic that the follower reads, which has
        `count` partitions; 0 before it has any. Then `catch_up` reads what was added, and look-ups
        of other partitions may find nothing, or what is out of date. A table that nobody limited,
        or that is partitioned otherwise, is whole. A no-op for a log that copies nothing.
        """

    def watch(self) -> "Watch":
        """Create a watch for one loop."""

    def catch_up(self) -> None:
        """Update every table to the current end of the log.

        Raises RetryError when the log is unreachable.
        """

    def key_assignment(self, topic: str, group: str) -> "KeyAssignment":
        """Join a group whose members divide the partition keys of a topic among themselves."""

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records before a time that every group has passed; return their number.

        A no-op for a log with its own retention.
        """


class KeyAssignment(Protocol):
    """A member's assignment of the partition keys of a topic. Each key has at most one owner."""

    def generation(self) -> int:
        """Return a number that changes whenever the assignment may have changed.

        Raises RetryError.
        """

    def owns(self, partition_key: str) -> bool:
        """Return whether this member owns a key, as of the last `generation`."""

    def close(self) -> None:
        """Close the membership: leave the group; other members take over."""


class Watch(Protocol):
    """A wait point of one loop for new records."""

    def wait(self, seconds: float) -> bool:
        """Wait until something was appended since the last call, or `wake` was called.

        Blocks the thread for at most `seconds`. Returns whether there may be work; it may return
        early. Appends by other processes are noticed too, at least in topics that this log has
        consumers or tables of.
        """

    def wake(self) -> None:
        """Wake the waiting thread, or make the next wait return at once."""

    def close(self) -> None:
        """Release the watch."""
