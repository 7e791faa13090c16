"""The stages of the topology over every store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from pantau.bootstrap import STORES, build_workers
from pantau.ports import Record, Store
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.codec import decode
from pantau_schemas.topics import TOPICS
from tests.extracting import Passing
from tests.stores import be_patient, store_settings
from tests.support import FixedClock

E = TypeVar("E", bound=Event)


@dataclass
class Bench:
    """A store with the workers of all stages."""

    store: Store
    clock: FixedClock
    settings: Settings
    workers: list[Worker] = field(default_factory=list)
    extractor: Passing | None = None

    def restart(self) -> None:
        """Drop everything that the stages hold in memory."""
        self.leave()
        self.workers = build_workers(self.store, self.clock, self.settings)

    def leave(self) -> None:
        """Close all stages; they leave their groups."""
        for worker in self.workers:
            worker.close()
        if self.extractor is not None:
            self.extractor.close()
            self.extractor = None

    def pass_on(self) -> int:
        """Run the extractor until every article went on; return how many there were."""
        if self.extractor is None:
            self.extractor = Passing(self.store, self.clock)
        return self.extractor.pass_on()

    def give(self, *events: Event, headers: dict[str, str] | None = None) -> None:
        """Append events to the topics of their types."""
        topics = {topic.event: topic for topic in TOPICS.values()}
        records = [
            record_for(one, topics[type(one)], source="test", time=self.clock.now())
            for one in events
        ]
        self.store.log.append(
            Record(one.topic, one.key, one.value, {**one.headers, **(headers or {})})
            for one in records
        )

    def run(self) -> int:
        total = 0
        while done := self.pass_on() + run_until_idle(self.workers):
            total += done
        return total

    def table(self, topic: str, event: type[E]) -> list[E]:
        values = self.store.log.table(topic).snapshot().values
        return [decode(event, value) for value in values.values() if value is not None]

    def lag(self) -> int:
        return sum(worker.lag() for worker in self.workers)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    be_patient(monkeypatch)


@pytest.fixture(params=sorted(STORES))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    clock = FixedClock()
    with store_settings(request.param, tmp_path, request) as settings:
        store = STORES[request.param](settings, clock)
        made = Bench(store, clock, settings)
        made.restart()
        yield made
        made.leave()
        store.close()
