"""Ticks of a stage under Faust: each member those of its partitions, others take over."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.ports import Store, Table
from pantau.runtimes.distributed.faust_app import FaustStage
from pantau.runtimes.distributed.ownership import KeyOwnership
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.processing import Processing
from pantau.runtimes.ticks import Ticks
from pantau.settings import KafkaSettings, PipelineSettings, Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources, Stage
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.subscription import SubscriptionState
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES, SUBSCRIPTION_STATE
from tests.support import article

LIMIT_SECONDS = 120.0
NUMBER = 20
AFTER = timedelta(seconds=1)


@dataclass
class Reminders:
    """Plans a reminder soon after each article, and sends it in a tick, with its `name`."""

    name: str
    plan: Table
    owns: Callable[[str], bool]
    waiting: dict[str, datetime] = field(default_factory=dict)
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
        return Outcome(events=(_state(event.article_id, due=context.now + AFTER, times=1),))

    def next_due(self) -> datetime | None:
        return min((due for key, due in self.waiting.items() if self.owns(key)), default=None)

    def tick(self, now: datetime) -> Outcome:
        due = [key for key, at in self.waiting.items() if at <= now and self.owns(key)]
        return Outcome(events=tuple(_state(key, times=2, problem=self.name) for key in due))


def _state(
    key: str, *, times: int, due: datetime | None = None, problem: str | None = None
) -> SubscriptionState:
    return SubscriptionState(
        subscription_id=key,
        query_digest=digest_id("reminder"),
        suspended_since=due,
        problem=problem,
        times=times,
    )


def publish(store: Store, names: Sequence[str]) -> None:
    now = datetime.now(UTC)
    store.log.append(record_for(article(one), ARTICLES, source="test", time=now) for one in names)


def sent(store: Store) -> dict[str, str]:
    """Return who sent which reminder."""
    values = store.log.table(SUBSCRIPTION_STATE.name).snapshot().values.values()
    states = [decode(SubscriptionState, value) for value in values if value is not None]
    return {one.subscription_id: one.problem or "" for one in states if one.times == 2}


def wait_for(what: Callable[[], bool], *members: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + LIMIT_SECONDS
    while not what():
        assert time.monotonic() < until, f"not within {LIMIT_SECONDS:g} s"
        assert all(one.poll() is None for one in members)
        time.sleep(0.1)


@contextmanager
def member(name: str, settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    """Run a member in a process of its own, until its standard input is closed."""
    program = [sys.executable, "-m", __name__, name, settings.kafka.servers[0]]
    with subprocess.Popen(
        [*program, settings.kafka.prefix, str(settings.data / name)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.communicate(timeout=LIMIT_SECONDS)


def test_each_member_ticks_what_it_holds_and_another_takes_over(
    settings: Settings, store: Store
) -> None:
    given: list[str] = []

    def give(number: int) -> set[str]:
        """Publish further articles; return the ids of all."""
        names = [f"n{len(given) + one}" for one in range(number)]
        publish(store, names)
        given.extend(names)
        return {digest_id(name) for name in given}

    with ExitStack() as stack:
        first = stack.enter_context(member("first", settings))
        ids = give(NUMBER)
        wait_for(lambda: sent(store).keys() == ids, first)
        assert set(sent(store).values()) == {"first"}

        def shared() -> bool:
            """Publish, however long it takes, until the second has partitions, too."""
            if sent(store).keys() == {digest_id(name) for name in given}:
                give(1)
            return "second" in sent(store).values()

        second = stack.enter_context(member("second", settings))
        wait_for(shared, first, second)
        ids = give(NUMBER)
        wait_for(lambda: sent(store).keys() == ids, first, second)

        first.kill()
        before = ids
        ids = give(NUMBER)
        wait_for(lambda: sent(store).keys() == ids, second)
        assert {sent(store)[one] for one in ids - before} == {"second"}


def main(name: str, server: str, prefix: str, data: str) -> None:
    """Run a member until standard input ends."""
    settings = Settings(data=Path(data), kafka=KafkaSettings(servers=(server,), prefix=prefix))
    store, ownership, clock = open_store(settings), KeyOwnership(), SystemClock()
    stage = Stage(
        "reminder",
        ARTICLES,
        (SUBSCRIPTION_STATE,),
        lambda given: Reminders(name, given.table(SUBSCRIPTION_STATE), given.owns),
        follows=(SUBSCRIPTION_STATE,),
    )
    handler = stage.build(
        Resources(settings, lambda topic: store.log.table(topic.name), clock, ownership.owns)
    )
    processing = Processing(stage, handler, clock)
    step = StoreStep(
        processing, store, clock, store.log.catch_up, ticks=Ticks(processing, handler, clock)
    )
    running = FaustStage(step, settings.kafka, PipelineSettings(), ownership=ownership)

    async def serve() -> None:
        stop = asyncio.Event()
        serving = asyncio.create_task(running.run(stop))
        reading = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
        await asyncio.wait({serving, reading}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await serving

    asyncio.run(serve())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
