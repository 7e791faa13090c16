"""Months of alerts with a virtual clock, against an oracle that goes minute by minute."""

from datetime import datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pantau.notifier.rules.plain import is_plain
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    Immediate,
    Mute,
    QuietHours,
    Rules,
    Throttled,
    Timing,
)
from tests.unit.notifier.rules.oracle import MINUTE, Oracle, Sent, utc
from tests.unit.notifier.rules.playing import Player, alert, watching

DAYS = 45
MINUTES = DAYS * 1440
PLACES = (
    ("Asia/Jakarta", utc(2026, 1, 20)),
    ("America/New_York", utc(2026, 2, 10)),  # clocks go forward on 8 March
    ("America/New_York", utc(2026, 10, 10)),  # and back on 1 November
    ("Australia/Lord_Howe", utc(2026, 3, 10)),  # back by half an hour on 5 April
    ("Africa/Cairo", utc(2026, 4, 1)),  # forward at midnight
    ("America/Santiago", utc(2026, 3, 10)),  # back at midnight
    ("Pacific/Apia", utc(2011, 12, 1)),  # 30 December 2011 did not exist there
)
TIMES = st.one_of(
    st.sampled_from(["00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "03:00", "23:45"]),
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
)
TIMINGS: st.SearchStrategy[Timing] = st.one_of(
    st.just(Immediate()),
    st.builds(Collected, seconds=st.integers(1, 300).map(lambda one: 60 * one)),
    st.builds(
        Throttled,
        every_seconds=st.integers(1, 5_000).map(lambda one: 60 * one),
        collect_seconds=st.integers(0, 60).map(lambda one: 60 * one),
    ),
    st.builds(
        Digest,
        every=st.sampled_from(["hour", "day", "week", "month"]),
        at=TIMES,
        weekday=st.integers(1, 7),
        day=st.sampled_from([1, 8, 15, 28, 29, 30, 31]),
    ),
)


def quiets() -> st.SearchStrategy[QuietHours | None]:
    pairs = st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1])
    return st.none() | pairs.map(lambda pair: QuietHours(begin=pair[0], end=pair[1]))


def mutes(start: datetime) -> st.SearchStrategy[Mute | None]:
    spans = st.tuples(st.integers(0, MINUTES), st.integers(1, 20_000))
    return st.none() | spans.map(
        lambda span: Mute(since=start + span[0] * MINUTE, until=start + sum(span) * MINUTE)
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, datetime, Rules, list[int]]:
    zone, start = draw(st.sampled_from(PLACES))
    rules = Rules(timing=draw(TIMINGS), quiet=draw(quiets()), mute=draw(mutes(start)))
    begins = draw(st.lists(st.integers(0, MINUTES - 8_000), max_size=25))
    minutes = sorted(one + more for one in begins for more in draw(st.sets(st.integers(0, 90))))
    return zone, start, rules, minutes[:120]


def expected(zone: str, start: datetime, rules: Rules, minutes: list[int]) -> list[Sent]:
    arrivals: dict[int, list[str]] = {}
    for number, at in enumerate(minutes):
        arrivals.setdefault(at, []).append(f"a{number:03}")
    return Oracle(rules, zone, start, MINUTES).run(arrivals)


def once_each(sent: list[Sent], minutes: list[int], player: Player) -> None:
    """Check that nothing is lost or comes twice, and that the order is kept."""
    left = [name for _, _, names in sent for name in names]
    waiting = [] if (state := player.read()) is None else [
        name for one in state.queues if one.pending for name in one.pending.alert_ids
    ]  # fmt: skip
    assert sorted(left + waiting) == [f"a{number:03}" for number in range(len(minutes))]
    for _, _, names in sent:
        assert list(names) == sorted(names)


@settings(max_examples=30)
@given(cases(), st.sampled_from([0, 0, 1, 3]), st.integers(1, 2))
def test_what_is_sent_is_what_the_oracle_says(
    case: tuple[str, datetime, Rules, list[int]], late: int, times: int
) -> None:
    zone, start, rules, minutes = case
    player = Player(watching(rules, zone=zone), late=timedelta(seconds=late))
    for number, at in enumerate(minutes):
        player.take(alert(f"a{number:03}"), start + at * MINUTE, times=times)
    player.run_until(start + (MINUTES - 1) * MINUTE)
    assert player.sent == sorted(expected(zone, start, rules, minutes))
    once_each(player.sent, minutes, player)


