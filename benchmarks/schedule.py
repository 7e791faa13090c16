"""Delay of articles under several polling schedules, at equal numbers of requests.

    python benchmarks/schedule.py [--feeds 100] [--days 21] [--seed 1]

Feeds publish by an inhomogeneous Poisson process: lognormal rates (median 8 items a day), nights at
a tenth of the rate, weekends at half of it, and now and then bursts of eight times the rate for two
hours. Their documents list the last 10 to 60 items. The first seven days are warm-up. The delay is
the time from publication to the poll that finds the item; an item that leaves the document before
is missed.

The schedules: Pantau's (`pantau.poller.timing.schedule` and `rhythm`, the code that runs), the
rule that it replaced (halve on news, grow by a fifth without), and Miniflux's two (`round_robin`,
one interval for all; `entry_frequency`, a week divided by the week's items; factor and interval
scaled to the same number of requests, minimum 5 minutes, maximum a day:
miniflux.app/docs/configuration.html).
"""

import argparse
import heapq
import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from pantau.poller.timing import rhythm, schedule
from pantau.poller.timing.pace import USUAL_REQUESTS
from pantau.settings import PollSettings
from pantau_schemas.events.feed import FeedState

START: Final = datetime(2026, 3, 2, tzinfo=UTC)
DAY: Final = 86_400.0
WARM_UP: Final = 7 * DAY
NIGHT: Final = (0, 6)
FIT_SECONDS: Final = 3_600.0
TRIALS: Final = 6


@dataclass
class SyntheticFeed:
    """Publication times of the items, in seconds, and the length of the document."""

    times: list[float]
    window: int
    seen: int = 0  # items published before the last poll


@dataclass
class Outcome:
    """Totals of one run."""

    requests: int = 0
    delays: list[float] = field(default_factory=list)
    missed: int = 0


class Rule(Protocol):
    """A schedule. Times are seconds since the start."""

    def after(self, feed: int, now: float, new: int, window: int) -> float:
        """Return the interval after a poll that found `new` items."""


