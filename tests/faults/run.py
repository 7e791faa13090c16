"""Fault injection: kill and restart services and servers while articles flow.

Afterwards everything must be there, exactly once.

    python -m tests.faults.run [--articles 5000] [--seed 1] [--outage 60] [--keep DIR]
    (`make faults`)

Two instances of each service on an own Kafka and Elasticsearch. Articles appear on loopback feeds
at about `--rate` per second. At random times one of each service is killed with SIGKILL (and
restarted seconds later, like by a supervisor), one hangs, Kafka is restarted, answers slowly, or
lets all connections die silently, Elasticsearch is away or takes no writes for `--outage` seconds.
With `--previous COMMIT` the second instance of each service runs the sources of that commit. In
each trouble the condition of the right alert rule must be met (`signs`). In the end: every article
is indexed exactly once by id, every expected alert exists and no other, deliveries are repeated
only under the same id, no consumer lags, no service ended by itself.
"""

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from elasticsearch import Elasticsearch

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.local import Servers
from pantau.local import kafka as kafka_server
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus
from tests import newsroom
from tests.e2e.program import command
from tests.e2e.servers import Document, Site, rss, serve
from tests.faults.proxy import HOST, Proxy, proxy_to
from tests.faults.signs import Signs, watched
from tests.faults.troubles import Scene, Trouble
from tests.fleet import Fleet, Groups, settings_of, wait_for

DESKS = 20
"""Feeds, each on a loopback address of its own, so that pollers have something to share."""
SUBSCRIPTIONS = 40
STAGES = {
    "extractor": "articles",
    "enricher": "articles.full",
    "alerter": "articles.enriched",
    "indexer": "articles.enriched",
    "notifier": "alerts",
    "dispatcher": "deliveries",
}
QUIET_SECONDS = 600.0
"""How long the fleet may take, after the last article appeared, to be done with everything."""


@dataclass
class World:
    """The external side: feeds that fill, a webhook that records."""

    items: tuple[newsroom.Item, ...]
    desks: list[Site]
    hook: Site
    shown: int = 0
    limit: int = 0  # so many are published until the next trouble begins

    def show(self, count: int) -> None:
        """Publish the first so many articles on the feeds."""
        self.shown = min(count, len(self.items))
        for number, desk in enumerate(self.desks):
            desk.documents["/feed.xml"] = Document(
                rss([*self.items[number : self.shown : len(self.desks)]])
            )

    def delivered(self) -> set[str]:
        return {headers["webhook-id"] for headers, _ in self.hook.posts}


@dataclass
class Report:
    """A record of what happened, for people and for the exit code."""

    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        line = f"{time.monotonic() - self.began:7.1f} s  {text}"
        self.said.append(line)
        print(line, file=sys.stderr, flush=True)  # noqa: T201 (the progress of a long proof)

    def check(self, holds: bool, text: str) -> None:
        if not holds:
            self.wrong.append(text)
        self.say(("ok     " if holds else "WRONG  ") + text)


@contextmanager
def world(items: tuple[newsroom.Item, ...]) -> Iterator[World]:
    with ExitStack() as open_now:
        desks = [
            open_now.enter_context(
                serve(Site({"/feed.xml": Document(rss([]))}), f"127.0.1.{number + 1}")
            )
            for number in range(DESKS)
        ]
        yield World(items, desks, open_now.enter_context(serve(Site())))


def flow(place: World, rate: float, stop: threading.Event) -> None:
    """Publish articles, a few every half second."""
    while place.shown < len(place.items) and not stop.wait(0.5):
        place.show(min(place.limit, place.shown + max(1, round(rate / 2))))


def prepare(
    place: World, queries: dict[str, str], environment: dict[str, str], folder: Path
) -> None:
    command(folder, "setup", settings=environment)
    command(
        folder,
        "feeds",
        "add",
        "--no-check",
        *(one.url("/feed.xml") for one in place.desks),
        settings=environment,
    )
    hook = f"webhook:{place.hook.url('/hook')}"
    lines = [
        json.dumps({"id": one, "query": query, "to": [hook]}) for one, query in queries.items()
    ]
    file = folder / "subscriptions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    command(folder, "subscriptions", "import", str(file), "--yes", settings=environment)


@contextmanager
def behind(proxy: Proxy, servers: Servers) -> Iterator[None]:
    """Set the proxy as the address that Kafka advertises, to which clients go."""
    plain = kafka_server.properties

    def proxied(folder: Path, port: int, controller: int) -> str:
        name = f"advertised.listeners=PLAINTEXT://{HOST}:"
        return plain(folder, port, controller).replace(f"{name}{port}", f"{name}{proxy.port}")

    with mock.patch.object(kafka_server, "properties", proxied):
        servers.stop_kafka()
        servers.start_kafka()
        yield


