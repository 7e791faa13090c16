"""Rules of spikes over whole series, for `spikes.py`: three in plain use, Farrington's, and ours.

Plain rules return which hours are alarms; the others the tail probability of the wanted hours, so
that one pass serves every threshold. In all of them an hour needs `MINIMUM` counts.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.spikes_series import START, Counts
from pantau.notifier.rules.spikes.counts import HourlyCounts
from pantau.notifier.rules.spikes.detect import MINIMUM, TAILS
from pantau.notifier.rules.spikes.tail import tail
from pantau.notifier.rules.spikes.usual import estimate

Alarms = NDArray[np.bool_]
Tails = NDArray[np.float64]
WEEK: Final = 168
_REFERENCE_WEEKS: Final = 8
_HALF_WINDOW: Final = 3
_RESIDUAL: Final = 2.58
_POISSON: Final = 1e7
"""Size at which the negative binomial is Poisson's distribution."""


def _trailing(values: NDArray[np.float64], hours: int) -> NDArray[np.float64]:
    """Return the mean of the hours before each; the first ones have none (infinite)."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    means: NDArray[np.float64] = np.full(len(values), np.inf)
    means[hours:] = (sums[hours:-1] - sums[: -hours - 1]) / hours
    return means


def twelve_hours(counts: Counts) -> Alarms:
    """Compare with three times the mean of the last 12 hours."""
    alarms: Alarms = (counts >= MINIMUM) & (counts > 3 * _trailing(counts.astype(float), 12))
    return alarms


def twelve_hours_and_week(counts: Counts) -> Alarms:
    """Compare with three times both that mean and the same hour of last week."""
    last_week = np.concatenate((np.full(WEEK, np.inf), counts[:-WEEK]))
    alarms: Alarms = twelve_hours(counts) & (counts > 3 * last_week)
    return alarms


def three_deviations(counts: Counts) -> Alarms:
    """Compare with the mean of seven days plus three standard deviations."""
    values = counts.astype(float)
    mean, square = _trailing(values, WEEK), _trailing(values**2, WEEK)
    limit = np.full(len(values), np.inf)
    limit[WEEK:] = mean[WEEK:] + 3 * np.sqrt(np.maximum(square[WEEK:] - mean[WEEK:] ** 2, 0))
    alarms: Alarms = (counts >= MINIMUM) & (counts > limit)
    return alarms


def farrington(counts: Counts, wanted: Alarms) -> Tails:
    """Return the tail probability of each wanted hour by a fit to its reference hours.

    After Noufaily et al. 2013 (the "flexible" algorithm of Farrington et al. 1996): hours at most
    three from the same hour of the week in the last eight weeks, quasi-Poisson, past outbreaks
    weighted down, negative binomial threshold. There is no trend: eight weeks are short for one.
    """
    tails = np.ones(len(counts))
    around = np.arange(-_HALF_WINDOW, _HALF_WINDOW + 1)
    for hour in map(int, np.flatnonzero(wanted & (counts >= MINIMUM))):
        weeks = min(_REFERENCE_WEEKS, (hour - _HALF_WINDOW) // WEEK)
        if weeks > 0:
            places = hour - WEEK * np.arange(1, weeks + 1)[:, None] + around
            tails[hour] = _farrington_tail(int(counts[hour]), counts[places].ravel().astype(float))
    return tails


def _farrington_tail(number: int, reference: NDArray[np.float64]) -> float:
    size = len(reference)
    weights, mean, excess = np.ones(size), 0.0, 1.0
    for _ in range(2):
        mean = max(float(weights @ reference) / size, 0.5 / size)
        errors = float(weights @ (reference - mean) ** 2)
        excess = max(1.0, errors / mean / (size - 1))
        residuals = 1.5 * (reference ** (2 / 3) * mean ** (-1 / 6) - mean**0.5)
        residuals /= (excess * (1 - 1 / size)) ** 0.5
        weights = (1 / np.maximum(residuals, 1)) ** 2
        weights[residuals <= _RESIDUAL] = 1.0
        weights *= size / weights.sum()
    return tail(number, mean, min(_POISSON, mean / max(excess - 1, mean / _POISSON)))


def ours(counts: Counts, wanted: Alarms) -> Tails:
    """Return the tail probability of each wanted hour by the code that runs, at its end."""
    tails = np.ones(len(counts))
    history = HourlyCounts.starting(START)
    wanted = wanted & (counts >= MINIMUM)
    for hour, number in enumerate(counts.tolist()):
        if wanted[hour]:
            usual = estimate(history, START + timedelta(hours=hour + 1), UTC)
            if usual is not None:
                tails[hour] = usual.tail(number)
        history = history.add(START + timedelta(hours=hour), number)
    return tails


PLAIN: Final[Mapping[str, Callable[[Counts], Alarms]]] = {
    "3 times the mean of the last 12 hours": twelve_hours,
    "3 times both 12 hours and the same hour of last week": twelve_hours_and_week,
    "mean + 3 deviations of 7 days": three_deviations,
}
TAILED: Final[Mapping[str, Callable[[Counts, Alarms], Tails]]] = {
    "Farrington flexible": farrington,
    "ours": ours,
}


def all_alarms(counts: Counts, wanted: Alarms) -> dict[str, Alarms]:
    """Return the alarms of every rule, of the tailed ones by sensitivity."""
    found = {name: rule(counts) & wanted for name, rule in PLAIN.items()}
    for name, tailed in TAILED.items():
        tails = tailed(counts, wanted)
        for sensitivity, limit in TAILS.items():
            found[f"{name}, {sensitivity} ({limit:g})"] = tails <= limit
    return found
