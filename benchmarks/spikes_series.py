"""Hourly series with bursts at known hours, for `spikes.py`."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

WEEKS: Final = 12
HOURS: Final = WEEKS * 168
WARM_UP: Final = 3 * 168
"""Hours of a long series that are history alone: they have no bursts and are not scored."""
FIRST_WEEKS: Final = 3
"""Weeks of a short series, the history of a new subscription."""
FIRST_WARM_UP: Final = 2 * 24
START: Final = datetime(2026, 3, 2, tzinfo=UTC)
BURST_HOURS: Final = 3
SIZE: Final = 4.0
"""Of the negative binomial distribution: the rate itself varies by a half."""
_WEEKEND: Final = 0.6
_BURST: Final = 8.0
_TIMES: Final = 4.0
_GAP_HOURS: Final = 120

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """Counts an hour since `START`, and the hours at which bursts begin."""

    counts: Counts
    bursts: tuple[int, ...]

    def in_burst(self) -> NDArray[np.bool_]:
        """Return which hours are part of a burst."""
        found = np.zeros(len(self.counts), dtype=np.bool_)
        for start in self.bursts:
            found[start : start + BURST_HOURS] = True
        return found


def weekly_shape() -> NDArray[np.float64]:
    """Return shares of the mean: the night has a seventh of the afternoon, weekends 0.6 of it."""
    hours = np.arange(168)
    shape = np.exp(np.sin((hours % 24 - 8) / 24 * 2 * math.pi))
    shape *= np.where(hours // 24 >= 5, _WEEKEND, 1.0)
    normal: NDArray[np.float64] = shape / shape.mean()
    return normal


def synthetic(
    chance: np.random.Generator,
    rate: float,
    *,
    size: float = SIZE,
    drift: float = 0.0,
    hours: int = HOURS,
    warm_up: int = WARM_UP,
) -> Series:
    """Generate a series of `rate` hits an hour on average, with a burst about every six days.

    A burst adds Poisson counts with a mean of 8 or four times the usual of the hour, whichever is
    more, for three hours. With `drift`, the level wanders: its logarithm is a random walk with
    that standard deviation a week, drawn back to zero within about a month.
    """
    usual = rate * np.tile(weekly_shape(), hours // 168) * _levels(chance, drift, hours)
    counts = chance.negative_binomial(size, size / (size + usual))
    first = int(chance.integers(warm_up, warm_up + _GAP_HOURS))
    bursts = []
    while first < hours - BURST_HOURS:
        counts[first : first + BURST_HOURS] += burst(chance, usual[first : first + BURST_HOURS])
        bursts.append(first)
        first += int(chance.integers(_GAP_HOURS, _GAP_HOURS + 48))
    return Series(counts, tuple(bursts))


def burst(chance: np.random.Generator, usual: NDArray[np.float64]) -> Counts:
    """Return what a burst adds to hours with these usual counts."""
    return chance.poisson(np.maximum(_BURST, _TIMES * usual))


def _levels(chance: np.random.Generator, drift: float, hours: int) -> NDArray[np.float64]:
    steps = chance.normal(0, drift / math.sqrt(168), hours)
    level, levels = 0.0, np.empty(hours)
    for hour, step in enumerate(steps):
        level = level * (1 - 1 / 672) + step
        levels[hour] = math.exp(level)
    return levels
