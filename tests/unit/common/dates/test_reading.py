from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.dates.reading import FIRST_YEAR, LAST_YEAR, read_time

MOMENT = "2022-09-09T01:15:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "2022-09-09T01:15:00Z", "2022-09-09T08:15:00+07:00", "2022-09-09 01:15:00",
        "2022-09-09T0115Z", "20220909T011500Z", "2022-09-09T01:15Z", "2022-09-09 08:15 WIB",
        "2022-09-09T08:15:00+0700", "2022-09-09 08:15:00 +07", "1662686100", "1662686100000",
        "20220909011500", "Fri, 09 Sep 2022 01:15:00 GMT", "Mon, 09 Sep 2022 08:15:00 +0700",
        "Fri, 9 Sep 22 01:15 UT", "09 Sep 2022 01:15:00", "Thu, 08 Sep 2022 21:15:00 EDT",
        "Thu, 08 Sep 2022 18:15:00 PDT", "Fri Sep  9 01:15:00 2022",
        "Jumat, 9 September 2022 | 08:15 WIB", "Jum'at, 09/09/2022 09.15 WITA",
        "Jum’at, 9 Sept 2022 - 10:15 WIT", "9 September 2022, pukul 08.15 WIB",
        "September 8, 2022 8:15 PM EST", "Sept. 9th, 2022 at 1:15 a.m.", "9-Sep-2022 01:15",
        "2022/09/09 01:15:00", "Fri, 09 Sep 2022 08:15:00 GMT+7", "ven, 09 sep 2022 08:15:00 +0700",
        "Fri, 09 Sep 2022 08:15 Asia/Jakarta", "  Fri,  09 Sep\n2022 01:15:00 GMT ",
    ],
)  # fmt: skip
def test_one_moment_in_many_forms(text: str) -> None:
    assert read_time(text) == datetime.fromisoformat(MOMENT)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 Sept 2022", "2022-09-09"), ("5 Agt 2024", "2024-08-05"),
        ("17 Agustus 1945", "1945-08-17"), ("1 Mei 2024", "2024-05-01"),
        ("28 Oktober 1928", "1928-10-28"), ("25 Desember 2023", "2023-12-25"),
        ("31 Januari 2024", "2024-01-31"), ("12/31/2022", "2022-12-31"),
        ("31.12.2022", "2022-12-31"), ("2022-09", "2022-09-01"), ("2022", "2022-01-01"),
        ("20220909", "2022-09-09"), ("July 4, 1999", "1999-07-04"),
        ("Minggu, 12/05/2024", "2024-05-12"), ("29 Feb 2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_days(text: str, day: str) -> None:
    assert read_time(text) == datetime.fromisoformat(day).replace(tzinfo=UTC)


def test_fractions_and_the_end_of_the_day() -> None:
    assert read_time("2022-09-09T01:15:00.123456789Z") == datetime(
        2022, 9, 9, 1, 15, 0, 123456, UTC
    )
    assert read_time("2022-09-09T24:00:00Z") == datetime(2022, 9, 10, tzinfo=UTC)
    assert read_time("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "besok", "2 jam lalu", "yesterday", "31 Feb 2022", "32 January 2022", "1 January 1899",
        "2201-01-01", "0000-00-00", "10:15", "5 May",
     "2022-13-01", "9 Sep 2022 25:00", "99999999999999999999", "2022-W10", "1" * 1_000, "²⁰²²",
     "2022-09-09T01:15:00+99:99", "-", "1 2 3 4 5 6"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_time(text) is None


@given(
    st.text(max_size=60) | st.text(alphabet="0123456789:-/.+,TZ |JanMeiWIBPMapril' ", max_size=40)
)
def test_any_text_gives_a_moment_or_none(text: str) -> None:
    moment = read_time(text)
    assert moment is None or (moment.tzinfo is UTC and FIRST_YEAR <= moment.year <= LAST_YEAR)


ZONES = st.integers(-12 * 4, 14 * 4).map(
    lambda quarters: timezone(timedelta(minutes=15 * quarters))
)


FIRST, LAST = datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2199-12-30")


@given(st.datetimes(FIRST, LAST, timezones=ZONES))
def test_what_is_written_by_rule_is_read_exactly(moment: datetime) -> None:
    assert read_time(moment.isoformat()) == moment
    assert read_time(format_datetime(moment)) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30T13:05:00 07:00",
        "Mon, 30 Nov 2026 13:05:00 0700",
        "2026-11-30T13:05+07:00:00",
        "2026-11-30T13:05:00+07:00Z",
        "Mon, 30 Nov 2026 13:05:00 +0700 GMT",
        "2026-11-30T13:05:00＋07:00",
        "2026-11-29T23:05:00−07:00",
        "30 Nov 2026 13:05 WIB / 06:05 GMT",
        "30 Nov 2026 06:05 GMT / 13:05 +0700",
        "30 November 2026, 13:05 WIB (Diperbarui 30 November 2026, 14:00 WIB)",
        "30 November 2026, 13:05 WIB | Terakhir diperbarui: 1 Desember 2026 14:00 WIB",
        "Nov 30, 2026 1:05 PM WIB Updated Dec 1, 2026 2:05 PM WIB",
    ],
)
def test_zones_and_times_that_are_written_oddly(text: str) -> None:
    assert read_time(text) == datetime(2026, 11, 30, 6, 5, tzinfo=UTC)


def test_what_looks_like_a_lost_offset_stays() -> None:
    assert read_time("Mon Nov 30 13:05:00 2026") == datetime(2026, 11, 30, 13, 5, tzinfo=UTC)
    updated = "Diperbarui 30 November 2026 13:05 WIB"
    assert read_time(updated) == datetime(2026, 11, 30, 6, 5, tzinfo=UTC)
