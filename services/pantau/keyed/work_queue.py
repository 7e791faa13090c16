"""The interface of the queue of one key in a keyed stage."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

I_co = TypeVar("I_co", covariant=True)


class WorkQueue(Protocol[I_co]):
    """Waiting items of one key. The stage serves a queue while it is not `busy`.

    `queued` and `timer` belong to the stage's schedule: whether the queue can be served now, and
    when it is checked again. Initially False and None.
    """

    busy: bool
    queued: bool
    timer: datetime | None

    def next_time(self) -> datetime | None:
        """Return when there may be something to do; None if nothing waits.

        A time in the past means now.
        """

    def pick(self, now: datetime) -> I_co | None:
        """Remove and return the item to work on now, or None."""


AnyLane = WorkQueue[Any]
