from datetime import datetime, timedelta

from pantau.errors import RetryError
from pantau.notifier.lane import Entry, Lane
from pantau.notifier.settle import settle
from pantau.ports import Received, Record
from pantau.settings import NotifySettings
from tests.support import START
from tests.unit.notifier.support import delivery

SETTINGS = NotifySettings(first_retry_seconds=10, max_retry_seconds=3600, max_attempts=100)
ORIGIN = Received(Record("deliveries", "k", b""), 1)


def entry(name: str, arrival: int) -> Entry:
    return Entry(delivery(delivery_id=name), arrival, ORIGIN)


def lane_of(*names: str) -> Lane:
    lane = Lane("c", SETTINGS)
    for number, name in enumerate(names):
        lane.add(entry(name, number))
    return lane


def fail(lane: Lane, one: Entry, now: datetime) -> None:
    one.delivery = settle(one.delivery, RetryError("down"), now, SETTINGS)
    lane.add(one)
    lane.failed(one.delivery.delivery_id, now)


def drain(lane: Lane, now: datetime) -> list[str]:
    names = []
    while (one := lane.pick(now)) is not None:
        names.append(one.delivery.delivery_id)
        lane.worked()
    return names


def test_in_the_order_of_the_alerts() -> None:
    lane = Lane("c", SETTINGS)
    for arrival, name in ((2, "c"), (0, "a"), (1, "b")):
        lane.add(entry(name, arrival))
    assert drain(lane, START) == ["a", "b", "c"]


def test_one_that_fails_does_not_hold_up_the_next() -> None:
    lane = lane_of("a", "b", "c")
    first = lane.pick(START)
    assert first is not None
    fail(lane, first, START)
    assert drain(lane, START) == ["b", "c"]
    assert drain(lane, START + timedelta(seconds=11)) == ["a"]


def test_a_dead_channel_is_tried_once_a_pause_however_much_waits() -> None:
    lane = lane_of(*(f"d{i:04}" for i in range(1000)))
    now, tries = START, []
    while now < START + timedelta(hours=1):
        one = lane.pick(now)
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
    lane = lane_of("a", "b", "c", "d", "e")
    now = START
    for _ in range(3):
        one = lane.pick(now)
        assert one is not None
        fail(lane, one, now)
        following = lane.next_time()
        assert following is not None
        now = max(now, following)
    assert lane.failures == 3
    probe = lane.pick(now)
    assert probe is not None
    assert probe.delivery.delivery_id == "d"
    lane.worked()
    assert drain(lane, now) == ["a", "b", "c", "e"]


def test_a_message_that_always_fails_does_not_close_the_channel() -> None:
    lane = lane_of("poison")
    now = START
    for _ in range(8):
        one = lane.pick(now)
        assert one is not None
        fail(lane, one, now)
        following = lane.next_time()
        assert following is not None
        now = following - timedelta(seconds=1)
        assert lane.pick(now) is None
        now = following
    lane.add(entry("good", 1))
    # The good one waits for no pause, though the other is overdue and failed eight times.
    assert lane.failures == 1
    assert drain(lane, now) == ["poison", "good"]


def test_what_is_gone_is_passed_over() -> None:
    lane = lane_of("a", "b")
    first = entry("x", -1)
    lane.add(first)
    first.gone = True
    assert drain(lane, START) == ["a", "b"]
    assert lane.next_time() is None


def test_retry_after_closes_the_channel_at_once() -> None:
    lane = lane_of("a", "b")
    one = lane.pick(START)
    assert one is not None
    lane.failed("a", START, 60)
    assert lane.pick(START + timedelta(seconds=59)) is None
    assert lane.next_time() == START + timedelta(seconds=60)
    assert drain(lane, START + timedelta(seconds=60)) == ["b"]