@settings(max_examples=15)
@given(cases(), st.lists(st.tuples(st.integers(0, 119), st.integers(1, 40)), max_size=8))
def test_a_repeated_part_of_the_alerts_changes_nothing(
    case: tuple[str, datetime, Rules, list[int]], repeats: list[tuple[int, int]]
) -> None:
    """But for a subscription without rules or state, whose deliveries have ids that are known."""
    zone, start, rules, minutes = case
    player = Player(watching(rules, zone=zone))
    if is_plain(player.subscription):
        return
    again = dict(repeats)
    for number, at in enumerate(minutes):
        player.take(alert(f"a{number:03}"), start + at * MINUTE)
        for before in range(max(0, number - again.get(number, 0)), number):
            player.take(alert(f"a{before:03}"), start + at * MINUTE)
    player.run_until(start + (MINUTES - 1) * MINUTE)
    assert player.sent == sorted(expected(zone, start, rules, minutes))


@settings(max_examples=25)
@given(cases(), st.lists(st.integers(1, 5), min_size=120, max_size=120), st.integers(2, 4))
def test_exceptions_of_quiet_hours_lose_and_repeat_nothing(
    case: tuple[str, datetime, Rules, list[int]], sources: list[int], least: int
) -> None:
    zone, start, rules, minutes = case
    quiet = rules.quiet or QuietHours(begin="22:00", end="06:00")
    changed = {
        "quiet": quiet.model_copy(update={"except_sources": least}),
        "mute": rules.mute or Mute(since=start, until=start + timedelta(days=20)),
    }
    player = Player(watching(rules.model_copy(update=changed), zone=zone))
    for number, at in enumerate(minutes):
        one = alert(f"a{number:03}", story=f"s{number}", sources=sources[number])
        player.take(one, start + at * MINUTE)
    player.run_until(start + (MINUTES - 1) * MINUTE)
    left = [name for _, _, names in player.sent for name in names]
    state = player.read()
    waiting = [
        name
        for queue in (() if state is None else state.queues)
        for pending in (queue.pending, queue.urgent)
        if pending is not None
        for name in pending.alert_ids
    ]
    assert sorted(left + waiting) == [f"a{number:03}" for number in range(len(minutes))]


@settings(max_examples=15)
@given(cases(), st.integers(2, 600))
def test_ticks_that_hardly_ever_come_send_the_same_messages(
    case: tuple[str, datetime, Rules, list[int]], hours: int
) -> None:
    """But for a throttle, which keeps its distance from when a message really left."""
    zone, start, rules, minutes = case
    if isinstance(rules.timing, Throttled):
        return
    player = Player(watching(rules, zone=zone), late=timedelta(days=400))
    next_tick = start
    for number, at in enumerate(minutes):
        now = start + at * MINUTE
        if now >= next_tick:
            player.tick(now)
            next_tick = now + timedelta(hours=hours)
        player.take(alert(f"a{number:03}"), now)
    player.tick(start + (MINUTES - 1) * MINUTE)
    assert player.sent == sorted(expected(zone, start, rules, minutes))


@pytest.mark.parametrize("gap", [0, 3, 61])
def test_a_throttle_keeps_its_distance_after_an_outage(gap: int) -> None:
    rules = Rules(timing=Throttled(every_seconds=3600, collect_seconds=0))
    start = utc(2026, 3, 2)
    player = Player(watching(rules), late=timedelta(days=1))
    player.take(alert("a0"), start)
    player.take(alert("a1"), start + timedelta(minutes=1))
    player.tick(start + timedelta(hours=5, seconds=gap))
    player.take(alert("a2"), start + timedelta(hours=5, seconds=gap, minutes=1))
    due = player.due()
    assert due is not None
    assert due - (start + timedelta(hours=5)) >= timedelta(hours=1, seconds=gap)
