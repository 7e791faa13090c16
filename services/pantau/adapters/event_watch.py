"""The watch of a log whose appends are reported within the process."""

import threading
from collections.abc import Callable


class EventWatch:
    """Implements `pantau.ports.Watch`; `leave` is called with it when it is closed."""

    def __init__(self, leave: "Callable[[EventWatch], None]") -> None:
        self._leave = leave
        self._changed = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Wait for new records."""
        woken = self._changed.wait(seconds)
        # After a time-out it stays set if an append came just then: the next wait returns at once.
        if woken:
            self._changed.clear()
        return woken

    def wake(self) -> None:
        """Wake the waiting thread."""
        self._changed.set()

    def close(self) -> None:
        """Unregister the watch."""
        self._leave(self)
