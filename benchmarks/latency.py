"""Latency in seconds from the poll that finds an article to its webhook, in both runtimes.

    python benchmarks/latency.py [--runtime embedded|distributed|both] [--rates 4 200]
        [--seconds 40] [--subscriptions 1000] [--news SHARED_DATA]

Loopback feeds publish new articles at a steady rate; the clock of an article starts when the feed
server begins to send the first document that lists it, and stops when the webhook receiver has read
the message. Every tenth article has a word that matches one subscription with a webhook; the other
subscriptions only add load. With `--news` articles and other subscriptions are those of
`benchmarks/pipeline.py`, which alert about twelve times an article at 10,000 subscriptions; without
it all are made up. In the distributed runtime Kafka, Elasticsearch and every service run on this
machine, too.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.pipeline import load, queries
from pantau.bootstrap import open_store
from pantau.settings import Settings, load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.topics import SUBSCRIPTIONS
from tests import newsroom
from tests.e2e.program import Running, command, environment
from tests.e2e.servers import rss
from tests.fleet import SERVICES, Fleet, settings_of
from tests.support import START, subscription

DESKS = 20
WINDOW = 16
"""Number of items in a feed: more than appear between two polls of it."""
MARK = "kataukur"
NEWS = Path("news") / "sample.jsonl"
NEWS_ARTICLES = 4_000
WARM_RATE, WARM_SECONDS = 10.0, 5.0
POLLING = {
    "PANTAU_POLL__MIN_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__DEFAULT_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__MAX_INTERVAL_SECONDS": "1",
}


@dataclass
class Stand:
    """The external side: feeds and a webhook, with timestamps."""

    desks: list[list[newsroom.Item]] = field(default_factory=lambda: [[] for _ in range(DESKS)])
    served: dict[str, float] = field(
        default_factory=dict
    )  # link to the time when the first document with it was sent
    heard: dict[str, float] = field(default_factory=dict)
    polls: int = 0

    def document(self, desk: int) -> bytes:
        """Return the current document of a feed, and record when items are first listed."""
        items = self.desks[desk][-WINDOW:]
        self.polls += 1
        now = time.monotonic()
        for link, _, _ in items:
            self.served.setdefault(link, now)
        return rss(items)


def handler(stand: Stand) -> type[BaseHTTPRequestHandler]:
    """Build the request handler of both servers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(stand.document(int(self.path.strip("/"))), "application/rss+xml")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            stand.heard.setdefault(json.loads(body)["data"]["article"]["url"], time.monotonic())
            self._answer(b"", "text/plain")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
            del format, args

    return Handler


@contextmanager
def serving(stand: Stand) -> Iterator[list[str]]:
    """Serve each feed on a loopback address of its own, like separate sites.

    Yields the addresses.
    """
    with ExitStack() as stack:
        addresses = []
        for number in range(DESKS):
            server = ThreadingHTTPServer((f"127.0.2.{number + 1}", 0), handler(stand))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            addresses.append(f"http://127.0.2.{number + 1}:{server.server_address[1]}")
        yield addresses


def prepare(
    folder: Path, addresses: list[str], given: argparse.Namespace, settings: dict[str, str]
) -> None:
    """Add the feeds and the subscriptions."""
    feeds = [f"{address}/{number}" for number, address in enumerate(addresses)]
    command(folder, "feeds", "add", "--no-check", *feeds, settings=settings)
    hook = f"webhook:{addresses[0]}/hook"
    command(folder, "subscribe", MARK, "--id", "mark", "--to", hook, settings=settings)
    fill(folder, others(given), settings)


def others(given: argparse.Namespace) -> dict[str, str]:
    """Return the subscriptions that only add load, id to query."""
    if given.news is None:
        return newsroom.queries(given.subscriptions)
    made = queries(load(given.news / NEWS, NEWS_ARTICLES), given.subscriptions)
    return {f"s{number}": query for number, query in enumerate(made)}


def published(given: argparse.Namespace) -> Iterator[newsroom.Item]:
    """Yield articles: link, title and text."""
    count = int(sum(given.rates) * (given.seconds + 2)) + 200
    if given.news is None:
        yield from newsroom.articles(count)
        return
    sample = load(given.news / NEWS, NEWS_ARTICLES)
    for number in range(count):
        turn, at = divmod(number, len(sample))
        one = sample[at]
        yield f"https://kabar.example/{number}", f"{one.title} {turn or ''}", one.text


