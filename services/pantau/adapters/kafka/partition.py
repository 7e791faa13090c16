"""What a member of a group knows of one partition: what was fetched, what was given, what is done.

Pure.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable

from pantau.ports import Received


class HeldPartition:
    """The records of one partition on their way through a member.

    They are fetched, then given to the owner, then done. Offsets that compaction or Kafka's own
    markers left out do not matter: only records that exist are waited for.
    """

    def __init__(self) -> None:
        self.position: int | None = (
            None  # the next offset to be fetched; None until Kafka told where the group is
        )
        self.end: int | None = None  # of the partition, as of the last look
        self.marked: int | None = None  # the position that Kafka keeps, if this member marked one
        self.size = 0  # bytes of the values that were fetched and not given
        self._waiting: deque[Received] = deque()
        self._open: OrderedDict[int, Received] = OrderedDict()

    def __len__(self) -> int:
        """Count what was fetched and not given."""
        return len(self._waiting)

    def fetched(self, records: Iterable[Received], position: int) -> None:
        """Take in records; `position` is the next offset after them."""
        for one in records:
            self._waiting.append(one)
            self.size += one.size
        self.position = position

    def read_up_to(self, offset: int) -> bool:
        """Return whether all before `offset`, and before the end as of the last look, was fetched."""
        if self.position is None or self.end is None:
            return False
        return self.position >= max(offset, self.end)

    def give(self, limit: int, max_bytes: int, *, alone: bool = True) -> list[Received]:
        """Return the next records for the owner.

        As many as there is room for, at least one if it may be `alone`.
        """
        given: list[Received] = []
        left = max_bytes
        while self._waiting and len(given) < limit:
            left -= self._waiting[0].size
            if left < 0 and (given or not alone):
                break
            given.append(self._waiting.popleft())
        self._open.update((one.offset, one) for one in given)
        self.size -= sum(one.size for one in given)
        return given

    def committed(self, done: Iterable[int] = ()) -> int | None:
        """Return the first offset that is not done, once those in `done` are.

        None if nothing is known yet.
        """
        if not self._open:
            return self._waiting[0].offset if self._waiting else self.position
        offsets = set(done)
        for offset in self._open:  # in order; the first that stays ends it
            if offset not in offsets:
                return offset
        return self._waiting[0].offset if self._waiting else self.position

    def done(self, offsets: Iterable[int]) -> None:
        """Note that records are processed; naming one again changes nothing."""
        for offset in offsets:
            self._open.pop(offset, None)

    def rewind(self) -> None:
        """Let what was given and is not done be given again, in its order."""
        again = list(self._open.values())
        self._open.clear()
        self._waiting.extendleft(reversed(again))
        self.size += sum(one.size for one in again)
