"""False alarms, bursts caught and delay of spikes, beside other rules, and cost of a check.

    python -m benchmarks.spikes [SHARED_DATA] [--series 40] [--seed 2026]   (or PANTAU_SHARED)

Synthetic series of 12 weeks (`spikes_series.py`) with a weekly shape, over-dispersed counts and
known bursts; each hour of the last nine weeks is checked at its end. `as it runs` checks at every
story with the last 60 minutes and reports a spike once (`spikes_live.py`), on a quarter of the
series. With a folder of news, hourly counts of queries in it (`spikes_news.py`).

A cell of the tables: alarm hours outside bursts in a month of 30 days / share of bursts with an
alarm within two hours, in % / mean hours until the end of the first alarm hour, of bursts that have
one.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.spikes_live import cost_of_first_check, run_live
from benchmarks.spikes_news import news_series, with_bursts
from benchmarks.spikes_rules import Alarms, all_alarms
from benchmarks.spikes_series import (
    BURST_HOURS,
    FIRST_WARM_UP,
    FIRST_WEEKS,
    HOURS,
    SIZE,
    WARM_UP,
    Series,
    synthetic,
)

RATES: Final = (0.05, 0.5, 3.0, 20.0)
DRIFT: Final = 0.3
WIDE: Final = 1.5
"""Size of the distribution of counts that vary more: their rate varies by eight tenths."""
_SOON_HOURS: Final = 2
_NEWS_BURSTS: Final = 60


@dataclass
class Score:
    """Totals of a rule over series."""

    false: int = 0
    months: float = 0.0
    bursts: int = 0
    caught: int = 0
    alarmed: int = 0
    hours: int = 0

    def quiet(self, alarms: Alarms, scored: Alarms) -> None:
        """Count alarms in hours without bursts."""
        self.false += int((alarms & scored).sum())
        self.months += float(scored.sum()) / 720

    def burst(self, alarms: Alarms, start: int) -> None:
        """Count a burst."""
        found = np.flatnonzero(alarms[start : start + BURST_HOURS])
        self.bursts += 1
        if len(found):
            self.alarmed += 1
            self.hours += int(found[0]) + 1
            self.caught += int(found[0]) < _SOON_HOURS

    def cell(self) -> str:
        """Format the cell of a table."""
        delay = f"{self.hours / self.alarmed:.1f}" if self.alarmed else "-"
        return f"{self.false / self.months:.1f} / {100 * self.caught / self.bursts:.0f} / {delay}"


def score(series: Sequence[Series], warm_up: int) -> dict[str, Score]:
    """Score every rule on series."""
    scores: dict[str, Score] = {}
    for one in series:
        after = np.arange(len(one.counts)) >= warm_up
        for name, alarms in all_alarms(one.counts, after).items():
            total = scores.setdefault(name, Score())
            total.quiet(alarms, after & ~one.in_burst())
            for start in one.bursts:
                total.burst(alarms, start)
    return scores


def print_table(columns: dict[str, dict[str, Score]]) -> None:
    """Print rules by columns."""
    print("| rule | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name in next(iter(columns.values())):
        print(f"| {name} | " + " | ".join(each[name].cell() for each in columns.values()) + " |")


def print_synthetic(seed: int, number: int) -> None:
    """Print the tables of synthetic series."""
    for title, size, drift, hours, warm_up in (
        ("steady level", SIZE, 0.0, HOURS, WARM_UP),
        ("wandering level", SIZE, DRIFT, HOURS, WARM_UP),
        ("counts that vary more", WIDE, 0.0, HOURS, WARM_UP),
        ("the first three weeks of a subscription", SIZE, 0.0, FIRST_WEEKS * 168, FIRST_WARM_UP),
    ):
        print(f"\nSynthetic, {title}:\n", flush=True)
        columns = {}
        for rate in RATES:
            chance = np.random.default_rng(seed)
            series = [
                synthetic(chance, rate, size=size, drift=drift, hours=hours, warm_up=warm_up)
                for _ in range(number)
            ]
            columns[f"{rate:g} hits/h"] = score(series, warm_up)
        print_table(columns)


def print_live(seed: int, number: int) -> None:
    """Print reports of checks at every story, and their cost."""
    print("\nAs it runs: reports a month outside bursts / caught within 2 h, % / median minutes:\n")
    print("| hits/h | low | normal | high | µs a check | µs without a kept forecast |")
    print("|---|---|---|---|---|---|")
    for rate in RATES:
        chance = np.random.default_rng(seed)
        series = [synthetic(chance, rate) for _ in range(number)]
        run = run_live(chance, series)
        cells = []
        for one in run.scores.values():
            soon = sum(delay <= _SOON_HOURS for delay in one.delays.values())
            middle = 60 * float(np.median([*one.delays.values()])) if one.delays else float("nan")
            share = 100 * soon / run.bursts
            cells.append(f"{one.false / run.months:.1f} / {share:.0f} / {middle:.0f}")
        costs = 1e6 * run.seconds / max(1, run.checks), 1e6 * cost_of_first_check(series)
        print(f"| {rate:g} | {' | '.join(cells)} | {costs[0]:.0f} | {costs[1]:.0f} |")


def print_news(shared: Path, seed: int) -> None:
    """Print the table of a news sample, its queries in two groups by their rate."""
    chance = np.random.default_rng(seed)
    groups: dict[str, dict[str, Score]] = {"under 0.5 hits/h": {}, "0.5 hits/h and more": {}}
    named: dict[str, list[str]] = {name: [] for name in groups}
    for query, counts in news_series(shared).items():
        group = "under 0.5 hits/h" if counts.mean() < 0.5 else "0.5 hits/h and more"
        named[group].append(f"{query} {counts.mean():.2f}")
        after = np.arange(len(counts)) >= WARM_UP
        for name, alarms in all_alarms(counts, after).items():
            groups[group].setdefault(name, Score()).quiet(alarms, after)
        for start, changed in with_bursts(chance, counts, _NEWS_BURSTS):
            wanted = np.zeros(len(counts), dtype=np.bool_)
            wanted[start : start + BURST_HOURS] = True
            for name, alarms in all_alarms(changed, wanted).items():
                groups[group][name].burst(alarms, start)
    print("\nQueries in the news sample (hits/h):\n")
    for name, queries in named.items():
        print(f"- {name}: {', '.join(queries)}")
    print()
    print_table(groups)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", nargs="?", default=os.environ.get("PANTAU_SHARED"))
    parser.add_argument("--series", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    print_synthetic(given.seed, given.series)
    print_live(given.seed, max(1, given.series // 4))
    if given.shared:
        print_news(Path(given.shared), given.seed)
    else:
        print("\nNo folder of news: give one, or set PANTAU_SHARED.")


if __name__ == "__main__":
    main()
