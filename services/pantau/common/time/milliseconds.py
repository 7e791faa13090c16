"""Times as whole milliseconds since 1970: the unit of stored times and of sort keys."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)


def millis(moment: datetime, *, up: bool = False) -> int:
    """Return whole milliseconds since 1970, exactly: rounded down, or `up`.

    Computed without floats, which lose microseconds of times far from 1970.
    """
    return -((EPOCH - moment) // MILLISECOND) if up else (moment - EPOCH) // MILLISECOND


def moment_of(milliseconds: int) -> datetime:
    """Return the time of a number of milliseconds after 1970.

    Raises OverflowError beyond the calendar.
    """
    return EPOCH + milliseconds * MILLISECOND
