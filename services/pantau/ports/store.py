"""A log and an index that are written together, and a note that survives a crash."""

from contextlib import AbstractContextManager
from typing import Protocol

from pantau.ports.log import Log
from pantau.ports.search import SearchIndex


class Store(Protocol):
    """A log and an index that can be written atomically."""

    @property
    def log(self) -> Log:
        """The log."""

    @property
    def index(self) -> SearchIndex:
        """The index."""

    @property
    def transactional(self) -> bool:
        """True if `atomically` and `Consumer.finish` are atomic.

        If not, output is written before the offsets are committed, so a failure in between repeats
        work.
        """

    def atomically(self) -> AbstractContextManager[object]:
        """Write through the log and the index atomically.

        Everything that the block wrote is kept, or none of it. A store that is not `transactional`
        writes immediately. A nested block joins the outer one.
        """

    def close(self) -> None:
        """Close files and connections."""


class Journal(Protocol):
    """A short note that survives the process, however it ends.

    Never raises: it may lose the note, and is then empty.
    """

    def read(self) -> bytes:
        """Return the note that was last written; empty if there is none."""

    def write(self, note: bytes) -> None:
        """Replace the note."""

    def close(self) -> None:
        """Close the underlying file."""