def run(arguments: argparse.Namespace, folder: Path, report: Report) -> None:
    servers = Servers(folder / "servers")
    status = servers.up()
    assert status.kafka is not None
    assert status.elasticsearch is not None
    try:
        with proxy_to(int(status.kafka.rpartition(":")[2])) as proxy, behind(proxy, servers):
            kafka = f"{HOST}:{proxy.port}"
            drive(arguments, folder, report, servers, proxy, kafka, status.elasticsearch)
    finally:
        servers.down()


def drive(
    arguments: argparse.Namespace,
    folder: Path,
    report: Report,
    servers: Servers,
    proxy: Proxy,
    kafka: str,
    elastic: str,
) -> None:
    chance = random.Random(arguments.seed)
    items = newsroom.articles(arguments.articles)
    queries = newsroom.queries(SUBSCRIPTIONS)
    expected = newsroom.due(items, queries)
    environment = settings_of(
        kafka,
        elastic,
        PANTAU_OBSERVE__PORT="0",
        PANTAU_POLL__MIN_INTERVAL_SECONDS="1",
        PANTAU_POLL__DEFAULT_INTERVAL_SECONDS="2",
        PANTAU_POLL__MAX_INTERVAL_SECONDS="2",
        PANTAU_POLL__BACKOFF_MAX_SECONDS="5",
        PANTAU_POLL__DOMAIN_GAP_SECONDS="0",
        PANTAU_NOTIFY__FIRST_RETRY_SECONDS="0.5",
        PANTAU_NOTIFY__PER_HOUR="0",  # one webhook gets all alerts, each by itself
    )
    former = None if arguments.previous is None else sources(arguments.previous, folder / "former")
    fleet = Fleet(folder, environment, copies=arguments.copies, former=former)
    halted = threading.Event()
    try:
        with world(items) as place, watched(fleet.members) as signs:
            prepare(place, queries, environment, folder / "cli")
            fleet.start()
            # A feed's first poll is history and alerts nobody; so it is of an empty feed.
            wait_for(lambda: all(one.unchanged["/feed.xml"] for one in place.desks), seconds=180)
            wait_for(lambda: all(one.at_work for one in fleet.members), seconds=180)
            report.say(f"{len(fleet.members)} services run, {DESKS} feeds polled")
            flowing = threading.Thread(
                target=flow, args=(place, arguments.rate, halted), daemon=True
            )
            flowing.start()
            scene = Scene(fleet, servers, proxy, elastic, chance, arguments.outage, report)
            plan = [one for one in scene.all() if not arguments.only or one.name in arguments.only]
            troubles(plan, place, signs, chance, report)
            flowing.join()
            report.say("all articles are out")
            settle(place, Groups(kafka), fleet, len(expected), elastic, report)
            check(place, expected, fleet, kafka, elastic, folder, report)
            codes = fleet.stop()
            report.check(set(codes.values()) == {0}, f"every service stops when asked: {codes}")
    finally:
        halted.set()
        fleet.kill()


