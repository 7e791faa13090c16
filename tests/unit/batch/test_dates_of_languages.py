"""Dates in the languages that news comes in, all of one year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pantau.common.date_names import DAY_NAMES, DAYS_OR_MONTHS, FILLERS, MONTHS, ZONES
from pantau.common.dates import read_time

DATES = [
    ("01-02 09:00", "vie, 02 ene 2026 10:00:00 +0100"),
    ("01-06 09:00", "mar, 06 gen 2026 10:00:00 +0100"),
    ("03-03 09:00", "mar, 03 mar 2026 10:00:00 +0100"),
    ("01-06 10:00", "mar. 06/01/2026 10:00"),
    ("03-03 10:00", "Mar 3, 2026 10:00 AM"),
    ("01-02 10:00", "1/2/2026 10:00:00 AM"),
    ("01-02 22:00", "1/2/2026 10:00 PM"),
    ("01-02 22:00", "01/02/2026 10:00 p.m."),
    ("02-01 10:00", "01/02/2026 10:00"),
    ("08-25 08:00", "8/25/2026 8:00 am"),
    ("01-02 10:00", "2026年1月2日 10:00"),
    ("01-02 22:05", "2026年1月2日(金) 午後10時05分"),
    ("01-02 22:00", "2026년 1월 2일 오후 10:00"),
    ("01-02 22:00", "2026년 1월 2일 금요일 오후 10시"),
    ("01-02 10:00", "2026年01月02日 星期五 上午10:00:00"),
    ("01-02 10:00", "周五, 02 一月 2026 10:00:00 GMT"),
    ("01-02 10:00", "令和8年1月2日 10時"),
    ("01-02 10:00", "2026. 1. 2. 10:00"),
    ("01-02 10:00", "2. 1. 2026 10:00"),
    ("01-02 10:00", "Пт, 02 янв 2026 10:00:00 GMT"),
    ("05-02 10:00", "2 мая 2026 г. в 10:00"),
    ("05-02 10:00", "2 мая 2026 года, 10:00"),
    ("01-02 10:00", "п'ятниця, 2 січня 2026 р. 10:00"),
    ("01-02 10:00", "الجمعة، 2 يناير 2026 - 10:00"),
    ("01-02 22:00", "٢ يناير ٢٠٢٦ ١٠:٠٠ م"),
    ("01-02 10:00", "2 كانون الثاني 2026 10:00"),
    ("01-02 10:00", "الجمعة 2 يناير / كانون الثاني 2026 الساعة 10:00"),
    ("01-02 10:00", "Thứ Sáu, 2 tháng 1, 2026 10:00"),
    ("01-02 10:00", "ศุกร์, 2 มกราคม 2569 10:00 น."),
    ("01-02 10:00", "शुक्रवार, 2 जनवरी 2026 10:00"),
    ("01-02 10:00", "Παρ, 02 Ιαν 2026 10:00:00 GMT"),
    ("01-02 10:00", "Cum, 02 Oca 2026 10:00:00 GMT"),
    ("08-02 10:00", "2 Ağustos 2026 Pazar 10:00"),
    ("10-02 10:00", "pią, 02 paź 2026 10:00:00 +0000"),
    ("10-04 10:00", "Paz, 04 Eki 2026 10:00:00 +0000"),
    ("08-02 08:00", "dim., 02 août 2026 10:00:00 +0200"),
    ("12-02 08:00", "mercredi 2 décembre 2026 à 10h00 +0200"),
    ("02-02 10:00", "2 févr. 2026 10:00"),
    ("10-02 10:00", "sex, 02 out 2026 10:00:00 GMT"),
    ("10-02 10:00", "2 de outubro de 2026 às 10h00"),
    ("10-02 22:00", "2 de octubre de 2026, a las 10:00 p. m."),
    ("10-02 10:00", "Freitag, 2. Oktober 2026, 10:00 Uhr"),
    ("03-02 10:00", "2. März 2026 10:00 Uhr"),
    ("03-02 10:00", "ma 02 mrt 2026 10:00"),
    ("05-02 10:00", "za 2 mei 2026 10:00"),
    ("03-02 10:00", "Isnin, 2 Mac 2026 10:00 pagi"),
    ("08-02 07:00", "Ahd, 2 Ogos 2026 15:00 MYT"),
    ("08-02 15:00", "2 Ogos 2026 3:00 petang"),
    ("07-02 15:00", "2 Julai 2026, 3.00 PM"),
    ("12-02 10:00", "Rabu, 02 Disember 2026 10:00"),
    ("01-02 10:00", "péntek, 2026. január 2. 10:00"),
    ("01-02 10:00", "2026. január 2., péntek 10:00"),
    ("01-02 10:00", "perjantai 2. tammikuuta 2026 klo 10:00"),
    ("01-02 10:00", "fredag den 2. januar 2026 kl. 10.00"),
    ("05-02 10:00", "lör, 02 maj 2026 10:00:00 GMT"),
    ("01-02 10:00", "Biyernes, 2 Enero 2026 10:00"),
    ("01-02 10:00", "vin., 2 ian. 2026 10:00"),
    ("05-05 10:00", "mar., 5 mai 2026 10:00"),
    ("01-02 10:00", "יום שישי, 2 בינואר 2026 10:00"),
    ("01-02 10:00", "divendres, 2 de gener de 2026 10:00"),
    ("10-02 10:00", "2 d'octubre de 2026 10:00"),
    ("01-02 10:00", "শুক্রবার, 2 জানুয়ারি 2026 10:00"),
    ("01-02 10:00", "جمعه 2 ژانویه 2026 10:00"),
    ("04-02 10:00", "VEN, 02 AVR 2026 10:00:00 GMT"),
    ("02-02 10:00", "2 Şubat 2026 10:00"),
    ("01-02 10:00", "Sat, 1/2/2026 - 10:00 a.m."),
    ("06-02 10:00", "2 jun. 2026 10:00"),
    ("01-02 10:00", "pátek 2. ledna 2026 10:00"),
]


@pytest.mark.parametrize(("moment", "text"), DATES)
def test_dates_of_many_languages(moment: str, text: str) -> None:
    assert read_time(text) == datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=UTC)


def test_a_name_has_one_role_unless_it_is_known_to_have_two() -> None:
    assert set(MONTHS) & DAY_NAMES <= DAYS_OR_MONTHS
    assert not set(MONTHS) & (FILLERS | set(ZONES))


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2026-01-02 10:00", 7), ("2 Januari 2026 10.00", 7), ("1/2/2026 10:00 AM", 7),
        ("20260102100000", 7), ("2026-01-02T10:00:00Z", 0), ("2 Jan 2026 10:00 GMT", 0),
        ("Fri, 02 Jan 2026 10:00:00 +0900", 9), ("2 Januari 2026 10.00 WITA", 8),
    ],
)  # fmt: skip
def test_a_zone_counts_where_the_text_names_none(text: str, offset: int) -> None:
    expected = datetime(2026, 1, 2, 10, tzinfo=UTC) - timedelta(hours=offset)
    assert read_time(text, ZoneInfo("Asia/Jakarta")) == expected


def test_slashes_without_am_or_pm_have_the_day_first() -> None:
    assert read_time("02/01/2026 10:00") == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert read_time("02-01-2026 10:00 AM") == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert read_time("13/01/2026 10:00 PM") == datetime(2026, 1, 13, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["9 Foo 2026", "listopada", "2 کانون 2026", "2026年13月2日"])
def test_what_is_still_no_date(text: str) -> None:
    assert read_time(text) is None
