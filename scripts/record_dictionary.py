"""Train a dictionary by which stores compress records.

    python -m scripts.record_dictionary services/pantau/adapters/compression/records-2.dict 2

The records are those that the stages write about the made-up news of the demonstration, for
subscriptions to their own words. A dictionary that was released never changes, for values in stores
refer to it by its number: a better one gets the next number (see `compression/values.py`). Ids and
times differ in each run, so another run gives another dictionary that is as good.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import zstandard
from pydantic_core import to_json

from pantau.adapters.compression.values import dictionary_id
from pantau.bootstrap import STORES, build_workers
from pantau.common.time.clock import SystemClock
from pantau.demo.newsroom import Newsroom, Story, load_newsroom
from pantau.ports import Record, Store
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import ExtractSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.article import Article
from pantau_schemas.events.subscription import Channel, EmailChannel, FileChannel, Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES, SUBSCRIPTIONS, TOPICS
from tests.extracting import extract_all

SIZE: Final = 32 * 1024
"""Bytes of a dictionary.

Dictionaries of 16, 32 and 64 KB, trained on real news, packed alerts about other news to 635, 626
and 603 bytes; the made-up news has 11 KB of text.
"""
MOST: Final = 400
"""Records of a topic that it learns from, so that alerts do not crowd out everything else."""
SUBSCRIPTIONS_OF_A_STORY: Final = 25


def main() -> None:
    """Write the dictionary."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("number", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), extract=ExtractSettings(enabled=False))
        with closing(STORES["sqlite"](settings, SystemClock())) as store:
            samples: list[bytes | bytearray | memoryview] = list(made(store, settings))
    trained = zstandard.train_dictionary(SIZE, samples, dict_id=dictionary_id(given.number))
    given.path.write_bytes(trained.as_bytes())
    sys.stdout.write(f"{len(samples)} samples, {given.path.stat().st_size} bytes\n")


def made(store: Store, settings: Settings) -> Iterator[bytes]:
    """Run the stages over the newsroom; yield values and headers of what they wrote."""
    newsroom, chance = load_newsroom(), random.Random(7)  # noqa: S311 (not for secrets)
    now = SystemClock().now()
    store.log.append(
        record_for(one, SUBSCRIPTIONS, source="cli", time=now)
        for one in subscriptions(newsroom, chance)
    )
    store.log.append(
        record_for(one, ARTICLES, source="poller", time=now) for one in articles(newsroom)
    )
    asyncio.run(extract_all(store, SystemClock(), settings))
    run_until_idle(build_workers(store, SystemClock(), settings))
    for topic in TOPICS:
        with closing(store.log.consumer([topic], None)) as reader:
            found: list[Record] = []
            while polled := reader.poll(500):
                found += (one.record for one in polled if one.record.value is not None)
        for one in chance.sample(found, min(MOST, len(found))):
            yield one.value or b""
            yield to_json(one.headers)  # as a store keeps them


def articles(newsroom: Newsroom) -> Iterator[Article]:
    """Yield the stories as articles that a feed gave."""
    feeds = {one.path: one for one in newsroom.feeds}
    for one in newsroom.stories:
        feed = feeds[one.feed]
        site = feed.site if feed.site.startswith("https:") else "https://ringkas.example"
        yield Article(
            article_id=digest_id(one.slug),
            feed_id=digest_id(one.feed),
            source=site.removeprefix("https://"),
            url=f"{site}/{one.slug}",
            title=one.title,
            text="\n\n".join(one.paragraphs),
            lang=feed.language,
            published=datetime.now(UTC),
            first_seen=datetime.now(UTC),
        )


def subscriptions(newsroom: Newsroom, chance: random.Random) -> Iterator[Subscription]:
    """Yield the subscriptions of the demonstration, and some to words of each story."""
    now = SystemClock().now()
    given = [(one.name, one.query) for one in newsroom.watchers]
    for story in newsroom.stories:
        given += [(query, query) for query in queries(story, chance)]
    for number, (name, query) in enumerate(given):
        channels: tuple[Channel, ...] = (
            EmailChannel(to=f"meja{number}@redaksi.example"),
            FileChannel(path=f"/srv/redaksi/alerts-{number}.ndjson"),
        )
        yield Subscription(
            subscription_id=digest_id(f"subscription {number}"),
            name=name,
            query=query,
            created=now,
            channels=channels[number % 2 :][:1],
        )


def queries(story: Story, chance: random.Random) -> Iterator[str]:
    """Yield queries of the usual kinds that match a story."""
    words = [one for part in story.paragraphs for one in part.split() if one.isalpha()]
    for _ in range(SUBSCRIPTIONS_OF_A_STORY):
        at = chance.randrange(len(words) - 1)
        first, second, other = words[at], words[at + 1], chance.choice(words)
        yield chance.choice(
            (
                f'"{first} {second}"',
                f'"{first} {second}" OR ({first} AND {other})',
                f"{first} AND {other}",
                f'("{first} {second}" OR {other}) AND NOT lowongan',
            )
        )


if __name__ == "__main__":
    main()
