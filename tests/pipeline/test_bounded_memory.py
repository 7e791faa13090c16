"""Memory is bounded whatever comes in.

The whole program, under a limit, with articles made to use it up. The limit is on private memory
(`RLIMIT_DATA`), not on addresses (`RLIMIT_AS`): libraries, stacks of threads and what BLAS reserves
take hundreds of megabytes of addresses that are never used, more of them on a machine with more
processors.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pantau.adapters.sqlite.store import SqliteStore
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.subscription import FileChannel
from pantau_schemas.topics import ALERTS, DEAD_LETTERS, DELIVERIES, TOPICS
from tests.support import FixedClock, article, subscription

MB = 1024 * 1024
TOPIC_OF = {topic.event: topic for topic in TOPICS.values()}


def filled(folder: Path, events: Sequence[Event]) -> None:
    """Build a store with waiting events."""
    clock = FixedClock()
    store = SqliteStore(Settings(data=folder).database, clock)
    store.log.append(
        record_for(one, TOPIC_OF[type(one)], source="test", time=clock.now()) for one in events
    )
    store.close()


def run_once(folder: Path, megabytes: int) -> "subprocess.CompletedProcess[str]":
    """Run the program to its end with so much private memory."""
    return subprocess.run(
        [sys.executable, "-m", "pantau.cli", "run", "--once"],
        env={**os.environ, "PANTAU_DATA": str(folder)},
        preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_DATA, (megabytes * MB, megabytes * MB)
        ),
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )


def test_a_flood_of_one_word_is_worked_off_within_the_limit(tmp_path: Path) -> None:
    """Forty articles of 49 KB that match twenty subscriptions: once 3.4 MB of marks an article."""
    channel = FileChannel(path=str(tmp_path / "alerts.jsonl"))
    subscriptions = [
        subscription(f"s{number}", "banjir", channels=(channel,), include_historical=True)
        for number in range(20)
    ]
    articles = [
        article(str(number), title="Banjir", text=f"{number} " + "banjir " * 7_000)
        for number in range(40)
    ]
    filled(tmp_path, [*subscriptions, *articles])
    done = run_once(tmp_path, 400)
    assert done.returncode == 0, done.stderr
    store = SqliteStore(Settings(data=tmp_path).database, FixedClock())
    assert store.log.table(ALERTS.name).count() == store.log.table(DELIVERIES.name).count() == 800
    assert not store.log.consumer([DEAD_LETTERS.name], None).poll(1)
    assert store.index.count() == 40
    store.close()
    assert len((tmp_path / "alerts.jsonl").read_text().splitlines()) == 800
    size = sum(one.stat().st_size for one in tmp_path.iterdir() if one.is_file())
    assert size < 40 * MB, "16 times the articles themselves"
