from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from pantau.errors import RetryError
from pantau.notifier.channel_queue import ChannelQueue
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.floods.allowance import Allowances
from pantau.notifier.floods.bundle import Bundle
from pantau.notifier.retry_policy import settle
from pantau.ports import Received, Record
from pantau.settings import NotifySettings
from tests.cost import excess
from tests.support import START
from tests.unit.notifier.support import delivery

SETTINGS = NotifySettings(first_retry_seconds=10, max_retry_seconds=3600, max_attempts=100)
ORIGIN = Received(Record("deliveries", "k", b""), 1)


def entry(name: str, arrival: int) -> PendingDelivery:
    return PendingDelivery(delivery(delivery_id=name), arrival, ORIGIN)


def queue_of(*names: str) -> ChannelQueue:
    lane = ChannelQueue("c", SETTINGS)
    for number, name in enumerate(names):
        lane.add(entry(name, number))
    return lane


def fail(lane: ChannelQueue, one: PendingDelivery, now: datetime) -> None:
    one.delivery = settle(one.delivery, RetryError("down"), now, SETTINGS)
    lane.add(one)
    lane.failed(one.delivery.delivery_id, now)


def pick(lane: ChannelQueue, now: datetime) -> PendingDelivery | None:
    item = lane.pick(now)
    assert item is None or isinstance(item, PendingDelivery)
    return item


def drain(lane: ChannelQueue, now: datetime) -> list[str]:
    names = []
    while (one := pick(lane, now)) is not None:
        names.append(one.delivery.delivery_id)
        lane.worked()
    return names


def test_in_the_order_of_the_alerts() -> None:
    lane = ChannelQueue("c", SETTINGS)
    for arrival, name in ((2, "c"), (0, "a"), (1, "b")):
        lane.add(entry(name, arrival))
    assert drain(lane, START) == ["a", "b", "c"]


def test_one_that_fails_does_not_hold_up_the_next() -> None:
    lane = queue_of("a", "b", "c")
    first = pick(lane, START)
    assert first is not None
    fail(lane, first, START)
    assert drain(lane, START) == ["b", "c"]
    assert drain(lane, START + timedelta(seconds=11)) == ["a"]


def test_a_dead_channel_is_tried_once_a_pause_however_much_waits() -> None:
    lane = queue_of(*(f"d{i:04}" for i in range(1000)))
    now, tries = START, []
    while now < START + timedelta(hours=1):
        one = pick(lane, now)
        if one is None:
            following = lane.next_time()
            assert following is not None
            assert following > now
            now = following
            continue
        tries.append(one.delivery.delivery_id)
        fail(lane, one, now)
    assert 5 < len(tries) < 20
    assert len(set(tries)) == len(tries)  # each cost another delivery one try, none many


def test_after_an_outage_all_go_out_at_once_and_in_order() -> None:
    lane = queue_of("a", "b", "c", "d", "e")
    now = START
    for _ in range(3):
        one = pick(lane, now)
        assert one is not None
        fail(lane, one, now)
        following = lane.next_time()
        assert following is not None
        now = max(now, following)
    assert lane.failures == 3
    probe = pick(lane, now)
    assert probe is not None
    assert probe.delivery.delivery_id == "d"
    lane.worked()
    assert drain(lane, now) == ["a", "b", "c", "e"]


def test_a_message_that_always_fails_does_not_close_the_channel() -> None:
    lane = queue_of("poison")
    now = START
    for _ in range(8):
        one = pick(lane, now)
        assert one is not None
        fail(lane, one, now)
        following = lane.next_time()
        assert following is not None
        now = following - timedelta(seconds=1)
        assert pick(lane, now) is None
        now = following
    lane.add(entry("good", 1))
    # The good one waits for no pause, though the other is overdue and failed eight times.
    assert lane.failures == 1
    assert drain(lane, now) == ["poison", "good"]


def test_what_is_gone_is_passed_over() -> None:
    lane = queue_of("a", "b")
    first = entry("x", -1)
    lane.add(first)
    first.gone = True
    assert drain(lane, START) == ["a", "b"]
    assert lane.next_time() is None


def test_retry_after_closes_the_channel_at_once() -> None:
    lane = queue_of("a", "b")
    one = pick(lane, START)
    assert one is not None
    lane.failed("a", START, 60)
    assert pick(lane, START + timedelta(seconds=59)) is None
    assert lane.next_time() == START + timedelta(seconds=60)
    assert drain(lane, START + timedelta(seconds=60)) == ["b"]


