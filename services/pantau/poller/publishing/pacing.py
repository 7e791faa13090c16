"""When the next piece of what waits may go. Pure.

Where the backlog of the stages is known, a piece goes when they have nearly nothing left to do: so
what waits drains as fast as they work, and no more than a piece of it ever stands before another
feed's article. While they are behind for other reasons, pieces go all the same, but slowly. Where
the backlog is not known, pieces go at a fixed rate.
"""

from typing import Final

from pantau.poller.identity.listing import BASE_COST
from pantau.settings import PollSettings

BEHIND: Final = 10
"""By how much pieces go slower than at the fixed rate while the stages are behind."""


class Pacer:
    """Counts what was spent. Times are seconds of one clock, whichever."""

    def __init__(self, settings: PollSettings) -> None:
        self._rate = settings.flood_bytes_per_second
        self._backlog_bytes = settings.backlog_bytes
        self._last = float("-inf")
        self._cost = 0
        self._each = float(BASE_COST)  # of the articles of the last piece

    def spent(self, now: float, cost: int, articles: int) -> None:
        """Note that a piece of so many articles went out."""
        self._last, self._cost = now, cost
        self._each = cost / articles if articles else float(BASE_COST)

    def pause(self, now: float, backlog: int | None) -> float:
        """Return how long the next piece has to wait, in seconds.

        `backlog` counts the records before it.
        They count as articles like those of the last piece: most of them are.
        """
        if backlog is not None and backlog * self._each <= self._backlog_bytes:
            return 0.0
        rate = self._rate if backlog is None else self._rate / BEHIND
        return max(0.0, self._last + self._cost / rate - now)
