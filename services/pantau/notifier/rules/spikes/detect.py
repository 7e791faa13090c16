"""Detection of spikes, and the band of usual counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, Literal

from pantau.notifier.rules.spikes.calendar import spoken_hour
from pantau.notifier.rules.spikes.counts import HourlyCounts
from pantau.notifier.rules.spikes.tail import least_number
from pantau.notifier.rules.spikes.usual import Usual, estimate

Sensitivity = Literal["low", "normal", "high"]

TAILS: Final[Mapping[Sensitivity, float]] = {"low": 1e-4, "normal": 1e-3, "high": 3e-3}
"""Probability of a usual hour below which it is a spike, by sensitivity."""
MINIMUM: Final = 5
"""Least count of a spike, however quiet the subscription is."""


@dataclass(frozen=True, slots=True)
class Band:
    """The usual counts of an hour, from the 10th to the 90th percentile, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SpikeFound:
    """A spike: how many there were in 60 minutes, and how many are usual then.

    `weekday` (0 is Monday) and `hour` are those of the clock hour that most of the 60 minutes lie
    in, in the subscription's zone. `learned` is False while the history is too short for a usual
    week: the band is then that of any hour.
    """

    number: int
    usual: Band
    weekday: int
    hour: int
    learned: bool


def band_of(usual: Usual) -> Band:
    """Return the band of a distribution."""
    return Band(*usual.band())


def spike_threshold(
    counts: HourlyCounts, now: datetime, sensitivity: Sensitivity, zone: tzinfo
) -> int | None:
    """Return the least number that is a spike in the 60 minutes before `now`.

    None with less than a day of counts.
    """
    usual = estimate(counts, now, zone)
    if usual is None:
        return None
    return max(MINIMUM, least_number(TAILS[sensitivity], usual.mean, usual.size))


def is_spike(
    counts: HourlyCounts, now: datetime, number: int, sensitivity: Sensitivity, zone: tzinfo
) -> SpikeFound | None:
    """Return the spike that `number` in the 60 minutes before `now` is; None if it is none.

    `number` counts what `counts` counts (see the package). A number below `MINIMUM` costs nothing;
    nothing is a spike with less than a day of counts.
    """
    if number < MINIMUM:
        return None
    usual = estimate(counts, now, zone)
    return None if usual is None else spike_in(usual, now, number, sensitivity, zone)


def spike_in(
    usual: Usual, now: datetime, number: int, sensitivity: Sensitivity, zone: tzinfo
) -> SpikeFound | None:
    """Decide as `is_spike` does, by an estimate that the caller has."""
    if number < MINIMUM or usual.tail(number) > TAILS[sensitivity]:
        return None
    return SpikeFound(number, band_of(usual), *spoken_hour(zone, now), learned=usual.learned)
