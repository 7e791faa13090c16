"""The pace of waiting pieces. Pure.

If the backlog of the stages is known, a piece is published when they are nearly idle: so the rest
drains as fast as they work, and at most one piece of it precedes another feed's article. While they
are behind for other reasons, pieces continue slowly. If the backlog is unknown, pieces go at a
fixed rate.
"""

from typing import Final

from pantau.poller.identity.listing import BASE_COST
from pantau.settings import PollSettings

BEHIND: Final = 10
"""The slowdown relative to the fixed rate while the stages are behind."""


class Pacer:
    """Counts the published amount. Times are seconds of any one clock."""

    def __init__(self, settings: PollSettings) -> None:
        self._rate = settings.flood_bytes_per_second
        self._backlog_bytes = settings.backlog_bytes
        self._last = float("-inf")
        self._cost = 0
        self._each = float(BASE_COST)  # of the articles of the last piece

    def spent(self, now: float, cost: int, articles: int) -> None:
        """Count a published piece, given its number of articles."""
        self._last, self._cost = now, cost
        self._each = cost / articles if articles else float(BASE_COST)

    def pause(self, now: float, backlog: int | None) -> float:
        """Return the delay of the next piece in seconds.

        `backlog` is the number of records before it. They count as articles like those of the last
        piece: most of them are.
        """
        if backlog is not None and backlog * self._each <= self._backlog_bytes:
            return 0.0
        rate = self._rate if backlog is None else self._rate / BEHIND
        return max(0.0, self._last + self._cost / rate - now)
