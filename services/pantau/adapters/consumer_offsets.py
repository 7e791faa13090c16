"""How far a consumer is in one topic: what it was given, what is done, where the group stands."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from pantau.ports import Received
from pantau_schemas.topics import Topic


def read_by_groups(topic: Topic) -> bool:
    """Return whether services read the topic, so that records wait for them.

    People's commands do not count.
    """
    return any(consumer != "cli" for consumer in topic.consumers)


READER_FINISHES: Final = "a consumer without a group has no position to move"


def within(records: Sequence[Received], limit: int, max_bytes: int | None) -> Sequence[Received]:
    """Return the first records.

    At most `limit`, and as many as `max_bytes` have room for, but at least one.
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
    """Implements `pantau.ports.Share` where there is one member: it has everything."""

    def generation(self) -> int:
        """Nothing ever changes hands."""
        return 0

    def owns(self, partition_key: str) -> bool:
        """Everything is this member's."""
        del partition_key
        return True

    def close(self) -> None:
        """Nobody takes over."""


class Alone:
    """What a consumer answers of its group where records are never taken from a member, only overtaken."""

    def taken(self) -> frozenset[tuple[str, int]]:
        """Nothing ever changes hands."""
        return frozenset()


class Progress:
    """Offsets of one topic. `committed` is the first offset that is not done.

    `working` the next to be given.
    """

    def __init__(self, committed: int) -> None:
        self.committed = committed
        self.working = committed
        self._open: OrderedDict[int, None] = (
            OrderedDict()
        )  # given and not done; its first is found at once

    def given(self, offset: int) -> None:
        """Note that the record at `offset` was given out."""
        self._open[offset] = None
        self.working = offset + 1

    def done(self, offset: int) -> None:
        """Note that the record at `offset` is processed; naming it again changes nothing."""
        self._open.pop(offset, None)
        self.committed = next(iter(self._open), self.working)
