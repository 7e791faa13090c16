"""How a key takes work: after failures of several items it is left alone for a while. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

DOWN_AFTER: Final = 2
"""Items that failed in a row after which a key counts as down."""

Pause = Callable[[int, float | None], float]
"""The seconds to leave a key alone, by its failures in a row and the wait that it asked for."""


class Breaker:
    """Counts failures of one key in a row, and says until when it is left alone.

    One item that fails again and again says nothing new about the key.
    """

    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self._last_failed = ""
        self.failures = 0
        self.opens: datetime | None = None
        """When the key may be tried again; None: now."""
        self.down_since: datetime | None = None
        """When the first of the failures in a row came."""

    @property
    def down(self) -> bool:
        """True if the key counts as down."""
        return self.failures >= DOWN_AFTER

    def failed(self, item_id: str, now: datetime, after_seconds: float | None = None) -> None:
        """Note a try that failed for the time being."""
        if item_id != self._last_failed:
            self.failures += 1
            self._last_failed = item_id
        if self.down_since is None:
            self.down_since = now
        pause = self._pause(self.failures, after_seconds)
        self.opens = now + timedelta(seconds=pause) if pause else None

    def worked(self) -> None:
        """Note that the key took an item, or refused one for good: it is up."""
        self.failures = 0
        self._last_failed = ""
        self.opens = None
        self.down_since = None
