"""Quiet hours and digests over changes of the clocks, against a table of what the clocks show."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pantau.common.time.zones import known_zone
from pantau.notifier.rules.times.digests import next_digest
from pantau.notifier.rules.times.quiet import quiet_until
from pantau_schemas.events.rules import Digest, QuietHours, Rules
from tests.unit.notifier.rules.oracle import (
    MINUTE,
    clocks,
    digest_minutes,
    quiet_minutes,
    utc,
)

CHANGES = (
    ("America/New_York", utc(2026, 3, 5)),
    ("America/New_York", utc(2026, 10, 29)),
    ("Australia/Lord_Howe", utc(2026, 4, 2)),
    ("Australia/Lord_Howe", utc(2026, 10, 1)),
    ("Africa/Cairo", utc(2026, 4, 21)),
    ("America/Santiago", utc(2026, 4, 2)),
    ("Pacific/Apia", utc(2011, 12, 27)),
    ("Asia/Jakarta", utc(2026, 3, 5)),
)
LENGTH = 7 * 1440
QUARTERS = [f"{hour:02}:{minute:02}" for hour in (0, 1, 2, 3, 7, 23) for minute in (0, 15, 30, 45)]
PAIRS = [
    ("22:00", "07:00"), ("22:00", "01:30"), ("01:15", "01:45"), ("02:15", "02:45"),
    ("02:30", "02:00"), ("00:00", "06:00"), ("23:30", "00:30"), ("00:15", "00:45"),
    ("23:45", "01:15"), ("12:00", "13:00"), ("01:30", "01:00"), ("00:00", "23:59"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "start"), CHANGES)
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_quiet_hours_at_each_minute(zone: str, start: datetime, pair: tuple[str, str]) -> None:
    look_at_each_minute(QuietHours(begin=pair[0], end=pair[1]), zone, start)


@pytest.mark.parametrize(("zone", "start"), CHANGES[::2])
@pytest.mark.parametrize("days", [(6, 7), (1,), (1, 3, 5), (2, 4)])
@pytest.mark.parametrize("pair", [("00:00", "00:00"), ("22:00", "06:00"), ("02:15", "02:45")])
def test_quiet_hours_of_some_days_at_each_minute(
    zone: str, start: datetime, days: tuple[int, ...], pair: tuple[str, str]
) -> None:
    look_at_each_minute(QuietHours(begin=pair[0], end=pair[1], days=days), zone, start)


def look_at_each_minute(quiet: QuietHours, zone: str, start: datetime) -> None:
    expected = quiet_minutes(Rules(quiet=quiet), clocks(zone, start, LENGTH))
    for at in range(1440, LENGTH - 2880, 5):
        end = quiet_until(quiet, ZoneInfo(zone), start + at * MINUTE)
        assert (end is not None) == (at in expected), f"{zone} {start + at * MINUTE}"
        if end is not None:
            minutes = (end - start) // MINUTE
            assert set(range(at, minutes)) <= expected
            assert minutes not in expected


@pytest.mark.parametrize(("zone", "start"), CHANGES)
@pytest.mark.parametrize("every", ["hour", "day", "week", "month"])
def test_every_digest_once(zone: str, start: datetime, every: str) -> None:
    shown = clocks(zone, start, LENGTH)
    for at in QUARTERS:
        digest = Digest.model_validate(
            {"every": every, "at": at, "weekday": 7, "day": shown[4000].day}
        )
        expected = [start + one * MINUTE for one in sorted(digest_minutes(digest, shown))]
        found, moment = [], start
        for _ in range(len(expected) + 3):
            moment = next_digest(digest, ZoneInfo(zone), moment)
            found.append(moment)
        inside = [one for one in found if one < start + (LENGTH - 1440) * MINUTE]
        # The table begins in the middle of a day, whose time it may have missed.
        assert inside == [one for one in expected if start < one][: len(inside)] or (
            inside == [one for one in expected[1:] if start < one][: len(inside)]
        )
        assert len(inside) == len(set(inside))


def test_digests_of_a_year_of_months_are_on_their_last_day() -> None:
    digest = Digest(every="month", at="18:00", day=31)
    zone, moment, found = ZoneInfo("Asia/Jakarta"), utc(2027, 12, 31, 11), []
    for _ in range(12):
        moment = next_digest(digest, zone, moment)
        found.append(moment)
    assert [one.day for one in found] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert {one.hour for one in found} == {11}


def test_a_digest_at_its_own_moment_is_the_next_one() -> None:
    digest = Digest(every="day", at="07:00")
    assert next_digest(digest, ZoneInfo("UTC"), utc(2026, 3, 2, 7)) == utc(2026, 3, 3, 7)
    just_before = utc(2026, 3, 2, 7) - timedelta(milliseconds=1)
    assert next_digest(digest, ZoneInfo("UTC"), just_before) == utc(2026, 3, 2, 7)


def test_an_unknown_zone_is_utc() -> None:
    for name in ("Mars/Olympus", "", "../../etc/passwd", "a\x00b"):
        assert known_zone(name).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(0)
