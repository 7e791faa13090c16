"""Dates as Indonesian and English sources write them."""

from datetime import UTC, datetime

import pytest

from pantau.common.dates.reading import read_time

MOMENT = datetime(2022, 9, 9, 1, 15, tzinfo=UTC)
DAY = datetime(2022, 9, 9, tzinfo=UTC)

MOMENTS = [
    "2022-09-09T01:15:00.000Z", "2022-09-09T01:15:00+00:00", "2022-09-09T01:15:00-00:00",
    "2022-09-09t01:15:00z", "2022-09-08T21:15:00-04:00", "2022-09-09T06:45:00+05:30",
    "2022-09-09T08:15:00+07", "2022-09-09 08:15:00+07:00", "2022-09-09 08:15:00 +0700",
    "2022-09-09T8:15:00+07", "2022-09-09T08:15+07:00", "20220909T081500+0700",
    "2022-09-09 01:15:00 UTC",
    "2022-09-09 01:15:00 GMT", "2022-09-09 08:15:00 WIB", "2022-09-09, 08:15 WIB",
    "2022-09-09 | 08:15 WIB", "2022-09-09T01:15:00 +00:00", "2022-09-09T01:15:00Z ",
    "\t2022-09-09T01:15:00Z\n", "Fri, 09 Sep 2022 01:15:00 +0000",
    "Fri, 09 Sep 2022 01:15:00 -0000", "Fri, 9 Sep 2022 01:15:00 Z", "Fri, 09 Sep 2022 01:15 GMT",
    "Fri 09 Sep 2022 01:15:00 GMT", "09 Sep 2022 01:15:00 GMT", "9 Sep 2022 01:15:00",
    "Friday, 09-Sep-22 01:15:00 GMT", "Fri Sep  9 01:15:00 2022", "Fri Sep 9 01:15:00 UTC 2022",
    "Fri Sep 09 08:15:00 WIB 2022", "Fri, Sep 9, 2022 01:15:00 GMT",
    "Fri, 09 Sep 2022 08:15:00 +07:00", "Fri, 09 Sep 2022 08:15:00 UTC+7",
    "Fri, 09 Sep 2022 08:15:00 GMT+0700", "Fri, 09 Sep 2022 08:15:00 GMT+07:00",
    "Fri, 09 Sep 2022 08:15:00 +0700 (WIB)",
    "Fri Sep 09 2022 08:15:00 GMT+0700 (Western Indonesia Time)",
    "Fri, 09 September 2022 01:15:00 GMT", "Fri,09 Sep 2022 01:15:00 GMT",
    "Fri, 09 Sep 2022 1:15:00 AM GMT", "Fri, 09 Sept 2022 01:15:00 GMT",
    "Fri, 09 SEP 2022 01:15:00 gmt", "Thu, 08 Sep 2022 21:15:00 EDT",
    "Thu, 08 Sep 2022 20:15:00 EST", "Thu, 08 Sep 2022 20:15:00 CDT",
    "Thu, 08 Sep 2022 19:15:00 MDT", "Thu, 08 Sep 2022 17:15:00 PST",
    "Fri, 09 Sep 2022 10:15:00 JST", "Fri, 09 Sep 2022 11:15:00 AEST",
    "Fri, 09 Sep 2022 09:15:00 SGT", "Fri, 09 Sep 2022 03:15:00 CEST",
    "Fri, 09 Sep 2022 02:15:00 BST", "Jumat, 9 September 2022 08:15 WIB",
    "Jumat, 09 September 2022 08:15:00 WIB", "Jumat 9 September 2022, 08:15 WIB",
    "Jum'at, 9 Sep 2022 08:15 WIB", "Jum’at, 09 September 2022 | 08:15 WIB",
    "Jumat, 09 Sep 2022 09:15 WITA", "Jumat, 09 Sep 2022 10:15 WIT",
    "Jumat, 9 September 2022 pukul 08.15 WIB", "Jumat (9/9/2022) pukul 08.15 WIB",
    "Jumat (9/9/2022) 08:15 WIB", "9 September 2022 08.15 WIB", "09/09/2022 08:15 WIB",
    "09-09-2022 08:15 WIB", "09/09/2022, 08:15 WIB", "Jumat, 9/9/2022 | 08:15 WIB",
    "Jumat, 09 Sep 2022 - 08:15 WIB", "Jumat, 09 Sep 2022, 08.15 wib",
    "Diperbarui: Jumat, 9 September 2022 08:15 WIB",
    "Diterbitkan Jumat, 9 September 2022, 08:15 WIB", "Rilis Jumat, 9 September 2022 08:15 WIB",
    "Tayang: 09/09/2022, 08:15 WIB", "Dipublikasikan: Jumat, 9 September 2022 08:15 WIB",
    "Terbit: 9 September 2022 08:15 WIB", "Jumat, 9 September 2022 08:15:00 +0700",
    "Jumat, 9 September 2022 Pkl 08:15 WIB", "Jumat, 9 September 2022 Jam 08:15 WIB",
    "9 Sept 2022 08:15 WIB", "09 Sep 2022, 08:15 (WIB)", "Jumat, 9 September 2022 / 08:15 WIB",
    "Jumat, 9 September 2022 – 08:15 WIB", "Jumat, 9 September 2022 • 08:15 WIB",
    "Jumat, 9 September 2022 8:15 WIB", "Jumat,9 September 2022 08:15 WIB",
    "JUMAT, 09 SEPTEMBER 2022 08:15 WIB", "Jumat, 09 September 2022 08:15 Asia/Jakarta",
    "Jumat, 09 September 2022 09:15 Asia/Makassar", "2022-09-09 08:15:00 Asia/Jakarta",
    "Jumat, 9 September 2022 08:15 (GMT+7)", "08:15 WIB, Jumat, 9 September 2022",
    "08.15 WIB 9 September 2022", "Jumat, 9 September 2022 08:15 WIB oleh Redaksi",
    "September 9, 2022 1:15 AM", "Sep 9, 2022 1:15 am", "Sep 9, 2022, 1:15:00 AM",
    "September 9, 2022 at 1:15 AM UTC", "Sept 9, 2022 01:15", "Friday, September 9, 2022 1:15 AM",
    "Friday September 9th 2022, 1:15am", "9th September 2022 01:15",
    "9th of September, 2022 at 01:15", "Published: September 8, 2022 9:15 pm EDT",
    "Updated Sep 9, 2022 1:15 a.m.", "Published on September 9, 2022 at 1:15 AM",
    "Posted on September 9, 2022 1:15 AM", "Last updated: September 9, 2022 01:15",
    "9 Sep 2022, 01:15 UTC", "09.09.2022 01:15", "2022/09/09 01:15", "2022/09/09 01:15:00",
    "2022.09.09 01:15", "2022-9-9 1:15", "1:15 AM, September 9, 2022", "1:15 AM - 9 Sep 2022",
    "9-Sep-2022 01:15:00", "09-SEP-22 01:15:00", "Thu, 08 Sep 2022 06:15:00 PM PDT", "1662686100",
    "1662686100000", "1662686100000000", "20220909011500", "1662686100.0",
    "2022-09-09T01:15:00.000+0000", "2022-09-09T01:15:00,000Z", "Fr, 09 Sep 2022 03:15:00 +0200",
    "vie., 09 sep 2022 03:15:00 +0200", "пт, 09 Sep 2022 01:15:00 GMT",
    "Fri, 09 Sep 2022 01:15:00 GMT ", "2022-09-09T01:15:00+00:0", "2022-09-09 01:15:00 AM",
    "2022-09-09T01:15:00Z[UTC]", "2022-09-09T08:15:00+07:00[Asia/Jakarta]", "2022-09-09 01:15:00.0",
    "2022-09-09T01:15:00 Z", "Fri, 09 Sep 2022 01:15:00 UTC", "Fri, 09 Sep 2022 01:15:00 +00:00",
    "Fri, 09 Sep 2022 01:15:00 +0", "Fri, 09 Sep 2022 08:15:00 +7",
    "Fri, 09 Sep 2022 08:15:00 +07.00",
    "Fri, 09 Sep 2022 01:15:00.000 GMT", "Fri, 09 Sep 2022 01:15:00 +0000 GMT",
]  # fmt: skip