def publish(chance: random.Random, days: int) -> SyntheticFeed:
    """Generate a feed."""
    a_day = min(600.0, max(0.2, chance.lognormvariate(math.log(8.0), 1.4)))
    bursts = [chance.uniform(0, days * DAY) for _ in range(days // 7)]
    times, now, peak = [], 0.0, 8.0 * a_day / DAY
    while now < days * DAY:
        now += chance.expovariate(peak)
        if chance.random() < _activity(now, bursts) / 8.0:
            times.append(now)
    return SyntheticFeed(times, chance.choice((10, 20, 20, 30, 50, 60)))


def _activity(now: float, bursts: Sequence[float]) -> float:
    moment = START + timedelta(seconds=now)
    level = 0.1 if NIGHT[0] <= moment.hour < NIGHT[1] else 1.3
    level *= 0.5 if moment.weekday() >= 5 else 1.2
    return 8.0 * level / 1.56 if any(0 <= now - one < 7_200 for one in bursts) else level


def simulate(feeds: Sequence[SyntheticFeed], rule: Rule, days: int) -> Outcome:
    """Poll the feeds for some days."""
    outcome, end = Outcome(), days * DAY
    queue = [(float(n), n) for n in range(len(feeds))]
    for feed in feeds:
        feed.seen = 0
    while queue and queue[0][0] < end:
        now, number = heapq.heappop(queue)
        feed = feeds[number]
        published = bisect_right(feed.times, now)
        listed = max(feed.seen, published - feed.window)
        if now >= WARM_UP:
            outcome.requests += 1
            outcome.missed += listed - feed.seen
            outcome.delays += [now - one for one in feed.times[listed:published]]
        new, feed.seen = published - listed, published
        heapq.heappush(queue, (now + rule.after(number, now, new, feed.window), number))
    return outcome


class Previous:
    """Halve the interval when a poll found something, else let it grow by a fifth."""

    def __init__(self, settings: PollSettings) -> None:
        self._settings = settings
        self._intervals: dict[int, float] = {}

    def after(self, feed: int, now: float, new: int, window: int) -> float:
        """Return the interval after a poll that found `new` items."""
        del now, window
        low, high = schedule.bounds(self._settings)
        before = self._intervals.get(feed, float(self._settings.default_interval_seconds))
        self._intervals[feed] = min(max(before * (0.5 if new else 1.2), low), high)
        return self._intervals[feed]


class RoundRobin:
    """One interval for all feeds."""

    def __init__(self, interval: float) -> None:
        self._interval = interval

    def after(self, feed: int, now: float, new: int, window: int) -> float:
        """Return the interval."""
        del feed, now, new, window
        return self._interval


class EntryFrequency:
    """A week divided by the items of the week and a factor, from 5 minutes to a day."""

    def __init__(self, feeds: Sequence[SyntheticFeed], factor: float) -> None:
        self._feeds = feeds
        self._factor = factor

    def after(self, feed: int, now: float, new: int, window: int) -> float:
        """Return the interval after a poll."""
        del new, window
        times = self._feeds[feed].times
        week = bisect_right(times, now) - bisect_left(times, now - 7 * DAY)
        return min(max(7 * DAY / max(1.0, week * self._factor), 300.0), DAY)


class Current:
    """Pantau's schedule: its own functions on its own state."""

    def __init__(self, settings: PollSettings, requests_an_hour: float) -> None:
        self._settings = settings
        self._budget = requests_an_hour
        self._states: dict[int, FeedState] = {}
        self._polls: dict[int, int] = {}
        self._last: dict[int, float] = {}
        self._scale = schedule.DEFAULT_SCALE
        self._fitted = -FIT_SECONDS

    def after(self, feed: int, now: float, new: int, window: int) -> float:
        """Return the interval after a poll that found `new` items."""
        moment = START + timedelta(seconds=now)
        state = self._states.get(feed, FeedState(feed_id=str(feed)))
        changes = {"recent": rhythm.count_new(state.recent, new, moment), "window": window}
        if new:
            changes |= {"usual_gap_seconds": rhythm.usual_gap(state, moment), "last_new": moment}
        state = self._states[feed] = state.model_copy(update=changes)
        self._fit(now, moment)
        burst = rhythm.burst_rate(new, now - self._last.get(feed, now - 3_600.0))
        self._last[feed] = now
        pace = rhythm.rhythm_of(state, moment, burst)
        self._polls[feed] = self._polls.get(feed, 0) + 1
        interval = schedule.fitted_interval(pace, self._scale, self._settings)
        if new >= window:
            interval, _ = schedule.bounds(self._settings)
        return interval * schedule.jitter(str(feed), self._polls[feed])

    def _fit(self, now: float, moment: datetime) -> None:
        if now - self._fitted >= FIT_SECONDS:
            self._fitted = now
            paces = [rhythm.rhythm_of(one, moment) for one in self._states.values()]
            share = self._budget * len(paces)
            self._scale = schedule.scale_for(paces, share, self._settings)


def fit(make: Callable[[float], Rule], wanted: int, run: Callable[[Rule], Outcome]) -> Outcome:
    """Find the parameter with which a rule makes the wanted number of requests.

    The number of requests must be about proportional to the parameter.
    """
    parameter = 3.0
    outcome = run(make(parameter))
    for _ in range(TRIALS):
        if abs(outcome.requests - wanted) < 0.005 * wanted:
            break
        parameter *= wanted / outcome.requests
        outcome = run(make(parameter))
    return outcome


def row(name: str, outcome: Outcome, feeds: int, days: int) -> str:
    """Format one line of the table; delays in minutes."""
    delays = sorted(outcome.delays)
    hours = (days * DAY - WARM_UP) / 3_600.0
    mean = sum(delays) / len(delays) / 60
    middle, late = (delays[int(part * (len(delays) - 1))] / 60 for part in (0.5, 0.95))
    total = len(delays) + outcome.missed
    return (
        f"| {name} | {outcome.requests / hours / feeds:.2f} | {mean:.1f} | {middle:.1f} "
        f"| {late:.1f} | {100 * outcome.missed / total:.2f} % |"
    )


def main() -> None:
    """Simulate and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 (seeded, so that every run has the same)
    feeds = [publish(chance, given.days) for _ in range(given.feeds)]

    def run(rule: Rule) -> Outcome:
        return simulate(feeds, rule, given.days)

    narrow = PollSettings(min_interval_seconds=120, max_interval_seconds=3_600)
    wide = PollSettings()
    before = run(Previous(narrow))
    wanted = before.requests
    rows = {
        "previous rule, 2 to 60 min": before,
        "Miniflux round_robin": fit(lambda one: RoundRobin(600.0 / one), wanted, run),
        "Miniflux entry_frequency": fit(lambda one: EntryFrequency(feeds, one), wanted, run),
        "c / sqrt(rate), 2 to 60 min": fit(lambda one: Current(narrow, one), wanted, run),
        "c / sqrt(rate), 2 min to 6 h": fit(lambda one: Current(wide, one), wanted, run),
        "the same, default budget": run(Current(wide, USUAL_REQUESTS)),
    }
    print("| schedule | requests/h/feed | mean delay, min | median | p95 | missed |")
    print("|---|---|---|---|---|---|")
    for name, outcome in rows.items():
        print(row(name, outcome, given.feeds, given.days))


if __name__ == "__main__":
    main()
