"""The clock."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The clock. Handlers never read it themselves."""

    def now(self) -> datetime:
        """Return the current time, timezone-aware, in UTC."""
