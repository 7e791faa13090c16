"""The store in memory: for tests, commands without a store, and as a reference."""

from collections.abc import Iterator
from contextlib import contextmanager

from pantau.adapters.memory.index import MemorySearchIndex
from pantau.adapters.memory.log import MemoryLog
from pantau.adapters.memory.shared import SharedState
from pantau.ports import Clock


class MemoryStore:
    """Implements `pantau.ports.Store`."""

    transactional = True

    def __init__(self, clock: Clock) -> None:
        self._shared = SharedState()
        self._clock = clock
        self.log = MemoryLog(self._shared, clock)
        self.index = MemorySearchIndex(self._shared, clock)

    @contextmanager
    def atomically(self) -> Iterator[None]:
        """Undo everything that the block wrote if it fails."""
        with self._shared.transaction():
            yield

    def close(self) -> None:
        """Do nothing: there is nothing to close."""
