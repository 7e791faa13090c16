"""The journal of a keyed stage: the results of its work, until they are written.

Records finish out of order, because keys are processed in parallel. Each result is written in the
same step that marks the records it answers as done, so after a crash a record is either read again
or its result is stored.
"""

from collections import deque
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final

from pantau.ports import Consumer, Received, Record

PORTION: Final = 500
"""Approximate number of records written in one step: a flood must not block others."""
_GARBAGE_LIMIT: Final = 500  # finished records that may wait to be committed with others

Pair = tuple[Received, Record]
"""A record and the one it is derived from."""
Group = tuple[list[Received], list[Pair], int]
"""Finished records, the records to write with them in one step, and the group's number."""


class Results:
    """Groups of records, in order of creation."""

    def __init__(self) -> None:
        self._done: list[Received] = []
        self._groups: deque[Group] = deque()
        self.mark = 0  # the number of the next group

    def __bool__(self) -> bool:
        """Return whether there is something to write."""
        return bool(self._groups)

    def add(self, done: Iterable[Received], produced: Iterable[Pair]) -> None:
        """Add finished records, and the records to write with them."""
        pairs = list(produced)
        if pairs:
            self._groups.append((list(done), pairs, self.mark))
            self.mark += 1
        else:
            self._done += done

    def written(self, mark: int) -> bool:
        """Return whether everything that was added before this mark is written.

        Must not be called while a portion is taken out.
        """
        return not self._groups or self._groups[0][2] >= mark

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the results of records of these partitions: other members continue."""
        self._done = _of_others(self._done, partitions)
        left = (
            (
                _of_others(done, partitions),
                [one for one in pairs if place(one[0]) not in partitions],
                number,
            )
            for done, pairs, number in self._groups
        )
        self._groups = deque(group for group in left if group[0] or group[1])

    def wanted(self, *, tidy: bool) -> bool:
        """Return whether it is time to write.

        Records without a result are finished along with others.
        """
        return bool(self._groups or len(self._done) > _GARBAGE_LIMIT or (tidy and self._done))

    def take(self) -> list[Group]:
        """Remove and return a portion."""
        # Number 0: while a portion that could not be written is put back, no mark counts as
        # written.
        groups: list[Group] = [(self._done, [], 0)]
        self._done, size = [], 0
        while self._groups and size < PORTION:
            group = self._groups.popleft()
            size += len(group[1])
            groups.append(group)
        return groups

    def put_back(self, groups: Iterable[Group]) -> None:
        """Put back what could not be written, before later results."""
        self._groups.extendleft(reversed([one for one in groups if one[0] or one[1]]))


def place(received: Received) -> tuple[str, int]:
    """Return the partition of a record, with its topic."""
    return received.record.topic, received.partition


def apart(group: Group) -> list[Group]:
    """Split a group by the records that its results come from.

    The finished records come last: after a crash in between they are read again. A group whose
    results come from one record stays whole.
    """
    done, pairs, number = group
    by_origin: dict[tuple[str, int, int], list[Pair]] = {}
    for pair in pairs:
        by_origin.setdefault((*place(pair[0]), pair[0].offset), []).append(pair)
    if len(by_origin) < 2:
        return [group]
    return [*(([], those, number) for those in by_origin.values()), (done, [], number)]


def _of_others(
    received: Iterable[Received], partitions: Collection[tuple[str, int]]
) -> list[Received]:
    return [one for one in received if place(one) not in partitions]


def finish(consumer: Consumer, groups: Iterable[Group]) -> None:
    """Write results in one step. Raises RetryError."""
    groups = list(groups)
    done = chain.from_iterable(group[0] for group in groups)
    produced = (record for group in groups for _, record in group[1])
    consumer.finish(list(done), list(produced))
