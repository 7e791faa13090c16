"""When an article can have been published, by what its source says and when it was seen. Pure."""

from datetime import datetime, timedelta
from typing import Final

AHEAD: Final = timedelta(days=1)
"""How far a date may lie ahead.

A zone that is left out or wrong makes up to a day, a clock minutes.
"""


def plausible_published(
    published: datetime | None, *, first_seen: datetime, now: datetime
) -> datetime | None:
    """Return the date of an article; `first_seen` in place of one that is still to come.

    A date of next year would sort before all others until then; for a typing error in the year, the
    day that it was seen is the best guess. A later revision may well be dated after `first_seen`.
    """
    if published is None or published <= now + AHEAD:
        return published
    return first_seen
