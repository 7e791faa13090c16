"""The states of stories in the inbox, by hand and against a plain model of them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import UsageError
from pantau.ports import Log, Store
from pantau.usecases.accounts.owned_log import OwnedLog
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person
from pantau.usecases.alerts import inbox as inbox_module
from pantau.usecases.alerts.history import readable
from pantau.usecases.alerts.inbox import LOOKED_AT, STATE_AFTER, Inbox, TriageAction
from pantau.usecases.alerts.triage import DONE_AFTER
from pantau.usecases.cursors import EARLIEST, cursor_of
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.alert import Alert, TriageState
from tests.inbox import fire
from tests.support import FixedClock, subscription

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(clock: FixedClock) -> Iterator[Store]:
    made = MemoryStore(clock)
    yield made
    made.close()


def test_a_row_is_a_story_with_the_alerts_of_all_subscriptions(
    store: Store, clock: FixedClock
) -> None:
    for place, (about, subscriber) in enumerate((("a", "banjir"), ("b", "demak"), ("c", "banjir"))):
        fire(store, about, clock.now() + timedelta(seconds=place), story="s", subscriber=subscriber)
    alone = fire(store, "d", clock.now(), story=None)
    found = Inbox(store.log, clock).page()
    assert found.open_count == 2
    story, single = found.rows
    assert story.sources == ("c.example", "b.example", "a.example")
    assert (story.state, story.fresh, len(story.alerts)) == ("new", 3, 3)
    assert single.story_id == alone.article.article_id
    (only,) = Inbox(store.log, clock).page(subscription_id="demak").rows
    assert [one.subscription_id for one in only.alerts] == ["demak"]


@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_pages_have_every_row_once(store: Store, clock: FixedClock, limit: int) -> None:
    for place in range(12):  # six stories, two of them with alerts of the same moment
        when = clock.now() + timedelta(seconds=place // 4)
        fire(store, f"a{place}", when, story=f"s{place % 6}")
    inbox = Inbox(store.log, clock)
    whole = [one.story_id for one in inbox.page("all").rows]
    found, cursor = [], None
    while True:
        page = inbox.page("all", limit=limit, cursor=cursor)
        found += [one.story_id for one in page.rows]
        assert len(page.rows) <= limit
        cursor = page.cursor
        if cursor is None:
            break
    assert found == whole
    assert len(set(found)) == 6


def test_a_story_that_grows_between_two_pages_stays_at_its_place(
    store: Store, clock: FixedClock
) -> None:
    made = [
        fire(store, f"a{place}", clock.now() + timedelta(seconds=place), story=f"s{place}")
        for place in range(5)
    ]
    inbox = Inbox(store.log, clock)
    first = inbox.page(limit=2)
    fire(store, "more", clock.now() + timedelta(hours=1), story="s1")
    inbox.triage([made[2].alert_id], "done")
    second = inbox.page(limit=2, cursor=first.cursor)
    assert [one.newest.alert_id for one in second.rows] == [made[1].alert_id, made[0].alert_id]
    assert second.cursor is None
    for wrong in ("x", "1~2", "1~2~", "~~", f"{'9' * 18}~1~x"):
        with pytest.raises(UsageError):
            inbox.page(cursor=wrong)


def test_a_cursor_from_before_all_alerts_has_not_all_of_them_read(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(9):
        fire(store, f"a{place}", clock.now() + timedelta(seconds=place), story=f"s{place}")
    read: list[Alert] = []

    def watched(values: Iterable[bytes | None]) -> Iterator[Alert]:
        for one in readable(values):
            read.append(one)
            yield one

    monkeypatch.setattr(inbox_module, "readable", watched)
    monkeypatch.setattr(inbox_module, "KNOWN_AMONG", 4)
    assert Inbox(store.log, clock).page(cursor=cursor_of(EARLIEST, EARLIEST, "x")).rows == ()
    assert len(read) == 4


def test_a_story_is_done_by_itself_after_a_week_unless_it_is_starred(
    store: Store, clock: FixedClock
) -> None:
    kept = fire(store, "a", clock.now(), story="kept")
    fire(store, "b", clock.now(), story="left")
    inbox = Inbox(store.log, clock)
    inbox.triage([kept.alert_id], "star")
    clock.move(seconds=(DONE_AFTER - timedelta(seconds=1)).total_seconds())
    assert sorted(one.state for one in inbox.page().rows) == ["new", "starred"]
    clock.move(seconds=1)
    assert [one.state for one in inbox.page().rows] == ["starred"]
    assert [one.state for one in inbox.page("done").rows] == ["done"]
    assert inbox.page().open_count == 0
    fire(store, "c", clock.now(), story="left")
    assert [one.state for one in inbox.page("new").rows] == ["new"]


def test_what_came_after_a_person_looked_stays_new(store: Store, clock: FixedClock) -> None:
    looked = fire(store, "a", clock.now(), story="s")
    fire(store, "b", clock.now() + timedelta(seconds=5), story="s")
    inbox = Inbox(store.log, clock)
    (row,) = inbox.triage([looked.alert_id], "done", until=looked.matched_at)
    assert (row.state, row.fresh) == ("new", 1)
    (row,) = inbox.triage([looked.alert_id], "done")
    assert (row.state, row.fresh) == ("done", 0)


def test_an_old_starred_story_is_found_behind_all_newer_alerts(
    store: Store, clock: FixedClock
) -> None:
    old = fire(store, "old", clock.now(), story="old")
    inbox = Inbox(store.log, clock)
    inbox.triage([old.alert_id], "star")
    for number in range(LOOKED_AT):
        fire(store, f"n{number}", clock.now() + timedelta(seconds=1), story="flood")
    found = inbox.page("starred")
    assert [one.newest.alert_id for one in found.rows] == [old.alert_id]
    assert found.is_lower_bound


def log_of(store: Store, clock: FixedClock, name: str) -> Log:
    """Return the log as the owner of a subscription sees it; all three have the name."""
    owned = subscription(name, "banjir").model_copy(update={"owner": name})
    SubscriptionRepository(store.log, clock).save(owned)
    person = Person(name, name, "editor", (), frozenset({"read", "write"}))
    return OwnedLog(store.log, person, SubscriptionOwners(store.log), clock)


def test_unknown_and_hidden_alerts_are_refused_and_nothing_is_marked(
    store: Store, clock: FixedClock
) -> None:
    mine = fire(store, "a", clock.now(), story="s", subscriber="mine")
    other = fire(store, "b", clock.now(), story="s", subscriber="other")
    ours, theirs = (log_of(store, clock, one) for one in ("mine", "other"))
    inbox = Inbox(ours, clock)
    for wrong in ("nothing", other.alert_id):
        with pytest.raises(UsageError):
            inbox.triage([mine.alert_id, wrong], "done")
    assert [one.state for one in inbox.page().rows] == ["new"]
    inbox.triage([mine.alert_id], "done")
    (row,) = Inbox(theirs, clock).page("all").rows
    assert row.state == "new"
    with pytest.raises(UsageError):
        inbox.triage([], "done")


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Return steps: an alert fires, a person does something, or a day passes."""
    step = st.one_of(
        st.just(("fire", "")),
        st.tuples(st.just("mark"), st.sampled_from(sorted(STATE_AFTER))),
        st.just(("day", "")),
    )
    return [("fire", ""), *draw(st.lists(step, max_size=20))]


