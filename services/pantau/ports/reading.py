"""Readers of untrusted documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A parser of external documents that can run in another process.

    `name` is the location of this object, as `module:NAME`; another process imports it from there.
    `read` computes the result from the document and its context. `pack` serializes the result to
    JSON, `unpack` validates JSON and builds the result from it; it raises ValueError for anything
    that `pack` does not produce.
    """

    name: str
    read: Callable[[bytes, Mapping[str, str | None]], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]


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
