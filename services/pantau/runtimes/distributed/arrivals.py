"""Records that were fetched for a stage and wait for its next batch."""

import asyncio
from collections import deque
from typing import Generic, Protocol, TypeVar


class Valued(Protocol):
    """A record of any driver."""

    value: bytes | None


R = TypeVar("R", bound=Valued)


class Arrivals(Generic[R]):
    """Holds records in the order in which they were fetched. For one event loop."""

    def __init__(self) -> None:
        self._waiting: deque[R] = deque()
        self._arrived = asyncio.Event()

    def put(self, record: R) -> None:
        """Add a record."""
        self._waiting.append(record)
        self._arrived.set()

    def clear(self) -> None:
        """Drop all records: they are redelivered, here or elsewhere."""
        self._waiting.clear()
        self._arrived.clear()

    async def take(self, most: int, max_bytes: int, seconds: float | None) -> list[R]:
        """Wait for a record, and take it with what came in besides.

        At most so many of them, of at most so many bytes; a single one may be larger. Return
        nothing when none came within `seconds`; None waits without limit.
        """
        if not self._waiting:
            try:
                async with asyncio.timeout(seconds):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        batch: list[R] = []
        size = 0
        while self._waiting and len(batch) < most:
            size += len(self._waiting[0].value or b"")
            # A record that is too large alone must still be taken at some time.
            if batch and size > max_bytes:
                break
            batch.append(self._waiting.popleft())
        if not self._waiting:
            self._arrived.clear()
        return batch
