"""What the queue of one key must offer to a keyed stage."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

I_co = TypeVar("I_co", covariant=True)


class Lane(Protocol[I_co]):
    """Items of one key that wait. The stage serves a lane while it is not `busy`.

    `queued` and `timer` belong to the stage's schedule: whether the lane may be served now, and
    when it is looked at again. Both begin as False and None.
    """

    busy: bool
    queued: bool
    timer: datetime | None

    def next_time(self) -> datetime | None:
        """Return when there may be something to do; None if nothing waits.

        A moment in the past means now.
        """

    def pick(self, now: datetime) -> I_co | None:
        """Take out the item to work on now, if there is one."""


AnyLane = Lane[Any]
