"""State that all parts of a store in memory share: a lock, and the way back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pantau.ports import Watch


class SharedState:
    """One lock and one undo list for all parts of a store."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.watches: set[Watch] = set()
        self._undo: list[Callable[[], object]] = []
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of the block, or undo them when it raises."""
        with self.lock:
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    while self._undo:
                        self._undo.pop()()
                raise
            finally:
                self._depth -= 1
            if self._depth == 0:
                self._undo.clear()
                for watch in tuple(self.watches):
                    watch.wake()

    def on_failure(self, step: Callable[[], object]) -> None:
        """Add a step that undoes a change, should the transaction fail."""
        self._undo.append(step)
