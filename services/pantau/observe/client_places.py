"""The places of a server: who has one, and who gives it up when another client comes. Thread-safe.

A client that says nothing must not keep others out. So a newcomer always gets in, and in place of a
full house the one that has waited longest without a request is closed, else the one that is there
longest.
"""

import threading
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

C = TypeVar("C", bound=Hashable)

THREADS_A_PLACE: Final = 4
"""Connections that were closed may take a moment to be left.

Beyond this many newcomers are turned away.
"""


class Places(Generic[C]):
    """At most `most` connections, in the order that they came."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._there: dict[C, bool] = {}  # to whether its request has come
        self._leaving = 0

    def enter(self, connection: C) -> tuple[bool, C | None]:
        """Let a connection in; returns whether it is, and which one is to be closed for it."""
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
        """Note that a connection's request has come whole."""
        with self._lock:
            if connection in self._there:
                self._there[connection] = True

    def leave(self, connection: C) -> None:
        """Take back the place of a connection that ended, given up or not."""
        with self._lock:
            if self._there.pop(connection, None) is None:
                self._leaving -= 1
