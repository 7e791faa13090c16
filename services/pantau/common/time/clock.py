"""The system clock, and clocks that were ahead and were set back."""

from datetime import UTC, datetime, timedelta
from typing import Final

AHEAD: Final = timedelta(minutes=5)
"""Clocks of several machines may differ by this much."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)


def was_ahead(moment: datetime, now: datetime) -> bool:
    """Return whether a moment that was the present of a clock is still to come: it was set back.

    A machine may start with a clock that is hours or years ahead, and set it back once it reaches a
    time server. What waits by the former clock would wait as long.
    """
    return moment > now + AHEAD
