"""A clock that was ahead and was set back: what waits leaves by the right one, nothing twice."""

from datetime import timedelta

import pytest

from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
)
from tests.support import START
from tests.unit.notifier.rules.playing import Player, alert, watching

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TENTH = timedelta(minutes=6)
AHEAD = START + 400 * DAY


def after_the_jump(rules: Rules) -> Player:
    """Return a player that took one alert by a right clock, and one by a clock that was ahead."""
    player = Player(watching(rules))
    player.take(alert("before", story="s1"), START)
    player.take(alert("ahead", story="s2"), AHEAD)
    return player


def named(player: Player) -> list[str]:
    return sorted(name for _, _, names in player.sent for name in names)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(timing=Collected()),
        Rules(timing=Throttled(every_seconds=3_600)),
        Rules(timing=Digest(every="hour")),
        Rules(timing=Digest(every="day")),
        Rules(quiet=QuietHours(begin="00:00", end="23:59")),
    ],
    ids=["collected", "throttled", "hourly", "daily", "quiet"],
)
def test_no_alert_waits_for_the_clock_that_was_ahead(rules: Rules) -> None:
    player = after_the_jump(rules)
    back = START + HOUR
    for number in range(5):
        player.take(alert(f"after-{number}", story=f"t{number}"), back + number * TENTH, times=2)
    player.run_until(back + 2 * DAY)
    assert named(player) == [*(f"after-{one}" for one in range(5)), "ahead", "before"]
    assert player.due() is None


def test_what_waits_leaves_without_another_alert() -> None:
    player = after_the_jump(Rules(timing=Collected(seconds=60)))
    player.tick(START + HOUR, times=2)  # as the stage does once it sees the clock
    player.run_until(START + 2 * HOUR)
    assert player.sent == [
        (START + timedelta(seconds=60), "collected", ("before",)),
        (START + HOUR + timedelta(seconds=60), "collected", ("ahead",)),
    ]


def test_a_digest_whose_moment_was_used_by_the_wrong_clock_is_another_message() -> None:
    """The clock was a day ahead, and a digest of tomorrow left; tomorrow has its own."""
    player = Player(watching(Rules(timing=Digest(every="day", at="07:00"))))
    player.take(alert("one"), START)
    player.tick(START + DAY)
    player.take(alert("two"), START + HOUR)
    player.run_until(START + 2 * DAY)
    tomorrow = START + 23 * HOUR
    assert player.sent == [(tomorrow, "digest", ("one",)), (tomorrow, "digest", ("two",))]


def test_clocks_of_two_machines_may_differ_a_little() -> None:
    player = Player(watching(Rules(timing=Collected(seconds=60))))
    player.take(alert("one"), START)
    before = player.read()
    player.take(alert("two"), START - timedelta(minutes=4))
    assert before is not None
    assert _state(player).at == before.at


def test_a_count_within_a_time_does_not_count_days_as_one_moment() -> None:
    player = after_the_jump(Rules(trigger=Threshold(number=3, seconds=3_600)))
    for day in range(1, 5):
        player.take(alert(f"day-{day}", story=f"d{day}"), START + day * DAY)
    assert player.sent == []


def test_a_spike_is_counted_by_the_hours_of_the_right_clock() -> None:
    player = after_the_jump(Rules(trigger=Spike()))
    hours = _state(player).hours
    player.take(alert("after", story="t"), START + 2 * HOUR)
    now = int((START + 2 * HOUR).timestamp()) // 3_600
    assert hours[0] + sum(hours[1::2]) > now
    after = _state(player).hours
    assert after == () or after[0] + sum(after[1::2]) <= now + 1


def test_silence_is_waited_for_again_after_one_that_was_none() -> None:
    player = Player(watching(Rules(trigger=Silence(seconds=86_400))))
    player.take(alert("one"), START)
    player.run_until(AHEAD)
    player.tick(AHEAD)
    player.tick(START + HOUR)
    player.run_until(START + 3 * DAY)
    assert [(at, why) for at, why, _ in player.sent] == [(START + DAY, "silence")]
    player.take(alert("two"), START + 4 * DAY)
    player.run_until(START + 6 * DAY)
    assert [at for at, _, _ in player.sent] == [START + DAY, START + 5 * DAY]


def test_an_end_that_is_still_to_come_ends_nothing() -> None:
    player = Player(watching(Rules(expires=START + 30 * DAY)))
    player.run_until(AHEAD)
    player.tick(AHEAD)
    player.take(alert("one"), START + HOUR)
    player.take(alert("two"), START + 2 * HOUR)
    assert named(player) == ["one", "two"]


def _state(player: Player) -> RuleState:
    state = player.read()
    assert state is not None
    return state
