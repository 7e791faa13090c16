"""Circuit breaker of a key: after failures of several items it is paused. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

DOWN_AFTER: Final = 2
"""Number of consecutive failed items after which a key counts as down."""

Pause = Callable[[int, float | None], float]
"""The pause of a key in seconds, by its consecutive failures and the requested wait."""


class Breaker:
    """Counts consecutive failures of one key, and returns until when it is paused.

    Repeated failures of one item say nothing new about the key.
    """

    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self._last_failed = ""
        self.failures = 0
        self.opens: datetime | None = None
        """When the key may be tried again; None: now."""
        self.down_since: datetime | None = None
        """When the first of the consecutive failures happened."""

    @property
    def down(self) -> bool:
        """True if the key counts as down."""
        return self.failures >= DOWN_AFTER

    def failed(self, item_id: str, now: datetime, after_seconds: float | None = None) -> None:
        """Record a transient failure."""
        if item_id != self._last_failed:
            self.failures += 1
            self._last_failed = item_id
        if self.down_since is None:
            self.down_since = now
        pause = self._pause(self.failures, after_seconds)
        self.opens = now + timedelta(seconds=pause) if pause else None

    def set_back(self, now: datetime) -> None:
        """Wait for no moment of a clock that was ahead, and was set back."""
        self.opens = self.opens and min(self.opens, now)
        self.down_since = self.down_since and min(self.down_since, now)

    def worked(self) -> None:
        """Record that the key accepted an item, or rejected one permanently: it is up."""
        self.failures = 0
        self._last_failed = ""
        self.opens = None
        self.down_since = None
