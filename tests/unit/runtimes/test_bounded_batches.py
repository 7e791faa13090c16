"""A transaction reads and writes a bounded number of bytes, even if one event produces much."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.alerter import stage as alerter
from pantau.ports import Store
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.runtimes.processing import Processing
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources
from pantau.topology import STAGES
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Alerted
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ALERTED, ALERTS, ARTICLES_ENRICHED, SUBSCRIPTIONS
from tests.support import FixedClock, enriched, subscription

STAGE = {stage.name: stage for stage in STAGES}


class Passing:
    """A handler that returns its input."""

    def refresh(self) -> None:
        pass

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        del context
        return Outcome(events=(event,))


class Counting(MemoryStore):
    """A store that records the number of records of each write."""

    def __init__(self) -> None:
        super().__init__(FixedClock())
        self.writes: list[int] = []
        append = self.log.append

        def noted(records: object) -> None:
            given = list(records)  # type: ignore[call-overload]  # records, whatever they come in
            self.writes.append(len(given))
            append(given)

        self.log.append = noted  # type: ignore[method-assign]

    @contextmanager
    def forgotten(self) -> Iterator[None]:
        yield
        self.writes.clear()


def filled(store: Store, articles: int, subscriptions: int = 0) -> None:
    now = FixedClock().now()
    store.log.append(
        record_for(subscription(f"s{number}", "banjir"), SUBSCRIPTIONS, source="test", time=now)
        for number in range(subscriptions)
    )
    store.log.append(
        record_for(
            enriched(str(number), text="banjir " * 100), ARTICLES_ENRICHED, source="test", time=now
        )
        for number in range(articles)
    )


@pytest.mark.parametrize(
    ("limit", "writes"), [(None, [10]), (10_000_000, [10]), (2_500, [3, 3, 3, 1]), (1, [1] * 10)]
)
def test_a_batch_is_written_in_pieces_of_so_many_bytes(
    limit: int | None, writes: list[int]
) -> None:
    store = Counting()
    with store.forgotten():
        filled(store, 10)
    reading = replace(STAGE["enricher"], reads=ARTICLES_ENRICHED, holds=())
    step = StoreStep(
        Processing(reading, Passing(), FixedClock()),
        store,
        FixedClock(),
        lambda: None,
        batch_bytes=limit,
    )
    step.run(store.log.consumer([ARTICLES_ENRICHED.name], None).poll(10))
    assert store.writes == writes


def test_a_stage_reads_no_more_than_so_many_bytes_at_once() -> None:
    store = Counting()
    with store.forgotten():
        filled(store, 10)
    worker = Worker(
        STAGE["indexer"],
        STAGE["indexer"].build(_resources(store)),
        store,
        FixedClock(),
        batch=200,
        batch_bytes=2_500,
    )
    steps = []
    while done := worker.step():
        steps.append(done)
    assert sum(steps) == 10
    assert max(steps) == 2
    assert store.index.count() == 10


def test_an_article_that_alerts_many_does_so_in_several_writes_each_subscription_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alerter, "ALERTS_AT_ONCE", 4)
    store = Counting()
    with store.forgotten():
        filled(store, 2, subscriptions=10)
    worker = Worker(
        STAGE["alerter"], STAGE["alerter"].build(_resources(store)), store, FixedClock(), batch=200
    )
    assert run_until_idle([worker]) == 2
    assert worker.lag() == 0
    found = store.log.consumer([ALERTS.name], None).poll(100)
    alerts = [decode(Alert, one.record.value or b"") for one in found]
    assert len(alerts) == len({one.alert_id for one in alerts}) == 20
    assert [one.subscription_id for one in alerts[:10]] == [f"s{number}" for number in range(10)]
    assert max(store.writes) <= 10, "four alerts and a memory, of each of two articles"
    for value in store.log.table(ALERTED.name).snapshot().values.values():
        assert len(decode(Alerted, value or b"").subscription_ids) == 10


def _resources(store: Store) -> Resources:
    return Resources(
        settings=Settings(data=Path("unused")), table=lambda topic: store.log.table(topic.name)
    )
