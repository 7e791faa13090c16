"""Plays notifier and dispatcher over one SQLite file, and kills itself at a given statement.

    python -m tests.faults.killed_notifier FOLDER [STATEMENT]

Alerts of subscriptions with different rules come in by a virtual clock, which stands in the file
`clock` of the folder, so that the next process goes on where this one died. Every channel is a
file. `STATEMENT` counts what SQLite executes: positions before, within and after every transaction,
and before and after every message that was sent. Prints the number of statements at the end.
"""

import asyncio
import itertools
import os
import signal
import sqlite3
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pantau.bootstrap import STORES, build_channel_drivers, build_fetcher, build_workers
from pantau.ports import Store
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.settings import FetchSettings, NotifySettings, PipelineSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    QuietHours,
    Rules,
    Threshold,
    Throttled,
)
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS, SUBSCRIPTIONS
from tests.support import START, FixedClock, subscription
from tests.unit.notifier.support import Board, Pace, dispatching

WAVES: Final = 5
"""Minutes in which alerts come."""
STORIES: Final = 3
RULES: Final = {
    "plain": Rules(),
    "collected": Rules(timing=Collected(seconds=90)),
    "throttled": Rules(timing=Throttled(every_seconds=300)),
    "digest": Rules(timing=Digest(every="hour")),
    "growth": Rules(articles="growth"),
    "count": Rules(trigger=Threshold(number=5, seconds=600)),
    "quiet": Rules(quiet=QuietHours(begin="07:30", end="09:10")),
}


def subscriptions(folder: Path) -> tuple[Subscription, ...]:
    """Return one subscription for each kind of rule; each writes to a file of its own."""
    return tuple(
        subscription(
            name, "banjir", channels=(FileChannel(path=str(folder / f"{name}.jsonl")),), rules=rules
        )
        for name, rules in RULES.items()
    )


def wave(number: int) -> list[Alert]:
    """Return the alerts that come in one minute: each subscription gets as many as stories."""
    found = []
    for name, story in itertools.product(RULES, range(STORIES)):
        about = f"{number}-{story}"
        article: dict[str, Any] = {
            "article_id": digest_id(about),
            "revision": 1,
            "title": f"Berita {about}",
            "url": f"https://kabar.example/{about}",
            "source": f"kabar{number}.example",
            "first_seen": START + timedelta(minutes=number),
            "story_id": f"story-{story}",
            "story": StoryCoverage(
                articles=number + 1,
                other_sources=tuple(f"kabar{one}.example" for one in range(number)),
                more_sources=0,
            ),
        }
        found.append(
            Alert(
                schema_version=3,
                alert_id=digest_id(name, about),
                subscription_id=name,
                subscription_name=name.title(),
                query="banjir",
                article=ArticleSummary.model_validate(article),
                matched_at=START + timedelta(minutes=number),
            )
        )
    return found


class StoredClock(FixedClock):
    """A clock whose moment is kept in a file, so that it never goes back after a death."""

    def __init__(self, path: Path) -> None:
        super().__init__(datetime.fromisoformat(path.read_text()) if path.exists() else START)
        self._path = path

    def move(self, **by: float) -> None:
        super().move(**by)
        written = self._path.with_suffix(".new")
        written.write_text(self.moment.isoformat())
        written.replace(self._path)

    @property
    def minute(self) -> int:
        """Minutes since the beginning."""
        return round((self.moment - START) / timedelta(minutes=1))


def die_at(statement: int | None) -> "itertools.count[int]":
    """Kill this process when SQLite executes that statement; return the counter."""
    counter = itertools.count(1)
    real = sqlite3.connect

    def count(_: str) -> None:
        if next(counter) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*arguments, **options)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]  # one form of it
    return counter


async def play(folder: Path) -> None:
    """Run until nothing is left to send; go on where a killed process stopped."""
    clock = StoredClock(folder / "clock")
    settings = Settings(
        data=folder,
        pipeline=PipelineSettings(batch=5),
        fetch=FetchSettings(),
        notify=NotifySettings(timeout_seconds=60),
    )
    store = STORES["sqlite"](settings, clock)
    workers = build_workers(store, clock, settings, only=("notifier",))
    fetcher = build_fetcher(settings)
    drivers = build_channel_drivers(settings, fetcher, clock)
    try:
        async with dispatching(Board(store, clock), drivers, settings.notify) as dispatcher:
            await _minutes(folder, store, clock, workers, Pace(dispatcher))
    finally:
        for one in workers:
            one.close()
        store.close()
        for driver in drivers.values():
            await driver.close()
        await fetcher.close()


async def _minutes(
    folder: Path, store: Store, clock: StoredClock, workers: list[Worker], pace: Pace
) -> None:
    if clock.minute == 0:
        given = subscriptions(folder)
        store.log.append(record_for(one, SUBSCRIPTIONS, source="test", time=START) for one in given)
    while True:
        if clock.minute < WAVES:
            store.log.append(
                record_for(one, ALERTS, source="test", time=clock.now())
                for one in wave(clock.minute)
            )
        run_until_idle(workers)
        await pace.settle()
        if clock.minute >= 80:
            return
        clock.move(minutes=1 if clock.minute < WAVES + 12 else 10)


def main() -> None:
    folder, *given = sys.argv[1:]
    counter = die_at(int(given[0]) if given else None)
    asyncio.run(play(Path(folder)))
    print(next(counter) - 1)  # noqa: T201 (the result of this program)


if __name__ == "__main__":
    main()
