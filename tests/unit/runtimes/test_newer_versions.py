"""Events of the next version wait for the upgrade: no dead letter, nothing skipped, none twice."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.alerter.stage import AlerterStage
from pantau.bootstrap import build_workers
from pantau.errors import NewerRecordError
from pantau.ports import Record
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.embedded.worker import Worker
from pantau.runtimes.processing import Processing
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Resources
from pantau.topology import STAGES
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, current_version, decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS, ARTICLES_ENRICHED, SUBSCRIPTIONS, TOPICS, Topic
from tests.support import FixedClock, enriched, subscription


def later(record: Record, topic: Topic, by: int = 1) -> Record:
    """Return a record as a later version would write it, with a field that nobody knows yet."""
    fields = json.loads(record.value or b"")
    version = fields["schema_version"] + by
    value = json.dumps({**fields, "schema_version": version, "mood": "calm"}).encode()
    headers = {**record.headers, "ce_type": f"pantau.{topic.name}.v{version}"}
    return replace(record, value=value, headers=headers)


def record(event: Event, topic: Topic) -> Record:
    return record_for(event, topic, source="test", time=FixedClock().now())


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore(FixedClock())
    made.log.append([record(subscription("s", "banjir"), SUBSCRIPTIONS)])
    return made


def alerter_of(store: MemoryStore, folder: Path) -> Worker:
    settings = Settings(data=folder)
    (worker,) = build_workers(store, FixedClock(), settings, only=["alerter"])
    return worker


def alerts(store: MemoryStore) -> list[str]:
    values = store.log.table(ALERTS.name).snapshot().values.values()
    return [decode(Alert, value).article.title for value in values if value is not None]


def letters(store: MemoryStore) -> int:
    return len(store.log.consumer(["dead-letters"], None).poll(100))


def given(store: MemoryStore) -> None:
    one, two, three = (
        record(enriched(name, text="banjir"), ARTICLES_ENRICHED) for name in ("one", "two", "three")
    )
    store.log.append([one, later(two, ARTICLES_ENRICHED), three])


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.name)
def test_each_event_says_that_it_is_of_a_newer_version(topic: Topic) -> None:
    version = current_version(topic.event) + 1
    value = json.dumps({"schema_version": version, "mood": "calm"}).encode()
    with pytest.raises(NewerVersionError, match="newer than this program") as error:
        decode(topic.event, value)
    assert error.value.version == version
    with pytest.raises(SchemaError) as other:
        decode(topic.event, b'{"schema_version": -1}')
    assert not isinstance(other.value, NewerVersionError)


def test_what_came_before_it_goes_on_and_the_rest_waits_in_order(
    store: MemoryStore, tmp_path: Path
) -> None:
    given(store)
    worker = alerter_of(store, tmp_path)
    for _ in range(3):
        with pytest.raises(NewerRecordError, match="waits"):
            worker.step()
    assert alerts(store) == ["Berita one"]
    assert (worker.lag(), letters(store)) == (2, 0)
    worker.close()


def test_over_servers_what_is_done_is_acknowledged_and_not_written_again(
    store: MemoryStore, tmp_path: Path
) -> None:
    given(store)
    stage = next(one for one in STAGES if one.name == "alerter")
    resources = Resources(
        settings=Settings(data=tmp_path), table=lambda topic: store.log.table(topic.name)
    )
    processing = Processing(stage, AlerterStage.build(resources), FixedClock())
    step = StoreStep(processing, store, FixedClock(), lambda: None)
    received = store.log.consumer([ARTICLES_ENRICHED.name], "alerter").poll(10)
    with pytest.raises(NewerRecordError) as error:
        step.run(received)
    assert error.value.done == 1
    with pytest.raises(NewerRecordError) as again:
        step.run(received[1:])
    assert again.value.done == 0
    assert alerts(store) == ["Berita one"]
    step.run(received[2:])
    assert alerts(store) == ["Berita one", "Berita three"]


@pytest.mark.parametrize("version", [99, 1e400, "7", None, True])
def test_a_number_that_anybody_wrote_holds_nothing_up(
    version: object, store: MemoryStore, tmp_path: Path
) -> None:
    forged = record(enriched("forged", text="banjir"), ARTICLES_ENRICHED)
    fields = {**json.loads(forged.value or b""), "schema_version": version}
    after = record(enriched("after", text="banjir"), ARTICLES_ENRICHED)
    store.log.append([replace(forged, value=json.dumps(fields).encode()), after])
    worker = alerter_of(store, tmp_path)
    while worker.step():
        pass
    assert (alerts(store), letters(store)) == (["Berita after"], 1)
    worker.close()


def test_a_subscription_of_the_next_version_loses_no_alert(
    store: MemoryStore, tmp_path: Path
) -> None:
    newer = later(record(subscription("new", "gempa"), SUBSCRIPTIONS), SUBSCRIPTIONS)
    article = record(enriched("one", text="banjir dan gempa"), ARTICLES_ENRICHED)
    store.log.append([newer, article])
    worker = alerter_of(store, tmp_path)
    with pytest.raises(NewerRecordError, match="subscription new waits"):
        worker.step()
    assert alerts(store) == []
    # An upgraded alerter reads it: here, the record as this version writes it.
    store.log.append([record(subscription("new", "gempa"), SUBSCRIPTIONS)])
    while worker.step():
        pass
    assert len(alerts(store)) == 2
    worker.close()


def test_a_subscription_of_no_version_near_is_skipped(store: MemoryStore, tmp_path: Path) -> None:
    far = later(record(subscription("far", "gempa"), SUBSCRIPTIONS), SUBSCRIPTIONS, by=98)
    article = record(enriched("one", text="banjir dan gempa"), ARTICLES_ENRICHED)
    store.log.append([far, article])
    worker = alerter_of(store, tmp_path)
    while worker.step():
        pass
    assert alerts(store) == ["Berita one"]
    worker.close()
