"""A stage reads the head of an alert that Pantau wrote, and validates any other as a whole."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_workers
from pantau.notifier.intake.head import AlertHead
from pantau.notifier.rules.stories import owner_of, sources_of
from pantau.ports import Record
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.heads import event_to_read, is_own
from pantau.topology import STAGES
from pantau_schemas.base import Span
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.alert import Alert, MatchedClause, NamedEntity
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.topics import ALERTS, SUBSCRIPTIONS
from tests.support import START, FixedClock, subscription
from tests.unit.notifier.support import alert

(NOTIFIER,) = (stage for stage in STAGES if stage.name == "notifier")
(ALERTER,) = (stage for stage in STAGES if stage.name == "alerter")


def whole() -> Alert:
    """Build an alert that has every detail."""
    plain = alert(feed="kabar")
    article = plain.article.model_copy(
        update={
            "story_id": "banjir-demak",
            "story": StoryCoverage(articles=3, other_sources=("warta.example",), more_sources=1),
            "excerpt": "Warga kembali ke rumah.",
            "entities": (NamedEntity(type="place", name="Demak"),),
        }
    )
    return plain.model_copy(
        update={
            "article": article,
            "clauses": (MatchedClause(text="banjir", fields=("title",), words=("Banjir",)),),
            "matches": (Span(field="title", start=0, end=6),),
        }
    )


def written(event: Alert | None = None) -> Record:
    return record_for(event or whole(), ALERTS, source="alerter", time=START)


def test_of_an_own_alert_the_notifier_reads_the_head() -> None:
    record = written()
    assert event_to_read(record, NOTIFIER) is AlertHead
    head = decode(AlertHead, record.value or b"")
    assert (head.matches, head.clauses, head.snippets) == ((), (), ())
    assert (head.article.entities, head.article.excerpt) == ((), None)


def test_a_head_has_all_that_rules_ask_for() -> None:
    one = whole()
    head = decode(AlertHead, encode(one))
    for name in ("alert_id", "kind", "subscription_id", "matched_at"):
        assert getattr(head, name) == getattr(one, name)
    for name in ("article_id", "feed_id", "source", "story_id", "story", "first_seen"):
        assert getattr(head.article, name) == getattr(one.article, name)
    assert (sources_of(head), owner_of(head)) == (sources_of(one), owner_of(one))


def test_a_stage_without_a_head_reads_the_event() -> None:
    assert event_to_read(written(), ALERTER) is ALERTER.reads.event


def test_a_changed_value_is_read_as_a_whole() -> None:
    record = written()
    changed = replace(record, value=(record.value or b"").replace(b"Demak", b"Kudus"))
    assert event_to_read(changed, NOTIFIER) is Alert


@pytest.mark.parametrize(
    "headers",
    [{}, {"ce_type": "pantau.alerts.v2"}, {"ce_type": "pantau.alerts.v4"}, {"ce_id": "other"}],
)
def test_a_record_of_another_program_is_read_as_a_whole(headers: dict[str, str]) -> None:
    record = written()
    other = replace(record, headers={**record.headers, **headers} if headers else {})
    assert not is_own(other, ALERTS)


def test_a_tombstone_is_no_own_event() -> None:
    assert not is_own(replace(written(), value=None), ALERTS)


def test_an_invalid_detail_is_rejected_although_no_rule_asks_for_it(tmp_path: Path) -> None:
    store = MemoryStore(FixedClock())
    record = written()
    fields = json.loads(record.value or b"")
    broken = json.dumps({**fields, "snippets": [{"field": 1}]}).encode()
    made = subscription("banjir", "banjir", channels=(TerminalChannel(),))
    store.log.append([record_for(made, SUBSCRIPTIONS, source="test", time=START)])
    store.log.append([replace(record, value=broken), written(alert(about="dua"))])
    (worker,) = build_workers(store, FixedClock(), Settings(data=tmp_path), only=["notifier"])
    assert worker.step() == 2
    assert len(store.log.consumer(["dead-letters"], None).poll(10)) == 1
    assert store.log.table("deliveries").count() == 1
