"""A new subscription to spikes knows from the first day what is usual."""

from datetime import datetime, timedelta

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.notifier.rules.step import step
from pantau.usecases.subscriptions.backtest.past_counts import past_state, save_counts
from pantau_schemas.codec import decode
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import Digest, QuietHours, Rules, Spike
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import RULE_STATE
from tests.support import START, FixedClock, enriched, subscription
from tests.unit.notifier.rules.playing import INBOX, alert

DAY = timedelta(days=1)
SPIKES = Rules(trigger=Spike())


def asking(rules: Rules = SPIKES, query: str = "banjir") -> Subscription:
    return subscription("watch", query, channels=(INBOX,), rules=rules, created=START)


def filled(clock: FixedClock, days: int, at: int = 3) -> MemoryStore:
    """Return a store of so many days, with one match and one other article each day."""
    store = MemoryStore(clock)
    for number in range(days):
        moment = START - (number + 1) * DAY + timedelta(hours=at)
        store.index.put(
            enriched(f"{word}{number}", title=f"{word} {number}", first_seen=moment)
            for word in ("banjir", "panen")
        )
    return store


def read(store: MemoryStore) -> RuleState | None:
    value = store.log.table(RULE_STATE.name).get("watch")
    return None if value is None else decode(RuleState, value)


def burst(state: RuleState | None, number: int, begin: datetime) -> list[str]:
    """Return the messages of so many matches within minutes."""
    told: list[str] = []
    for one in range(number):
        moment = begin + timedelta(minutes=one)
        decision = step(asking(), state, alert(f"a{one}", story=f"s{one}"), moment)
        state = decision.state
        told += [each.message.occasion for each in decision.messages]
    return told


def test_a_burst_of_the_first_day_is_a_spike(clock: FixedClock) -> None:
    store = filled(clock, 40)
    assert burst(None, 30, START) == []
    assert save_counts(asking(), store, clock)
    assert burst(read(store), 30, START)[:1] == ["spike"]


def test_every_hour_counts_from_the_first_whole_day_on(clock: FixedClock) -> None:
    state = past_state(asking(), filled(clock, 10), START)
    assert state is not None
    begin, *pairs = state.hours
    # The first article came ten days ago, less three hours: that day is not a whole one.
    assert begin == (START - 9 * DAY).timestamp() // 3600
    assert pairs[1::2] == [1] * 9


@pytest.mark.parametrize("days", [0, 1])
def test_a_store_without_a_whole_day_gives_nothing(clock: FixedClock, days: int) -> None:
    assert past_state(asking(), filled(clock, days), START) is None


def test_a_subscription_that_never_matched_knows_that_nothing_is_usual(clock: FixedClock) -> None:
    store = filled(clock, 40)
    assert save_counts(asking(query="tsunami"), store, clock)
    state = read(store)
    assert state is not None
    assert len(state.hours) == 1


def test_a_state_is_never_replaced_and_others_need_none(clock: FixedClock) -> None:
    store = filled(clock, 40)
    assert not save_counts(asking(Rules(timing=Digest(every="day"))), store, clock)
    assert read(store) is None
    quiet = QuietHours(begin="22:00", end="05:00", except_spike=True)
    assert save_counts(asking(Rules(quiet=quiet)), store, clock)
    before = read(store)
    assert not save_counts(asking(), store, clock)
    assert read(store) == before
