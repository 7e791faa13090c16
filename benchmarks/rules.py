"""The rules of many subscriptions in the notifier: memory, time of a look and of a tick, rates.

    python -m benchmarks.rules [--subscriptions 100000] [--alerts 50000]

All subscriptions have rules, of nine kinds in turn. The store is a new SQLite file and the stage
runs as in `pantau run`: what is counted includes reading, deciding and writing. The clock is moved
by hand. Everything is in one thread; times are those of
the processor.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pantau.bootstrap import STORES, build_workers
from pantau.notifier.rules.step import step
from pantau.notifier.stage import AT_ONCE
from pantau.ports import Store
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
)
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS, MESSAGES, RULE_STATE, SUBSCRIPTIONS, Topic

START: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONES: Final = ("Asia/Jakarta", "Europe/Berlin", "America/New_York", "UTC")
KINDS: Final = (
    Rules(timing=Collected()),
    Rules(timing=Throttled(every_seconds=3600)),
    Rules(timing=Digest(every="day")),
    Rules(timing=Digest(every="hour")),
    Rules(quiet=QuietHours(begin="22:00", end="06:00")),
    Rules(articles="growth", sources=2, timing=Collected(seconds=300)),
    Rules(trigger=Threshold(number=3, seconds=3600)),
    Rules(trigger=Spike()),
    Rules(trigger=Silence(seconds=2 * 86_400)),
)
_PORTION: Final = 2_000


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self.moment


def subscriptions(count: int) -> Iterator[Subscription]:
    """Yield subscriptions with all kinds of rules."""
    for number in range(count):
        yield Subscription(
            subscription_id=digest_id("bench", str(number)),
            name=f"Langganan {number}",
            query="banjir",
            time_zone=ZONES[number % len(ZONES)],
            channels=(FileChannel(path=f"/a{number % 50}"),),
            rules=KINDS[number % len(KINDS)],
            created=START,
        )


def alerts(count: int, of: int, now: datetime, seed: int) -> Iterator[Alert]:
    """Yield alerts of random subscriptions; a story has about five of them."""
    chance = random.Random(seed)  # noqa: S311 (the same alerts every time)
    for number in range(count):
        subscription_id = digest_id("bench", str(chance.randrange(of)))
        yield Alert(
            alert_id=digest_id(subscription_id, str(seed), str(number)),
            subscription_id=subscription_id,
            subscription_name="Langganan",
            query="banjir",
            matched_at=now,
            article=ArticleSummary(
                article_id=digest_id(str(seed), str(number)),
                revision=1,
                title="Banjir melanda tiga kecamatan di Demak",
                source=f"koran{chance.randrange(50)}.example",
                first_seen=now,
                story_id=digest_id("story", str(number // 5)),
                story=StoryCoverage(articles=3, other_sources=("satu.example", "dua.example")),
            ),
        )


def put(store: Store, topic: Topic, events: Iterator[Event]) -> None:
    """Append events in portions."""
    records = []
    for one in events:
        records.append(record_for(one, topic, source="bench", time=START))
        if len(records) == _PORTION:
            store.log.append(records)
            records = []
    store.log.append(records)


def resident() -> int:
    """Return the megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1_000_000


def pure(count: int) -> float:
    """Return the microseconds of a decision without store and encoding, kinds in turn."""
    watched = list(subscriptions(len(KINDS)))
    given = list(alerts(count, len(KINDS), START, 3))
    states: dict[str, RuleState | None] = {one.subscription_id: None for one in watched}
    by_id = {one.subscription_id: one for one in watched}
    began = time.process_time()
    for number, one in enumerate(given):
        name = one.subscription_id
        now = START + timedelta(seconds=number)
        states[name] = step(by_id[name], states[name], one, now).state
    return (time.process_time() - began) / count * 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--subscriptions", type=int, default=100_000)
    parser.add_argument("--alerts", type=int, default=50_000)
    chosen = parser.parse_args()
    print(f"a decision alone: {pure(5_000):.0f} µs")
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock()
        settings = Settings(data=Path(folder))
        store = STORES["sqlite"](settings, clock)
        put(store, SUBSCRIPTIONS, subscriptions(chosen.subscriptions))
        (worker,) = build_workers(store, clock, settings, only=("notifier",))
        measure(store, clock, worker, chosen)
        store.close()


def measure(store: Store, clock: HandClock, worker: Worker, chosen: argparse.Namespace) -> None:
    """Print the figures of one store."""
    before, began = resident(), time.process_time()
    run_until_idle([worker])
    print(f"first look at all: {time.process_time() - began:.1f} s, {resident() - before} MB more")
    put(store, ALERTS, alerts(chosen.alerts, chosen.subscriptions, START, 1))
    began = time.process_time()
    run_until_idle([worker])
    taken = time.process_time() - began
    print(f"alerts: {chosen.alerts / taken:,.0f} a second, {resident() - before} MB more")
    print(f"a look with nothing due: {idle(worker):.2f} ms")
    for title, moved in (("collected", 600), ("hourly and quiet", 3_600), ("daily", 23 * 3_600)):
        clock.moment += timedelta(seconds=moved)
        messages, began = store.log.table(MESSAGES.name).count(), time.process_time()
        ticks = 0
        while worker.step():
            ticks += 1
        taken = time.process_time() - began
        made = store.log.table(MESSAGES.name).count() - messages
        if made:
            print(
                f"{title}: {made:,} messages in {ticks} ticks, {made / taken:,.0f} a second,"
                f" {1_000 * taken / ticks:.0f} ms a tick of at most {AT_ONCE} subscriptions"
            )
    states = [one for one in store.log.table(RULE_STATE.name).snapshot().values.values() if one]
    sizes = sorted(map(len, states))
    print(f"states: {len(sizes):,}, median {sizes[len(sizes) // 2]} bytes, largest {sizes[-1]}")


def idle(worker: Worker) -> float:
    """Return the milliseconds of a step with nothing to do."""
    began = time.process_time()
    for _ in range(200):
        worker.step()
    return (time.process_time() - began) / 200 * 1e3


if __name__ == "__main__":
    main()
