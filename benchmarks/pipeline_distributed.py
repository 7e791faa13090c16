"""Throughput from `articles` to indexed and alerted, on local Kafka, Faust and Elasticsearch.

    python benchmarks/pipeline_distributed.py [SHARED_DATA] [--articles 2000]
        [--subscriptions 10000]   (or PANTAU_SHARED)

The same articles and queries as `benchmarks/pipeline.py`. The servers and one process for each
service are up and have worked on a few articles before the clock starts; then all articles are
appended at once. The clock stops when no group is behind: everything is enriched, indexed, alerted,
and planned for delivery. CPU time is that of each process over the same span, so its share says
where the time goes.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.pipeline import load, queries
from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.local import Servers
from pantau.ports import Store
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.article import Article
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ARTICLES, SUBSCRIPTIONS
from tests.e2e.program import command
from tests.fleet import Fleet, Groups, settings_of, wait_for

STAGES = {
    "extractor": "articles",
    "enricher": "articles.full",
    "alerter": "articles.enriched",
    "indexer": "articles.enriched",
    "notifier": "alerts",
}
WARM = 1_000
"""Articles processed before the clock starts.

So many until the servers' JIT has compiled the hot code.
"""
LIMIT_SECONDS = 600.0


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared",
        type=Path,
        nargs="?",
        default=Path(os.environ.get("PANTAU_SHARED", "../shared/data")),
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    given = parser.parse_args()
    articles = load(given.shared / "news" / "sample.jsonl", given.articles + WARM)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), articles, given.subscriptions)


def measure(folder: Path, articles: list[Article], subscriptions: int) -> None:
    """Start everything, process the articles, print the figures."""
    servers = Servers(folder / "servers", full_speed=True)
    status = servers.up()
    kafka, elastic = str(status.kafka), str(status.elasticsearch)
    environment = settings_of(kafka, elastic)
    fleet = Fleet(folder, environment, services=tuple(STAGES))
    store = open_store(
        Settings(
            data=folder / "given",
            kafka=KafkaSettings(servers=(kafka,)),
            elasticsearch=ElasticSettings(url=elastic),
        )
    )
    groups = None
    try:
        command(folder / "cli", "setup", settings=environment)
        groups = Groups(kafka)
        now = SystemClock().now()
        texts = queries(articles, subscriptions)
        store.log.append(
            record_for(
                Subscription(
                    schema_version=3,
                    subscription_id=f"s{number}",
                    name=f"s{number}",
                    query=text,
                    created=articles[0].first_seen,  # a slow start must not make them historical
                ),
                SUBSCRIPTIONS,
                source="benchmark",
                time=now,
            )
            for number, text in enumerate(texts)
        )
        fleet.start()
        work_off(store, groups, fleet, articles[:WARM])
        before = cpu(fleet, folder)
        alerts = groups.ends("alerts")
        began = time.monotonic()
        ends = work_off(store, groups, fleet, articles[WARM:])
        seconds = time.monotonic() - began
        spent = {name: used - before.get(name, 0.0) for name, used in cpu(fleet, folder).items()}
        print_figures(len(articles) - WARM, seconds, ends, spent, groups.ends("alerts") - alerts)
    finally:
        fleet.kill()
        store.close()
        if groups is not None:
            groups.close()
        servers.down()


def work_off(
    store: Store, groups: Groups, fleet: Fleet, articles: list[Article]
) -> dict[str, float]:
    """Append articles and wait until no stage is behind; return when each was done, in seconds."""
    now = SystemClock().now()
    target = groups.ends("articles.enriched") + len(articles)
    began = time.monotonic()
    store.log.append(record_for(one, ARTICLES, source="benchmark", time=now) for one in articles)
    ends: dict[str, float] = {}

    def done() -> bool:
        passed = time.monotonic() - began
        lags = {stage: groups.lag(stage, topic) for stage, topic in STAGES.items()}
        if groups.ends("articles.enriched") < target:
            return False
        for stage, lag in lags.items():
            if lag:
                ends.pop(stage, None)
            else:
                ends.setdefault(stage, passed)
        return not any(lags.values())

    def progress() -> str:
        return "\n".join(one.name + "\n" + "".join([*one.log][-10:]) for one in fleet.members)

    wait_for(done, seconds=LIMIT_SECONDS, every=0.1, meanwhile=fleet.watch, progress=progress)
    return ends


def cpu(fleet: Fleet, folder: Path) -> dict[str, float]:
    """Return the CPU seconds of each service with its children, and of the servers."""
    found: dict[str, float] = {}
    ticks = os.sysconf("SC_CLK_TCK")
    groups = {one.pid: one.service for one in fleet.members}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        name = groups.get(int(fields[3]))  # its session, which each service has of its own
        if name is None and str(folder) in line:
            name = "kafka" if "kafka" in line.rpartition(str(folder))[2] else "elasticsearch"
        if name is not None:
            found[name] = found.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / ticks
    return found


def print_figures(
    count: int, seconds: float, ends: dict[str, float], spent: dict[str, float], alerts: int
) -> None:
    """Print the figures."""
    print(f"{count} articles, {alerts} alerts ({alerts / count:.1f} an article)")
    print("| part | done after | CPU | CPU an article |\n|---|---|---|---|")
    for name, used in sorted(spent.items(), key=lambda one: -one[1]):
        done = f"{ends[name]:.1f} s" if name in ends else ""
        print(f"| {name} | {done} | {used:.1f} s | {used / count * 1000:.2f} ms |")
    print(f"whole pipeline: {seconds:.1f} s, {count / seconds:.0f} articles/s")


if __name__ == "__main__":
    main()
