"""Spikes as they run: a check at every story, with the last 60 minutes, reported once; and cost."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from benchmarks.spikes_series import BURST_HOURS, START, WARM_UP, Series
from pantau.notifier.rules.spikes.counts import HourlyCounts, hour_of
from pantau.notifier.rules.spikes.detect import MINIMUM, TAILS, Sensitivity, is_spike
from pantau.notifier.rules.spikes.episode import SpikeEpisode, follow
from pantau.notifier.rules.spikes.usual import HourForecast, forecast

_HOUR: Final = 3_600.0
_AFTER_HOURS: Final = 1
"""Hours after a burst in which the last 60 minutes still touch it."""


@dataclass
class LiveScore:
    """Reports of one sensitivity: those outside bursts, and the hours until a burst's first."""

    false: int = 0
    delays: dict[tuple[int, int], float] = field(default_factory=dict)


@dataclass
class LiveRun:
    """All series of one rate: scores by sensitivity, and what it cost."""

    scores: dict[Sensitivity, LiveScore]
    number: int = 0
    months: float = 0.0
    bursts: int = 0
    checks: int = 0
    seconds: float = 0.0


def run_live(chance: np.random.Generator, series: Sequence[Series]) -> LiveRun:
    """Run series story by story."""
    run = LiveRun({one: LiveScore() for one in TAILS})
    for number, one in enumerate(series):
        run.number = number
        run.bursts += len(one.bursts)
        run.months += (len(one.counts) - WARM_UP - 4 * len(one.bursts)) / 720
        _play(run, one, _moments(chance, one))
    return run


def _moments(chance: np.random.Generator, series: Series) -> list[float]:
    """Generate the moments of the stories, in seconds since the start."""
    hours = np.repeat(np.arange(len(series.counts)), series.counts)
    moments: list[float] = np.sort((hours + chance.random(len(hours))) * _HOUR).tolist()
    return moments


def _play(run: LiveRun, series: Series, moments: Sequence[float]) -> None:
    """Check at every story with a forecast that is kept for its hour, as a caller may."""
    history, kept = HourlyCounts.starting(START), None
    recent: deque[float] = deque()
    episodes: dict[Sensitivity, SpikeEpisode | None] = dict.fromkeys(TAILS)
    for moment in moments:
        now = START + timedelta(seconds=moment)
        recent.append(moment)
        while recent[0] <= moment - _HOUR:
            recent.popleft()
        begun = time.process_time()
        history = history.add(now)
        if moment >= WARM_UP * _HOUR:
            kept = _check(run, series, history, now, len(recent), episodes, kept)
            run.checks += 1
            run.seconds += time.process_time() - begun


def _check(
    run: LiveRun,
    series: Series,
    history: HourlyCounts,
    now: datetime,
    number: int,
    episodes: dict[Sensitivity, SpikeEpisode | None],
    kept: HourForecast | None,
) -> HourForecast | None:
    hour = hour_of(now)
    if number >= MINIMUM and (kept is None or kept.hour != hour):
        kept = forecast(history, hour, UTC)
    usual = kept.at(now) if kept is not None and number >= MINIMUM else None
    for sensitivity, episode in episodes.items():
        episodes[sensitivity], spike = follow(episode, usual, now, number, sensitivity, UTC)
        if spike is not None:
            _count(run, sensitivity, series, (now - START).total_seconds() / _HOUR)
    return kept


def _count(run: LiveRun, sensitivity: Sensitivity, series: Series, hours: float) -> None:
    """Count a report, within a burst the first alone."""
    score = run.scores[sensitivity]
    for start in series.bursts:
        if start <= hours < start + BURST_HOURS + _AFTER_HOURS:
            score.delays.setdefault((run.number, start), hours - start)
            return
    score.false += 1


def cost_of_first_check(series: Sequence[Series]) -> float:
    """Return the processor time of `is_spike` without a kept forecast, in seconds."""
    history = HourlyCounts.starting(START)
    for hour, number in enumerate(series[0].counts.tolist()):
        history = history.add(START + timedelta(hours=hour), number)
    now = START + timedelta(hours=len(series[0].counts), minutes=20)
    begun = time.process_time()
    for _ in range(1_000):
        is_spike(history, now, MINIMUM, "normal", UTC)
    return (time.process_time() - begun) / 1_000
