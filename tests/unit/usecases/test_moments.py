"""Moments that people name by a word are days of their own zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pantau.usecases.moments import parse_moment

NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # the next day already in Jayapura


@pytest.mark.parametrize(
    ("text", "zone", "date"),
    [
        ("today", "UTC", "2026-03-01"),
        (" Hari  Ini", "Asia/Jayapura", "2026-03-02"),
        ("kemarin", "Asia/Jayapura", "2026-03-01"),
        ("Yesterday", "UTC", "2026-02-28"),
    ],
)
def test_a_word_is_the_start_of_a_day_in_the_zone(text: str, zone: str, date: str) -> None:
    place = ZoneInfo(zone)
    assert parse_moment(text, NOW, place) == parse_moment(date, NOW, place)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("sejam lalu", "1 jam"),
        ("Sehari yang lalu", "1 hari"),
        ("seminggu", "1 minggu"),
        ("sepekan lalu", "1 pekan"),
        ("a week ago", "1w"),
        ("an hour", "1h"),
    ],
)
def test_one_of_a_unit_is_said_without_its_number(text: str, same: str) -> None:
    assert parse_moment(text, NOW) == parse_moment(same, NOW)
