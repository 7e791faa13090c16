"""The processor time that one article may take; what is found until then counts.

All of the enricher is about linear in the length of an article, so the budget is what catches the
text that nobody thought of, and the engine that is slow. Each step has a share of it and, however
late the steps before ended, that share of its own: so the names that a slow engine found are still
put together. What a step leaves is the next one's.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, TypeVar

from pantau_schemas.article import CutPart

T = TypeVar("T")

ProcessorTime = Callable[[], float]
"""Seconds of processor time that the calling thread has used; only differences count."""

EVERY: Final = 32
"""Items after which the time is looked at, in whatever loops they are.

A look costs a microsecond.
"""


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """A step of enrichment: the part of the event that lacks something if it is cut off, and its share of the time."""

    part: CutPart
    begin: float
    end: float


BOILERPLATE: Final = Step("boilerplate", 0.0, 0.2)
FINDING: Final = Step("names", 0.2, 0.6)
MENDING: Final = Step("names", 0.6, 0.7)
LINKING: Final = Step("names", 0.7, 0.8)
GROUPING: Final = Step("names", 0.8, 0.87)
QUOTATIONS: Final = Step("quotations", 0.87, 0.92)
ROLES: Final = Step("roles", 0.92, 0.96)
DATES: Final = Step("dates", 0.96, 1.0)


class Budget:
    """The time of one article. The loops of the enricher go over what `within` yields."""

    def __init__(self, seconds: float, clock: ProcessorTime) -> None:
        """Start now; `seconds` are infinite for no limit, and then the clock is never asked."""
        self._seconds = seconds
        self._clock = clock
        self._limited = seconds < math.inf
        self._started = clock() if self._limited else 0.0
        self._ends: dict[Step, float] = {}
        self._unseen = 0  # items since the time was looked at
        self._over: dict[Step, None] = {}

    @property
    def cut(self) -> tuple[CutPart, ...]:
        """The parts of which something may be missing, in the order in which they were cut off."""
        return tuple(dict.fromkeys(step.part for step in self._over))

    def within(self, step: Step, items: Iterable[T], every: int = EVERY) -> Iterable[T]:
        """Return the items, as far as the step's time reaches.

        It is looked at once in about `every` items.
        """
        if not self._limited:
            return items
        if isinstance(items, list) and len(items) < every:  # as in most articles
            return () if items and self._is_over(step, len(items)) else items
        return chain.from_iterable(self._chunks(step, iter(items), every))

    def _chunks(self, step: Step, items: Iterator[T], every: int) -> Iterator[tuple[T, ...]]:
        while chunk := tuple(islice(items, every)):
            if self._is_over(step, len(chunk) * EVERY // every):
                return
            yield chunk

    def _is_over(self, step: Step, items: int) -> bool:
        """Return whether a step has used up its time, before so many items more."""
        if step in self._over:
            return True
        self._unseen += items
        if self._unseen < EVERY:
            return False
        self._unseen = 0
        now = self._clock()
        end = self._ends.get(step)
        if end is None:
            planned = self._started + step.end * self._seconds
            end = self._ends[step] = max(planned, now + (step.end - step.begin) * self._seconds)
        if now >= end:
            self._over[step] = None
        return now >= end


def no_clock() -> float:
    """Return that no time has passed."""
    return 0.0


UNLIMITED: Final = Budget(math.inf, no_clock)
"""For callers that have all the time they need."""
