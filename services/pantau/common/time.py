"""Times as milliseconds since 1970, the unit of stories."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)


def millis(moment: datetime) -> int:
    """Return the whole milliseconds since 1970, rounded down."""
    return (moment - EPOCH) // MILLISECOND


def moment_of(milliseconds: int) -> datetime:
    """Return the time of a number of milliseconds after 1970.

    Raises OverflowError beyond the calendar.
    """
    return EPOCH + milliseconds * MILLISECOND
