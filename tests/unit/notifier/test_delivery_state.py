"""Folding all records of a delivery, as in a topic that was not compacted yet."""

from datetime import timedelta

import pytest

from pantau.notifier.channel_queue import ChannelQueue
from pantau.notifier.delivery_state import DeliveryState
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.floods.bundle import Bundle
from pantau.ports import Received
from pantau.settings import NotifySettings
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import Delivery
from pantau_schemas.topics import DELIVERIES
from tests.support import START
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
