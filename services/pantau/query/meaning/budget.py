"""The work of a query on one article, counted and never timed.

Deterministic on every machine, in every runtime. A unit is about a tenth of a microsecond of CPU
time. Work that grows with both query and article is charged before or while it is done: words
tested by patterns, positions walked by phrases and NEAR. Set lookups are free, so most queries are
never charged.
"""

from typing import Final

PAIR: Final = 2_000_000
"""Budget of one query on one article in units: about 0.2 s."""


GLANCE: Final = 5_000
"""Initial budget of each of many queries on an article in units: 0.5 ms.

Typical queries need less.
"""
ARTICLE: Final = 10_000_000
"""Total budget of all queries that need more than a glance on one article: about 1 s."""
LEAST: Final = 20_000
"""Minimum budget of each of these, however many they are."""


def share(queries: int) -> int:
    """Return the budget of each of some queries that need more than a glance.

    Equal for all, independent of order.
    """
    return max(LEAST, min(PAIR, ARTICLE // queries))


class BudgetExceededError(Exception):
    """A query is too expensive on an article; whether it matches is unknown."""

    def __init__(self, allowed: int) -> None:
        super().__init__(f"it costs more than {allowed:,} units of work on one article")
        self.allowed = allowed


class Meter:
    """Counts the work of one query on one article."""

    __slots__ = ("allowed", "left")

    def __init__(self, allowed: int = PAIR) -> None:
        self.allowed = allowed
        self.left = allowed

    def reset(self, allowed: int = PAIR) -> None:
        """Reset the count, for another query."""
        self.allowed = self.left = allowed

    @property
    def spent(self) -> int:
        """The units charged since the last reset, up to the limit."""
        return self.allowed - max(self.left, 0)

    def spend(self, units: int) -> None:
        """Charge work. Raises BudgetExceededError when no units are left."""
        self.left -= units
        if self.left < 0:
            raise BudgetExceededError(self.allowed)
