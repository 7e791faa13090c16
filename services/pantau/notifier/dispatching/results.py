"""Results of tries, until they are written."""

from collections import deque
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final

from pantau.notifier.delivery_state import place
from pantau.ports import Consumer, Received, Record

PORTION: Final = 500
"""Records that are written in one step, about: a flood must not keep others waiting."""
_GARBAGE_LIMIT: Final = 500  # finished records that may wait for company before they are marked so

Pair = tuple[Received, Record]
"""A record, with the one that it follows from."""
Group = tuple[list[Received], list[Pair], int]
"""Records that are done, those to be written with them in one step, and the number of the group."""


class Results:
    """Groups of records, in the order in which they came about."""

    def __init__(self) -> None:
        self._done: list[Received] = []
        self._groups: deque[Group] = deque()
        self.mark = 0  # the number of the next group

    def __bool__(self) -> bool:
        """Return whether there is something to be written."""
        return bool(self._groups)

    def add(self, done: Iterable[Received], produced: Iterable[Pair]) -> None:
        """Note what is done, and what is to be written with it."""
        pairs = list(produced)
        if pairs:
            self._groups.append((list(done), pairs, self.mark))
            self.mark += 1
        else:
            self._done += done

    def written(self, mark: int) -> bool:
        """Return whether all is written that was noted before this mark.

        It must not be asked while a portion is taken out.
        """
        return not self._groups or self._groups[0][2] >= mark

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Forget what follows from records of these partitions: others go on with them."""
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

        Records that need no result are finished along with others.
        """
        return bool(self._groups or len(self._done) > _GARBAGE_LIMIT or (tidy and self._done))

    def take(self) -> list[Group]:
        """Take out a portion."""
        groups: list[Group] = [(self._done, [], 0)]
        self._done, size = [], 0
        while self._groups and size < PORTION:
            group = self._groups.popleft()
            size += len(group[1])
            groups.append(group)
        return groups

    def put_back(self, groups: Iterable[Group]) -> None:
        """Keep what could not be written, before what came meanwhile."""
        self._groups.extendleft(reversed([one for one in groups if one[0] or one[1]]))


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
