"""Measure the console's pages over Elasticsearch with a million articles of a year.

    python -m benchmarks.console_elastic [SHARED_DATA] [--articles 1000000] [--keep FOLDER]
    (or the variable PANTAU_SHARED)

A local Kafka and Elasticsearch are filled by `benchmarks/elastic_fill.py`, with 300 feeds, 50
subscriptions and 5,000 alerts as in `benchmarks/console.py`; the console runs as its own process,
as `pantau service console` starts it. For each page: the time until the first answer is whole, the
median of the next ones, processor time of the console and of Elasticsearch (means of these), and
bytes as they are sent. With `--keep` the folder is filled once and used again.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote, quote_plus

from benchmarks.console import ASSET, article_numbered, ask, busy_seconds, fill_log
from benchmarks.elastic_fill import Year, fill, templates, texts
from benchmarks.search import Corpus
from pantau.bootstrap import open_store
from pantau.bootstrap.stores import setups
from pantau.common.time.clock import SystemClock
from pantau.local import Servers
from pantau.ports import Filters, Store
from pantau.query import parse
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.usecases.feeds.feed_list import FeedList
from pantau_schemas.ids import alert_id
from tests.fleet import settings_of

SUBSCRIPTION: Final = "s0"
MARK: Final = "filled.json"
"""The file that says with how many articles a folder is filled, and until when."""
_OLDER: Final = re.compile(r'href="(/search\?[^"]*cursor=[^"]+)"')
_WORD: Final = re.compile(r"[a-z]{4,}")


def main() -> None:
    """Fill, run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=os.environ.get("PANTAU_SHARED"))
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--enriched", type=int, default=6_000, help="different articles")
    parser.add_argument("--times", type=int, default=7, help="requests after the first one")
    parser.add_argument("--keep", type=Path, help="a folder to fill once and use again")
    given = parser.parse_args()
    if given.shared is None:
        parser.error("name a folder of news, or set PANTAU_SHARED")
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        with opened(place) as settings, closing(open_store(settings)) as store:
            words = filled(place, given, settings, store)
            asked = pages(store, words, given.articles)
            with console(place, settings) as (process, port):
                show(asked, place, process, port, given.times)


@contextmanager
def opened(place: Path) -> Iterator[Settings]:
    """Yield the settings of servers that are up."""
    servers = Servers(place / "servers", full_speed=True)
    status = servers.up()
    try:
        yield Settings(
            data=place / "data",
            kafka=KafkaSettings(servers=(str(status.kafka),)),
            elasticsearch=ElasticSettings(url=str(status.elasticsearch)),
        )
    finally:
        servers.down()


def filled(place: Path, given: argparse.Namespace, settings: Settings, store: Store) -> list[str]:
    """Fill the servers unless they are filled; return words of texts, the commonest first."""
    shared, count = Path(given.shared), int(given.articles)
    made, mark = templates(place, shared, given.enriched), place / MARK
    if not mark.exists():
        end = datetime.now(UTC).replace(microsecond=0)
        for step in setups(settings):
            list(step())
        began = time.monotonic()
        fill(settings, made, Year(end, count))
        print(f"{count:,} articles filled in {time.monotonic() - began:.0f} s", flush=True)
        fill_log(store, Corpus(shared), count)
        mark.write_text(json.dumps({"articles": count}))
    if json.loads(mark.read_text())["articles"] != count:
        sys.exit("the folder has another number of articles; name an empty one")
    counted = Counter(word for text in texts(made) for word in _WORD.findall(text.lower()))
    return [word for word, _ in counted.most_common()]


