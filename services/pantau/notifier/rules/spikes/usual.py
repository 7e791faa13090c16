"""The usual count of the last 60 minutes: level of seven days times shape of the week.

- The **level** is the mean count of the last seven days.
- The **shape** says how much of it an hour of the week (in the subscription's zone) has, by eight
  weeks: a factor of the hour of the day times one of the day, and from there as far towards the
  mean of the very hour of the week as there is evidence for it (`shape`).
- The **spread** is that of a negative binomial distribution. It is estimated from forecasts: each
  hour is compared with what the seven days before it and the shape predicted, so that changes of
  the level count as spread.
- Hours of **past spikes weigh less**: (2.58 / residual)**2 for standardised Anscombe residuals
  above 2.58, which keeps a spike from hiding the next (A. Noufaily et al., "An improved algorithm
  for outbreak detection in multiple surveillance systems", Statistics in Medicine 32(7), 2013,
  after C. P. Farrington et al., J. R. Statist. Soc. A 159(3), 1996). In the spread, where errors
  are squared, the weight is squared, too.

With less than three weeks of history there is no shape: the level alone is used, and the daily
rhythm counts as spread, which makes spikes rarer. With less than a day nothing is usual yet.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.notifier.rules.spikes.calendar import week_hours
from pantau.notifier.rules.spikes.counts import HISTORY_HOURS, WEEK_HOURS, HourlyCounts, hour_of
from pantau.notifier.rules.spikes.shape import smooth_week, week_shape
from pantau.notifier.rules.spikes.tail import least_number, tail

SHAPE_AFTER_HOURS: Final = 3 * WEEK_HOURS
"""History from which on the shape of the week is used."""
LEAST_HISTORY_HOURS: Final = 24
"""History from which on anything is usual."""
BAND: Final = 0.8
"""Share of hours whose count is usual: between the 10th and the 90th percentile."""

_PRIOR_SPREAD: Final = 0.3
"""Spread (1 / size) of a subscription of which nothing is known."""
_PRIOR_WEIGHT: Final = 5.0
"""Weight of that prior, in squared hits an hour."""
_LEVEL_PRIOR: Final = 2.0
"""Weight of the mean of eight weeks in the level of seven days, in hits."""
_RESIDUAL: Final = 2.58
"""Residual above which an hour weighs less; see the module."""
_LEAST_SPREAD: Final = 1e-4
_GUESSED_SPREAD: Final = 0.3
"""Spread by which past spikes are found."""
_LEAST_GUESS: Final = 0.01
"""Least count that is expected of an hour, for finding past spikes."""
_FLAT_PASSES: Final = 4
_SPREAD_PASSES: Final = 3
_LEAST_HIGH: Final = 1.5
"""Share of the expected count below which no hour is taken for a past spike."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Usual:
    """The distribution of a usual count of the last 60 minutes: negative binomial.

    `mean` is a count. `size` is that of `tail`. `learned` is False where the history is too short
    for the shape of the week.
    """

    mean: float
    size: float
    learned: bool

    def tail(self, number: int) -> float:
        """Return the probability of at least `number` in a usual hour."""
        return tail(number, self.mean, self.size)

    def band(self) -> tuple[int, int]:
        """Return the lowest and the highest usual count."""
        outside = (1 - BAND) / 2
        low = least_number(1 - outside, self.mean, self.size) - 1
        return low, least_number(outside, self.mean, self.size) - 1


@dataclass(frozen=True, slots=True)
class HourForecast:
    """The usual counts of one clock hour of UTC and of the one before it.

    The last 60 minutes touch both. It holds for every moment of the hour, so a caller that checks a
    subscription more than once an hour may keep it: it takes most of the time of a check. `means`
    and `spreads` (1 / size) are those of the hour before and of this hour.
    """

    hour: int
    means: tuple[float, float]
    spreads: tuple[float, float]
    learned: bool

    def at(self, now: datetime) -> Usual:
        """Return the usual count of the 60 minutes before a moment of the hour."""
        share = min(1.0, max(0.0, now.timestamp() / 3_600 - self.hour))
        mean = (1 - share) * self.means[0] + share * self.means[1]
        spread = (1 - share) * self.spreads[0] + share * self.spreads[1]
        return Usual(mean, 1 / spread, learned=self.learned)


def estimate(counts: HourlyCounts, now: datetime, zone: tzinfo) -> Usual | None:
    """Estimate the usual count of the 60 minutes before `now`; None with less than a day of counts.

    The clock hours that these 60 minutes touch are not part of the history. So what comes in an
    hour does not change its forecast, which is kept: it takes most of the time of a check.
    """
    hour = hour_of(now)
    found = _kept_forecast(counts.before(hour - 1), hour, zone)
    return None if found is None else found.at(now)


@lru_cache(maxsize=1_024)  # at most 11 KB each
def _kept_forecast(counts: HourlyCounts, hour: int, zone: tzinfo) -> HourForecast | None:
    return forecast(counts, hour, zone)


