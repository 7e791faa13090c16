"""The CPU time budget of one article; partial results are kept.

The enricher is roughly linear in the length of an article, so the budget catches unexpected texts
and slow engines. Each step has a guaranteed share, however late the previous steps ended: so the
names that a slow engine found are still linked. A step's unused time passes to the next one.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, TypeVar

from pantau_schemas.events.article import CutPart

T = TypeVar("T")

ProcessorTime = Callable[[], float]
"""CPU seconds used by the calling thread; only differences count."""

EVERY: Final = 32
"""Number of items between checks of the clock, in any loop.

A check costs a microsecond.
"""


@dataclass(frozen=True, eq=False, slots=True)
class EnrichmentStep:
    """A step of enrichment: the part of the event that it fills, and its share of the time."""

    part: CutPart
    begin: float
    end: float


BOILERPLATE: Final = EnrichmentStep("boilerplate", 0.0, 0.2)
FINDING: Final = EnrichmentStep("names", 0.2, 0.6)
MENDING: Final = EnrichmentStep("names", 0.6, 0.7)
LINKING: Final = EnrichmentStep("names", 0.7, 0.8)
GROUPING: Final = EnrichmentStep("names", 0.8, 0.87)
QUOTATIONS: Final = EnrichmentStep("quotations", 0.87, 0.92)
ROLES: Final = EnrichmentStep("roles", 0.92, 0.96)
DATES: Final = EnrichmentStep("dates", 0.96, 1.0)


class Budget:
    """The time of one article. The loops of the enricher iterate over `within`."""

    def __init__(self, seconds: float, clock: ProcessorTime) -> None:
        """Start the clock; with infinite `seconds` it is never read."""
        self._seconds = seconds
        self._clock = clock
        self._limited = seconds < math.inf
        self._started = clock() if self._limited else 0.0
        self._ends: dict[EnrichmentStep, float] = {}
        self._unseen = 0  # items since the last check
        self._over: dict[EnrichmentStep, None] = {}

    @property
    def cut(self) -> tuple[CutPart, ...]:
        """The parts that may be incomplete, in the order in which they were cut off."""
        return tuple(dict.fromkeys(step.part for step in self._over))

    def within(self, step: EnrichmentStep, items: Iterable[T], every: int = EVERY) -> Iterable[T]:
        """Return the items, as far as the step's time allows.

        The clock is checked about once in `every` items.
        """
        if not self._limited:
            return items
        if isinstance(items, list) and len(items) < every:  # as in most articles
            return () if items and self._is_over(step, len(items)) else items
        return chain.from_iterable(self._chunks(step, iter(items), every))

    def _chunks(
        self, step: EnrichmentStep, items: Iterator[T], every: int
    ) -> Iterator[tuple[T, ...]]:
        while chunk := tuple(islice(items, every)):
            if self._is_over(step, len(chunk) * EVERY // every):
                return
            yield chunk

    def _is_over(self, step: EnrichmentStep, items: int) -> bool:
        """Count further items; return whether the step has used up its time before them."""
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
    """Return zero: no time passes."""
    return 0.0


UNLIMITED: Final = Budget(math.inf, no_clock)
"""For callers without a time limit."""
