"""The partition keys of this member of a stage's group. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from pantau.adapters.kafka.client import partition_of


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment of a group: its generation, and our partitions of the stage's topic.

    Both in one value, so that a reader in another thread never sees the partitions of one
    generation with the number of the next.
    """

    generation: int = 0
    partitions: frozenset[int] = frozenset()

    def fits(self, count: int | None) -> bool:
        """Return whether a topic of `count` partitions can have led to this assignment.

        False while the number is unknown, or older than the assignment: the topic has grown.
        """
        return count is not None and count > max(self.partitions, default=0)


class KeyOwnership:
    """The partitions of a stage's topic that are assigned to this member; none at first.

    For a handler's ticks, which concern keys rather than records. Read and replaced from different
    threads; each answer is of one assignment.
    """

    def __init__(self) -> None:
        self._held: tuple[frozenset[int], int] = (frozenset(), 1)

    def assign(self, partitions: Collection[int], count: int) -> None:
        """Record the assigned partitions, of `count` that the topic has."""
        self._held = (frozenset(partitions), count)

    def owns(self, partition_key: str) -> bool:
        """Return whether the records of a partition key come to this member."""
        partitions, count = self._held
        return partition_of(partition_key, count) in partitions
