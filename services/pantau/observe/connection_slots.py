"""The connection slots of a server, and which client is evicted for a new one. Thread-safe.

A silent client must not lock others out. A new client therefore always gets a slot: when all are
taken, the connection that has waited longest without sending a request is closed, else the oldest
one.
"""

import threading
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

C = TypeVar("C", bound=Hashable)

THREADS_A_PLACE: Final = 4
"""Closed connections may take a moment to release their thread.

Beyond this many threads, new clients are turned away.
"""


class ConnectionSlots(Generic[C]):
    """At most `most` connections, in order of arrival."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._there: dict[C, bool] = {}  # to whether its request has arrived
        self._leaving = 0

    def enter(self, connection: C) -> tuple[bool, C | None]:
        """Admit a connection; return whether it was admitted, and which one to close for it."""
        with self._lock:
            if len(self._there) + self._leaving >= self._most * THREADS_A_PLACE:
                return False, None
            given_up = None
            if len(self._there) >= self._most:
                silent = (one for one, has_asked in self._there.items() if not has_asked)
                given_up = next(silent, next(iter(self._there)))
                del self._there[given_up]
                self._leaving += 1
            self._there[connection] = False
            return True, given_up

    def asked(self, connection: C) -> None:
        """Record that a connection's request has arrived completely."""
        with self._lock:
            if connection in self._there:
                self._there[connection] = True

    def leave(self, connection: C) -> None:
        """Release the slot of a connection that ended, evicted or not."""
        with self._lock:
            if self._there.pop(connection, None) is None:
                self._leaving -= 1
