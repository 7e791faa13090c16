"""The contract of stages with work at certain times, over every store: see `TimedHandler`."""

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.common.time.clock import SystemClock
from pantau.errors import RetryError, StopError
from pantau.observe.signals import Signals
from pantau.ports import Clock, Log, Record, SearchIndex, Store, Table
from pantau.runtimes.embedded.pipeline import Pipeline
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.runtimes.ticks import LOOK_SECONDS
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources, Stage
from pantau_schemas.base import Event
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.subscription import SubscriptionState
from pantau_schemas.topics import ARTICLES, SUBSCRIPTION_STATE
from tests.support import SOON, START, FixedClock, article, subscription

DIGEST = "ab" * 16
HOUR = timedelta(hours=1)


def planned(name: str, due: datetime) -> SubscriptionState:
    return SubscriptionState(
        subscription_id=name, query_digest=DIGEST, suspended_since=due, times=1
    )


@dataclass
class Reminders:
    """Plans a reminder an hour after each article, in a table, and sends it in a tick."""

    plan: Table
    owns: Callable[[str], bool]
    after: timedelta = HOUR
    at_once: int = 100
    waiting: dict[str, datetime] = field(default_factory=dict)
    ticks: list[datetime] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    version: int | None = None

    def refresh(self) -> None:
        changes = self.plan.snapshot() if self.version is None else self.plan.changes(self.version)
        self.version = changes.version
        for key, value in changes.values.items():
            state = None if value is None else decode(SubscriptionState, value)
            self.waiting.pop(key, None)
            if state is not None and state.suspended_since is not None:
                self.waiting[key] = state.suspended_since

    def handle(self, event: Article, context: Context) -> Outcome:
        return Outcome(events=(planned(event.article_id, context.now + self.after),))

    def next_due(self) -> datetime | None:
        return min((due for key, due in self.waiting.items() if self.owns(key)), default=None)

    def tick(self, now: datetime) -> Outcome:
        self.ticks.append(now)
        if self.problems:
            raise self.problems.pop(0)
        due = [key for key, at in sorted(self.waiting.items()) if at <= now and self.owns(key)]
        events = [
            SubscriptionState(subscription_id=key, query_digest=DIGEST, times=2) for key in due
        ]
        return Outcome(events=tuple(events[: self.at_once]), more=len(events) > self.at_once)


def stage(make: Callable[[Resources], Any], **changes: Any) -> Stage:
    fields: dict[str, Any] = {
        "name": "reminder", "reads": ARTICLES, "writes": (SUBSCRIPTION_STATE,), "make": make,
        "follows": (SUBSCRIPTION_STATE,),
    }  # fmt: skip
    return Stage(**fields | changes)


REMINDER = stage(lambda given: Reminders(given.table(SUBSCRIPTION_STATE), given.owns))


@dataclass
class Counted:
    """Metrics that remember ticks."""

    ticks: list[tuple[str, dict[str, int]]] = field(default_factory=list)

    def ticked(self, stage: str, outcome: str, produced: Any, seconds: float) -> None:
        assert stage == "reminder"
        assert seconds >= 0
        self.ticks.append((outcome, dict(produced)))

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


@dataclass
class Bench:
    """One timed stage over a store."""

    store: Store
    clock: Clock
    metrics: Counted = field(default_factory=Counted)
    row: Stage = REMINDER

    def __post_init__(self) -> None:
        resources = Resources(
            settings=Settings(data=Path("unused")),
            table=lambda topic: self.store.log.table(topic.name),
        )
        self.handler: Any = self.row.build(resources)
        self.worker = Worker(
            self.row, self.handler, self.store, self.clock, batch=10,
            signals=Signals(metrics=self.metrics),
        )  # fmt: skip

    def give(self, *names: str) -> None:
        self.store.log.append(
            record_for(article(name), ARTICLES, source="test", time=START) for name in names
        )

    def run(self) -> int:
        return run_until_idle([self.worker])

    def states(self) -> list[SubscriptionState]:
        values = self.store.log.table(SUBSCRIPTION_STATE.name).snapshot().values.values()
        return [decode(SubscriptionState, value or b"") for value in values]

    def sent(self) -> int:
        return sum(one.times == 2 for one in self.states())


