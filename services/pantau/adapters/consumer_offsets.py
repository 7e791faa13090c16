"""Offsets of a consumer in one topic: polled, done, committed."""

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Final

from pantau.ports import Received, Table
from pantau_schemas.topics import Topic


def read_by_groups(topic: Topic) -> bool:
    """Return whether services consume the topic, so that records wait for them.

    Commands that people run do not count.
    """
    return any(consumer != "cli" for consumer in topic.consumers)


READER_FINISHES: Final = "a consumer without a group has no position to move"


def within(records: Sequence[Received], limit: int, max_bytes: int | None) -> Sequence[Received]:
    """Return the first records.

    At most `limit`, and as many as fit into `max_bytes`, but at least one.
    """
    if max_bytes is None:
        return records[:limit]
    size = 0
    for count, one in enumerate(records[:limit]):
        size += one.size
        if size > max_bytes and count:
            return records[:count]
    return records[:limit]


class OnlyMember:
    """Implements `pantau.ports.KeyAssignment` for a single member, which owns everything."""

    def generation(self) -> int:
        """Return a constant: the assignment never changes."""
        return 0

    def owns(self, partition_key: str) -> bool:
        """Return True: this member owns every key."""
        del partition_key
        return True

    def close(self) -> None:
        """Do nothing: no other member takes over."""


class Alone:
    """Group behaviour of a consumer whose partitions are never revoked, only overtaken."""

    def revoked(self) -> frozenset[tuple[str, int]]:
        """Return the empty set: nothing is ever revoked."""
        return frozenset()

    def share(self, topic: str) -> None:
        """Return None: everything comes to this member."""
        del topic


class AtHand(ABC):
    """Behaviour of a log whose tables are views of itself."""

    @abstractmethod
    def table(self, topic: str) -> Table:
        """Return a compacted topic as a table."""

    def recent(self, topic: str, seconds: float) -> Table:
        """Return the whole table, since none is copied."""
        del seconds
        return self.table(topic)

    def hold(
        self, follower: str, topics: Collection[str], partitions: Collection[int], count: int
    ) -> None:
        """Do nothing: no table is copied."""
        del follower, topics, partitions, count


class TopicOffsets:
    """Offsets of one topic. `committed` is the first offset that is not done.

    `working` is the next one to poll.
    """

    def __init__(self, committed: int) -> None:
        self.committed = committed
        self.working = committed
        # Polled and not done, in ascending order.
        self._open: OrderedDict[int, None] = OrderedDict()

    def given(self, offset: int) -> None:
        """Record that the record at `offset` was polled."""
        self._open[offset] = None
        self.working = offset + 1

    def done(self, offset: int) -> None:
        """Record that the record at `offset` is processed. Idempotent."""
        self._open.pop(offset, None)
        self.committed = next(iter(self._open), self.working)
