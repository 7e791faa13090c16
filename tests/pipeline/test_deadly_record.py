"""A record that kills the process is found, rejected and reported; everything else continues.

In both runtimes.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.files.batch_journal import FileJournal
from pantau.adapters.sqlite.store import SqliteStore
from pantau.errors import ColdError
from pantau.ports import Store
from pantau.runtimes.batch_limiter import ENDS
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.runtimes.processing import Processing
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome
from pantau.topology import STAGES
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.support import FixedClock, enriched

BATCH = 200
STAGE = replace(next(one for one in STAGES if one.name == "indexer"), reads=ARTICLES_ENRICHED)


class Deadly:
    """Indexes articles, and dies of one."""

    def __init__(self, die: Callable[[], object]) -> None:
        self._die = die

    def refresh(self) -> None:
        pass

    def warm(self) -> None:
        pass

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        if event.title == "maut":
            self._die()
        return Outcome(articles=(event,))


class DeadlyTables(Deadly):
    """Indexes articles, and dies of what it reads before."""

    def refresh(self) -> None:
        self._die()


class DeadlyStart(Deadly):
    """Indexes articles once it has loaded something, and dies of that."""

    def __init__(self, die: Callable[[], object]) -> None:
        super().__init__(die)
        self._missed = self._warm = False

    def warm(self) -> None:
        if self._missed:
            self._die()
            self._warm = True

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        if not self._warm:
            self._missed = True
            raise ColdError("not loaded yet")
        return super().handle(event, context)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def out_of_memory() -> None:
    raise MemoryError


Work = Callable[[Store, Path, Deadly], None]


def embedded(store: Store, folder: Path, handler: Deadly) -> None:
    worker = Worker(
        STAGE,
        handler,
        store,
        FixedClock(),
        batch=BATCH,
        journal=FileJournal(folder, STAGE.name),
    )
    run_until_idle([worker])
    worker.close()


def distributed(store: Store, folder: Path, handler: Deadly) -> None:
    """Run a step like Faust does: pass batches, and mark them when it returned."""
    clock = FixedClock()
    processing = Processing(STAGE, handler, clock)
    journal = FileJournal(folder, STAGE.name)
    step = StoreStep(processing, store, clock, lambda: None, batch=BATCH, journal=journal)
    consumer = store.log.consumer([STAGE.reads.name], STAGE.name)
    while received := consumer.poll(BATCH):
        step.run(received)
        consumer.finish(received)


def given(folder: Path, deadly: set[int], count: int) -> None:
    clock, store = FixedClock(), opened(folder)
    store.log.append(
        record_for(
            enriched(str(number), title="maut" if number in deadly else "Berita"),
            ARTICLES_ENRICHED,
            source="test",
            time=clock.now(),
        )
        for number in range(count)
    )
    store.close()


def opened(folder: Path) -> SqliteStore:
    return SqliteStore(Settings(data=folder).database, FixedClock())


def lives(folder: Path, work: Work) -> int:
    """Run in a child process, restarted after each signal; return the number of deaths."""
    for ends in range(100):
        if (child := os.fork()) == 0:
            code = 1
            try:
                work(opened(folder), folder, Deadly(killed))
                code = 0
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code != -signal.SIGKILL:
            assert code == 0
            return ends
    pytest.fail("it dies for ever")


@pytest.mark.parametrize("work", [embedded, distributed])
def test_a_record_that_kills_the_process_becomes_a_dead_letter_and_the_others_go_on(
    tmp_path: Path, work: Work
) -> None:
    given(tmp_path, {150, 301}, 500)
    assert lives(tmp_path, work) <= 2 * (8 + 1 + ENDS)
    store = opened(tmp_path)
    letters = DeadLetters(store.log, FixedClock()).all(put_back=False)
    assert {one.key for one in letters} == {enriched("150").article_id, enriched("301").article_id}
    assert all(f"{ENDS} times" in one.reason and one.stage == STAGE.name for one in letters)
    assert store.index.count() == 498
    store.close()


def test_memory_that_runs_out_is_no_fault_of_the_other_records(tmp_path: Path) -> None:
    given(tmp_path, {150}, 300)
    store = opened(tmp_path)
    embedded(store, tmp_path, Deadly(out_of_memory))
    (letter,) = DeadLetters(store.log, FixedClock()).all(put_back=False)
    assert letter.key == enriched("150").article_id
    assert store.index.count() == 299
    store.close()


def test_a_process_that_is_killed_by_a_person_condemns_nothing(tmp_path: Path) -> None:
    given(tmp_path, {1}, 2)
    chances = iter([killed, killed])

    def twice() -> None:
        next(chances, lambda: None)()

    for _ in range(3):
        if (child := os.fork()) == 0:
            embedded(opened(tmp_path), tmp_path, Deadly(twice))
            os._exit(0)
        os.waitpid(child, 0)
        next(chances, None)
    store = opened(tmp_path)
    assert store.index.count() == 2
    assert not DeadLetters(store.log, FixedClock()).all(put_back=False)
    store.close()


@pytest.mark.parametrize("deadly", [DeadlyTables, DeadlyStart])
@pytest.mark.parametrize("work", [embedded, distributed])
def test_a_process_that_is_killed_before_it_works_condemns_nothing(
    tmp_path: Path, work: Work, deadly: type[Deadly]
) -> None:
    """As where power fails again and again while the enricher loads what it needs."""
    given(tmp_path, set(), 2)
    for life in range(2 * ENDS + 1):
        if (child := os.fork()) == 0:
            last = life == 2 * ENDS
            work(opened(tmp_path), tmp_path, deadly((lambda: None) if last else killed))
            os._exit(0)
        os.waitpid(child, 0)
    store = opened(tmp_path)
    assert store.index.count() == 2
    assert not DeadLetters(store.log, FixedClock()).all(put_back=False)
    store.close()
