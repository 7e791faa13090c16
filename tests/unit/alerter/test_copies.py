"""Copies of an article under other addresses alert a subscription once a publisher and day."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.alerter.copies import copy_keys
from pantau.alerter.stage import AlerterStage
from pantau.ports import Table
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Resources
from pantau_schemas.events.alert import Alert, Alerted
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ALERTED, NAME_LISTS, SUBSCRIPTION_STATE, SUBSCRIPTIONS, Topic
from tests.support import START, FixedClock, enriched, subscription

TEXT = "Banjir rob merendam 300 rumah di Pekalongan sejak Senin malam."
LINKS = (
    "https://kabar.example/rob",
    "https://www.kabar.example/rob",
    "https://m.kabar.example/rob",
    "https://kabar.example/rob?page=all",
    "https://kabar.example/amp/rob",
)


def copy(url: str | None, **other: object) -> EnrichedArticle:
    fields = {"title": "Banjir rob", "text": TEXT, "first_seen": START, "url": url} | other
    return enriched(f"{url} {other}", **fields)  # type: ignore[arg-type]  # fields of an article


def count_alerts(*articles: EnrichedArticle, batches: bool = True) -> int:
    """Count the alerts of articles, each in a batch of its own, or all in one."""
    log = MemoryStore(FixedClock()).log
    log.append([record_for(subscription("s", "banjir"), SUBSCRIPTIONS, source="t", time=START)])
    stage = AlerterStage(
        log.table(SUBSCRIPTIONS.name),
        log.table(ALERTED.name),
        log.table(SUBSCRIPTION_STATE.name),
        log.table(NAME_LISTS.name),
    )
    found = 0
    for number, article in enumerate(articles):
        if batches or not number:
            stage.refresh()
        events = stage.handle(article, Context(START, {})).events
        found += sum(isinstance(one, Alert) for one in events)
        memories = [one for one in events if isinstance(one, Alerted)]
        log.append([record_for(one, ALERTED, source="t", time=START) for one in memories])
    return found


@pytest.mark.parametrize("batches", [True, False])
def test_copies_alert_once(*, batches: bool) -> None:
    assert count_alerts(*map(copy, LINKS), batches=batches) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://lain.example/rob"},
        {"text": TEXT.replace("300", "400")},
        {"title": "Rob surut"},
        {"first_seen": START + timedelta(days=2)},
    ],
)
def test_what_differs_alerts_again(other: dict[str, object]) -> None:
    changed = copy(**({"url": LINKS[0] + "2"} | other))  # type: ignore[arg-type]  # fields
    assert count_alerts(copy(LINKS[0]), changed) == 2


def test_a_text_that_says_little_is_no_copy() -> None:
    assert copy_keys(copy(LINKS[0], text="Banjir.")) == ()
    short = (copy(one, text="") for one in LINKS[:2])
    assert count_alerts(*short) == 2


def test_copies_around_midnight_find_each_other() -> None:
    late = START.replace(hour=23, minute=59)
    before, after = (
        copy(LINKS[0], first_seen=late),
        copy(LINKS[1], first_seen=late + timedelta(minutes=2)),
    )
    assert count_alerts(before, after) == 1


def test_white_space_does_not_tell_copies_apart() -> None:
    spaced = f" {TEXT}\n".replace(" ", "  ")
    assert copy_keys(copy(LINKS[0])) == copy_keys(copy(LINKS[1], text=spaced))


def test_a_copy_at_another_member_finds_what_was_written_of_late() -> None:
    log = MemoryStore(FixedClock()).log
    log.append([record_for(subscription("s", "banjir"), SUBSCRIPTIONS, source="t", time=START)])
    others = MemoryStore(FixedClock()).log.table(ALERTED.name)  # partitions without these keys
    stage = AlerterStage(
        log.table(SUBSCRIPTIONS.name),
        others,
        log.table(SUBSCRIPTION_STATE.name),
        log.table(NAME_LISTS.name),
        copies=log.table(ALERTED.name),
    )
    found = []
    for link in LINKS[:2]:
        stage.refresh()
        events = stage.handle(copy(link), Context(START, {})).events
        found += [one for one in events if isinstance(one, Alert)]
        memories = [one for one in events if isinstance(one, Alerted)]
        log.append([record_for(one, ALERTED, source="t", time=START) for one in memories])
    assert len(found) == 1


class Counted:
    """A table that counts how often each key is read."""

    def __init__(self, table: Table, reads: Counter[str]) -> None:
        self._table = table
        self._reads = reads

    def get(self, key: str) -> bytes | None:
        self._reads[key] += 1
        return self._table.get(key)

    def __getattr__(self, name: str) -> object:
        return getattr(self._table, name)


def test_no_key_is_read_twice_where_one_table_has_all(tmp_path: Path) -> None:
    log = MemoryStore(FixedClock()).log
    log.append([record_for(subscription("s", "banjir"), SUBSCRIPTIONS, source="t", time=START)])
    reads: Counter[str] = Counter()

    def table(topic: Topic) -> Table:
        found = log.table(topic.name)
        return cast("Table", Counted(found, reads)) if topic is ALERTED else found

    stage = AlerterStage.build(Resources(Settings(data=tmp_path), table, FixedClock()))
    stage.refresh()
    article = copy(LINKS[0])
    stage.handle(article, Context(START, {}))
    assert reads == dict.fromkeys((article.article_id, *copy_keys(article)), 1)
