"""Physical access to what a store keeps: removal for good, and the proof of it."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from pantau.ports.log import Received, Record


@dataclass(frozen=True, slots=True)
class RawTrace:
    """Bytes that were searched for and found in a file of this machine."""

    file: str
    count: int


class Eraser(Protocol):
    """Physical access to what a store keeps: for take-downs and their proof."""

    def records(self, topic: str) -> Iterator[Received]:
        """Yield every record of a topic that can still be read, also those replaced since.

        Those of one partition come in order; a tombstone has no value. Raises RetryError.
        """

    def remove(self, topic: str, unwanted: Callable[[Received], bool]) -> int:
        """Remove records of a topic that is not compacted; return how many.

        What a consumer has not read yet may have to stay for now, where the backend cannot
        remove single records. Raises RetryError.
        """

    def replace(self, changes: Sequence[tuple[Received, Record]]) -> None:
        """Put records of a compacted topic in the place of those that they were made of.

        One whose key was written again meanwhile stays as it is, so nothing that a service writes
        at the same time is lost; read the topic again to find it. Raises RetryError.
        """

    def scrub(self, places: AbstractSet[tuple[str, int]], progress: Callable[[str], None]) -> None:
        """Clear what was removed or replaced, as far as the backend allows.

        `places` are the partitions, with their topics, in which something was. `progress` gets the
        names of topics or files. Raises RetryError when the backend does not answer or is busy;
        calling again goes on.
        """

    def raw(self, wanted: Sequence[bytes]) -> Sequence[RawTrace]:
        """Search the bytes of this machine's files for any of these."""
