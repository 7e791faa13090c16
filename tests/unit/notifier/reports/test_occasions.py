"""When scheduled reports are due, and the time that each covers."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pantau.notifier.reports.occasions import (
    BACK,
    SETTLING,
    delivery_of,
    end_before,
    last_end,
    next_moment,
    occasion_of,
    report_id,
)
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rules import Digest
from tests.support import START

ZONES = (
    "UTC",
    "Asia/Jakarta",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Apia",
    "Asia/Kathmandu",
)


def schedule(**other: Any) -> ReportSchedule:
    fields: dict[str, Any] = {
        "schema_version": 1,
        "subscription_id": "pagi",
        "about": "banjir",
        "timing": Digest(every="day", at="07:00"),
        "time_zone": "Asia/Jakarta",
        "channel": {"kind": "email", "to": "meja@redaksi.example"},
        "language": "id",
        "created": START,
    }
    return ReportSchedule.model_validate(fields | other)


def jakarta(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta")).astimezone(UTC)


def test_a_daily_report_is_due_a_minute_after_its_time_and_covers_a_day() -> None:
    one = schedule()
    assert next_moment(one, START) == jakarta(3, 7, 1)
    made = delivery_of(one, jakarta(3, 7, 1), ())
    assert made is not None
    assert made.notice
    assert made.message_id == report_id(one, jakarta(3, 7))
    found = occasion_of(one, made, ())
    assert (found.since, found.until) == (jakarta(2, 7), jakarta(3, 7))


def test_nothing_is_sent_for_a_time_before_the_schedule() -> None:
    assert delivery_of(schedule(), START + timedelta(hours=1), ()) is None


def test_a_delivery_that_exists_is_not_planned_again() -> None:
    one = schedule()
    made = delivery_of(one, jakarta(3, 7, 1), ())
    assert made is not None
    for later in (jakarta(3, 7, 2), jakarta(3, 12), jakarta(4, 7, 0)):
        assert delivery_of(one, later, {made.delivery_id}) is None
    following = delivery_of(one, jakarta(4, 7, 1), {made.delivery_id})
    assert following is not None
    assert following.delivery_id != made.delivery_id


def test_after_an_outage_one_report_covers_all_that_was_missed() -> None:
    one = schedule()
    first = delivery_of(one, jakarta(3, 7, 1), ())
    assert first is not None
    known = {first.delivery_id}
    late = delivery_of(one, jakarta(6, 9), known)
    assert late is not None
    found = occasion_of(one, late, known | {late.delivery_id})
    assert (found.since, found.until) == (jakarta(3, 7), jakarta(6, 7))


def test_without_any_report_before_it_covers_the_time_since_the_schedule_was_made() -> None:
    one = schedule()
    late = delivery_of(one, jakarta(6, 9), ())
    assert late is not None
    assert occasion_of(one, late, ()).since == jakarta(2, 7)  # made on the 2nd at 15:00


def test_what_a_report_covers_after_an_outage_is_bounded() -> None:
    one = schedule(created=datetime(2020, 1, 1, tzinfo=UTC))
    late = delivery_of(one, START, ())
    assert late is not None
    found = occasion_of(one, late, ())
    assert found.until - found.since == timedelta(days=BACK + 1)


def test_the_end_of_a_month() -> None:
    one = schedule(timing=Digest(every="month", at="18:00", day=31))
    made = delivery_of(one, jakarta(30, 18, 1, month=4), ())
    assert made is not None
    assert last_end(one, made.created) == jakarta(30, 18, month=4)
    assert end_before(one, jakarta(30, 18, month=4)) == jakarta(31, 18)


def test_each_report_has_an_id_of_its_own_schedule_and_moment() -> None:
    one, other = schedule(), schedule(subscription_id="sore")
    ids = {report_id(each, jakarta(day, 7)) for each in (one, other) for day in (3, 4)}
    assert len(ids) == 4


@pytest.mark.parametrize(
    "fault",
    [
        {"about": None},
        {"tag": "bencana"},
        {"timing": Digest(every="hour", at="00:15")},
        {"channel": {"kind": "terminal"}},
        {"channel": {"kind": "file", "path": "x"}},
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        schedule(**fault)


TIMINGS = st.builds(
    Digest,
    every=st.sampled_from(("day", "week", "month")),
    at=st.sampled_from(("00:00", "02:30", "07:00", "23:59")),
    weekday=st.integers(1, 7),
    day=st.integers(1, 31),
)


@given(
    timing=TIMINGS,
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 4 * 365 * 24),
    looks=st.lists(st.integers(1, 400), min_size=1, max_size=12),
)
def test_whenever_it_is_looked_at_the_reports_cover_all_time_once(
    timing: Digest, zone: str, start: int, looks: list[int]
) -> None:
    """Ticks at any hours: no moment of the time is in no report, and none is in two."""
    created = datetime(2009, 1, 1, tzinfo=UTC) + timedelta(hours=start, minutes=13)
    one = schedule(timing=timing, time_zone=zone, created=created)
    known: dict[str, Delivery] = {}
    covered: list[tuple[datetime, datetime]] = []
    now = created
    for hours in looks:
        now += timedelta(hours=hours)
        made = delivery_of(one, now, known)
        if made is not None:
            known[made.delivery_id] = made
            found = occasion_of(one, made, known)
            assert found == occasion_of(one, made, known)  # the same on every attempt
            assert found.until + SETTLING <= now
            covered.append((found.since, found.until))
        assert delivery_of(one, now, known) is None
        assert next_moment(one, now) > now
    assert all(since < until for since, until in covered)
    for (_, end), (begin, _) in pairwise(covered):
        assert begin == end