@given(histories())
def test_any_history_leads_to_the_state_that_its_rules_say(steps: list[tuple[str, str]]) -> None:
    clock = FixedClock()
    store = MemoryStore(clock)
    inbox = Inbox(store.log, clock)
    marked: TriageState = "new"
    has_grown, last, named = False, clock.now(), ""
    for number, (what, which) in enumerate(steps):
        clock.move(seconds=1)
        if what == "fire":
            made = fire(store, f"a{number}", clock.now(), story="s")
            named, last, has_grown = made.alert_id, made.matched_at, True
        elif what == "mark":
            action: TriageAction = next(one for one in STATE_AFTER if one == which)
            inbox.triage([named], action)
            marked, has_grown = STATE_AFTER[action], False
        else:
            clock.move(days=1)
        (row,) = inbox.page("all").rows
        assert row.state == expected(marked, has_grown=has_grown, age=clock.now() - last), steps
        assert inbox.states([row.newest]) == {row.newest.alert_id: row.state}
    store.close()


def expected(marked: TriageState, *, has_grown: bool, age: timedelta) -> TriageState:
    """Return the state of a story by the rules of the page, in their own order."""
    if marked in {"starred", "muted"}:
        return marked
    state: TriageState = "new" if has_grown else marked
    return "done" if state in {"new", "seen"} and age >= 7 * DAY else state
