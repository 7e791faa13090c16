"""A keyed stage for tests: it derives enriched articles from articles, as slowly as requested."""

import asyncio
import contextlib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pantau.common.time.backoff import Backoff
from pantau.keyed.build import keyed_stage
from pantau.keyed.queue import Job, KeyQueue
from pantau.keyed.row import KeyedRow, Limits
from pantau.keyed.stage import KeyedStage
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, Consumer, Log, Received, Store, Table
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.topics import ARTICLES, ARTICLES_ENRICHED, DEAD_LETTERS, Topic
from tests.support import START, article, enriched

NAME = "pages"
LIMITS = Limits(places=20, backoff=Backoff(10.0, 100.0), max_attempts=4)
SOON = 120.0


@dataclass
class Pages:
    """Uses the title of an article as the content of its page; the key is the source."""

    kept: Table
    answer: Callable[[Article], Any] = lambda _: None  # raises, or returns what to wait for
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    running: Counter[str] = field(default_factory=Counter)
    most: int = 0

    def key(self, event: Article) -> str:
        return event.source or ""

    def done(self, event: Article) -> bool:
        return self.kept.get(event.article_id) is not None

    async def handle(self, event: Article, context: Context) -> Outcome:
        del context
        key = self.key(event)
        assert self.running[key] == 0, "one at a time"
        self.running[key] += 1
        self.most = max(self.most, self.running.total())
        self.begun.append(event.title)
        try:
            waiting = self.answer(event)
            await (asyncio.sleep(0) if waiting is None else waiting)
        finally:
            self.running[key] -= 1
        self.ended.append(event.title)
        return Outcome(events=(written(event.title),))


def row(pages: Callable[[Resources], Any], **changes: Any) -> KeyedRow:
    fields: dict[str, Any] = {
        "name": NAME, "reads": ARTICLES, "writes": (ARTICLES_ENRICHED,), "make": pages,
        "follows": (ARTICLES_ENRICHED,),
    }  # fmt: skip
    return KeyedRow(**fields | changes)


@dataclass
class Bench:
    """One keyed stage over a store."""

    store: Store
    clock: Clock
    limits: Limits = LIMITS
    signals: Signals = NO_SIGNALS
    strict: bool = True
    answer: Callable[[Article], Any] = lambda _: None
    made: list[Pages] = field(default_factory=list)

    @property
    def pages(self) -> Pages:
        return self.made[-1]

    def give(self, *names: str) -> None:
        """Append articles named `source/number`, partitioned by source: so a key is in order."""
        self.store.log.append(
            record_for(
                made(name),
                ARTICLES,
                source="test",
                time=START,
                partition_key=name.partition("/")[0],
            )
            for name in names
        )

    def build(self, log: Log | None = None, **changes: Any) -> KeyedStage[KeyQueue, Job]:
        def make(given: Resources) -> Pages:
            self.made.append(Pages(given.table(ARTICLES_ENRICHED), self.answer))
            return self.pages

        resources = Resources(
            Settings(data=Path("unused")),
            lambda topic: self.store.log.table(topic.name),
            self.clock,
        )
        a_row = row(make, strict=self.strict, **changes)
        return keyed_stage(a_row, log or self.store.log, resources, self.limits, self.signals)

    @contextlib.asynccontextmanager
    async def running(self, log: Log | None = None) -> AsyncIterator[KeyedStage[KeyQueue, Job]]:
        """Run the stage; stopped gracefully at the end."""
        stage = self.build(log)
        stop = asyncio.Event()
        task = asyncio.create_task(stage.run(stop))
        try:
            yield stage
        finally:
            stop.set()
            async with asyncio.timeout(SOON):
                await task

    def kept(self) -> dict[str, list[str]]:
        """Return the titles whose outcome was written, by source, in the order of writing."""
        found = defaultdict(list)
        for one in self._records(ARTICLES_ENRICHED):
            event = decode(EnrichedArticle, one.record.value or b"")
            found[event.source or ""].append(event.title)
        return dict(found)

    def letters(self) -> list[DeadLetter]:
        return [decode(DeadLetter, one.record.value or b"") for one in self._records(DEAD_LETTERS)]

    def _records(self, topic: Topic) -> Sequence[Received]:
        with contextlib.closing(self.store.log.consumer([topic.name], None)) as reader:
            return reader.poll(10_000)

    def lag(self) -> int:
        """Return the number of records that a further member of the group would find undone."""
        consumer = self.store.log.consumer([ARTICLES.name], NAME)
        try:
            return consumer.lag()
        finally:
            consumer.close()


def made(name: str) -> Article:
    return article(name, title=name, source=name.partition("/")[0])


def written(name: str) -> EnrichedArticle:
    return enriched(name, title=name, source=name.partition("/")[0])


async def until(condition: Callable[[], object], seconds: float = SOON) -> None:
    """Wait until `condition` holds; it may ask a store, so it runs in a thread."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110 (conditions are on stores, which set no event)
            await asyncio.sleep(0.005)


async def settled(stage: KeyedStage[Any, Any]) -> None:
    """Wait until the stage has nothing to do but wait for a time."""
    await _one_step(stage)  # it may have begun before
    await _one_step(stage)
    while not stage.idle:
        await _one_step(stage)


async def rested(stage: KeyedStage[Any, Any]) -> None:
    """Wait until no task runs and none can be started before a time; items may still wait."""
    await _one_step(stage)  # it may have begun before
    await _one_step(stage)
    while stage.working or stage._desk.schedule:
        await _one_step(stage)


async def _one_step(stage: KeyedStage[Any, Any]) -> None:
    """Wait until the stage has begun and ended a step."""
    ended, step = asyncio.Event(), stage._step

    async def noted(consumer: Consumer) -> None:
        await step(consumer)
        ended.set()

    stage._step = noted  # type: ignore[method-assign]  # the same, noted
    stage._wake.set()
    try:
        async with asyncio.timeout(SOON):
            await ended.wait()
    finally:
        stage._step = step  # type: ignore[method-assign]  # as above
