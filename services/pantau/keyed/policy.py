"""The policy of a keyed stage: the meaning of records, and the work."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from pantau.errors import RejectError
from pantau.keyed.results import Pair
from pantau.keyed.work_queue import AnyLane
from pantau.ports import Received, Record

L = TypeVar("L", bound=AnyLane)
I_contra = TypeVar("I_contra", contravariant=True)


@dataclass(slots=True)
class ReadResult(Generic[L]):
    """The result of reading a batch of records.

    Finished records, records to write about them, and queues with something new.
    """

    done: list[Received] = field(default_factory=list)
    produced: list[Pair] = field(default_factory=list)
    lanes: list[L] = field(default_factory=list)


class Policy(Protocol[L, I_contra]):
    """Decides for a keyed stage. All methods are called in the event loop, never concurrently.

    A policy keeps the records that it has read and not answered. It answers through the `Desk` that
    it shares with the stage: `desk.results.add(done, produced)`, then `desk.wake.set()`. Methods
    that raise RetryError do so when the log is unreachable; the stage calls them again.
    """

    @property
    def waiting(self) -> int:
        """Number of records that were read and are not answered."""

    @property
    def busy(self) -> bool:
        """True if the policy has more to write at once, without waiting for a time."""

    @property
    def room(self) -> int:
        """Number of further records that may be read now; 0 stops reading."""

    @property
    def room_bytes(self) -> int | None:
        """Maximum total size of the values of these records, unless a single one is larger."""

    def read(self, batch: Sequence[Received], now: datetime) -> ReadResult[L]:
        """Read records, in order.

        Raises RetryError before anything is done about any of them: the stage reads the whole batch
        again.
        """

    def begin(self, lane: L, item: I_contra) -> None:
        """Start work on an item: start a task, answer at once, or postpone it by `desk.doubt`.

        Raises RetryError after the item was put back into its queue.
        """

    def again(self, lane: L, item: I_contra) -> None:
        """Start a postponed item again, now that tables are updated."""

    def resume(self) -> Iterable[L]:
        """Return queues with items that were on hold and need not wait any longer.

        Raises RetryError.
        """

    async def work(self) -> None:
        """Prepare a portion of the records to write. Raises RetryError."""

    def kept(self) -> None:
        """Record that results were written, up to the mark `desk.results.written`."""

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop what was read from these partitions: other members continue with it."""

    async def wind_up(self) -> None:
        """Prepare all remaining records to write: the stage ends."""

    def refused(self, origin: Received, error: RejectError) -> Record:
        """Return the replacement for the results of `origin`, which the log rejects.

        Usually its dead letter. Raises the error if there is none: the stage ends with it.
        """
