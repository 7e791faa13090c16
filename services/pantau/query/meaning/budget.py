"""Work that a query may cost on one article, counted and never timed.

The same on every machine, in every runtime. A unit is about a tenth of a microsecond of one
processor. What grows with both query and article is charged before or while it is done: words
tested by patterns, positions walked by phrases and NEAR. Looking words up in sets is free, so most
queries are never charged anything.
"""

from typing import Final

PAIR: Final = 2_000_000
"""Units that one query may cost on one article: about 0.2 s."""


GLANCE: Final = 5_000
"""Units that each of many queries may cost on an article at first: 0.5 ms.

Everyday queries need less.
"""
ARTICLE: Final = 10_000_000
"""Units for all queries together that need more than a glance at one article: about 1 s."""
LEAST: Final = 20_000
"""Units that each of these may cost however many they are."""


def share(queries: int) -> int:
    """Return what each of some queries may cost that need more than a glance.

    The same for all, in whatever order.
    """
    return max(LEAST, min(PAIR, ARTICLE // queries))


class BudgetExceededError(Exception):
    """A query costs too much on an article; whether it would have matched is not known."""

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
        """Begin anew, for another query."""
        self.allowed = self.left = allowed

    @property
    def spent(self) -> int:
        """The units charged since the last reset, up to all that are allowed."""
        return self.allowed - max(self.left, 0)

    def spend(self, units: int) -> None:
        """Charge work. Raises BudgetExceededError when no units are left."""
        self.left -= units
        if self.left < 0:
            raise BudgetExceededError(self.allowed)