def sources(commit: str, folder: Path) -> Path:
    """Unpack the sources of an earlier commit; return their folder."""
    folder.mkdir(parents=True)
    git = shutil.which("git")
    assert git is not None
    packed = subprocess.run(
        [git, "archive", commit, "services", "schemas"], capture_output=True, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def troubles(
    plan: list[Trouble], place: World, signs: Signs, chance: random.Random, report: Report
) -> None:
    """Run the faults during the flow; they may overlap with the effects of the previous one."""
    for number, trouble in enumerate(plan):
        share = len(place.items) / (len(plan) + 1)
        at = round(share * (number + chance.uniform(0.2, 0.8)))
        place.limit = round(share * (number + 1))  # some are left for the troubles that follow
        while place.shown < at:
            time.sleep(0.1)
        report.say(f"at {place.shown} articles: {trouble.name}")
        signs.drain()
        trouble.cause()
        signs.look()
        met = signs.drain()
        said = f"{trouble.name}: {', '.join(sorted(met)) or 'no rule'}"
        report.check(not trouble.rules or bool(met & trouble.rules), said)
    place.limit = len(place.items)


def settle(
    place: World, groups: Groups, fleet: Fleet, expected: int, elastic: str, report: Report
) -> None:
    def lags() -> dict[str, int]:
        return {group: groups.lag(group, topic) for group, topic in STAGES.items()}

    def done() -> bool:
        at_work = all(one.at_work for one in fleet.members)
        rest = at_work and len(place.delivered()) >= expected and not any(lags().values())
        return rest and indexed(elastic) >= len(place.items)  # the last may not be polled yet

    def progress() -> str:
        idle = [one.name for one in fleet.members if not one.at_work]
        said = f"{len(place.delivered())} of {expected} delivered, waiting: {lags()}"
        return f"{said}, not at work: {', '.join(idle) or 'none'}"

    try:
        wait_for(done, seconds=QUIET_SECONDS, every=1.0, progress=progress)
    except AssertionError as error:
        report.check(False, str(error))
        for one in fleet.members:
            print(f"--- {one.name}\n{''.join([*one.log][-30:])}", file=sys.stderr)  # noqa: T201 (as above)
    report.check(not any(lags().values()), f"consumer lag 0: {lags()}")
    groups.close()


def indexed(elastic: str) -> int:
    """Return how many articles the index has."""
    with Elasticsearch(elastic) as client:
        client.indices.refresh(index="articles")
        return int(client.count(index="articles")["count"])


def check(
    place: World,
    expected: set[tuple[str, str]],
    fleet: Fleet,
    kafka: str,
    elastic: str,
    folder: Path,
    report: Report,
) -> None:
    report.check(not fleet.own_exits(), f"no service needed a hand: {fleet.own_exits() or 'none'}")
    for one in fleet.members:
        ended = one._process is not None and one._process.poll() is not None
        report.check(not ended, f"{one.name} runs")
    with Elasticsearch(elastic) as client:
        client.indices.refresh(index="articles")
        found = client.search(
            index="articles", size=10_000, source_includes=["url"], query={"match_all": {}}
        )
        urls = Counter(hit["_source"]["url"] for hit in found["hits"]["hits"])
        ids = Counter(hit["_id"] for hit in found["hits"]["hits"])
    report.check(
        set(urls) == {link for link, _, _ in place.items}, f"{len(urls)} articles are indexed, all"
    )
    report.check(max(ids.values(), default=0) == 1 and len(ids) == len(urls), "each once")
    store = open_store(
        Settings(
            data=folder / "check",
            kafka=KafkaSettings(servers=(kafka,)),
            elasticsearch=ElasticSettings(url=elastic),
        ),
        SystemClock(),
    )
    try:
        alerts = [
            decode(Alert, one)
            for one in store.log.table("alerts").snapshot().values.values()
            if one
        ]
        pairs = {(one.subscription_id, str(one.article.url)) for one in alerts}
        report.check(
            pairs == expected and len(alerts) == len(expected),
            f"{len(alerts)} alerts, exactly those due",
        )
        states = Counter(
            decode(Delivery, one).status
            for one in store.log.table("deliveries").snapshot().values.values()
            if one
        )
        report.check(
            states == {DeliveryStatus.DELIVERED: len(expected)}, f"deliveries: {dict(states)}"
        )
        letters = store.log.consumer(["dead-letters"], None).poll(10)
        report.check(not letters, f"{len(letters)} dead letters")
    finally:
        store.close()
    said: dict[str, set[tuple[str, str]]] = {}
    for headers, body in place.hook.posts:
        alert = json.loads(body)["data"]
        said.setdefault(headers["webhook-id"], set()).add(
            (alert["subscription"]["id"], alert["article"]["url"])
        )
    report.check(
        all(len(about) == 1 for about in said.values()),
        "a repeated message has the same id and says the same",
    )
    report.check(
        {next(iter(about)) for about in said.values()} == expected,
        "the webhook got every alert due, no other",
    )
    report.check(len(said) == len(expected), "one id for each alert")
    report.say(
        f"{len(place.hook.posts)} posts for {len(said)} deliveries: "
        f"{len(place.hook.posts) - len(said)} repeats"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--rate", type=float, default=25.0, help="articles that appear a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outage", type=float, default=60.0, help="seconds without Elasticsearch")
    parser.add_argument("--copies", type=int, default=2, help="instances of each service")
    parser.add_argument("--previous", help="a commit whose services run beside these")
    parser.add_argument("--only", nargs="*", help="names of troubles")
    parser.add_argument("--keep", type=Path, help="a folder to keep everything in")
    arguments = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as temporary:
        run(arguments, arguments.keep or Path(temporary), report)
    report.say(f"{len(report.wrong)} wrong" if report.wrong else "everything as promised")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