def fill(folder: Path, made: Mapping[str, str], settings: dict[str, str]) -> None:
    """Write the other subscriptions directly to the log."""
    store = open_store(settings_for(folder, settings))
    try:
        store.log.append(
            record_for(subscription(name, query), SUBSCRIPTIONS, source="benchmark", time=START)
            for name, query in made.items()
        )
    finally:
        store.close()


def settings_for(folder: Path, settings: dict[str, str]) -> Settings:
    """Load settings as a service with this environment would."""
    before = dict(os.environ)
    os.environ.update(environment(folder, **settings))
    try:
        return load_settings(folder)
    finally:
        os.environ.clear()
        os.environ.update(before)


def measure(
    stand: Stand, rate: float, seconds: float, items: Iterator[newsroom.Item]
) -> list[float]:
    """Publish articles at a rate; return the latencies of the matching ones."""
    shown: list[str] = []
    began = time.monotonic()
    number = 0
    while (passed := time.monotonic() - began) < seconds:
        while number < rate * passed:
            link, title, text = next(items)
            if number % 10 == 0 or rate < 20:
                title, shown = f"{title} {MARK}", [*shown, link]
            stand.desks[number % DESKS].append((link, title, text))
            number += 1
        time.sleep(0.005)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(
        one in stand.served and one not in stand.heard for one in shown
    ):
        time.sleep(0.05)
    missed = [one for one in shown if one in stand.served and one not in stand.heard]
    if missed:
        print(f"  {len(missed)} of {len(shown)} were not heard of", file=sys.stderr)
    return sorted(stand.heard[one] - stand.served[one] for one in shown if one in stand.heard)


def report(name: str, rate: float, waits: list[float]) -> None:
    """Print a row of the table."""
    if not waits:
        print(f"| {name} | {rate:g}/s | nothing arrived |")
        return
    p99 = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
    print(
        f"| {name} | {rate:g}/s | {len(waits)} | {statistics.median(waits) * 1000:.0f} ms |"
        f" {p99 * 1000:.0f} ms | {waits[-1] * 1000:.0f} ms |",
        flush=True,
    )


def rounds(name: str, stand: Stand, given: argparse.Namespace) -> None:
    """Wait for the first polls, which are historical, then measure at each rate."""
    while stand.polls < 2 * DESKS:
        time.sleep(0.1)
    items = published(given)
    measure(
        stand, WARM_RATE, WARM_SECONDS, items
    )  # the first article loads word lists and opens connections
    for rate in given.rates:
        report(name, rate, measure(stand, rate, given.seconds, items))


def embedded(given: argparse.Namespace, folder: Path) -> None:
    """Measure `pantau run`."""
    stand = Stand()
    with serving(stand) as addresses:
        prepare(folder, addresses, given, POLLING)
        running = Running(folder, **POLLING)
        try:
            rounds("embedded", stand, given)
        finally:
            running.stop()


def distributed(given: argparse.Namespace, folder: Path) -> None:
    """Measure the distributed runtime, with all servers on this machine."""
    from pantau.local import Servers  # noqa: PLC0415 (needs the extra)

    servers = Servers(folder / "servers", full_speed=True)
    status = servers.up()
    stand = Stand()
    settings = settings_of(str(status.kafka), str(status.elasticsearch), **POLLING)
    fleet = Fleet(folder, settings)
    try:
        with serving(stand) as addresses:
            command(folder / "cli", "setup", settings=settings)
            prepare(folder / "cli", addresses, given, settings)
            fleet.start()
            rounds(f"distributed, {len(SERVICES)} services", stand, given)
    finally:
        fleet.kill()
        servers.down()


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runtime", choices=("embedded", "distributed", "both"), default="both")
    parser.add_argument("--rates", type=float, nargs="+", default=[4, 200])
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--subscriptions", type=int, default=1_000)
    parser.add_argument("--news", type=Path, help="the folder of news/sample.jsonl")
    given = parser.parse_args()
    print(
        "| runtime | articles | measured | p50 | p99 | longest |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for name, run in (("embedded", embedded), ("distributed", distributed)):
        if given.runtime in {name, "both"}:
            with tempfile.TemporaryDirectory() as folder:
                run(given, Path(folder))


if __name__ == "__main__":
    main()