def limited_queue(**other: object) -> ChannelQueue:
    settings = NotifySettings.model_validate(
        {"first_retry_seconds": 10, "burst": 6, "per_hour": 60, "unlimited": (), **other}
    )
    return ChannelQueue("c1", settings, Allowances(settings))


def flooding(
    lane: ChannelQueue, number: int, feed: str = "flood", **other: object
) -> list[PendingDelivery]:
    entries = [
        PendingDelivery(delivery(delivery_id=f"{feed}{one:04}", feed_id=feed, **other), one, ORIGIN)
        for one in range(number)
    ]
    for one in entries:
        lane.add(one)
    return entries


def test_what_is_over_the_limit_waits_for_a_summary() -> None:
    lane = limited_queue()
    entries = flooding(lane, 10)
    assert drain(lane, START) == ["flood0000", "flood0001"]
    assert lane.next_time() == START + timedelta(seconds=300)
    assert lane.pick(START + timedelta(seconds=299)) is None
    bundle = lane.pick(START + timedelta(seconds=300))
    assert isinstance(bundle, Bundle)
    assert bundle.members == entries[2:]
    assert lane.next_time() is None
    assert lane.empty


def test_the_summary_takes_its_turn_among_the_feeds() -> None:
    lane = limited_queue()
    flooding(lane, 10)
    flooding(lane, 2, "good")
    now = START + timedelta(seconds=300)
    picked = [lane.pick(now) for _ in range(5)]
    assert [one.turn for one in picked if one is not None] == [
        "flood",
        "good",
        "the summary",
        "flood",
        "good",
    ]


def test_so_many_make_a_summary_due_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pantau.notifier.floods.bundle.SUMMARY_MOST", 5)
    lane = limited_queue()
    flooding(lane, 20)
    drain_own = [lane.pick(START), lane.pick(START), lane.pick(START)]
    assert [len(one.members) for one in drain_own if isinstance(one, Bundle)] == [5]


def test_deliveries_that_a_summary_was_to_tell_of_are_one_again_after_a_restart() -> None:
    lane = limited_queue()
    other = flooding(lane, 3, "other", summary_id="s2")
    entries = flooding(lane, 3, summary_id="s1")
    lead = {"status": "retrying", "attempts": 2, "next_attempt": START + timedelta(seconds=60)}
    late = PendingDelivery(
        delivery(delivery_id="lead", feed_id="flood", summary_id="s1", **lead), 9, ORIGIN
    )
    lane.add(late)  # its record says when; it was read after the others
    first = lane.pick(START)
    assert isinstance(first, Bundle)
    assert first.members == other
    assert lane.pick(START) is None
    assert lane.next_time() == START + timedelta(seconds=60)
    second = lane.pick(START + timedelta(seconds=60))
    assert isinstance(second, Bundle)
    assert second.members == [*entries, late]
    assert second.attempts == 2


def test_the_id_of_a_summary_is_that_of_just_its_deliveries() -> None:
    entries = flooding(limited_queue(), 4)
    assert Bundle(entries).choose() == Bundle(reversed(entries)).choose()
    assert Bundle(entries).choose() != Bundle(entries[:3]).choose()


def test_while_a_summary_waits_no_other_is_made() -> None:
    lane = limited_queue()
    flooding(lane, 10)
    assert len(drain(lane, START)) == 2
    now = START + timedelta(seconds=300)
    bundle = lane.pick(now)
    assert isinstance(bundle, Bundle)
    lead = bundle.lead
    settled = settle(lead.delivery, RetryError("down", after_seconds=3_000), now, SETTINGS)
    lead.delivery = settled.model_copy(update={"summary_id": bundle.choose()})
    lane.add(bundle)
    lane.failed(bundle.item_id, now)
    flooding(lane, 5, "x")
    drained = drain(lane, now)
    assert drained == ["x0000", "x0001"]
    assert lane.next_time() == lead.next_attempt
    assert lead.next_attempt is not None
    again = lane.pick(lead.next_attempt)
    assert again is bundle


def test_an_outage_with_very_much_waiting_costs_little_a_pick() -> None:
    def prepare(number: int) -> Callable[[], None]:
        lane = queue_of(*(f"d{i:06}" for i in range(number)))
        lane._breaker.failures = 2

        def pick() -> None:
            for _ in range(200):
                assert lane.pick(START) is not None

        return pick

    # The first pick looks at all, the others do not.
    assert excess(prepare, 1_000, times=20, allowed=1.0) < 1.0