def forecast(counts: HourlyCounts, hour: int, zone: tzinfo) -> HourForecast | None:
    """Estimate what is usual in an hour (since 1970, UTC); None with less than a day of counts."""
    end = hour - 1
    start = max(counts.since, end - HISTORY_HOURS)
    if end - start < LEAST_HISTORY_HOURS:
        return None
    history = counts.between(start, end)
    if end - start < SHAPE_AFTER_HOURS:
        mean, spread = _flat(history[-WEEK_HOURS:])
        return HourForecast(hour, (mean, mean), (spread, spread), learned=False)
    slots = week_hours(zone, start, end + 2)
    level, spread, shape, doubt = _shaped(history, slots[:-2])
    before, this = slots[-2:]
    return HourForecast(
        hour,
        (level * float(shape[before]), level * float(shape[this])),
        (spread + float(doubt[before]), spread + float(doubt[this])),
        learned=True,
    )


def _flat(history: Floats) -> tuple[float, float]:
    """Estimate mean and spread from at most seven days.

    The weights of past spikes depend on the spread, which begins too wide and narrows with them.
    """
    weights, mean, spread = np.ones(len(history)), 0.0, 0.0
    for _ in range(_FLAT_PASSES):
        mean = (float(weights @ history) + 0.5) / float(weights.sum())
        expected = np.full(len(history), mean)
        spread = _weighted_spread(history, expected, weights)
        weights = _weights(history, expected, spread)
    return mean, spread + (1 / mean + spread) / len(history)  # the mean itself is an estimate


def _shaped(history: Floats, slots: NDArray[np.int16]) -> tuple[float, float, Floats, Floats]:
    """Estimate level, spread, and for each hour of the week its share and that share's variance."""
    weights = _weights(history, _first_guess(history), _GUESSED_SPREAD)
    hits: Floats = np.bincount(slots, weights * history, WEEK_HOURS).astype(np.float64, copy=False)
    hours: Floats = np.bincount(slots, weights, WEEK_HOURS).astype(np.float64, copy=False)
    mean = float((hits.sum() + 0.5) / hours.sum())
    shape, doubt = week_shape(hits, hours, mean, _GUESSED_SPREAD)
    expected, level = _forecasts(history, weights, shape[slots])
    week = slice(WEEK_HOURS, None)  # the first seven days were not forecast
    spread = _GUESSED_SPREAD
    for _ in range(_SPREAD_PASSES):  # from narrow to wide, so that past spikes do not widen it
        weights = _weights(history[week], expected[week], spread)
        spread = _weighted_spread(history[week], expected[week], weights)
    return level, spread, shape, doubt


def _first_guess(history: Floats) -> Floats:
    """Return the count to expect of each hour, for finding past spikes: trimmed means.

    The shape is that of each hour of the week without its highest week, at least half the mean; the
    level is the mean of seven days, so that a change of the level is no spike for long.
    """
    weeks = len(history) // WEEK_HOURS
    table = history[-weeks * WEEK_HOURS :].reshape(weeks, WEEK_HOURS)
    levels = table.mean(axis=1) + _LEAST_GUESS
    trimmed = (table.sum(axis=0) - table.max(axis=0)) / (weeks - 1)
    shape = np.maximum(smooth_week(trimmed) / levels.mean(), 0.5)
    guess = np.outer(levels, shape).ravel()
    return np.concatenate((guess[:WEEK_HOURS], guess))[-len(history) :]


def _forecasts(history: Floats, weights: Floats, shape: Floats) -> tuple[Floats, float]:
    """Return the expected count of each hour by the seven days before it, and the level now.

    The hours of the first seven days, which have no such days before them, get their own mean.
    """
    hits = np.concatenate(([0.0], np.cumsum(weights * history)))
    exposed = np.concatenate(([0.0], np.cumsum(weights * shape)))
    mean = (hits[-1] + 0.5) / exposed[-1]
    levels = (hits[WEEK_HOURS:] - hits[:-WEEK_HOURS] + _LEVEL_PRIOR) / (
        exposed[WEEK_HOURS:] - exposed[:-WEEK_HOURS] + _LEVEL_PRIOR / mean
    )
    expected = np.concatenate((np.full(WEEK_HOURS, levels[0]), levels[:-1])) * shape
    return expected, float(levels[-1])


def _weights(history: Floats, expected: Floats, spread: float) -> Floats:
    """Return the weight of each hour, below 1 where it was improbably high."""
    weights = np.ones(len(history))
    high = np.flatnonzero(history > _LEAST_HIGH * expected)  # a cube root of every hour is slow
    y, mu = history[high], expected[high]
    scale = mu ** (1 / 6) * np.sqrt(1 + spread * mu)
    residuals = 1.5 * (np.cbrt(y) ** 2 - np.cbrt(mu) ** 2) / scale
    weights[high] = (_RESIDUAL / np.maximum(residuals, _RESIDUAL)) ** 2
    return weights


def _weighted_spread(history: Floats, expected: Floats, weights: Floats) -> float:
    """Return 1 / size by moments: the variance beyond Poisson's, in squared means."""
    squared = weights * weights
    excess = float(squared @ ((history - expected) ** 2 - expected))
    squares = float(squared @ (expected * expected))
    shrunk = (excess + _PRIOR_WEIGHT * _PRIOR_SPREAD) / (squares + _PRIOR_WEIGHT)
    return max(shrunk, _LEAST_SPREAD)
