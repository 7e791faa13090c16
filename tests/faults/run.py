"""Fault injection: kill and restart services and servers while articles flow.

Afterwards everything must be there, exactly once.

    python -m tests.faults.run [--articles 5000] [--seed 1 ...] [--troubles N] [--outage 60]
    (`make faults`)

Two instances of each service on an own Kafka and Elasticsearch. Articles appear on loopback feeds
at about `--rate` per second. At random times one of each service is killed with SIGKILL (and
restarted seconds later, like by a supervisor), or hangs. Kafka is restarted, freezes, answers
slowly, lets all connections die silently, accepts connections and says nothing, or compresses by
another codec; the offsets of a stage are deleted, and records that it has not read are removed.
Elasticsearch is away, freezes, or takes no writes for `--outage` seconds. `--only` chooses by name;
with `--troubles N` each seed has N of them, and successive seeds go through all. With `--previous
COMMIT` the second instance of each service runs the sources of that commit. In each trouble the
right alert rule must fire, as promtool evaluates them (`recording`). Several seeds run one after
the other over the same fleet, each with articles of its own. After each: every article
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
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pantau.local import Servers
from tests import newsroom
from tests.e2e.program import command
from tests.faults.outcome import check, indexed
from tests.faults.proxy import HOST, Proxy, advertised, proxy_to
from tests.faults.recording import Recorder, fired, promtool, recorded
from tests.faults.troubles import Scene, Trouble
from tests.faults.world import DESKS, Pair, Report, World, flow, world
from tests.fleet import Fleet, Groups, settings_of, wait_for

SUBSCRIPTIONS = 40
STAGES = {
    "extractor": "articles",
    "enricher": "articles.full",
    "alerter": "articles.enriched",
    "indexer": "articles.enriched",
    "notifier": "alerts",
    "dispatcher": "deliveries",
}
SAY_SECONDS = 20.0
"""How often a run that takes long to be done says what it waits for."""
QUIET_SECONDS = 600.0
"""How long the fleet may take, after the last article appeared, to be done with everything."""


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
    with advertised(proxy):
        servers.stop_kafka()
        servers.start_kafka()
        yield


def run(arguments: argparse.Namespace, folder: Path) -> bool:
    """Run every seed over the same servers; return whether all was as promised."""
    servers = Servers(folder / "servers")
    status = servers.up()
    assert status.kafka is not None
    assert status.elasticsearch is not None
    former = None if arguments.previous is None else sources(arguments.previous, folder / "former")
    seeds, right = list(arguments.seed), True
    try:
        with proxy_to(int(status.kafka.rpartition(":")[2])) as proxy, behind(proxy, servers):
            while seeds:  # with a new fleet after a seed that failed
                pair = Pair(f"{HOST}:{proxy.port}", status.elasticsearch, f"seed{seeds[0]}-")
                own = folder / f"{seeds[0]}"
                right &= drive(arguments, seeds, own, servers, proxy, pair, former)
    finally:
        servers.down()
    return right


def drive(
    arguments: argparse.Namespace,
    seeds: list[int],
    folder: Path,
    servers: Servers,
    proxy: Proxy,
    pair: Pair,
    former: Path | None,
) -> bool:
    """Run a fleet through one seed after the other, until one fails or all are done.

    Removes those that are done from `seeds`; returns whether all was as promised.
    """
    queries = newsroom.queries(SUBSCRIPTIONS)
    environment = environment_of(pair)
    fleet = Fleet(folder, environment, copies=arguments.copies, former=former)
    report = Report()
    unsaid: list[Callable[[], None]] = []  # what promtool says of the seed before this one
    try:
        with world() as place, ThreadPoolExecutor(1) as apart:
            prepare(place, queries, environment, folder / "cli")
            fleet.start()
            # A feed's first poll is history and alerts nobody; so it is of an empty feed.
            wait_for(lambda: all(one.unchanged["/feed.xml"] for one in place.desks), seconds=180)
            wait_for(lambda: all(one.at_work for one in fleet.members), seconds=180)
            report.say(f"{len(fleet.members)} services run, {DESKS} feeds polled")
            while seeds and not report.wrong:
                seed = seeds.pop(0)
                report.say(f"seed {seed}")
                own = folder / f"seed{seed}"
                scene = Scene(
                    *(fleet, servers, proxy, pair, random.Random(seed), arguments.outage, report)
                )
                plan, recorder = run_seed(arguments, seed, scene, place, queries, own)
                found = apart.submit(fired, recorder.recording, recorder.spans(), own / "rules")
                unsaid.append(partial(check_rules, seed, plan, found, report))
                if len(unsaid) > 1:
                    unsaid.pop(0)()
            for say in unsaid:
                say()
            codes = fleet.stop()
            report.check(set(codes.values()) == {0}, f"every service stops when asked: {codes}")
    except AssertionError as error:  # the seeds that follow can say something, too
        report.check(False, f"the run ended early: {error}")
    finally:
        fleet.kill()
    return not report.wrong


def run_seed(
    arguments: argparse.Namespace,
    seed: int,
    scene: Scene,
    place: World,
    queries: dict[str, str],
    folder: Path,
) -> tuple[list[Trouble], Recorder]:
    """Publish new articles during the troubles of a seed, and check what came of all.

    Returns the troubles, and the recorded metrics.
    """
    fleet, report, pair, halted = scene.fleet, scene.report, scene.pair, threading.Event()
    first = len(place.items)
    place.begin(newsroom.articles(first + arguments.articles)[first:])
    expected = newsroom.due(place.items, queries)
    plan = scene.some(arguments.troubles or len(scene.all()), seed)
    plan = [one for one in plan if not arguments.only or one.name in arguments.only]
    flowing = threading.Thread(target=flow, args=(place, arguments.rate, halted), daemon=True)
    with recorded(fleet.members) as recorder:
        try:
            flowing.start()
            troubles(plan, place, recorder, scene.chance, report)
            flowing.join()
        finally:
            halted.set()
        report.say("all articles are out")
        settle(place, Groups(pair.kafka, pair.prefix), fleet, len(expected), pair, report)
    check(place, expected, fleet, pair, folder, report)
    return plan, recorder


def environment_of(pair: Pair) -> dict[str, str]:
    """Return the settings of the services: they poll often, and deliver each alert at once."""
    return settings_of(
        pair.kafka,
        pair.elastic,
        PANTAU_KAFKA__PREFIX=pair.prefix,
        PANTAU_ELASTICSEARCH__PREFIX=pair.prefix,
        PANTAU_OBSERVE__PORT="0",
        PANTAU_POLL__MIN_INTERVAL_SECONDS="1",
        PANTAU_POLL__DEFAULT_INTERVAL_SECONDS="2",
        PANTAU_POLL__MAX_INTERVAL_SECONDS="2",
        PANTAU_POLL__BACKOFF_MAX_SECONDS="5",
        PANTAU_POLL__DOMAIN_GAP_SECONDS="0",
        PANTAU_NOTIFY__FIRST_RETRY_SECONDS="0.5",
        PANTAU_NOTIFY__PER_HOUR="0",  # one webhook gets all alerts, each by itself
    )


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
    plan: list[Trouble], place: World, recorder: Recorder, chance: random.Random, report: Report
) -> None:
    """Run the faults during the flow; they may overlap with the effects of the previous one."""
    for number, trouble in enumerate(plan):
        share = (len(place.items) - place.first) / (len(plan) + 1)
        at = place.first + round(share * (number + chance.uniform(0.2, 0.8)))
        # Some are left for the troubles that follow.
        place.limit = place.first + round(share * (number + 1))
        while place.shown < at:
            time.sleep(0.1)
        report.say(f"at {place.shown} articles: {trouble.name}")
        recorder.mark(trouble.name)
        trouble.cause()
    place.limit = len(place.items)


def check_rules(
    seed: int, plan: list[Trouble], found: Future[list[set[str]]], report: Report
) -> None:
    """Check that a rule meant for it fired in each trouble, or soon after."""
    report.say(f"the rules of seed {seed}, in each trouble or soon after")
    for trouble, rules in zip(plan, found.result(), strict=True):
        said = f"rules in {trouble.name}: {', '.join(sorted(rules)) or 'none'}"
        report.check(not trouble.rules or bool(rules & trouble.rules), said)
    told = f"{len(report.wrong)} wrong" if report.wrong else "everything as promised"
    report.say(f"seed {seed}: {told}")


def settle(
    place: World, groups: Groups, fleet: Fleet, expected: int, pair: Pair, report: Report
) -> None:
    def lags() -> dict[str, int]:
        return {group: groups.lag(group, topic) for group, topic in STAGES.items()}

    def done() -> bool:
        at_work = all(one.at_work for one in fleet.members)
        rest = at_work and len(place.delivered()) >= expected and not any(lags().values())
        return rest and indexed(pair) >= len(place.items)  # the last may not be polled yet

    def progress() -> str:
        idle = [one.name for one in fleet.members if not one.at_work]
        said = f"{len(place.delivered())} of {expected} delivered, waiting: {lags()}"
        return f"{said}, {indexed(pair)} indexed, not at work: {', '.join(idle) or 'none'}"

    began = said = time.monotonic()

    def say() -> None:
        nonlocal said
        if time.monotonic() - said > SAY_SECONDS:
            said = time.monotonic()
            report.say(f"for {said - began:.0f} s: {progress()}")

    try:
        wait_for(done, seconds=QUIET_SECONDS, every=1.0, meanwhile=say, progress=progress)
    except AssertionError as error:
        report.check(False, str(error))
        for one in fleet.members:
            print(f"--- {one.name}\n{''.join([*one.log][-30:])}", file=sys.stderr)  # noqa: T201 (as above)
    report.check(not any(lags().values()), f"consumer lag 0: {lags()}")
    groups.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--rate", type=float, default=25.0, help="articles that appear a second")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="run one after another")
    parser.add_argument("--outage", type=float, default=60.0, help="seconds without Elasticsearch")
    parser.add_argument("--copies", type=int, default=2, help="instances of each service")
    parser.add_argument("--previous", help="a commit whose services run beside these")
    parser.add_argument("--only", nargs="*", help="names of troubles")
    parser.add_argument("--troubles", type=int, help="how many of them a seed has; all by default")
    parser.add_argument("--keep", type=Path, help="a folder to keep everything in")
    arguments = parser.parse_args()
    promtool()  # before minutes of work whose result needs it
    with tempfile.TemporaryDirectory() as temporary:
        return 0 if run(arguments, arguments.keep or Path(temporary)) else 1


if __name__ == "__main__":
    sys.exit(main())