DAYS = [
    "9 September 2022", "09 September 2022", "9 Sep 2022", "9/9/2022", "2022-09-09", "20220909",
    "Jumat, 9 September 2022", "Jumat (9/9/2022)", "September 9, 2022", "9 September, 2022",
    "9-9-2022", "09.09.2022", "Jum'at, 9 September 2022", "9 Sept '22", "2022 September 9",
    "Fri, 09 Sep 2022", "2022-09-09Z", "9 sep 22",
]  # fmt: skip

NONE = [
    "", "kemarin", "hari ini", "3 jam yang lalu", "3 hours ago", "yesterday", "today", "N/A",
    "null", "-", "TBA", "September", "Jumat", "12:30", "08:15 WIB", "31/31/2022", "32/12/2022",
    "2022-02-30", "2022-13-01T00:00:00Z", "2022-09-09T25:00:00Z", "2022-09-09T01:61:00Z",
    "9 Foo 2022", "Senin 2022", "banjir 9 orang tewas 2022", "9 orang pada Mei 2022", "Versi 1.2.3",
    "+62 812 3456 7890", "https://x.id/2022/09/09/berita", "ISBN 978-3-16-148410-0",
    "0000-00-00 00:00:00", "1", "12", "123", "1234567", "0", "-1", "Infinity", "NaN", "True",
    "Rp 9.900.000", "10 Mei", "Mei 10", "5 Mei 20222", "99999-01-01",
]  # fmt: skip


@pytest.mark.parametrize("text", MOMENTS)
def test_one_moment(text: str) -> None:
    assert read_time(text) == MOMENT


@pytest.mark.parametrize("text", DAYS)
def test_one_day(text: str) -> None:
    assert read_time(text) == DAY


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str) -> None:
    assert read_time(text) is None


def test_a_day_with_an_offset_begins_there() -> None:
    assert read_time("2022-09-09+07:00") == datetime(2022, 9, 8, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("Jan Januari January", 1), ("Feb Februari Pebruari February", 2), ("Mar Maret March", 3),
        ("Apr April", 4), ("Mei May", 5), ("Jun Juni June", 6), ("Jul Juli July", 7),
        ("Agu Agt Ags Agustus Aug August", 8), ("Sep Sept September", 9),
        ("Okt Oktober Oct October", 10), ("Nov Nop November Nopember", 11),
        ("Des Desember Dec December", 12),
    ],
)  # fmt: skip
def test_months(names: str, month: int) -> None:
    for name in names.split():
        for form in ("Senin, 5 {} 2024 10:00 WIB", "5 {} 2024, 10.00 WIB", "5-{}-2024 10:00 WIB"):
            assert read_time(form.format(name)) == datetime(2024, month, 5, 3, tzinfo=UTC), name
            assert read_time(form.format(name.upper())) == datetime(
                2024, month, 5, 3, tzinfo=UTC
            ), name
