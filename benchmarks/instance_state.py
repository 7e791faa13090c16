"""Disk, memory and restore time of alerters and notifiers, with one and with three of each.

    python benchmarks/instance_state.py [--articles 5000] [--subscriptions 200] [--alerts 4]
        [--instances 1 3]

A local Kafka is given what so many articles leave behind: alerts, delivered deliveries, and the
memory of what alerted. Then instances start with empty data folders, as after the loss of `/data`.
The clock stops when all are ready and no group is behind. Of each instance: the time until then,
the rows and bytes of its copies of tables, and its resident memory.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

sys.path.insert(0, str(Path(__file__).parents[1]))

from pantau.bootstrap import open_store
from pantau.common.portions import portions
from pantau.local import Servers
from pantau.ports import Record, Store
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas import ids
from pantau_schemas.base import Event
from pantau_schemas.events.alert import Alerted, DeliveryStatus
from pantau_schemas.topics import ALERTED, ALERTS, DELIVERIES, SUBSCRIPTIONS, TOPICS, Topic
from tests.e2e.program import command
from tests.fleet import Fleet, Groups, Member, settings_of, wait_for
from tests.support import START, subscription
from tests.unit.notifier.support import alert, delivery

SERVICES = ("alerter", "notifier")
READS = {"alerter": "articles.enriched", "notifier": "alerts", "dispatcher": "deliveries"}
HELD = (ALERTS, DELIVERIES, ALERTED)
AT_ONCE = 2_000
LIMIT_SECONDS = 1_200.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The copies of an instance: rows and bytes by table; and its resident bytes."""

    name: str
    rows: dict[str, int]
    file_bytes: dict[str, int]
    resident: int


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--subscriptions", type=int, default=200)
    parser.add_argument("--alerts", type=int, default=4, help="alerts an article")
    parser.add_argument("--instances", type=int, nargs="*", default=[1, 3])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given)


def measure(folder: Path, given: argparse.Namespace) -> None:
    """Start a Kafka, fill it, and measure the instances one after the other."""
    servers = Servers(folder / "servers")
    status = servers.up()
    kafka, elastic = str(status.kafka), str(status.elasticsearch)
    environment = settings_of(kafka, elastic, PANTAU_OBSERVE__PORT="0")
    settings = Settings(
        data=folder / "given",
        kafka=KafkaSettings(servers=(kafka,)),
        elasticsearch=ElasticSettings(url=elastic),
    )
    try:
        command(folder / "cli", "setup", settings=environment)
        servers.stop_elasticsearch()  # nobody asks it
        with closing(open_store(settings)) as store:
            fill(store, given.articles, given.subscriptions, given.alerts)
        for count in given.instances:
            run(folder / f"with-{count}", environment, kafka, count)
    finally:
        servers.down()


def fill(store: Store, articles: int, subscriptions: int, alerts: int) -> None:
    """Append what the articles leave behind."""
    made = [subscription(f"s{number}", "banjir") for number in range(subscriptions)]
    store.log.append(_record(one, SUBSCRIPTIONS) for one in made)
    for topic in HELD:
        for portion in portions([*_records(topic, articles, subscriptions, alerts)], AT_ONCE):
            store.log.append(portion)


def _records(topic: Topic, articles: int, subscriptions: int, alerts: int) -> Iterator[Record]:
    for number in range(articles):
        ours = [f"s{(number * alerts + one) % subscriptions}" for one in range(alerts)]
        events: list[Event]
        if topic is ALERTED:
            article_id = ids.digest_id(f"a{number}")
            events = [
                Alerted(article_id=article_id, subscription_ids=tuple(ours)),
                Alerted(article_id=ids.digest_id(article_id), subscription_ids=tuple(ours)),
            ]
        elif topic is ALERTS:
            events = [alert(one, f"a{number}") for one in ours]
        else:
            events = [_delivery(one, f"a{number}") for one in ours]
        yield from (_record(one, topic) for one in events)


def _delivery(subscriber: str, about: str) -> Event:
    alert_id = ids.alert_id(subscriber, ids.digest_id(about))
    return delivery(
        delivery_id=ids.delivery_id(alert_id, "c1"),
        alert_id=alert_id,
        subscription_id=subscriber,
        status=DeliveryStatus.DELIVERED,
        attempts=1,
    )


def _record(event: Event, topic: Topic) -> Record:
    return record_for(event, topic, source="benchmark", time=START)


def run(folder: Path, environment: dict[str, str], kafka: str, count: int) -> None:
    """Start so many instances of each service, and print what they hold."""
    fleet = Fleet(folder, environment, copies=count, services=SERVICES)
    groups = Groups(kafka)
    try:
        began = time.monotonic()
        fleet.start()

        def settled() -> bool:
            ready = all(is_ready(one) for one in fleet.members)
            return ready and not any(groups.lag(one, topic) for one, topic in READS.items())

        wait_for(settled, seconds=LIMIT_SECONDS, every=0.5)
        took = time.monotonic() - began
        print(f"\n{count} of each service: ready, without lag, after {took:.0f} s")
        for one in fleet.members:
            _say(look_at(one))
    finally:
        groups.close()
        fleet.stop()


def is_ready(member: Member) -> bool:
    """Return whether a member says that it is ready."""
    if member.port is None:
        return False
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{member.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def look_at(member: Member) -> Measured:
    """Measure the copies of tables in a member's data folder, and its memory."""
    rows, file_bytes = {}, {}
    for path in sorted((member.folder / "replicas").glob("*.db")):
        if path.stem.removesuffix(".recent") not in TOPICS:
            continue
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            (rows[path.stem],) = opened.execute("SELECT count(*) FROM rows").fetchone()
            (pages,) = opened.execute("PRAGMA page_count").fetchone()
            (size,) = opened.execute("PRAGMA page_size").fetchone()
        file_bytes[path.stem] = pages * size
    status = Path(f"/proc/{member.pid}/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return Measured(member.name, rows, file_bytes, int(line.split()[1]) * 1024)


def _say(one: Measured) -> None:
    tables = ", ".join(
        f"{name} {one.rows[name]} rows {size / 1e6:.1f} MB"
        for name, size in one.file_bytes.items()
        if one.rows[name] > 0
    )
    total = sum(one.file_bytes.values()) / 1e6
    print(f"{one.name}: {total:.1f} MB of copies ({tables}); {one.resident / 1e6:.0f} MB resident")


if __name__ == "__main__":
    main()
