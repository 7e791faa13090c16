"""What a keyed stage leaves to its policy: what records mean, and what is tried."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from pantau.errors import RejectError
from pantau.keyed.lane import AnyLane
from pantau.keyed.results import Pair
from pantau.ports import Received, Record

L = TypeVar("L", bound=AnyLane)
I_contra = TypeVar("I_contra", contravariant=True)


@dataclass(slots=True)
class Reading(Generic[L]):
    """What a batch of records came to.

    Records that are done at once, what to write about them, and lanes with something new.
    """

    done: list[Received] = field(default_factory=list)
    produced: list[Pair] = field(default_factory=list)
    lanes: list[L] = field(default_factory=list)


class Policy(Protocol[L, I_contra]):
    """Decides for a keyed stage. Everything is called in the event loop, never concurrently.

    A policy keeps the records that it has read and not answered. It answers through the `Desk` that
    it shares with the stage: `desk.results.add(done, produced)`, then `desk.wake.set()`. Methods
    that raise RetryError do so when the log cannot be reached; the stage calls them again.
    """

    @property
    def waiting(self) -> int:
        """How much was read and is not answered."""

    @property
    def busy(self) -> bool:
        """True if the policy has more to write at once, without waiting for a time."""

    @property
    def room(self) -> int:
        """How many more records may be read now. 0 stops reading until some are answered."""

    @property
    def room_bytes(self) -> int | None:
        """The most that the values of these records may come to, unless one alone is larger."""

    def read(self, batch: Sequence[Received], now: datetime) -> Reading[L]:
        """Take up records, in their order."""

    def begin(self, lane: L, item: I_contra) -> None:
        """Work on an item: start a task, answer at once, or put it aside by `desk.doubt`.

        Raises RetryError after the item was put back into its lane.
        """

    def again(self, lane: L, item: I_contra) -> None:
        """Take back an item that was put aside, now that tables are up to date."""

    def resume(self) -> Iterable[L]:
        """Return lanes where something was on hold that need not wait any longer.

        Raises RetryError.
        """

    async def work(self) -> None:
        """Prepare a portion of what is to be written. Raises RetryError."""

    def kept(self) -> None:
        """Note that results were written: `desk.results.written` says up to which mark."""

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Forget what was read of these partitions: other members go on with it."""

    async def wind_up(self) -> None:
        """Prepare all that is left to be written: the stage ends."""

    def refused(self, origin: Received, error: RejectError) -> Record:
        """Return what is written instead of what follows from `origin`, which the log refuses.

        Such as its dead letter. Raises the error where that cannot be: the stage ends with it.
        """