def pages(store: Store, words: list[str], count: int) -> dict[str, str]:
    """Return what is measured: a name and an address of each page."""
    article = article_numbered(store, count - 1)
    feed = FeedList(store.log, SystemClock()).all()[0].feed.feed_id
    named = Counter(
        one.id
        for number in range(count - 200, count)
        for one in article_numbered(store, number).entities
        if one.type == "person" and one.id
    )
    (person, _), *_ = named.most_common(1)
    day = timedelta(days=1)
    first, last = article.first_seen - 200 * day, article.first_seen - 193 * day
    dates = f"from={first:%Y-%m-%d}&to={last:%Y-%m-%d}"
    story = next(
        one.story_id
        for one in store.index.outlines(parse("*:*"), Filters(), 2_000)
        if one.story_id is not None
    )
    rare = words[len(words) // 2]
    common = '"tidak ada"'
    return {
        "now": "/",
        "search, a rare word": f"/search?q={rare}",
        "search, a word of news": "/search?q=banjir",
        "search, a common word": "/search?q=yang",
        "search, everything": "/search?q=*",
        "search, an AND of several": "/search?q=" + quote_plus("banjir AND (Jakarta OR Bandung)"),
        "search, a phrase": "/search?q=" + quote_plus('"kepala daerah"'),
        "search, a phrase of common words": "/search?q=" + quote_plus(common),
        "search, a prefix": "/search?q=" + quote_plus("korup*"),
        "search, a word with a source": "/search?q="
        + quote_plus("yang AND source:source1.example"),
        "search, a name": "/search?q=" + quote_plus("organizations:KPK"),
        "search, a week of long ago": f"/search?q=yang&{dates}",
        "search, page 2": "/search?q=yang",
        "search, a word by story": "/search?q=banjir&by=story",
        "search, everything by story": "/search?q=*&by=story",
        "search as CSV, 100 rows": "/search.csv?q=yang&limit=100",
        "reading of a query, as it is typed": "/search/reading?q=yang",
        "stories": "/stories",
        "stories of 30 days": "/stories?since=30d",
        "story": f"/stories/{story}",
        "article": f"/articles/{article.article_id}",
        "names": "/entities",
        "names like a word": "/entities?match=jok",
        "name": f"/entities/person/{quote(str(person))}",
        "inbox": "/alerts",
        "alert": f"/alerts/{alert_id(SUBSCRIPTION, article.article_id)}",
        "subscriptions": "/subscriptions",
        "new subscription": "/subscriptions/new?q=banjir",
        "its preview, which follows": "/subscriptions/new/backtest?q=banjir",
        "its preview, a common word": "/subscriptions/new/backtest?q=yang",
        "subscription": f"/subscriptions/{SUBSCRIPTION}",
        "feeds": "/feeds",
        "feed": f"/feeds/{feed}",
        "report of a day": f"/reports/{article.first_seen:%Y-%m-%d}?subscription={SUBSCRIPTION}",
        "pipeline": "/pipeline",
        "API: search": "/api/v1/search?query=banjir",
        "API: inbox": "/api/v1/inbox",
        "API: status": "/api/v1/status",
    }


@contextmanager
def console(place: Path, settings: Settings) -> Iterator[tuple[int, int]]:
    """Run the console as its service does; yield its process and its port."""
    data = place / "data"
    data.mkdir(exist_ok=True)
    (data / "pantau.toml").write_text("[console]\nport = 0\nrequests_per_minute = 0\n")
    variables = settings_of(settings.kafka.servers[0], settings.elasticsearch.url)
    with (place / "console.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-m", "pantau.console", str(data)],
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            said = process.stdout.readline() if process.stdout is not None else b""
            found = re.search(rb"127\.0\.0\.1:(\d+)", said)
            if found is None:
                sys.exit((place / "console.log").read_text())
            yield process.pid, int(found[1])
        finally:
            if process.stdin is not None:
                process.stdin.close()  # which ends it
            process.wait()


def show(asked: dict[str, str], place: Path, process: int, port: int, count: int) -> None:
    """Print what each page costs, one request at a time."""
    server = elasticsearch_of(place)
    print(
        "| page | first, ms | median, ms | processor, ms | Elasticsearch, ms | KB | with all, KB |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    for name, given in asked.items():
        path = given
        if name.endswith("page 2"):
            linked = _OLDER.findall(ask(port, path)[1].decode())
            path = linked[0].replace("&amp;", "&")
        status, body, first = ask(port, path)
        if status != 200:
            print(f"| {name} | status {status} | | | | | |")
            continue
        before = busy_seconds(process), busy_seconds(server)
        times = [ask(port, path)[2] for _ in range(count)]
        own, its = (
            (busy_seconds(one) - spent) / count * 1_000
            for one, spent in zip((process, server), before, strict=True)
        )
        assets = sum(len(ask(port, one)[1]) for one in set(ASSET.findall(body.decode())))
        print(
            f"| {name} | {first * 1_000:.0f} | {statistics.median(times) * 1_000:.0f} | {own:.0f} "
            f"| {its:.0f} | {len(body) / 1_000:.0f} | {(len(body) + assets) / 1_000:.0f} |",
            flush=True,
        )


def elasticsearch_of(place: Path) -> int:
    """Return the process of Elasticsearch."""
    sought = str(place.absolute() / "servers")
    for one in Path("/proc").glob("[0-9]*"):
        try:
            line = (one / "cmdline").read_text(errors="replace")
        except OSError:
            continue
        if sought in line and "elasticsearch_child" in line:
            return int(one.name)
    sys.exit("Elasticsearch has no process")


if __name__ == "__main__":
    main()
