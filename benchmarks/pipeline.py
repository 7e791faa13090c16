"""Articles a second through the stages of the embedded runtime, stage by stage, on a SQLite store.

    python benchmarks/pipeline.py [SHARED_DATA] [--articles 2000] [--subscriptions 10000]    (or PANTAU_SHARED)

SHARED_DATA has `news/sample.jsonl` with `{"title", "text", ...}` a line. Each stage works off its whole backlog before the next one
starts, in one thread, as `pantau run` does it batch by batch. Queries are made from words and neighbouring words
of the articles: phrases, AND, OR, NOT, prefixes.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pantau.bootstrap import STORES, build_workers
from pantau.clock import SystemClock
from pantau.envelope import record_for
from pantau.settings import Settings
from pantau_schemas.article import Article
from pantau_schemas.ids import digest_id
from pantau_schemas.subscription import Subscription
from pantau_schemas.topics import ARTICLES, SUBSCRIPTIONS


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=Path(os.environ.get("PANTAU_SHARED", "../shared/data"))
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(
            Path(folder), load(given.shared / "news" / "sample.jsonl", given.articles), given.subscriptions
        )


def load(path: Path, count: int) -> list[Article]:
    """Read articles, spread over the file."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    now = datetime.now(UTC)
    return [
        Article(article_id=digest_id(str(number)), title=row["title"], text=row["text"], first_seen=now)
        for number, row in enumerate(rows[:: max(1, len(rows) // count)][:count])
    ]


def queries(articles: list[Article], count: int) -> list[str]:
    """Make queries that match a few articles in a thousand."""
    chance = random.Random(7)  # noqa: S311 (seeded, so that every run has the same)
    words = [[word for word in one.text.split() if word.isalpha() and len(word) > 4] for one in articles]
    words = [one for one in words if len(one) > 20]
    made = []
    for _ in range(count):
        text = chance.choice(words)
        at = chance.randrange(len(text) - 2)
        first, second, other = text[at], text[at + 1], chance.choice(chance.choice(words))
        made.append(
            chance.choice(
                (
                    f'"{first} {second}"',
                    f"{first} AND {second} AND {other}",
                    f'"{first} {second}" OR ({first} AND {other})',
                    f'("{first} {second}" OR "{second} {other}") AND NOT {chance.choice(text)}',
                    f"{first[:5]}* AND {second} AND {other}",
                )
            )
        )
    return made


def measure(folder: Path, articles: list[Article], subscriptions: int) -> None:
    """Fill a store, run each stage to its end."""
    clock = SystemClock()
    store = STORES["sqlite"](Settings(data=folder), clock)
    now = clock.now()
    store.log.append(
        record_for(
            Subscription(subscription_id=f"s{number}", name=query, query=query, created=now),
            SUBSCRIPTIONS,
            source="benchmark",
            time=now,
        )
        for number, query in enumerate(queries(articles, subscriptions))
    )
    store.log.append(record_for(one, ARTICLES, source="benchmark", time=now) for one in articles)
    size = sum(len(one.text.split()) for one in articles) / len(articles)
    sys.stdout.write(f"{len(articles)} articles of {size:.0f} words, {subscriptions} subscriptions\n")
    total = 0.0
    for worker in build_workers(store, clock, Settings(data=folder)):
        start = time.perf_counter()
        records = 0
        while done := worker.step():
            records += done
        seconds = time.perf_counter() - start
        total += seconds
        sys.stdout.write(f"{worker.stage.name:10} {records:7} records {records / seconds:9.0f}/s\n")
    alerts = store.log.table("alerts").count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"all        {len(articles) / total:.0f} articles/s, {alerts} alerts, {peak} MB at most, "
        f"{(folder / 'pantau.db').stat().st_size / len(articles):.0f} bytes an article on disk\n"
    )
    store.close()


if __name__ == "__main__":
    main()
