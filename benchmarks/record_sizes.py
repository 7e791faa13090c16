"""Bytes of a record in each topic, and records an article, as the stages write them.

    python -m benchmarks.record_sizes [SHARED_DATA] [--articles 1000] [--subscriptions 10000]
        (or PANTAU_SHARED)

Articles go through all stages of the embedded runtime, as in `benchmarks/pipeline.py`. A record
counts with its key, value and headers. `stored` is how the embedded store keeps it. `sent` is its
share of a batch of 100 records that is compressed with zstd, as Kafka's producers do and brokers
keep it. These are the figures of `docs/how-to/sizing.md`.
"""

import argparse
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import zstandard
from pydantic_core import to_json

from benchmarks.pipeline import load, pass_on, queries
from pantau.adapters.compression.values import unpack_any
from pantau.adapters.sqlite.log import load_headers
from pantau.bootstrap import STORES, build_workers
from pantau.common.time.clock import SystemClock
from pantau.ports import Record
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.article import Article
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.topics import SUBSCRIPTIONS, TOPICS

BATCH: Final = 100
"""Records that are compressed together; producers collect about so many under load."""


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(os.environ.get("PANTAU_SHARED", "../shared/data"))
    parser.add_argument("shared", type=Path, nargs="?", default=shared)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    given = parser.parse_args()
    articles = load(given.shared / "news" / "sample.jsonl", given.articles)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        store = STORES["sqlite"](settings, SystemClock())
        try:
            store.log.append(subscriptions(articles, given.subscriptions))
            pass_on(store, settings, articles)
            run_until_idle(build_workers(store, SystemClock(), settings))
        finally:
            store.close()
        show(settings.database, len(articles))


def subscriptions(articles: list[Article], count: int) -> Iterator[Record]:
    """Yield subscriptions to queries made from the articles, each with a channel."""
    now = SystemClock().now()
    for number, query in enumerate(queries(articles, count)):
        subscription = Subscription(
            subscription_id=f"s{number}",
            name=query,
            query=query,
            created=now,
            channels=(FileChannel(path=f"/alerts/{number}.ndjson"),),
        )
        yield record_for(subscription, SUBSCRIPTIONS, source="benchmark", time=now)


def show(database: Path, articles: int) -> None:
    """Print a line for each topic that has records, and the size of the store."""
    words = " ".join
    sys.stdout.write(
        "| topic | records an article | bytes | stored | sent |\n|---|---|---|---|---|\n"
    )
    with closing(sqlite3.connect(database)) as store:
        for topic in TOPICS:
            records, stored = list(of_topic(store, topic)), stored_bytes(store, topic)
            if records:
                plain = sum(map(len, records)) / len(records)
                cells = (
                    f"| `{topic}` | {len(records) / articles:.2f} |",
                    f"{plain:,.0f} | {stored / len(records):,.0f} | {sent(records):,.0f} |",
                )
                sys.stdout.write(words(cells) + "\n")
    size = sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))
    sys.stdout.write(f"\nThe store: {size / articles:,.0f} bytes an article.\n")


def of_topic(store: sqlite3.Connection, topic: str) -> Iterator[bytes]:
    """Yield key, value and headers of each record as one."""
    query = "SELECT key, value, headers FROM records WHERE topic = ? ORDER BY position"
    for key, value, headers in store.execute(query, (topic,)):
        read = to_json(dict(load_headers(headers))) if headers else b""
        yield key.encode() + (unpack_any(value) or b"") + read


def stored_bytes(store: sqlite3.Connection, topic: str) -> int:
    """Return the bytes of the records of a topic as they are stored, without indices and pages."""
    query = "SELECT sum(length(key) + ifnull(length(value), 0) + length(headers)) FROM records"
    (total,) = store.execute(f"{query} WHERE topic = ?", (topic,)).fetchone()
    return int(total or 0)


def sent(records: Sequence[bytes]) -> float:
    """Return the mean size of a record in a compressed batch."""
    packer = zstandard.ZstdCompressor()
    batches = (records[at : at + BATCH] for at in range(0, len(records), BATCH))
    return sum(len(packer.compress(b"".join(batch))) for batch in batches) / len(records)


if __name__ == "__main__":
    main()
