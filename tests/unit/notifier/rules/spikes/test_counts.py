"""Histories: what is kept, in which order it may come, and how it is written."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.rules.spikes.counts import HISTORY_HOURS, HourlyCounts, hour_of
from pantau.notifier.rules.spikes.usual import estimate, forecast
from tests.unit.notifier.rules.spikes.histories import HOUR, MONDAY, history

Entries = list[tuple[int, int]]
entries = st.lists(st.tuples(st.integers(0, 1_600), st.integers(0, 50)), max_size=120)


def counted(given_entries: Entries) -> HourlyCounts:
    counts = HourlyCounts.starting(MONDAY)
    for hour, number in given_entries:
        counts = counts.add(MONDAY + hour * HOUR, number)
    return counts


@given(entries)
def test_it_survives_json(given_entries: Entries) -> None:
    counts = counted(given_entries)
    text = json.dumps(counts.as_json())
    assert HourlyCounts.from_json(json.loads(text)) == counts


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_counts_does_not_matter(given_entries: Entries, chance: object) -> None:
    shuffled = sorted(given_entries, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert counted(shuffled) == counted(given_entries)


@given(entries)
def test_each_hour_holds_the_sum_of_what_was_added(given_entries: Entries) -> None:
    first = hour_of(MONDAY)
    dense = counted(given_entries).between(first, first + 1_601)
    expected = [0] * 1_601
    for hour, number in given_entries:
        expected[hour] += number
    assert dense.tolist() == expected


@given(entries, st.integers(24, 1_700))
def test_trimming_changes_no_answer(given_entries: Entries, later: int) -> None:
    counts = counted(given_entries)
    hour = hour_of(MONDAY) + later
    trimmed = counts.trimmed(MONDAY + later * HOUR)
    for zone in (MONDAY.tzinfo,):
        assert zone is not None
        for each in (hour, hour + 1):
            assert forecast(trimmed, each, zone) == forecast(counts, each, zone)


@given(entries, st.integers(24, 1_700), st.integers(0, 9))
def test_what_comes_in_an_hour_or_the_one_before_changes_no_forecast(
    given_entries: Entries, later: int, number: int
) -> None:
    counts, hour = counted(given_entries), hour_of(MONDAY) + later
    zone, now = MONDAY.tzinfo, MONDAY + later * HOUR
    assert zone is not None
    expected = forecast(counts, hour, zone)
    more = counts.add(now, number).add(now - HOUR, number)
    for minutes in (0, 17, 59):
        moment = now + timedelta(minutes=minutes)
        usual = estimate(more, moment, zone)
        assert usual == (None if expected is None else expected.at(moment))


def test_it_never_grows_beyond_its_bound() -> None:
    counts = history(3 * HISTORY_HOURS, lambda _: 7)
    assert len(counts.packed) == 8 * (HISTORY_HOURS + 2)
    assert len(json.dumps(counts.as_json())) < 10_000
    assert forecast(counts, hour_of(MONDAY) + 3 * HISTORY_HOURS, MONDAY.tzinfo) is not None  # type: ignore[arg-type]


def test_a_late_count_never_replaces_a_newer_one() -> None:
    full = history(2 * HISTORY_HOURS, lambda _: 7)
    assert full.add(MONDAY + 3 * HOUR, 9) == full


def test_a_moment_far_ahead_does_not_remove_the_history() -> None:
    counts = counted([(3, 4), (5, 1)]).add(MONDAY + timedelta(days=9_000))
    first = hour_of(MONDAY)
    assert counts.between(first, first + 6).tolist() == [0, 0, 0, 4, 0, 1]


def test_nothing_is_known_before_the_start() -> None:
    counts = HourlyCounts.starting(MONDAY + timedelta(minutes=1))
    assert counts.since == hour_of(MONDAY) + 1
    assert counts.add(MONDAY + timedelta(minutes=30), 4) == counts
    assert HourlyCounts.starting(MONDAY).since == hour_of(MONDAY)


def test_counts_are_values() -> None:
    counts = counted([(3, 4)])
    assert counts.add(MONDAY, 0) is counts
    counts.add(MONDAY, 5)
    assert counts == counted([(3, 4)])
    assert hash(counts) == hash(counted([(3, 4)]))


def test_a_count_that_is_too_large_for_its_place_stays_the_largest() -> None:
    counts = counted([(0, 2**32 - 1), (0, 5)])
    assert counts.between(counts.since, counts.since + 1).tolist() == [2**32 - 1]


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        HourlyCounts.starting(MONDAY).add(MONDAY, -1)


@pytest.mark.parametrize(
    "values",
    [
        [], [1, 2], [-1], [1, 0, 3, 0, 4], [1, 2, 0], [1, 2, -3], [2**32], [1, 2**32 - 1, 5],
        [1.5], ["1"], [True], [None], [5] * 2_695,
    ],
)  # fmt: skip
def test_other_json_is_refused(values: list[int]) -> None:
    with pytest.raises(ValueError, match="hourly counts"):
        HourlyCounts.from_json(values)


def test_a_moment_is_counted_in_its_hour_of_utc() -> None:
    jakarta = datetime.fromisoformat("2026-03-02T07:59:59+07:00")
    assert hour_of(jakarta) == hour_of(MONDAY)
