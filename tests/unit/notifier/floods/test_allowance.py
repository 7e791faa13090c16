from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.floods.allowance import FEED_SHARE, Allowance, Allowances, MessageLimits
from pantau.settings import NotifySettings
from tests.support import START

SETTINGS = NotifySettings()
LIMITS = MessageLimits(300, 1_200 / 3_600)


def admitted(allowance: Allowance, feed: str, when: datetime, number: int) -> int:
    return sum(allowance.admit(feed, when) for _ in range(number))


def test_a_burst_of_one_feed_gets_its_share() -> None:
    allowance = Allowance(LIMITS)
    assert admitted(allowance, "flood", START, 9_990) == 300 * FEED_SHARE


def test_a_flood_takes_nothing_from_a_quiet_feed_for_hours() -> None:
    allowance = Allowance(LIMITS)
    for second in range(0, 4 * 3_600, 10):
        now = START + timedelta(seconds=second)
        admitted(allowance, "flood", now, 300)
        assert allowance.admit("good", now)


def test_many_floods_together_leave_the_part_of_quiet_feeds() -> None:
    allowance = Allowance(LIMITS)
    for second in range(0, 3_600, 10):
        now = START + timedelta(seconds=second)
        for flood in range(20):
            admitted(allowance, f"flood {flood}", now, 50)
        if second > 300:
            assert allowance.admit("good", now)


def test_a_feed_that_floods_must_calm_down_before_it_has_messages_of_its_own() -> None:
    allowance = Allowance(LIMITS)
    for minute in range(60):
        admitted(allowance, "flood", START + timedelta(minutes=minute), 100)
    later = START + timedelta(minutes=64)
    assert not allowance.admit("flood", later)
    assert allowance.admit("flood", later + timedelta(minutes=16))


def test_what_waits_behind_others_is_counted_but_not_let_through() -> None:
    allowance = Allowance(LIMITS)
    assert not allowance.admit("a", START, behind=True)
    assert admitted(allowance, "a", START, 200) == 99


def test_a_time_that_goes_back_fills_nothing() -> None:
    allowance = Allowance(LIMITS)
    admitted(allowance, "a", START, 500)
    assert not allowance.admit("a", START - timedelta(days=1))
    assert not allowance.admit("a", START)


def test_no_limit_where_none_is_set() -> None:
    for settings, kind in ((NotifySettings(per_hour=0), "email"), (SETTINGS, "file")):
        allowances = Allowances(settings)
        assert all(allowances.admit("c", kind, "a", START) for _ in range(5_000))
    allowances = Allowances(SETTINGS)
    assert not all(allowances.admit("c", "email", "a", START) for _ in range(5_000))


def test_channels_do_not_share() -> None:
    allowances = Allowances(SETTINGS)
    for _ in range(500):
        allowances.admit("one", "email", "a", START)
    assert not allowances.admit("one", "email", "a", START)
    assert allowances.admit("two", "email", "a", START)


def test_what_is_full_again_is_forgotten() -> None:
    allowances = Allowances(SETTINGS)
    for number in range(5_000):
        allowances.admit(f"c{number}", "email", "a", START + timedelta(minutes=number))
    assert len(allowances._channels) < 2_100
    allowance = Allowance(LIMITS)
    for number in range(5_000):
        allowance.admit(f"feed {number}", START + timedelta(minutes=number))
    assert len(allowance._feeds) < 2_100


ARRIVALS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400)), max_size=200)


@given(ARRIVALS, st.integers(1, 40), st.integers(1, 4_000))
def test_never_more_than_burst_and_rate(
    arrivals: list[tuple[str, int]], burst: int, per_hour: int
) -> None:
    limits = MessageLimits(float(burst), per_hour / 3_600)
    allowance, now, count = Allowance(limits), START, 0
    for feed, seconds in arrivals:
        now += timedelta(seconds=seconds)
        count += allowance.admit(feed, now)
        elapsed = (now - START).total_seconds()
        assert count <= limits.burst + elapsed * limits.per_second + 1e-6


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=100), st.data())
def test_the_order_of_reading_old_ones_does_not_matter_to_the_total(
    when: list[int], data: st.DataObject
) -> None:
    moments = [START + timedelta(seconds=one) for one in when]
    shuffled = data.draw(st.permutations(moments))
    limits = MessageLimits(10, 0.01)
    in_order = Allowance(limits)
    best = sum(in_order.admit("a", one) for one in sorted(moments))
    anyhow = Allowance(limits)
    assert sum(anyhow.admit("a", one) for one in shuffled) <= best + limits.burst
