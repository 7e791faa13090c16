"""Measure the console's pages at 100,000 articles: time, bytes, memory, many people at once.

    python -m benchmarks.console [SHARED_DATA] [--articles 100000] [--keep FOLDER]
    (or the variable PANTAU_SHARED)

The store has articles of `benchmarks/search.py` that end now, 300 paused feeds, 50 subscriptions
and 5,000 alerts. `pantau run` serves it. For each page: the processor time of the console's process
(mean, from /proc), the time until the answer is whole (median), and bytes as they are sent. Then 50
people read at the same time: each waits between two pages as long as a reader does, and then
without any pause. Memory is the proportional set size of all processes (`smaps_rollup`), with
the console after these requests, and without it.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import quote

from benchmarks.search import EVERY, START, Corpus
from pantau.adapters.sqlite.store import SqliteStore
from pantau.common.time.clock import SystemClock
from pantau.ports import SearchRequest, Store
from pantau.query.ast import MatchAll
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.feed_list import FeedList, set_paused
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.base import Span
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.article import EnrichedArticle, Entity
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import alert_id, digest_id
from pantau_schemas.topics import ALERTS

FEEDS: Final = 300
SUBSCRIPTIONS: Final = 50
ALERT_COUNT: Final = 5_000
TIMES: Final = 5
PEOPLE: Final = 50
THINKS: Final = 15.0
"""Mean time in seconds that a person reads a page."""
_SUMMED: Final = set(ArticleSummary.model_fields) & set(EnrichedArticle.model_fields)
_TICK: Final = 1 / os.sysconf("SC_CLK_TCK")
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:(\d+)")
ASSET: Final = re.compile(r'(?:src|href)="(/static/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Filled:
    """Ids of what is in the store, for addresses of pages."""

    article: str
    story: str
    person: str
    alert: str
    subscription: str
    feed: str


def main() -> None:
    """Fill, run and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=os.environ.get("PANTAU_SHARED"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each load of 50 people")
    parser.add_argument("--keep", type=Path, help="a folder to fill once and use again")
    given = parser.parse_args()
    if given.shared is None:
        parser.error("name a folder of news, or set PANTAU_SHARED")
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        (place / "pantau.toml").write_text("[console]\nport = 0\nrequests_per_minute = 0\n")
        filled = fill(place, Path(given.shared), given.articles)
        with running(place, "--no-console") as (process, _):
            without = memory_of(process)
        with running(place) as (process, port):
            fresh = memory_of(process)
            show_pages(pages(filled), port, console_of(process))
            show_load(pages(filled), port, given.seconds)
            used = memory_of(process)
    print(f"\nMemory of `pantau run`: {without:.0f} MB without the console, {fresh:.0f} MB with it")
    print(f"at the start, {used:.0f} MB after these requests.")


def fill(place: Path, shared: Path, count: int) -> Filled:
    """Fill a store unless it is filled; return ids of what is in it."""
    store = SqliteStore(place / "pantau.db", SystemClock())
    with closing(store):
        corpus = Corpus(shared)
        if store.index.count() < count:
            _fill_articles(store, corpus, count)
            fill_log(store, corpus, count)
        article = article_numbered(store, count - 1)
        feed = FeedList(store.log, SystemClock()).all()[0].feed.feed_id
        alert = alert_id("s0", article.article_id)
        return Filled(
            article.article_id, article.story_id or "", article.entities[0].name, alert, "s0", feed
        )


def _fill_articles(store: SqliteStore, corpus: Corpus, count: int) -> None:
    shift = datetime.now(UTC).replace(microsecond=0) - (START + count * EVERY)
    batch: list[EnrichedArticle] = []
    for number, one in enumerate(corpus.articles(count), start=1):
        entities = tuple(
            Entity(type="person", name=name, mentions=(Span(field="title", start=0, end=1),))
            for name in one.people
        )
        seen = one.first_seen + shift
        batch.append(
            one.model_copy(update={"first_seen": seen, "published": seen, "entities": entities})
        )
        if len(batch) == 200 or number == count:
            with store.atomically():
                store.index.put(batch)
            batch = []
        if number % 20_000 == 0:
            print(f"  {number:,} articles", file=sys.stderr)


def article_numbered(store: Store, number: int) -> EnrichedArticle:
    """Return an article of the store by its number; leave the program if there is none."""
    found = store.index.get(digest_id(str(number)))
    if found is None:
        sys.exit("the folder has other articles; name an empty one")
    return found


def fill_log(store: Store, corpus: Corpus, count: int) -> None:
    """Write feeds, subscriptions, and an alert of each of the newest articles."""
    clock = SystemClock()
    book = FeedList(store.log, clock)
    for number in range(FEEDS):
        book.add(f"https://source{number}.example/rss", title=f"Source {number}")
    set_paused(book, [one.feed.feed_id for one in book.all()], paused=True)
    SubscriptionRepository(store.log, clock).save(
        *(
            Subscription(
                subscription_id=f"s{number}",
                name=f"Subscription {number}",
                query=corpus.words[20 + number],
                created=clock.now(),
            )
            for number in range(SUBSCRIPTIONS)
        )
    )
    records = []
    newest = SearchRequest(MatchAll(), limit=min(ALERT_COUNT, count), count=False)
    for number, hit in enumerate(store.index.search(newest).hits):
        article = hit.article
        named = [{"type": one.type, "name": one.name} for one in article.entities]
        fields = article.model_dump(include=_SUMMED) | {"entities": named}
        about = ArticleSummary.model_validate(fields)
        subscriber = f"s{number % SUBSCRIPTIONS}"
        alert = Alert(
            alert_id=alert_id(subscriber, article.article_id),
            subscription_id=subscriber,
            subscription_name=subscriber,
            query="banjir",
            article=about,
            matched_at=article.first_seen,
        )
        records.append(record_for(alert, ALERTS, source="benchmark", time=clock.now()))
    store.log.append(reversed(records))


def pages(filled: Filled) -> dict[str, str]:
    """Return what is measured: a name and an address of each page."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    return {
        "now": "/",
        "search, a rare word": "/search?q=banjir",
        "search, a common word": "/search?q=yang",
        "search, everything by story": "/search?q=*&by=story",
        "stories": "/stories",
        "story": f"/stories/{filled.story}",
        "article": f"/articles/{filled.article}",
        "names": "/entities",
        "name": f"/entities/person/{quote(filled.person)}",
        "inbox": "/alerts",
        "alert": f"/alerts/{filled.alert}",
        "subscriptions": "/subscriptions",
        "new subscription, with its preview": "/subscriptions/new?q=banjir",
        "subscription": f"/subscriptions/{filled.subscription}",
        "feeds": "/feeds",
        "feed": f"/feeds/{filled.feed}",
        "report of a day": f"/reports/{today}?subscription={filled.subscription}",
        "pipeline": "/pipeline",
        "API: search": "/api/v1/search?query=banjir",
        "API: inbox": "/api/v1/inbox",
        "API: status": "/api/v1/status",
    }


@contextmanager
def running(place: Path, *options: str) -> Iterator[tuple[int, int]]:
    """Run the program on a store; yield its process and the console's port, 0 without one."""
    program, log = str(Path(sys.executable).parent / "pantau"), place / "run.log"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [program, "run", "--data", str(place), *options],
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            port = 0
            while not options and not port:
                found = _ADDRESS.search(log.read_text())
                port = int(found[1]) if found else 0
                if process.poll() is not None:
                    sys.exit(log.read_text())
                time.sleep(0.2)
            time.sleep(8)  # it has started all of its loops
            yield process.pid, port
        finally:
            process.terminate()
            process.wait()


def children_of(process: int) -> list[int]:
    """Return a process and all that it started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in listed for one in children_of(int(child)))]


def console_of(process: int) -> int:
    """Return the process of the console."""
    for one in children_of(process):
        if b"pantau.console" in Path(f"/proc/{one}/cmdline").read_bytes():
            return one
    sys.exit("the console has no process")


def memory_of(process: int) -> float:
    """Return the proportional set size of a process and its children, in megabytes."""
    total = 0
    for one in children_of(process):
        with suppress(OSError):  # it has ended
            shown = Path(f"/proc/{one}/smaps_rollup").read_text()
            found = re.search(r"^Pss:\s+(\d+) kB", shown, re.MULTILINE)
            total += int(found[1]) if found else 0
    return total / 1_000


def busy_seconds(process: int) -> float:
    """Return the processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def ask(port: int, path: str) -> tuple[int, bytes, float]:
    """Return the status and the body of an answer, and the seconds that it took."""
    began = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    return answer.status, body, time.perf_counter() - began


def show_pages(asked: dict[str, str], port: int, console: int) -> None:
    """Print what each page costs, one request at a time."""
    print("| page | processor, ms | median, ms | KB | with style and script, KB |")
    print("|---|---|---|---|---|")
    for name, path in asked.items():
        status, body, _ = ask(port, path)
        if status != 200:
            print(f"| {name} | status {status} | | | |")
            continue
        before = busy_seconds(console)
        times = [ask(port, path)[2] for _ in range(TIMES)]
        spent = (busy_seconds(console) - before) / TIMES
        assets = sum(len(ask(port, one)[1]) for one in set(ASSET.findall(body.decode())))
        print(
            f"| {name} | {spent * 1_000:.0f} | {statistics.median(times) * 1_000:.0f} "
            f"| {len(body) / 1_000:.0f} | {(len(body) + assets) / 1_000:.0f} |",
            flush=True,
        )


def show_load(asked: dict[str, str], port: int, seconds: float) -> None:
    """Print how long pages take while many people read."""
    print(f"\n| {PEOPLE} people | pages/s | p50, ms | p95, ms | refused |\n|---|---|---|---|---|")
    for name, thinks in (("who read 15 s a page", THINKS), ("without a pause", 0.0)):
        found: list[tuple[int, float]] = []
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(
                target=_read, args=(list(asked.values()), port, thinks, until, n, found)
            )
            for n in range(PEOPLE)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        times = sorted(took for status, took in found if status == 200)
        print(
            f"| {name} | {len(times) / seconds:.1f} | {times[len(times) // 2] * 1_000:.0f} "
            f"| {times[len(times) * 95 // 100] * 1_000:.0f} "
            f"| {sum(status != 200 for status, _ in found)} |",
            flush=True,
        )


def _read(
    paths: list[str],
    port: int,
    thinks: float,
    until: float,
    number: int,
    found: list[tuple[int, float]],
) -> None:
    chance = random.Random(number)  # noqa: S311 (the same pages every time)
    time.sleep(chance.uniform(0, thinks))
    while time.monotonic() < until:
        try:
            status, _, took = ask(port, chance.choice(paths))
        except OSError:
            status, took = 0, 0.0
        found.append((status, took))
        if thinks:
            time.sleep(chance.expovariate(1 / thinks))


if __name__ == "__main__":
    main()
