"""Ours against Apache Lucene Monitor.

The same articles and subscriptions, equal matches, one matching thread each.

    python -m benchmarks.match_lucene [SHARED_DATA] [--sizes 1000 10000 100000]
        [--rounds 3] [--quick]

`make bench-match` runs it (PANTAU_SHARED=DIR: a folder of news). Both take turns in one process;
medians count. Ours gets articles one at a time, Monitor also in batches of 500 and 2,000. Cutting
the text into words is part of both times, parsing queries of none. Speeds are given by the clock
and, in brackets, by the processor time of the matching thread, which is what to go by on a busy
machine; Monitor's garbage collector and compiler are not in the latter.

The presearcher is the best of those tried first. One article at a time, both get the same part of
the articles where Monitor would need long. Memory is ours by `tracemalloc` over 20,000
subscriptions, and Monitor's heap after collecting garbage.
"""

import argparse
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

from benchmarks import lucene_monitor as lucene
from benchmarks.match import Fields, Queries, load, memory_of
from pantau.query import parse
from pantau.query.matching.matcher import Matcher
from pantau.query.text.document import Document
from pantau.runtimes.collector import ease_collector

TRIAL: Final = 10_000
"""Number of subscriptions with which the presearchers are tried."""
CHANGES: Final = 1_000
"""Number of subscriptions added and removed, one by one.

A tenth of them by Monitor, which takes longer.
"""
ROUND_SECONDS: Final = 15.0
"""Maximum duration of a round of Monitor, one article at a time."""
BATCHES: Final = (500, 2_000)
CHECKED: Final = 500
"""Number of articles on which the ids of all matches are compared."""


