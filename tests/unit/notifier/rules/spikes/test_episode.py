"""A spike is reported once, and again when it has doubled; what it says in two languages."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.rules.spikes.detect import Band, SpikeFound
from pantau.notifier.rules.spikes.episode import SpikeEpisode, follow
from pantau.notifier.rules.spikes.usual import Usual
from pantau.notifier.rules.spikes.wording import explain_spike
from tests.unit.notifier.rules.spikes.histories import MONDAY

USUAL = Usual(9.0, 20.0, learned=True)  # usual up to 13, a spike from 24 on


def reports(numbers: list[int], minutes: int = 10, usual: Usual | None = USUAL) -> list[int]:
    """Return which numbers, checked every few minutes, are reported."""
    episode: SpikeEpisode | None = None
    found: list[int] = []
    for step, number in enumerate(numbers):
        now = MONDAY + step * timedelta(minutes=minutes)
        episode, spike = follow(episode, usual, now, number, "normal", UTC)
        found += [spike.number] if spike else []
    return found


def test_a_spike_is_reported_once() -> None:
    assert reports([9, 25, 26, 30, 40, 49]) == [25]


def test_it_is_reported_again_when_it_has_doubled() -> None:
    assert reports([25, 49, 50, 51, 99, 100]) == [25, 50, 100]


def test_a_number_that_wavers_around_the_threshold_is_one_spike() -> None:
    assert reports([25, 22, 25, 18, 26, 15, 25]) == [25]


def test_a_spike_after_a_usual_hour_is_a_new_one() -> None:
    assert reports([25, 26, 13, 25]) == [25, 25]


def test_a_spike_after_an_hour_without_checks_is_a_new_one() -> None:
    assert reports([25, 26], minutes=59) == [25]
    assert reports([25, 26], minutes=60) == [25, 26]


def test_what_is_usual_is_that_of_the_hour() -> None:
    night, morning = Usual(0.5, 20.0, learned=True), USUAL
    episode, spike = follow(None, night, MONDAY, 8, "normal", UTC)
    assert spike is not None
    later = MONDAY + timedelta(minutes=50)
    assert follow(episode, night, later, 8, "normal", UTC) == (SpikeEpisode(8, later), None)
    assert follow(episode, morning, later, 8, "normal", UTC) == (None, None)


def test_without_a_history_nothing_is_reported() -> None:
    assert reports([25, 500], usual=None) == []


@given(st.lists(st.integers(0, 200), max_size=60), st.integers(1, 30))
def test_reports_of_one_spike_double(numbers: list[int], minutes: int) -> None:
    episode: SpikeEpisode | None = None
    last = 0
    for step, number in enumerate(numbers):
        now = MONDAY + step * timedelta(minutes=minutes)
        begins = episode is None
        episode, spike = follow(episode, USUAL, now, number, "normal", UTC)
        if spike is not None:
            assert number >= 24
            assert begins or number >= 2 * last
            last = number
        if number <= 13:
            assert episode is None


@pytest.mark.parametrize(
    ("found", "english", "indonesian"),
    [
        (
            SpikeFound(34, Band(6, 13), 4, 9, learned=True),
            "34 in an hour; usual for Friday 9 to 10 is 6 to 13",
            "34 dalam satu jam; biasanya 6 sampai 13 pada Jumat pukul 9 sampai 10",
        ),
        (
            SpikeFound(1_200, Band(6, 13), 6, 23, learned=True),
            "1,200 in an hour; usual for Sunday 23 to 24 is 6 to 13",
            "1.200 dalam satu jam; biasanya 6 sampai 13 pada Minggu pukul 23 sampai 24",
        ),
        (
            SpikeFound(5, Band(0, 0), 0, 0, learned=False),
            "5 in an hour; usual in the last 7 days is 0 to 0",
            "5 dalam satu jam; biasanya 0 sampai 0 dalam 7 hari terakhir",
        ),
    ],
)
def test_it_says_what_is_usual(found: SpikeFound, english: str, indonesian: str) -> None:
    why = explain_spike(found)
    assert why.text("en") == english
    assert why.text("id") == indonesian


def test_the_state_is_of_plain_values() -> None:
    episode, _ = follow(None, USUAL, datetime(2026, 3, 6, 3, tzinfo=UTC), 34, "low", UTC)
    assert episode == SpikeEpisode(34, datetime(2026, 3, 6, 3, tzinfo=UTC))
