"""How a service keeps its parts at work; what a step does with what the log refuses."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap.distributed import CONSOLE
from pantau.commands.programs.service import NAMES, FewRepeats
from pantau.errors import RejectError, RetryError, StopError
from pantau.observe.health import HealthRecorder
from pantau.observe.signals import Signals
from pantau.ports import Received, Record
from pantau.runtimes.distributed import services
from pantau.runtimes.distributed.services import Part, Service
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.processing import Processing
from pantau.stream.handler import Context, Outcome
from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas.codec import encode
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ARTICLES_ENRICHED, DEAD_LETTERS
from tests.support import SOON, FixedClock, enriched


@dataclass
class Loop:
    """A part that follows instructions; without any it waits for the end."""

    does: Callable[[], None] = lambda: None
    runs: bool = False
    stopped: bool = False

    async def run(self, stop: asyncio.Event) -> None:
        self.does()
        self.runs = True
        await stop.wait()
        self.stopped = True


@dataclass
class Closed:
    times: int = 0

    async def close(self) -> None:
        self.times += 1


@dataclass
class Bench:
    """A service over a store in memory."""

    parts: dict[str, Callable[[], Part]]
    ready: Callable[[], None] = lambda: None
    closed: Closed = field(default_factory=Closed)

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        """Run the service until it ends by itself, or stop it as soon as something holds."""
        service = Service(
            "test", self.parts, self.ready, MemoryStore(FixedClock()), closing=[self.closed]
        )
        asyncio.run(run_until(service, until))


async def run_until(service: Service, done: Callable[[], bool]) -> None:
    """Run a service, and stop it as soon as something holds."""

    async def stop() -> None:
        while not done():  # noqa: ASYNC110 (what is waited for sets no event)
            await asyncio.sleep(0.001)
        service.stopping.set()

    stopping = asyncio.create_task(stop())
    try:
        await asyncio.wait_for(service.run(), SOON)
    finally:
        stopping.cancel()


def raising(*errors: Exception | None) -> Callable[[], None]:
    left = iter(errors)

    def act() -> None:
        error = next(left, None)
        if error is not None:
            raise error

    return act


def test_a_part_that_lost_its_server_is_built_anew_and_the_other_goes_on() -> None:
    made: list[Loop] = []
    does = raising(RetryError("away"), RetryError("still away"))
    other = Loop()

    def build() -> Part:
        made.append(Loop(does))
        return made[-1]

    bench = Bench({"one": build, "other": lambda: other})
    bench.run(lambda: len(made) == 3 and made[2].runs and other.runs)
    assert [one.stopped for one in made] == [False, False, True]
    assert other.stopped
    assert bench.closed.times == 1


def test_what_a_part_cannot_mend_ends_the_service_after_the_others() -> None:
    started = threading.Event()
    other = Loop(started.set)

    class Broken:
        async def run(self, stop: asyncio.Event) -> None:
            del stop
            await asyncio.to_thread(started.wait, SOON)
            message = "a person has to act"
            raise StopError(message)

    bench = Bench({"one": Broken, "other": lambda: other})
    with pytest.raises(StopError, match="person"):
        bench.run()
    assert other.stopped
    assert bench.closed.times == 1


def test_a_part_that_ends_by_itself_is_an_error() -> None:
    class Short:
        async def run(self, stop: asyncio.Event) -> None:
            del stop

    with pytest.raises(StopError, match="one ended by itself"):
        Bench({"one": Short}).run()


def test_nothing_is_built_before_servers_are_ready() -> None:
    made: list[Loop] = []

    def build() -> Part:
        assert ready == [1, 2, 3]
        made.append(Loop())
        return made[-1]

    ready: list[int] = []

    def look() -> None:
        ready.append(len(ready) + 1)
        if len(ready) < 3:
            message = "topics are missing"
            raise RetryError(message)

    Bench({"one": build}, look).run(lambda: bool(made) and made[0].runs)
    assert len(made) == 1
    assert made[0].stopped


def test_the_names_of_services_are_those_of_the_topology() -> None:
    assert set(NAMES) == {"poller", EXTRACTOR.name, *(stage.name for stage in STAGES), CONSOLE}


class Passing:
    """A handler that returns its input, except for invalid records."""

    def refresh(self) -> None:
        pass

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        if event.title == "aneh":
            raise ValueError
        return Outcome(events=(event,))


def test_a_record_that_the_log_never_takes_becomes_a_dead_letter_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles = [enriched(name, title=name) for name in ("satu", "dua", "aneh", "tiga")]
    ids = [one.article_id for one in articles]
    store = MemoryStore(FixedClock())
    kept: list[tuple[str, str]] = []

    def append(records: Iterable[Record]) -> None:
        given = [(one.topic, one.key) for one in records]
        if (ARTICLES_ENRICHED.name, ids[1]) in given:
            message = "too large"
            raise RejectError(message)
        kept.extend(given)

    monkeypatch.setattr(store.log, "append", append)
    stage = next(one for one in STAGES if one.name == "enricher")
    reading = replace(stage, reads=ARTICLES_ENRICHED, holds=())
    step = StoreStep(
        Processing(reading, Passing(), FixedClock()), store, FixedClock(), lambda: None
    )
    step.run(
        [
            Received(Record(ARTICLES_ENRICHED.name, one.article_id, encode(one)), offset)
            for offset, one in enumerate(articles)
        ]
    )
    enriched_topic, letters = ARTICLES_ENRICHED.name, DEAD_LETTERS.name
    assert kept == [
        (enriched_topic, ids[0]),
        (letters, ids[1]),
        (letters, ids[2]),
        (enriched_topic, ids[3]),
    ]


def test_a_record_that_fits_into_no_dead_letter_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A letter holds the record, and is larger."""
    store = MemoryStore(FixedClock())
    kept: list[Record] = []

    def append(records: Iterable[Record]) -> None:
        given = list(records)
        if any(len(one.value or b"") > 10_000 for one in given):
            message = "too large"
            raise RejectError(message)
        kept.extend(given)

    monkeypatch.setattr(store.log, "append", append)
    stage = replace(
        next(one for one in STAGES if one.name == "enricher"), reads=ARTICLES_ENRICHED, holds=()
    )
    step = StoreStep(Processing(stage, Passing(), FixedClock()), store, FixedClock(), lambda: None)
    large, small = enriched("large", text="kata " * 5_000), enriched("small")
    step.run(
        [
            Received(Record(ARTICLES_ENRICHED.name, one.article_id, encode(one)), offset)
            for offset, one in enumerate((large, small))
        ]
    )
    assert [(one.topic, one.key) for one in kept] == [
        (DEAD_LETTERS.name, large.article_id),
        (ARTICLES_ENRICHED.name, small.article_id),
    ]