@dataclass(slots=True)
class Speed:
    """Articles per second, by round: wall-clock time and the thread's CPU time."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def measure(self, work: Callable[[], object], count: int) -> None:
        """Measure the speed over so many articles."""
        wall, processor = time.perf_counter(), time.thread_time()
        work()
        processor, wall = time.thread_time() - processor, time.perf_counter() - wall
        self.wall.append(count / wall)
        self.processor.append(count / processor)

    def medians(self) -> tuple[float, float]:
        """Return both medians."""
        return statistics.median(self.wall), statistics.median(self.processor)

    def __str__(self) -> str:
        wall, processor = self.medians()
        return f"{wall:,.0f} ({processor:,.0f})"

    def times(self, other: "Speed") -> str:
        """Format a speed-up."""
        wall, processor = (
            one / two for one, two in zip(self.medians(), other.medians(), strict=True)
        )
        return f"{wall:.1f} ({processor:.1f})"


@dataclass(slots=True)
class Costs:
    """The cost of one engine's subscriptions.

    Seconds, 99th percentiles of changes in seconds, bytes per subscription.
    """

    prepare: float = 0.0
    register: float = 0.0
    add: float = 0.0
    remove: float = 0.0
    memory: float = 0.0


def timed(work: Callable[..., object], *given: object) -> float:
    """Return the duration of a call in seconds."""
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


def late(times: list[float]) -> float:
    """Return the 99th percentile."""
    return sorted(times)[len(times) * 99 // 100]


def ours(matcher: Matcher, articles: Sequence[Fields]) -> int:
    """Match one article at a time; return the number of matches."""
    return sum(len(matcher.match(Document.from_fields(fields))) for fields in articles)


def theirs(monitor: lucene.LuceneMonitor, documents: Sequence[Any]) -> int:
    """Match one article at a time; return the number of matches."""
    return sum(map(monitor.match, documents))


def batched(monitor: lucene.LuceneMonitor, arrays: Sequence[Any]) -> int:
    """Match one array of articles after the other; return the number of matches."""
    return sum(map(monitor.batch, arrays))


class Comparison:
    """Both engines with the same subscriptions."""

    def __init__(self, articles: list[Fields], documents: list[Any], queries: list[str]) -> None:
        self.articles, self.documents = articles, documents
        self.us, self.them = Costs(), Costs()
        self.ours, self.one = Speed(), Speed()
        self.batches = {size: Speed() for size in BATCHES}
        self.matches = self.candidates = 0.0
        started = time.perf_counter()
        self.parsed = [parse(text) for text in queries]
        self.us.prepare = time.perf_counter() - started
        self.matcher = Matcher()
        self.us.register = timed(self._put)
        self.different = 0

    def _put(self) -> None:
        for number, query in enumerate(self.parsed):
            self.matcher.put(str(number), query)

    def run(self, presearcher: lucene.Presearcher, rates: dict[str, int], rounds: int) -> None:
        """Run all measurements."""
        before = lucene.heap()
        monitor = lucene.LuceneMonitor(presearcher, rates)
        started = time.perf_counter()
        built = monitor.build((str(number), query) for number, query in enumerate(self.parsed))
        self.them.prepare = time.perf_counter() - started
        self.them.register = timed(monitor.register, built)
        del built
        self.them.memory = (lucene.heap() - before) / len(self.parsed)
        self._rounds(monitor, rounds)
        self._check(monitor)
        self._changes(monitor)
        monitor.close()

    def _rounds(self, monitor: lucene.LuceneMonitor, rounds: int) -> None:
        some = self.documents[:: max(1, len(self.documents) // 200)]
        ours(self.matcher, self.articles[::4])
        # this also warms it up
        quick = min(timed(theirs, monitor, some) for _ in range(5)) / len(some)
        step = max(1, round(len(self.documents) * quick / ROUND_SECONDS))
        articles, documents = self.articles[::step], self.documents[::step]
        arrays = {size: list(lucene.batches(self.documents, size)) for size in BATCHES}
        for _ in range(rounds):
            self.ours.measure(partial(ours, self.matcher, articles), len(articles))
            self.one.measure(partial(theirs, monitor, documents), len(documents))
            for size, speed in self.batches.items():
                speed.measure(partial(batched, monitor, arrays[size]), len(self.documents))
        self.candidates = statistics.mean(map(monitor.candidates, some))

    def _check(self, monitor: lucene.LuceneMonitor) -> None:
        step = max(1, len(self.articles) // CHECKED)
        found = []
        for fields, document in zip(self.articles[::step], self.documents[::step], strict=True):
            us = {key for key, _ in self.matcher.match(Document.from_fields(fields))}
            them = monitor.ids(document)
            found.append(len(us))
            if us != them:
                self.different += 1
                print(
                    f"DIFFERENT: {fields['title']}: ours alone {us - them}, Monitor's alone "
                    f"{them - us}"
                )
        self.matches = statistics.mean(found)

    def _changes(self, monitor: lucene.LuceneMonitor) -> None:
        """Add and remove some, one by one."""
        some = {f"new{number}": query for number, query in enumerate(self.parsed[:CHANGES])}
        self.us.add = late([timed(self.matcher.put, key, query) for key, query in some.items()])
        self.us.remove = late([timed(self.matcher.remove, key) for key in some])
        few = dict(list(some.items())[::10])
        built = [monitor.build([pair]) for pair in few.items()]
        self.them.add = late([timed(monitor.register, one) for one in built])
        self.them.remove = late([timed(monitor.remove, key) for key in few])


def word_rates(articles: list[Fields]) -> dict[str, int]:
    """Return the number of articles with each word."""
    rates: Counter[str] = Counter()
    for fields in articles:
        document = Document.from_fields(fields)
        rates.update({*document.tokens("title").sequence, *document.tokens("text").sequence})
    return rates


def best_presearcher(
    documents: list[Any], queries: list[str], rates: dict[str, int]
) -> lucene.Presearcher:
    """Return the fastest presearcher, one article at a time."""
    parsed = [(str(number), parse(text)) for number, text in enumerate(queries)]
    some = documents[:: max(1, len(documents) // 200)]
    speeds: dict[lucene.Presearcher, float] = {}
    for kind in get_args(lucene.Presearcher):
        monitor = lucene.LuceneMonitor(kind, rates)
        monitor.register(monitor.build(parsed))
        speed = Speed()
        for _ in range(5):
            speed.measure(partial(theirs, monitor, some), len(some))
        speeds[kind] = max(speed.processor[2:])
        candidates = statistics.mean(map(monitor.candidates, some))
        print(
            f"- {kind}: {speeds[kind]:,.0f} articles/s, {candidates:,.0f} candidates an article",
            flush=True,
        )
        monitor.close()
    return max(speeds, key=speeds.__getitem__)


def report(results: list[Comparison], memory: tuple[float, float]) -> None:
    """Print the tables."""
    print("\n| subscriptions | matches an article | ours | Monitor, one at a time | batches of "
          "500 | of 2,000 "
          "| ours / one at a time | ours / 500 | ours / 2,000 | equal |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|")
    for one in results:
        speeds = [one.one, *one.batches.values()]
        cells = [f"{len(one.parsed):,}", f"{one.matches:.1f}", str(one.ours), *map(str, speeds)]
        cells += [one.ours.times(other) for other in speeds]
        cells.append("yes" if not one.different else f"NO, {one.different} articles differ")
        print(f"| {' | '.join(cells)} |")
    print(
        "\n| subscriptions | engine | parsing or building | adding all | bytes each | adding one, "
        "p99 | removing one, p99 |"
    )
    print("|---|---|---|---|---|---|---|")
    for one in results:
        one.us.memory = memory[0]
        for name, cost in (("ours", one.us), ("Monitor", one.them)):
            cells = [
                f"{len(one.parsed):,}",
                name,
                f"{cost.prepare:.1f} s",
                f"{cost.register:.1f} s",
            ]
            cells += [
                f"{cost.memory:,.0f}",
                f"{cost.add * 1e3:.2f} ms",
                f"{cost.remove * 1e3:.2f} ms",
            ]
            print(f"| {' | '.join(cells)} |")
    print(
        f"\nOf our bytes {memory[1]:,.0f} are the tree. Ours parses, Monitor's queries are built "
        "by calls from Python."
    )


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = os.environ.get("PANTAU_SHARED", "../shared/data")
    parser.add_argument("shared", nargs="?", default=shared, type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--presearcher", choices=get_args(lucene.Presearcher), help="do not try which is best"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="1,000 and 5,000 subscriptions, 400 articles, one round",
    )
    given = parser.parse_args()
    if given.quick:
        given.sizes, given.articles, given.rounds = [1_000, 5_000], 400, 1
        given.presearcher = given.presearcher or "multi2-rates"
    ease_collector()
    articles = load(given.shared, given.articles)
    queries = Queries(articles).make(max(given.sizes))
    memory = memory_of(queries[:20_000])
    lucene.start()
    rates = word_rates(articles)
    documents = lucene.documents(articles)
    print(
        f"{len(articles):,} articles; an empty call from Python to Java takes "
        f"{lucene.empty_call() * 1e6:.1f} µs"
    )
    print(
        "of two an article. Articles/s by the clock (and by processor time). Presearchers of "
        "Monitor:\n"
    )
    kind = given.presearcher or best_presearcher(documents, queries[:TRIAL], rates)
    print(f"\nTaken: {kind}.", flush=True)
    results = []
    for size in given.sizes:
        results.append(Comparison(articles, documents, queries[:size]))
        results[-1].run(kind, rates, given.rounds)
        report(results[-1:], memory)
    if len(results) > 1:
        report(results, memory)
    if any(one.different for one in results):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
