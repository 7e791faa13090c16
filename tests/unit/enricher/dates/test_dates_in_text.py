"""Days in texts: every style in which news write them, and what only looks like one."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.dates.find import find_dates, local_day
from tests.cost import assert_linear, repeated

MONDAY = date(2022, 9, 12)
MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "ms": [
        "Januari",
        "Februari",
        "Mac",
        "April",
        "Mei",
        "Jun",
        "Julai",
        "Ogos",
        "September",
        "Oktober",
        "November",
        "Disember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "ms": ["Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def found(text: str, lang: str = "id", reference: date | None = MONDAY) -> list[tuple[str, str]]:
    """Return what was found as (words, `first` or `first..last`)."""
    return [
        (
            text[one.start : one.end],
            f"{one.first}" if one.first == one.last else f"{one.first}..{one.last}",
        )
        for one in find_dates(text, lang, reference)
    ]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("tiba 9 September 2022.", "9 September 2022", "2022-09-09"),
        ("tiba Jumat, 9 September 2022.", "Jumat, 9 September 2022", "2022-09-09"),
        ("pada Jumat (9/9/2022) lalu", "Jumat (9/9/2022)", "2022-09-09"),
        ("Sabtu-Minggu (18-19/6/2022)", "Sabtu-Minggu (18-19/6/2022)", "2022-06-18..2022-06-19"),
        ("pada Senin (5/9) pagi", "Senin (5/9)", "2022-09-05"),
        ("pada Rabu (2/3) pagi", "Rabu (2/3)", "2022-03-02"),
        ("digelar Senin (2/1)", "Senin (2/1)", "2023-01-02"),
        ("Selasa (20 Mei 2025)", "Selasa (20 Mei 2025)", "2025-05-20"),
        ("pada 10-12 Mei 2022 lalu", "10-12 Mei 2022", "2022-05-10..2022-05-12"),
        (
            "29 November – 2 Desember 2022",
            "29 November – 2 Desember 2022",
            "2022-11-29..2022-12-02",
        ),
        ("30 Desember - 2 Januari 2023", "30 Desember - 2 Januari 2023", "2022-12-30..2023-01-02"),
        ("29 Sept s.d. 2 Okt 2022", "29 Sept s.d. 2 Okt 2022", "2022-09-29..2022-10-02"),
        ("(29/11-2/12/2022)", "29/11-2/12/2022", "2022-11-29..2022-12-02"),
        ("selama Mei 2022", "Mei 2022", "2022-05-01..2022-05-31"),
        ("Januari-Maret 2022", "Januari-Maret 2022", "2022-01-01..2022-03-31"),
        ("awal Mei 2022", "awal Mei 2022", "2022-05-01..2022-05-10"),
        ("akhir Februari 2024", "akhir Februari 2024", "2024-02-21..2024-02-29"),
        ("akhir tahun 2022", "akhir tahun 2022", "2022-09-01..2022-12-31"),
        ("di tahun 2022", "tahun 2022", "2022-01-01..2022-12-31"),
        ("pada 2023 juga", "2023", "2023-01-01..2023-12-31"),
        ('"Pada 2021, harga naik', "2021", "2021-01-01..2021-12-31"),
        ("harga naik (sejak 2021)", "2021", "2021-01-01..2021-12-31"),
        ("periode 2017-2021", "periode 2017-2021", "2017-01-01..2021-12-31"),
        ("tahun 1980-an", "tahun 1980-an", "1980-01-01..1989-12-31"),
        ("kuartal II 2024", "kuartal II 2024", "2024-04-01..2024-06-30"),
        ("triwulan III/2024", "triwulan III/2024", "2024-07-01..2024-09-30"),
        ("Q2 2024", "Q2 2024", "2024-04-01..2024-06-30"),
        ("semester II tahun 2025", "semester II tahun 2025", "2025-07-01..2025-12-31"),
        ("tanggal 9/9/2022", "9/9/2022", "2022-09-09"),
        ("2022-09-09", "2022-09-09", "2022-09-09"),
        ("2022/09/09", "2022/09/09", "2022-09-09"),
        ("12.09.2022", "12.09.2022", "2022-09-12"),
        ("hingga 17 Agustus", "17 Agustus", "2022-08-17"),
        ("pada 17 Agustus mendatang", "17 Agustus", "2023-08-17"),
        ("pada 5 desember 2021", "5 desember 2021", "2021-12-05"),
        ("12 Ogos 2022", "12 Ogos 2022", "2022-08-12"),
        ("3 Agt 2022", "3 Agt 2022", "2022-08-03"),
        ("hari ini", "hari ini", "2022-09-12"),
        ("sejak kemarin sore", "kemarin", "2022-09-11"),
        ("besok", "besok", "2022-09-13"),
        ("pada Jumat sore", "Jumat", "2022-09-09"),
        ("Rabu mendatang", "Rabu mendatang", "2022-09-14"),
        ("Kamis yang akan datang", "Kamis yang akan datang", "2022-09-15"),
        ("Jumat pekan lalu", "Jumat pekan lalu", "2022-09-09"),
        ("dua hari lalu", "dua hari lalu", "2022-09-10"),
        ("tiga pekan yang lalu", "tiga pekan yang lalu", "2022-08-22..2022-08-28"),
        ("minggu lalu", "minggu lalu", "2022-09-05..2022-09-11"),
        ("bulan lalu", "bulan lalu", "2022-08-01..2022-08-31"),
        ("tahun depan", "tahun depan", "2023-01-01..2023-12-31"),
    ],
)
def test_indonesian_and_malay(text: str, words: str, days: str) -> None:
    assert found(text) == [(words, days)]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("On September 9, 2022, they", "September 9, 2022", "2022-09-09"),
        ("on Friday, September 9, 2022", "Friday, September 9, 2022", "2022-09-09"),
        ("on Sept. 9.", "Sept. 9", "2022-09-09"),
        ("on the 9th of September 2022", "9th of September 2022", "2022-09-09"),
        ("Sept. 9-11, 2022", "Sept. 9-11, 2022", "2022-09-09..2022-09-11"),
        (
            "September 29 to October 2, 2022",
            "September 29 to October 2, 2022",
            "2022-09-29..2022-10-02",
        ),
        ("expires by March 15", "March 15", "2023-03-15"),
        ("in the second quarter of 2024", "second quarter of 2024", "2024-04-01..2024-06-30"),
        ("in the first half of 2024", "first half of 2024", "2024-01-01..2024-06-30"),
        ("late May 2022", "late May 2022", "2022-05-21..2022-05-31"),
        ("in mid-May", "mid-May", "2022-05-11..2022-05-20"),
        ("from 2019 to 2025", "2019 to 2025", "2019-01-01..2025-12-31"),
        ("12/25/2022", "12/25/2022", "2022-12-25"),
        ("5/9/2022", "5/9/2022", "2022-09-05"),
        ("on Friday", "Friday", "2022-09-09"),
        ("next Friday", "next Friday", "2022-09-16"),
        ("Friday's talks", "Friday", "2022-09-09"),
        ("earlier this month", "this month", "2022-09-01..2022-09-30"),
        ("last week", "last week", "2022-09-05..2022-09-11"),
        ("two days ago", "two days ago", "2022-09-10"),
        ("JAKARTA, Feb 3 (Warta) - Rain", "Feb 3", "2022-02-03"),
    ],
)
def test_english(text: str, words: str, days: str) -> None:
    assert found(text, "en") == [(words, days)]


def test_days_of_a_list_stand_for_themselves() -> None:
    assert found("10, 11, dan 14 Mei 2022") == [
        ("10", "2022-05-10"), ("11", "2022-05-11"), ("14 Mei 2022", "2022-05-14"),
    ]  # fmt: skip
    assert found("9 Mei dan 2 Juni 2021") == [
        ("9 Mei", "2021-05-09"),
        ("2 Juni 2021", "2021-06-02"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "31 Februari 2022", "31 Februari", "UU Nomor 5 Tahun 2018", "Perda No. 12 Tahun 2020",
        "menang 2-1", "10-12 orang", "192.168.1.1", "telepon 0812-3456-7890", "1/2 kilogram",
        "24/7", "Rp 10.000", "pukul 10.30 WIB", "9/11", "9-11", "Rencana Kerja 2019-2025",
        "Pemilu 2019", "setiap Senin", "Senin-Jumat", "salat Jumat", "5 hari", "2 Minggu",
        "Mei Lestari", "Jalan 17 Agustus", "beberapa hari lalu", "Ramadan", "luas 12.05 hektare",
        "rasio 3/4/5", "anak berusia 10 tahun",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["I may 1 day", "USA Today", "Black Friday", "Monday to Friday", "every Monday", "in 1986/87",
        "over the last week", "he won 3-2", "Fridays"],
)  # fmt: skip
def test_what_is_no_day_in_english(text: str) -> None:
    assert found(text, "en") == []


def test_without_a_day_of_its_own_an_article_names_only_days_with_a_year() -> None:
    text = "Jumat (9/9), 17 Agustus, kemarin, pekan lalu, pada Mei, Senin, dan 9 Mei 2022"
    assert found(text, reference=None) == [("9 Mei 2022", "2022-05-09")]


def test_a_feed_in_american_english_writes_the_month_first() -> None:
    (one,) = find_dates("on 5/9/2022", "en", None, "en-US")
    assert one.first == date(2022, 5, 9)


def test_boilerplate_names_no_days() -> None:
    assert (
        find_dates("Terbit: 9 Mei 2022\nAir surut 10 Mei 2022.", "id", None, skip=[(0, 18)])[
            0
        ].start
        == 29
    )


def test_the_day_of_an_article_is_that_of_its_readers() -> None:
    late = datetime(2022, 9, 8, 18, tzinfo=UTC)
    assert (local_day(late, "id"), local_day(late, "en")) == (date(2022, 9, 9), date(2022, 9, 8))
    assert local_day(None, "id") is None
    assert local_day(datetime(9999, 12, 31, 23, tzinfo=UTC), "id") is None


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["id", "ms", "en"]), st.data()
)
def test_every_day_in_every_style_comes_back(day: date, lang: str, data: st.DataObject) -> None:
    month, week = MONTHS[lang][day.month - 1], WEEKDAYS[lang][day.weekday()]
    styles = [
        f"{day.day} {month} {day.year}",
        f"{week}, {day.day} {month} {day.year}",
        f"{week} ({day.day}/{day.month}/{day.year})",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{week.upper()}, {day.day} {month.upper()} {day.year}",
        day.isoformat(),
    ]
    if lang == "en":
        styles += [f"{month} {day.day}, {day.year}", f"{week}, {month[:3]}. {day.day}, {day.year}"]
    style = data.draw(st.sampled_from(styles))
    text = f"Air surut {style} di Demak."
    assert [(one.start, one.end, one.first, one.last) for one in find_dates(text, lang)] == [
        (10, 10 + len(style), day, day)
    ]


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(1, 200))
def test_every_range_comes_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    names = MONTHS["id"]
    text = (
        f"pada {first.day} {names[first.month - 1]} {first.year} - {last.day} "
        f"{names[last.month - 1]} {last.year}."
    )
    assert [(one.first, one.last) for one in find_dates(text, "id")] == [(first, last)]


@given(st.text(alphabet="0123456789/-–., ()MeiJumatSenlSpOkt9\nlalu ini\ud800", max_size=120))
def test_whatever_the_text_spans_are_in_order(text: str) -> None:
    for lang in ("id", "en"):
        ends = [
            0,
            *(edge for one in find_dates(text, lang, MONDAY) for edge in (one.start, one.end)),
        ]
        assert ends == sorted(ends)
        assert ends[-1] <= len(text)


@pytest.mark.parametrize(
    "piece", ["1-", "1/1/", "9", "1 ", "9 Mei ", "1, ", "Senin-", "Mei-", "1-1 Mei - ", "lalu ",
    "dua ", "2019-", "/", "ini ", "Q1 ", "(1/"]
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    for lang in ("id", "und"):
        assert_linear(partial(find_dates, lang=lang, reference=MONDAY), repeated(piece), 12_500)


def test_years_of_a_list_are_days_of_their_own() -> None:
    whole = [(str(year), f"{year}-01-01..{year}-12-31") for year in (2012, 2014, 2016)]
    assert found("Ia menang pada 2012 dan 2014.") == whole[:2]
    assert found("Ia menang pada 2012, 2014, dan 2016.") == whole
    (one,) = found("Ia menjabat antara 2012 dan 2014.")
    assert one[1] == "2012-01-01..2014-12-31"


def test_a_weekday_that_does_not_fit_moves_no_near_day_to_another_year() -> None:
    (one,) = found("Rapat digelar Sabtu (11/9).")
    assert one[1] == "2022-09-11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presiden akan tiba pada Rabu.", "2022-09-14"),
        ("Bupati bakal dilantik Jumat pagi.", "2022-09-16"),
        ("Sidang dijadwalkan berlangsung Kamis.", "2022-09-15"),
        ("Saksi akan diminta hadir pada Selasa.", "2022-09-13"),
        ("Timnas akan bertanding di Demak, Rabu.", "2022-09-14"),
        ("Ia akan dilantik Senin.", "2022-09-12"),
        ("Besok, Selasa, sekolah libur.", "2022-09-13"),
        ("Harga naik mulai Sabtu besok.", "2022-09-17"),
        ("Pengumuman dilakukan Jumat pekan ini.", "2022-09-16"),
        ("Jalan akan ditutup, kata Ani, Rabu.", "2022-09-07"),
        ("Ani mengatakan jalan akan ditutup, Rabu.", "2022-09-07"),
        ("Ia akan absen setelah cedera pada Rabu.", "2022-09-07"),
        ("Jalan akan ditutup. Hujan turun pada Rabu.", "2022-09-07"),
        ("Ani berkata pada Rabu bahwa jalan akan ditutup.", "2022-09-07"),
    ],
)
def test_a_weekday_behind_a_word_of_the_future_is_the_next_one(text: str, expected: str) -> None:
    assert expected in {one.first.isoformat() for one in find_dates(text, "id", MONDAY)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court will sit on Wednesday.", "2022-09-14"),
        ("The talks are scheduled for Friday.", "2022-09-16"),
        ("The match is on Sunday.", "2022-09-18"),
        ("The fair opens on Saturday.", "2022-09-17"),
        ("She said on Wednesday that the bank will act.", "2022-09-07"),
        ("The bank will act, she said on Wednesday.", "2022-09-07"),
    ],
)
def test_an_english_weekday_behind_a_word_of_the_future(text: str, expected: str) -> None:
    assert [one.first.isoformat() for one in find_dates(text, "en", MONDAY)] == [expected]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Ia juara pada 2012 atau 2014.", [(2012, 2012), (2014, 2014)]),
        ("Antara tahun 2012 dan 2014 ia pergi.", [(2012, 2014)]),
        ("Antara 2012 dan 2014 ia pergi.", [(2012, 2014)]),
    ],
)
def test_years_that_are_joined(text: str, years: list[tuple[int, int]]) -> None:
    found = find_dates(text, "id", MONDAY)
    assert [(one.first.year, one.last.year) for one in found] == years


@pytest.mark.parametrize(
    ("text", "lang", "first", "last"),
    [
        ("three cuts since March", "en", "2022-03-01", "2022-03-31"),
        ("kasus naik sejak Oktober", "id", "2021-10-01", "2021-10-31"),
        ("and again this morning", "en", "2022-09-12", "2022-09-12"),
        ("The 1980s were hard", "en", "1980-01-01", "1989-12-31"),
        ("pada era 1990-an", "id", "1990-01-01", "1999-12-31"),
        ("hingga akhir bulan ini", "id", "2022-09-21", "2022-09-30"),
        ("He is due to meet U.S. envoy Jane Roe on Friday", "en", "2022-09-16", "2022-09-16"),
        ("Acme travel to Demak on Friday", "en", "2022-09-16", "2022-09-16"),
        ("Voters go to the polls on Sunday", "en", "2022-09-18", "2022-09-18"),
        ("He said work would resume on Friday", "en", "2022-09-16", "2022-09-16"),
        ("Work would end, he said on Friday", "en", "2022-09-09", "2022-09-09"),
        ("Acme lost to Demak on Friday", "en", "2022-09-09", "2022-09-09"),
    ],
)
def test_what_the_words_beside_a_date_say_of_it(
    text: str, lang: str, first: str, last: str
) -> None:
    found = [(str(one.first), str(one.last)) for one in find_dates(text, lang, MONDAY)]
    assert found == [(first, last)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Rapat digelar Senin sore (5/9/2022).", "id", "2022-09-05..2022-09-05"),
        ("Ia jatuh Sabtu dini hari (3/9).", "id", "2022-09-03..2022-09-03"),
        ("Ia tiba Senin malam, 8 Agustus 2022.", "id", "2022-08-08..2022-08-08"),
        ("Panen raya Maret tahun depan.", "id", "2023-03-01..2023-03-31"),
        ("Harga naik Oktober tahun lalu.", "id", "2021-10-01..2021-10-31"),
        ("Ia lahir 3 Mei tahun ini.", "id", "2022-05-03..2022-05-03"),
        ("Sales fell in March last year.", "en", "2021-03-01..2021-03-31"),
        ("Jalan dibuka akhir pekan ini.", "id", "2022-09-17..2022-09-18"),
        ("Harga turun awal pekan lalu.", "id", "2022-09-05..2022-09-06"),
        ("Harga turun akhir tahun lalu.", "id", "2021-09-01..2021-12-31"),
        ("It fell at the end of last year.", "en", "2021-09-01..2021-12-31"),
        ("They meet at the end of next week.", "en", "2022-09-23..2022-09-25"),
        ("It fell late last year.", "en", "2021-09-01..2021-12-31"),
        ("Ia pergi seminggu lalu.", "id", "2022-09-05..2022-09-11"),
        ("Ia pergi setahun silam.", "id", "2021-01-01..2021-12-31"),
        ("Ia tiba besok lusa.", "id", "2022-09-14..2022-09-14"),
        ("Hujan turun tadi malam.", "id", "2022-09-11..2022-09-11"),
        ("Hujan turun siang tadi.", "id", "2022-09-12..2022-09-12"),
        ("Nanti malam hujan turun.", "id", "2022-09-12..2022-09-12"),
        ("Ini lebih baik daripada 2021 silam.", "id", "2021-01-01..2021-12-31"),
        ("Majlis itu diadakan semalam.", "ms", "2022-09-11..2022-09-11"),
        ("Kebakaran bermula Rabu lepas.", "ms", "2022-09-07..2022-09-07"),
        ("Sidang bermula minggu hadapan.", "ms", "2022-09-19..2022-09-25"),
        ("Sidang bermula Rabu hadapan.", "ms", "2022-09-14..2022-09-14"),
        ("Belanja tahun anggaran 2023 naik.", "id", "2023-01-01..2023-12-31"),
    ],
)
def test_parts_of_days_and_of_periods(text: str, lang: str, expected: str) -> None:
    assert [f"{one.first}..{one.last}" for one in find_dates(text, lang, MONDAY)] == [expected]


def test_periods_of_one_list_are_all_found() -> None:
    text = "Laba kuartal I 2021, kuartal kedua 2021, dan semester I/2022 naik."
    assert [str(one.last) for one in find_dates(text, "id", MONDAY)] == [
        "2021-03-31", "2021-06-30", "2022-06-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Orang tadi pulang, nanti kembali.",
        "Ia menginap hampir seminggu lalu pergi.",
        "Kantor itu buka sekitar seminggu lalu.",
        "Menanti malam tiba.",
        "Pasal 5 anggaran dasar.",
        "Warga menginap semalam di balai desa.",
    ],
)
def test_what_only_looks_like_a_part_of_a_day(text: str) -> None:
    assert find_dates(text, "id", MONDAY) == []