def test_after_a_failure_tables_are_read_before_the_batch_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The log may have kept what it did not acknowledge."""
    store = MemoryStore(FixedClock())
    done: list[str] = []

    def append(records: Iterable[Record]) -> None:
        del records
        done.append("append")
        if done.count("append") == 1:
            message = "no answer"
            raise RetryError(message)

    monkeypatch.setattr(store.log, "append", append)
    stage = replace(
        next(one for one in STAGES if one.name == "enricher"), reads=ARTICLES_ENRICHED, holds=()
    )
    step = StoreStep(
        Processing(stage, Passing(), FixedClock()),
        store,
        FixedClock(),
        lambda: done.append("catch up"),
    )
    one = enriched()
    batch = [Received(Record(ARTICLES_ENRICHED.name, one.article_id, encode(one)), 0)]
    with pytest.raises(RetryError):
        step.run(batch)
    step.run(batch)
    step.run(batch)
    assert done == ["append", "catch up", "append", "append"]


def test_libraries_repeat_themselves_once_a_minute_pantau_always() -> None:
    few = FewRepeats()

    def said(name: str, text: str, at: float) -> bool:
        record = logging.LogRecord(name, logging.ERROR, str(Path()), 1, text, (), None)
        record.created = at
        return few.filter(record)

    assert said("aiokafka", "no node %s", 0.0)
    assert not said("aiokafka", "no node %s", 59.0)
    assert said("aiokafka", "something else", 59.0)
    assert said("aiokafka", "no node %s", 60.0)
    assert said("pantau.x", "waits", 60.0)
    assert said("pantau.x", "waits", 60.0)


def test_texts_that_are_all_different_are_not_all_remembered() -> None:
    few = FewRepeats()
    for number in range(5_000):
        assert few.filter(
            logging.LogRecord("faust", logging.ERROR, "", 1, f"event {number}", (), None)
        )
    assert len(few._said) <= 1_000


def test_it_is_not_ready_while_a_server_is_away() -> None:
    """However busy its parts seem."""
    health = HealthRecorder(lambda: 0.0)
    seen: list[dict[str, str]] = []

    def look() -> None:
        if len(seen) == 1:
            message = "kafka is away"
            raise RetryError(message)

    class Watching:
        async def run(self, stop: asyncio.Event) -> None:
            for expected in ({}, {"kafka": "kafka is away"}, {}):
                while health.unready() != expected:  # noqa: ASYNC110 (there is no event for it)
                    await asyncio.sleep(0.001)
                seen.append(health.unready())
            await stop.wait()

    async def drive() -> None:
        service = Service(
            "test",
            {"one": Watching},
            lambda: None,
            MemoryStore(FixedClock()),
            dependencies={"kafka": look},
            signals=Signals(health=health),
        )
        await run_until(service, lambda: len(seen) == 3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "CHECK_SECONDS", 0.02)
        asyncio.run(drive())
    assert seen == [{}, {"kafka": "kafka is away"}, {}]


def test_a_part_that_reports_itself_is_not_ready_before_it_does() -> None:
    health = HealthRecorder(lambda: 0.0)
    ran: list[dict[str, str]] = []

    class Slow:
        reports_ready = True

        async def run(self, stop: asyncio.Event) -> None:
            assert health.unready() == {"one": "starting"}
            health.ready(part="one")
            ran.append(health.unready())
            await stop.wait()

    async def drive() -> None:
        service = Service(
            "test",
            {"one": Slow},
            lambda: None,
            MemoryStore(FixedClock()),
            signals=Signals(health=health),
        )
        await run_until(service, lambda: bool(ran))

    asyncio.run(drive())
    assert ran == [{}]
