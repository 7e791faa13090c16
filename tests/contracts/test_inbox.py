"""The inbox over every store: marks last, follow merges, and end when a story grows."""

from collections.abc import Callable
from datetime import timedelta

from pantau.ports import Store
from pantau.stream.envelope import record_for
from pantau.usecases.alerts.inbox import Inbox
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import STORY_MERGES
from tests.inbox import fire
from tests.support import FixedClock


def test_marks_last_until_a_story_grows(
    reopen: Callable[[], Store], backend: str, clock: FixedClock
) -> None:
    store = reopen()
    inbox = Inbox(store.log, clock)
    first = fire(store, "satu", clock.now(), story="demak")
    other = fire(store, "dua", clock.now() + timedelta(seconds=1), story="kudus")
    assert [one.newest.alert_id for one in inbox.page().rows] == [other.alert_id, first.alert_id]
    inbox.triage([first.alert_id], "done")
    inbox.triage([other.alert_id], "star")
    again = store if backend == "memory" else reopen()
    again.log.catch_up()
    found = Inbox(again.log, clock).page("all").rows
    assert [one.state for one in found] == ["starred", "done"]
    fire(store, "tiga", clock.now() + timedelta(seconds=2), story="demak")
    fire(store, "empat", clock.now() + timedelta(seconds=3), story="kudus")
    rows = inbox.page("all").rows
    assert [(one.state, one.fresh) for one in rows] == [("starred", 1), ("new", 1)]


def test_a_merged_story_keeps_its_latest_mark(store: Store, clock: FixedClock) -> None:
    inbox = Inbox(store.log, clock)
    fire(store, "satu", clock.now(), story="demak")
    second = fire(store, "dua", clock.now() + timedelta(seconds=1), story="kudus")
    inbox.triage([second.alert_id], "mute")
    merge = StoryMerge(
        story_id=digest_id("kudus"),
        into=digest_id("demak"),
        founded=clock.now(),
        article_id=second.article.article_id,
        merged_at=clock.now(),
    )
    store.log.append([record_for(merge, STORY_MERGES, source="test", time=clock.now())])
    (row,) = inbox.page("all").rows
    assert (row.state, len(row.alerts), row.story_id) == ("muted", 2, digest_id("demak"))
