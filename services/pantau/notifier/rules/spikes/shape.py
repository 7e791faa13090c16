"""The shape of a week: how much of its level each hour of the week has.

Estimates are weighted against their priors by their variances (normal approximation of empirical
Bayes; C. Morris, "Parametric Empirical Bayes Inference", JASA 78(381), 1983), so that little news
gives a flat week, and much news its own.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

SMOOTH_DAY_VARIANCE: Final = 1.0
"""Prior variance of the smoothed hours of the day, relative to a flat day."""
DAY_HOUR_VARIANCE: Final = 0.1
"""Prior variance of an hour of the day, relative to the smoothed day."""
DAY_VARIANCE: Final = 0.1
"""Prior variance of a day of the week, relative to a flat week."""
HOUR_VARIANCE: Final = 0.02
"""Prior variance of an hour of the week, relative to its hour of the day times its day."""
_LEAST: Final = 0.01
"""Least share of the level that an hour has."""

Floats = NDArray[np.float64]


def _circular(size: int, kernel: tuple[float, ...]) -> Floats:
    """Return the matrix that smooths values on a circle: a product is quicker than a loop."""
    reach = len(kernel) // 2
    eye = np.eye(size)
    rows = [share * np.roll(eye, at - reach, axis=1) for at, share in enumerate(kernel)]
    matrix: Floats = np.sum(rows, axis=0)
    return matrix


_DAY_KERNEL: Final = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_HOUR_KERNEL: Final = (1 / 4, 1 / 2, 1 / 4)
_SMOOTH_DAY: Final = _circular(24, _DAY_KERNEL)
_SMOOTH_HOURS: Final = _circular(168, _HOUR_KERNEL)
_DAY_MORE: Final = 1 / sum(share * share for share in _DAY_KERNEL)
_HOURS_MORE: Final = 1 / sum(share * share for share in _HOUR_KERNEL)
""


def week_shape(hits: Floats, hours: Floats, mean: float, spread: float) -> tuple[Floats, Floats]:
    """Estimate the share of the level and its relative variance for each hour of the week.

    `hits` and `hours` have 168 numbers: counts and observed hours (their weights) of each hour of
    the week. `mean` is the mean count of an hour; `spread` is 1 / size of their distribution.
    """
    hours_of_day = _by_hour(hours)
    daily = _day_shape(_by_hour(hits), mean * hours_of_day, hours_of_day, spread)
    flat = mean * hours * np.tile(daily, 7)
    expected_days = _by_day(flat)
    days, _ = _shrunk(
        _by_day(hits) / expected_days, expected_days, _by_day(hours), spread, DAY_VARIANCE
    )
    prior = np.maximum(np.outer(days, daily).ravel(), _LEAST)
    expected = mean * hours * prior
    ratio = smooth_week(hits) / smooth_week(expected)
    factor, doubt = _shrunk(
        ratio, expected * _HOURS_MORE, hours * _HOURS_MORE, spread, HOUR_VARIANCE
    )
    return np.maximum(prior * factor, _LEAST), doubt


def smooth_week(values: Floats) -> Floats:
    """Return values of the hours of a week smoothed by those before and after, round the circle."""
    smoothed: Floats = _SMOOTH_HOURS @ values
    return smoothed


def _day_shape(hits: Floats, expected: Floats, hours: Floats, spread: float) -> Floats:
    """Estimate the 24 hours of the day: first smoothed, then each by itself."""
    ratio = (_SMOOTH_DAY @ hits) / (_SMOOTH_DAY @ expected)
    smooth, _ = _shrunk(ratio, expected * _DAY_MORE, hours * _DAY_MORE, spread, SMOOTH_DAY_VARIANCE)
    smooth = np.maximum(smooth, _LEAST)
    own, _ = _shrunk(
        hits / (expected * smooth), expected * smooth, hours, spread, DAY_HOUR_VARIANCE
    )
    return np.maximum(smooth * own, _LEAST)


def _shrunk(
    ratio: Floats, expected: Floats, hours: Floats, spread: float, variance: float
) -> tuple[Floats, Floats]:
    """Return ratios drawn towards 1 by their uncertainty, and the variance that remains."""
    noise = 1 / expected + spread / hours
    share = variance / (variance + noise)
    return 1 + share * (ratio - 1), share * noise


def _by_hour(values: Floats) -> Floats:
    sums: Floats = values.reshape(7, 24).sum(axis=0)
    return sums


def _by_day(values: Floats) -> Floats:
    sums: Floats = values.reshape(7, 24).sum(axis=1)
    return sums
