"""Folding all records of a delivery, as in a topic that was not compacted yet."""

from datetime import timedelta

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.notifier.channel_queue import ChannelQueue
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.floods.bundle import Bundle
from pantau.notifier.floods.recent import recent
from pantau.ports import Received
from pantau.settings import NotifySettings
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.topics import DELIVERIES
from tests.support import START, FixedClock
from tests.unit.notifier.support import delivery

LATER = START + timedelta(seconds=300)


def read(*states: Delivery) -> tuple[DeliveryState, ChannelQueue]:
    book = DeliveryState(NotifySettings())
    batch = [
        Received(record_for(one, DELIVERIES, source="notifier", time=START), offset)
        for offset, one in enumerate(states)
    ]
    lanes = book.read(batch, START).lanes
    assert len(book) == 1
    return book, lanes[-1]


def test_the_summary_that_was_written_last_is_the_one_that_tells_of_it() -> None:
    _, lane = read(delivery(), delivery(summary_id="s1", updated=LATER))
    bundle = lane.pick(LATER)
    assert isinstance(bundle, Bundle)
    assert (bundle.summary_id, bundle.lead.kept.summary_id) == ("s1", "s1")
    assert [one.offset for one in bundle.lead.held] == [0, 1]
    assert lane.pick(LATER) is None


def test_what_was_taken_out_of_a_summary_is_in_none() -> None:
    taken_out = delivery(updated=LATER + timedelta(seconds=1))
    _, lane = read(delivery(), delivery(summary_id="s1", updated=LATER), taken_out)
    entry = lane.pick(LATER)
    assert isinstance(entry, PendingDelivery)
    assert entry.kept.summary_id is None


@pytest.mark.parametrize("late", [{}, {"created": LATER, "updated": LATER + timedelta(seconds=60)}])
def test_a_plan_that_comes_late_takes_nothing_out(late: dict[str, object]) -> None:
    _, lane = read(delivery(summary_id="s1", updated=LATER), delivery(**late))
    bundle = lane.pick(LATER)
    assert isinstance(bundle, Bundle)
    assert bundle.summary_id == "s1"


AHEAD = START + timedelta(days=400)
"""A moment of a clock that was ahead, and is set back to START since."""


def test_a_retry_that_a_clock_planned_which_was_ahead_is_due_at_once() -> None:
    """Else the alert would wait for more than a year."""
    failed = delivery(
        status=DeliveryStatus.RETRYING,
        attempts=1,
        created=AHEAD,
        updated=AHEAD,
        next_attempt=AHEAD + timedelta(seconds=10),
    )
    _, lane = read(delivery(created=AHEAD, updated=AHEAD), failed)
    due = lane.next_time()
    assert due is not None
    assert due <= START
    entry = lane.pick(START)
    assert isinstance(entry, PendingDelivery)
    assert entry.attempts == 1
    assert entry.kept.created == AHEAD  # what is stored stays, and so do its ids


def test_a_retry_of_a_clock_that_differs_by_little_waits_for_its_time() -> None:
    soon = START + timedelta(minutes=4)
    planned = soon + timedelta(hours=1)
    failed = delivery(
        status=DeliveryStatus.RETRYING, attempts=1, updated=soon, next_attempt=planned
    )
    _, lane = read(failed)
    assert lane.next_time() == planned


def test_a_summary_waits_for_no_alert_of_a_clock_that_was_ahead() -> None:
    settings = NotifySettings(per_hour=1, burst=1, summary_seconds=60)
    book = DeliveryState(settings)
    many = [
        delivery(delivery_id=name, created=AHEAD, updated=AHEAD) for name in ("one", "two", "three")
    ]
    batch = [
        Received(record_for(one, DELIVERIES, source="notifier", time=START), offset)
        for offset, one in enumerate(many)
    ]
    lane = book.read(batch, START).lanes[-1]
    assert isinstance(lane.pick(START), PendingDelivery)
    assert lane.next_time() == START + timedelta(seconds=60)
    assert isinstance(lane.pick(START + timedelta(seconds=60)), Bundle)


def test_what_a_clock_counted_that_was_ahead_uses_up_no_later_messages() -> None:
    """A bucket with its moments would not be filled again until they come."""
    store = MemoryStore(FixedClock())
    sent = [
        delivery(delivery_id=name, status=DeliveryStatus.DELIVERED, created=moment, updated=moment)
        for name, moment in (("right", START), ("ahead", AHEAD))
    ]
    store.log.append([record_for(one, DELIVERIES, source="notifier", time=START) for one in sent])
    table = store.log.table(DELIVERIES.name)
    assert [one.delivery_id for one in recent(table, NotifySettings(), START)] == ["right"]