@pytest.fixture
def bench(store: Store, clock: FixedClock) -> Bench:
    return Bench(store, clock)


class TestTime:
    def test_nothing_happens_before_its_time(self, bench: Bench, clock: FixedClock) -> None:
        bench.give("one", "two")
        assert bench.run() == 2
        clock.move(minutes=59, seconds=59)
        assert bench.run() == 0
        assert bench.handler.ticks == []
        clock.move(seconds=1)
        assert bench.run() == 1
        assert bench.sent() == 2
        assert bench.handler.ticks == [START + HOUR]
        clock.move(hours=10)
        assert bench.run() == 0

    def test_a_tick_is_told_the_time_and_its_records_carry_it(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.give("one")
        bench.run()
        clock.move(hours=3)
        bench.run()
        assert bench.handler.ticks == [START + 3 * HOUR]
        last = bench.store.log.consumer([SUBSCRIPTION_STATE.name], None).poll(10)[-1].record
        assert last.headers["ce_time"].startswith("2026-03-02T11:00")
        assert last.headers["ce_source"] == "/pantau/reminder"

    def test_the_same_input_at_the_same_time_gives_the_same_records(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        other = Bench(MemoryStore(clock), clock)
        for one in (bench, other):
            one.give("one", "two", "three")
            one.run()
        clock.move(hours=2)
        for one in (bench, other):
            one.run()
        found, expected = (
            sorted(
                (one.record.key, one.record.value, dict(one.record.headers))
                for one in each.store.log.consumer([SUBSCRIPTION_STATE.name], None).poll(100)
            )
            for each in (bench, other)
        )
        assert found[-3:] == expected[-3:]
        assert [value for _, value, _ in found if b'"times":2' in (value or b"")]

    def test_a_stage_is_asked_again_when_it_is_due(self, bench: Bench, clock: FixedClock) -> None:
        assert bench.worker.wait_seconds() == LOOK_SECONDS
        bench.give("one")
        bench.run()
        assert bench.worker.wait_seconds() == LOOK_SECONDS
        clock.move(minutes=59, seconds=59.75)
        assert bench.worker.wait_seconds() == pytest.approx(0.25)

    def test_what_another_member_owns_is_left_to_it(self, store: Store, clock: FixedClock) -> None:
        mine = article("mine").article_id
        row = stage(
            lambda given: Reminders(given.table(SUBSCRIPTION_STATE), lambda key: key == mine)
        )
        bench = Bench(store, clock, row=row)
        bench.give("mine", "other")
        bench.run()
        clock.move(hours=1)
        assert bench.run() == 1
        assert [one.subscription_id for one in bench.states() if one.times == 2] == [mine]


@dataclass
class Failing:
    """A store whose log fails in the middle of a write, when told."""

    store: Store
    fails: bool = False

    @property
    def log(self) -> Log:
        return _FailingLog(self)

    @property
    def index(self) -> SearchIndex:
        return self.store.index

    @property
    def transactional(self) -> bool:
        return self.store.transactional

    def atomically(self) -> AbstractContextManager[object]:
        return self.store.atomically()

    def close(self) -> None:
        self.store.close()


@dataclass
class _FailingLog:
    owner: Failing

    def append(self, records: Iterable[Record]) -> None:
        self.owner.store.log.append(records)
        if self.owner.fails:
            message = "the answer was lost"
            raise RetryError(message)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.owner.store.log, name)


class TestFailure:
    @pytest.fixture
    def failing(self, store: Store, clock: FixedClock) -> Bench:
        bench = Bench(Failing(store), clock)
        bench.give("one")
        bench.run()
        clock.move(hours=1)
        return bench

    def test_what_was_not_written_is_due_again(self, failing: Bench) -> None:
        assert isinstance(failing.store, Failing)
        failing.store.fails = True
        with pytest.raises(RetryError):
            failing.run()
        assert failing.metrics.ticks == []
        assert failing.sent() == (0 if failing.store.transactional else 1)
        failing.store.fails = False
        failing.run()
        assert failing.sent() == 1
        if failing.store.transactional:
            assert failing.metrics.ticks == [("done", {"subscription-state": 1})]

    def test_another_member_goes_on_after_a_crash(self, failing: Bench, clock: FixedClock) -> None:
        again = Bench(failing.store, clock)
        assert again.run() == 1
        assert again.sent() == 1
        assert failing.run() == 0

    def test_an_unexpected_error_delays_the_tick_and_not_the_records(
        self, failing: Bench, clock: FixedClock
    ) -> None:
        failing.handler.problems += [ZeroDivisionError("a fault"), MemoryError()]
        failing.give("two")
        assert failing.run() == 1
        assert failing.metrics.ticks == [("failed", {})]
        assert failing.sent() == 0
        clock.move(seconds=1)
        failing.run()
        assert failing.metrics.ticks == [("failed", {})] * 2
        clock.move(seconds=1)
        assert failing.run() == 0, "the second pause is longer"
        clock.move(seconds=1)
        assert failing.run() == 1
        assert failing.metrics.ticks[2:] == [("done", {"subscription-state": 1})]
        assert failing.sent() == 1

    def test_a_pause_by_a_clock_that_was_ahead_ends_with_it(
        self, failing: Bench, clock: FixedClock
    ) -> None:
        clock.move(days=400)
        failing.handler.problems.append(ZeroDivisionError("a fault"))
        assert failing.run() == 0
        assert failing.metrics.ticks == [("failed", {})]
        clock.move(days=-400)
        assert failing.run() == 1
        assert failing.sent() == 1

    def test_a_dependency_that_is_away_is_reported_as_such(self, failing: Bench) -> None:
        failing.handler.problems.append(RetryError("away"))
        with pytest.raises(RetryError, match="away"):
            failing.run()
        assert failing.metrics.ticks == []
        assert failing.run() == 1


class TestOutcome:
    def test_more_is_fetched_at_once_in_writes_of_their_own(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.handler.at_once = 2
        bench.give("one", "two", "three", "four", "five")
        bench.run()
        clock.move(hours=1)
        assert bench.run() == 3
        assert [sum(made.values()) for _, made in bench.metrics.ticks] == [2, 2, 1]
        assert bench.sent() == 5

    def test_a_handler_that_does_not_move_on_uses_no_processor(
        self, store: Store, clock: FixedClock
    ) -> None:
        class Stuck(Reminders):
            def tick(self, now: datetime) -> Outcome:
                self.ticks.append(now)
                return Outcome()

        bench = Bench(
            store,
            clock,
            row=stage(lambda given: Stuck(given.table(SUBSCRIPTION_STATE), given.owns)),
        )
        bench.give("one")
        bench.run()
        clock.move(hours=1)
        for _ in range(3_600):
            bench.worker.step()
            clock.move(seconds=1)
        assert 2 <= len(bench.handler.ticks) <= 20

    def test_an_event_that_is_not_declared_stops_the_program(
        self, store: Store, clock: FixedClock
    ) -> None:
        class Wrong(Reminders):
            def tick(self, now: datetime) -> Outcome:
                del now
                events: tuple[Event, ...] = (subscription("s", "banjir"),)
                return Outcome(events=events)

        bench = Bench(
            store,
            clock,
            row=stage(lambda given: Wrong(given.table(SUBSCRIPTION_STATE), given.owns)),
        )
        bench.give("one")
        bench.run()
        clock.move(hours=1)
        with pytest.raises(StopError, match="may not write Subscription"):
            bench.run()


def test_the_pipeline_wakes_when_a_tick_is_due(store: Store) -> None:
    clock = SystemClock()
    done = threading.Event()

    class Soon(Reminders):
        def tick(self, now: datetime) -> Outcome:
            done.set()
            return super().tick(now)

    def make(given: Resources) -> Any:
        return Soon(given.table(SUBSCRIPTION_STATE), given.owns, timedelta(seconds=0.2))

    bench = Bench(store, clock, row=stage(make))
    pipeline = Pipeline(store, [bench.worker])
    pipeline.start()
    bench.give("one")
    try:
        assert done.wait(SOON)
    finally:
        pipeline.stop()
        pipeline.join()
    assert pipeline.failure is None
    assert bench.handler.ticks[0] <= datetime.now(UTC)
