"""Readers of untrusted documents."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from pantau.common.reading import Reading

T = TypeVar("T")


class DocumentReader(Protocol):
    """Reads untrusted documents, each within limits of CPU time and memory.

    Guarantees: reading ends, whatever the document; a document that exceeds a limit, hangs or
    crashes its process affects no other document. Small documents do not wait for large ones.
    `Reading.read` must take time and memory proportional to the document, because small documents
    may be read without a limit.

    Both methods raise RejectError with the reason for a document that cannot be read within the
    limits, and RetryError when no process was available or the reader was closed.
    """

    async def read(
        self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]
    ) -> T:
        """Read a document."""

    def read_now(self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]) -> T:
        """Read a document; blocks the calling thread."""

    def close(self) -> None:
        """Abort current reads immediately."""
