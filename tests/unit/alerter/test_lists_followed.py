"""Subscriptions follow the lists that they refer to, while the alerter runs."""

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.alerter import stage as stage_module
from pantau.alerter.stage import AlerterStage
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.handler import Context
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.name_list import NameList, NameListEntry
from pantau_schemas.topics import ALERTED, NAME_LISTS, SUBSCRIPTION_STATE, SUBSCRIPTIONS
from tests.support import START, FixedClock, enriched, subscription


class Desk:
    """A stage over a store in memory."""

    def __init__(self) -> None:
        self.log = MemoryStore(FixedClock()).log
        self.skipped: list[str] = []
        self.stage = AlerterStage(
            self.log.table(SUBSCRIPTIONS.name),
            self.log.table(ALERTED.name),
            self.log.table(SUBSCRIPTION_STATE.name),
            self.log.table(NAME_LISTS.name),
            TableReading(self.skipped.append),
        )
        self.number = 0

    def subscribe(self, name: str, query: str) -> None:
        made = subscription(name, query, language="pantau")
        self.log.append([record_for(made, SUBSCRIPTIONS, source="t", time=START)])

    def put(self, name: str, *values: str) -> None:
        entries = tuple(NameListEntry(value=value) for value in values)
        made = NameList(name=name, entries=entries, updated=START)
        self.log.append([record_for(made, NAME_LISTS, source="t", time=START)])

    def remove(self, name: str) -> None:
        self.log.append([removal_of(NAME_LISTS, name)])

    def alerted(self, **fields: object) -> list[str]:
        """Return the subscriptions that a new article alerts."""
        self.stage.refresh()
        self.number += 1
        given = {"first_seen": START, "url": f"https://kabar.example/{self.number}"} | fields
        article = enriched(f"article {self.number}", **given)  # type: ignore[arg-type]  # its fields
        events = self.stage.handle(article, Context(START, {})).events
        return [one.subscription_id for one in events if isinstance(one, Alert)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_change_of_a_list_counts_at_once_and_parses_no_query(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("tokoh", "Ani", "Budi Santoso")
    desk.subscribe("people", "people:@tokoh")
    desk.subscribe("words", "@tokoh AND banjir")
    assert desk.alerted(title="Budi Santoso dan banjir", text="x", people=("Ani",)) == [
        "people",
        "words",
    ]
    assert desk.alerted(title="Siti dan banjir", text="x", people=("Siti",)) == []
    monkeypatch.setattr(stage_module, "parse", None)
    desk.put("tokoh", "Siti")
    assert desk.alerted(title="Siti dan banjir", text="y", people=("Siti",)) == ["people", "words"]
    assert desk.alerted(title="Budi Santoso dan banjir", text="y", people=("Ani",)) == []


def test_a_subscription_waits_for_a_list_that_does_not_exist_yet(desk: Desk) -> None:
    desk.subscribe("s", "banjir AND NOT title:@abaikan")
    assert desk.alerted(title="Banjir", text="x") == []
    assert desk.skipped == [SUBSCRIPTIONS.name]
    desk.put("abaikan", "latihan")
    assert desk.alerted(title="Banjir", text="x") == ["s"]
    assert desk.alerted(title="Latihan banjir", text="x") == []


def test_a_removed_list_stops_its_subscriptions_until_it_is_back(desk: Desk) -> None:
    desk.put("abaikan", "latihan")
    desk.subscribe("s", "banjir AND NOT title:@abaikan")
    desk.subscribe("other", "banjir")
    assert desk.alerted(title="Banjir", text="satu") == ["s", "other"]
    desk.remove("abaikan")
    assert desk.alerted(title="Banjir", text="dua") == ["other"]
    desk.put("abaikan", "gladi")
    assert sorted(desk.alerted(title="Banjir latihan", text="tiga")) == ["other", "s"]


def test_a_list_of_a_newer_version_is_as_if_it_were_missing(desk: Desk) -> None:
    desk.put("tokoh", "Ani")
    desk.subscribe("s", "people:@tokoh")
    record = record_for(NameList(name="tokoh", updated=START), NAME_LISTS, source="t", time=START)
    value = (record.value or b"").replace(b'"schema_version":1', b'"schema_version":99')
    desk.log.append([type(record)(record.topic, record.key, value)])
    assert desk.alerted(title="x", text="x", people=("Ani",)) == []
    assert set(desk.skipped) == {NAME_LISTS.name, SUBSCRIPTIONS.name}


def test_a_query_that_changes_is_no_user_of_its_former_list(desk: Desk) -> None:
    desk.put("tokoh", "Ani")
    desk.subscribe("s", "people:@tokoh")
    assert desk.alerted(title="x", text="x", people=("Ani",)) == ["s"]
    desk.subscribe("s", "banjir")
    assert desk.alerted(title="x", text="z", people=("Ani",)) == []
    desk.remove("tokoh")
    assert desk.alerted(title="banjir", text="x") == ["s"]
    assert desk.skipped == []
