"""Detection: thresholds by sensitivity and level, rhythm, daylight saving, past spikes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.notifier.rules.spikes.calendar import spoken_hour, week_hours
from pantau.notifier.rules.spikes.counts import HourlyCounts
from pantau.notifier.rules.spikes.detect import (
    MINIMUM,
    Band,
    Sensitivity,
    SpikeFound,
    is_spike,
    spike_threshold,
)
from pantau.notifier.rules.spikes.usual import Usual, estimate
from tests.unit.notifier.rules.spikes.histories import HOUR, MONDAY, history, steady

WEEK = 7 * 24
BERLIN = ZoneInfo("Europe/Berlin")
SENSITIVITIES: tuple[Sensitivity, ...] = ("low", "normal", "high")


def random_history(seed: int, rate: float, hours: int) -> HourlyCounts:
    chance = np.random.default_rng(seed)
    numbers = iter(chance.negative_binomial(4, 4 / (4 + rate), hours).tolist())
    return history(hours, lambda _: next(numbers))


def at(hours: float) -> datetime:
    return MONDAY + hours * HOUR


histories = st.builds(
    random_history,
    st.integers(0, 1_000),
    st.sampled_from((0.0, 0.05, 0.5, 3.0, 40.0)),
    st.sampled_from((30, 200, 600, 1_400)),
)


@settings(max_examples=40)
@given(histories, st.integers(0, 59))
def test_a_more_sensitive_threshold_is_never_higher(counts: HourlyCounts, minute: int) -> None:
    now = at(1_400) + timedelta(minutes=minute)
    low, normal, high = (spike_threshold(counts, now, one, UTC) for one in SENSITIVITIES)
    assert low is not None
    assert normal is not None
    assert high is not None
    assert low >= normal >= high >= MINIMUM


@settings(max_examples=40)
@given(histories, st.sampled_from(SENSITIVITIES), st.integers(0, 300))
def test_the_threshold_is_the_least_number_that_is_a_spike(
    counts: HourlyCounts, sensitivity: Sensitivity, number: int
) -> None:
    now = at(1_410)
    least = spike_threshold(counts, now, sensitivity, UTC)
    assert least is not None
    found = is_spike(counts, now, number, sensitivity, UTC)
    assert (found is not None) == (number >= least)
    assert is_spike(counts, now, least, sensitivity, UTC) is not None
    assert is_spike(counts, now, least - 1, sensitivity, UTC) is None


@given(st.floats(0.001, 1_000), st.floats(0.1, 1e4), st.integers(0, 3_000))
def test_a_higher_level_makes_a_number_less_improbable(
    mean: float, size: float, number: int
) -> None:
    lower, higher = Usual(mean, size, learned=True), Usual(2 * mean, size, learned=True)
    assert lower.tail(number) <= higher.tail(number) * (1 + 1e-9)


@pytest.mark.parametrize("sensitivity", SENSITIVITIES)
@pytest.mark.parametrize("hours", [100, 600, 1_400])
def test_the_threshold_rises_with_the_level(hours: int, sensitivity: Sensitivity) -> None:
    levels = (0, 1, 2, 5, 20, 100, 1_000, 30_000)
    found = [spike_threshold(steady(hours, n), at(hours + 1), sensitivity, UTC) for n in levels]
    assert None not in found
    assert found == sorted(found, key=lambda one: one or 0)
    assert found[0] == MINIMUM


@settings(max_examples=40)
@given(histories, st.sampled_from(SENSITIVITIES), st.integers(0, MINIMUM - 1))
def test_fewer_than_the_minimum_are_never_a_spike(
    counts: HourlyCounts, sensitivity: Sensitivity, number: int
) -> None:
    assert is_spike(counts, at(1_400), number, sensitivity, UTC) is None


def test_a_quiet_subscription_has_its_first_spike_at_the_minimum() -> None:
    silent = HourlyCounts.starting(MONDAY)
    found = is_spike(silent, at(1_400.5), MINIMUM, "normal", UTC)
    assert found == SpikeFound(MINIMUM, Band(0, 0), weekday=2, hour=8, learned=True)


def test_nothing_is_a_spike_on_the_first_day() -> None:
    counts = HourlyCounts.starting(MONDAY)
    assert is_spike(counts, at(24), 500, "high", UTC) is None
    assert estimate(counts, at(24), UTC) is None
    assert spike_threshold(counts, at(24), "low", UTC) is None
    assert is_spike(counts, at(26), 500, "high", UTC) is not None


def office(moment: datetime, zone: ZoneInfo, number: int = 20) -> int:
    """Return the count of a newsroom that works from 8 to 18 by its clock, less on Sundays."""
    local = moment.astimezone(zone)
    busy = number if 8 <= local.hour < 18 else number // 10
    return busy // 2 if local.weekday() == 6 else busy


def test_the_same_number_is_a_spike_at_night_alone() -> None:
    counts = history(8 * WEEK, lambda one: office(one, BERLIN))
    noon, night = (
        datetime(2026, 4, 24, hour, 30, tzinfo=BERLIN).astimezone(UTC) for hour in (12, 3)
    )
    assert is_spike(counts, noon, 20, "high", BERLIN) is None
    found = is_spike(counts, night, 20, "low", BERLIN)
    assert found is not None
    assert found.usual.high < 5


def test_with_less_than_three_weeks_only_the_mean_of_seven_days_counts() -> None:
    counts = history(3 * WEEK - 2, lambda one: office(one, BERLIN))
    noon, night = (
        estimate(counts, datetime(2026, 3, 20, hour, 30, tzinfo=BERLIN), BERLIN) for hour in (12, 3)
    )
    assert noon is not None
    assert night is not None
    assert noon.mean == night.mean
    assert not noon.learned
    grown = estimate(counts.add(at(3 * WEEK), 1), at(3 * WEEK + 1), BERLIN)
    assert grown is not None
    assert grown.learned


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2026-03-29T01:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00Z"),
        ("America/New_York", "2026-11-01T06:00Z"),
        ("America/Santiago", "2026-09-06T04:00Z"),
        ("Asia/Kathmandu", "2026-05-04T00:00Z"),  # never, and 5:45 ahead
    ],
)
def test_the_rhythm_follows_the_clock_over_a_change(zone: str, change: str) -> None:
    place = ZoneInfo(zone)
    moment = datetime.fromisoformat(change)
    counts = HourlyCounts.starting(moment - 8 * WEEK * HOUR)
    for hour in range(-8 * WEEK, 3 * WEEK):
        counts = counts.add(moment + hour * HOUR, office(moment + hour * HOUR, place))
    for day in range(1, 15):
        local = (moment + timedelta(days=day)).astimezone(place)
        for hour, expected in ((7, 2), (9, 20), (17, 20), (19, 2)):  # the last 60 minutes
            now = local.replace(hour=hour, minute=59, second=59)
            usual = estimate(counts, now, place)
            assert usual is not None
            share = 0.5 if local.weekday() == 6 else 1.0
            assert usual.mean == pytest.approx(share * expected, rel=0.35)


@settings(max_examples=30)
@given(
    st.sampled_from(("UTC", "Asia/Jakarta", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata")),
    st.integers(480_000, 520_000),
    st.integers(0, 2_000),
)
def test_hours_of_the_week_are_those_of_the_clock(zone: str, start: int, hours: int) -> None:
    place = ZoneInfo(zone)
    found = week_hours(place, start, start + hours)
    assert len(found) == hours
    for index in {0, hours // 3, hours - 1} & set(range(hours)):
        local = datetime.fromtimestamp((start + index) * 3_600, place)
        assert found[index] == local.weekday() * 24 + local.hour


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-06T10:00+07:00", (4, 9)),
        ("2026-03-06T10:20+07:00", (4, 9)),
        ("2026-03-06T10:40+07:00", (4, 10)),
        ("2026-03-09T00:10+07:00", (6, 23)),
    ],
)
def test_a_spike_names_the_hour_that_most_of_it_lies_in(
    now: str, expected: tuple[int, int]
) -> None:
    assert spoken_hour(ZoneInfo("Asia/Jakarta"), datetime.fromisoformat(now)) == expected


def test_a_past_spike_hides_the_next_hardly() -> None:
    calm = random_history(5, 3.0, 1_400)
    stormy = calm
    for day in (3, 9, 20, 32, 43, 50, 54):
        for hour in range(3):
            stormy = stormy.add(at(24 * day + 15 + hour), 60)
    now = at(1_400)
    before, after = (spike_threshold(one, now, "normal", UTC) for one in (calm, stormy))
    assert before is not None
    assert after is not None
    assert before <= after <= 1.3 * before


def test_a_level_that_lasts_becomes_usual() -> None:
    counts = history(1_400, lambda one: 3 if one < at(1_000) else 30)
    usual = estimate(counts, at(1_400), UTC)
    assert usual is not None
    assert usual.mean == pytest.approx(30, rel=0.1)
    assert is_spike(counts, at(1_400), 40, "high", UTC) is None


def test_usual_hours_are_in_the_band_and_alarms_are_as_rare_as_promised() -> None:
    chance = np.random.default_rng(11)
    series = chance.negative_binomial(4, 4 / (4 + 6.0), 8_000).tolist()
    counts, inside, alarms, checked = HourlyCounts.starting(MONDAY), 0, 0, 0
    for hour, number in enumerate(series):
        if hour > 8 * WEEK and hour % 3 == 0:
            usual = estimate(counts, at(hour + 1), UTC)
            assert usual is not None
            low, high = usual.band()
            checked += 1
            inside += low <= number <= high
            alarms += usual.tail(number) <= 0.02
        counts = counts.add(at(hour), number)
    assert 0.76 <= inside / checked <= 0.9  # counts are whole, so a band has a little more
    assert 0.008 <= alarms / checked <= 0.03
