"""State of one partition in a group member: fetched, polled and done records.

Pure.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable

from pantau.ports import Received


class HeldPartition:
    """The records of one partition on their way through a member.

    They are fetched, then polled by the owner, then done. Offsets that compaction or Kafka's own
    markers skip do not matter: only existing records are awaited.
    """

    def __init__(self) -> None:
        # The next offset to fetch; None until the group's position is known.
        self.position: int | None = None
        self.end: int | None = None  # the partition's end offset, as last seen
        self.marked: int | None = None  # the committed offset, if this member committed one
        self.size = 0  # bytes of the values that were fetched and not polled
        self._waiting: deque[Received] = deque()
        self._open: OrderedDict[int, Received] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of records that were fetched and not polled."""
        return len(self._waiting)

    def fetched(self, records: Iterable[Received], position: int) -> None:
        """Buffer records; `position` is the next offset after them."""
        for one in records:
            self._waiting.append(one)
            self.size += one.size
        self.position = position

    def read_up_to(self, offset: int) -> bool:
        """Return whether everything before `offset` and the last known end was fetched."""
        if self.position is None or self.end is None:
            return False
        return self.position >= max(offset, self.end)

    def give(self, limit: int, max_bytes: int, *, alone: bool = True) -> list[Received]:
        """Return the next records for the owner.

        As many as fit, at least one if it may be `alone`.
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
        """Return the first offset that is not done, assuming that those in `done` are.

        None if the position is unknown.
        """
        if not self._open:
            return self._waiting[0].offset if self._waiting else self.position
        offsets = set(done)
        for offset in self._open:  # in order; the first that is not done ends the loop
            if offset not in offsets:
                return offset
        return self._waiting[0].offset if self._waiting else self.position

    def done(self, offsets: Iterable[int]) -> None:
        """Record that records are processed. Idempotent."""
        for offset in offsets:
            self._open.pop(offset, None)

    def rewind(self) -> None:
        """Return polled records that are not done to the buffer, in order."""
        again = list(self._open.values())
        self._open.clear()
        self._waiting.extendleft(reversed(again))
        self.size += sum(one.size for one in again)
