"""Keyed stages wait at a record that a newer Pantau wrote, as the other stages do."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_workers
from pantau.errors import NewerRecordError
from pantau.extractor.stage import Extractor
from pantau.notifier.dispatch import Dispatcher
from pantau.notifier.retry_policy import settle
from pantau.observe.health import HealthRecorder
from pantau.observe.signals import Signals
from pantau.ports import Record
from pantau.settings import NotifySettings, Settings
from pantau.stream.envelope import record_for
from pantau.stream.upgrades import newer_version
from pantau_schemas.base import Event
from pantau_schemas.codec import current_version, decode
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import Digest, EveryMatch, Rules
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.topics import (
    ALERTS,
    ARTICLES,
    ARTICLES_FULL,
    DEAD_LETTERS,
    DELIVERIES,
    MESSAGES,
    RULE_STATE,
    SUBSCRIPTIONS,
    Topic,
)
from tests.extracting import Web, build
from tests.support import START, FixedClock, article, subscription
from tests.unit.notifier.support import Board, Recorder, alert, delivery, to_files, until


def later(event: Event, topic: Topic) -> Record:
    """Return a record as the next version would write it."""
    record = record_for(event, topic, source="test", time=START)
    version = current_version(type(event)) + 1
    fields = json.loads(record.value or b"") | {"schema_version": version, "mood": "calm"}
    headers = {**record.headers, "ce_type": f"pantau.{topic.name}.v{version}"}
    return replace(record, value=json.dumps(fields).encode(), headers=headers)


def letters(store: MemoryStore) -> int:
    return len(store.log.consumer([DEAD_LETTERS.name], None).poll(100))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("pantau.articles.v2", b"{}"),
        ("pantau.articles.v3", b'{"schema_version": 2}'),
        ("pantau.articles.v3", b'{"schema_version": 4}'),
        ("pantau.articles.v3", b"\xff"),
        ("pantau.articles.v", b'{"schema_version": 3}'),
        ("pantau.articles.v\u0663", b'{"schema_version": 3}'),
        ("pantau.articles.v" + "9" * 5_000, b'{"schema_version": 3}'),
        ("pantau.alerts.v9", b'{"schema_version": 9}'),
        ("", b'{"schema_version": 3}'),
        ("pantau.articles.v3", None),
    ],
)
def test_a_number_that_anybody_wrote_holds_nothing_up(kind: str, value: bytes | None) -> None:
    record = Record(ARTICLES.name, "k", value, {"ce_type": kind})
    assert newer_version(record, ARTICLES) is None


def test_what_a_newer_version_wrote_is_named() -> None:
    error = newer_version(later(article(), ARTICLES), ARTICLES)
    assert error is not None
    assert "newer than this program" in str(error)


async def waiting(stage: Dispatcher | Extractor, health: HealthRecorder, part: str) -> None:
    """Run a stage until it waits for an upgrade, and then until it is idle."""
    stop = asyncio.Event()
    running = asyncio.create_task(stage.run(stop))
    await until(lambda: "newer than this program" in health.unready().get(part, ""))
    await until(lambda: stage.idle)
    stop.set()
    await running
    assert "newer than this program" in health.unready()[part]


@pytest.mark.anyio
async def test_the_dispatcher_sends_what_came_before_and_waits() -> None:
    board, health = Board(), HealthRecorder(lambda: 0.0)
    assert isinstance(board.store, MemoryStore)
    one = to_files("banjir", "a")
    board.save(one)
    (before,) = board.fire(one, "before")
    board.log.append([later(delivery(delivery_id="newer"), DELIVERIES)])
    (after,) = board.fire(one, "after")
    recorder = Recorder()
    signals = Signals(health=health)
    for _ in range(2):  # also after a restart
        stage = Dispatcher(
            board.log, {"file": recorder}, board.clock, NotifySettings(), signals=signals
        )
        await waiting(stage, health, "dispatcher")
    assert [number for _, number in recorder.sent] == [before]
    assert board.state(after).status is DeliveryStatus.PENDING
    assert letters(board.store) == 0


@pytest.mark.anyio
async def test_the_extractor_passes_on_what_came_before_and_waits() -> None:
    store, clock, health = MemoryStore(FixedClock()), FixedClock(), HealthRecorder(lambda: 0.0)
    first, last = (
        record_for(article(name, historical=True), ARTICLES, source="poller", time=START)
        for name in ("before", "after")
    )
    store.log.append([first, later(article("newer"), ARTICLES), last])
    await waiting(build(store, clock, Web(), signals=Signals(health=health)), health, "extractor")
    full = store.log.consumer([ARTICLES_FULL.name], None).poll(10)
    assert [json.loads(one.record.value or b"")["title"] for one in full] == ["Berita before"]
    assert letters(store) == 0
    assert store.log.consumer([ARTICLES.name], "extractor").lag() == 2


def test_the_notifier_waits_for_a_subscription_of_the_next_version(tmp_path: Path) -> None:
    store = MemoryStore(FixedClock())
    newer = later(subscription("s", "banjir"), SUBSCRIPTIONS)
    store.log.append([newer, record_for(alert("s"), ALERTS, source="test", time=START)])
    (worker,) = build_workers(store, FixedClock(), Settings(data=tmp_path), only=["notifier"])
    with pytest.raises(NewerRecordError, match="subscription s waits"):
        worker.step()
    assert letters(store) == 0
    worker.close()


def test_the_notifier_waits_for_a_state_of_the_next_version_and_keeps_it(tmp_path: Path) -> None:
    """By alert and by tick: what waits in the state must not be overwritten."""
    store, clock = MemoryStore(FixedClock()), FixedClock()
    rules = Rules(timing=Digest(every="day"), trigger=EveryMatch())
    states = store.log.table(RULE_STATE.name)

    def step(about: str) -> None:
        store.log.append([record_for(alert("s", about), ALERTS, source="test", time=START)])
        worker.step()

    asks = subscription("s", "banjir", rules=rules, channels=(TerminalChannel(),))
    store.log.append([record_for(asks, SUBSCRIPTIONS, source="test", time=START)])
    (worker,) = build_workers(store, clock, Settings(data=tmp_path), only=["notifier"])
    step("one")
    state = decode(RuleState, states.get("s") or b"")
    newer = later(state, RULE_STATE)
    store.log.append([newer])
    with pytest.raises(NewerRecordError, match="state of the subscription s waits"):
        step("two")
    clock.move(days=2)
    with pytest.raises(NewerRecordError):
        worker.step()
    assert (states.get("s"), worker.lag(), letters(store)) == (newer.value, 1, 0)

    store.log.append([record_for(state, RULE_STATE, source="test", time=START)])
    while worker.step():  # as if this program had been upgraded
        pass
    clock.move(days=1)
    worker.step()
    told = store.log.table(MESSAGES.name).snapshot().values.values()
    assert sum(len(decode(AlertMessage, one or b"").alert_ids) for one in told) == 2
    worker.close()


def test_a_delivery_that_waits_for_an_upgrade_uses_up_no_attempt() -> None:
    settings = NotifySettings(max_attempts=1)
    waits = settle(delivery(), NewerRecordError("upgrade it"), START, settings)
    assert (waits.status, waits.attempts) == (DeliveryStatus.RETRYING, 0)
