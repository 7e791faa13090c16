"""Fingerprints: what newsrooms change does not matter, another event does."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.stories.fingerprint import NEAR, fingerprint, near_duplicates, read_fingerprint
from pantau.stories.words import REACH, hash_words, read_words
from tests.events import coverage

REPORT = (
    "Banjir setinggi 120 sentimeter merendam Desa Sukawangi di Kabupaten Randupati sejak Senin "
    "malam. "
    "Kepala pelaksana penanggulangan bencana, Bagas Wiratmoko, mengatakan 347 keluarga mengungsi "
    "ke Gedung Serbaguna. "
    "Air datang dari tanggul Sungai Cilamba yang jebol sepanjang 15 meter setelah hujan lebat "
    "selama 9 jam. "
    "Menurut Bagas Wiratmoko, bantuan berupa 2.500 bungkus nasi dan 40 perahu karet sudah dikirim "
    "dari Kota Harjasari. "
    "Bupati Ratna Kusumadewi meminta warga menjauhi bantaran karena hujan masih akan turun sampai "
    "Kamis. "
    "Jalan raya menuju Pelabuhan Tanjungsari terputus dan 6 sekolah diliburkan, kata Ratna "
    "Kusumadewi."
)
OTHER = {
    "Sukawangi": "Mekarjaya",
    "Randupati": "Lembursari",
    "Bagas": "Damar",
    "Wiratmoko": "Prasetya",
    "Cilamba": "Kalibaru",
    "Harjasari": "Purwadana",
    "Ratna": "Melati",
    "Kusumadewi": "Harjono",
    "Tanjungsari": "Karangjati",
    "120": "85",
    "347": "1.204",
    "15": "32",
    "2.500": "780",
    "40": "12",
    "Senin": "Jumat",
    "Kamis": "Minggu",
}


def of(text: str, title: str = "Banjir") -> str:
    return fingerprint(read_words(title, text))


def another_event() -> str:
    text = REPORT
    for old, new in OTHER.items():
        text = text.replace(old, new)
    return text


class TestSame:
    def test_the_same(self) -> None:
        assert near_duplicates(of(REPORT), of(REPORT)) > 0.9

    @pytest.mark.parametrize(
        "edited",
        [
            pytest.param("Desa terendam.\n" + REPORT.partition(". ")[2], id="another lead"),
            pytest.param(REPORT[: len(REPORT) // 2], id="cut to half"),
            pytest.param(f"{REPORT} {coverage(1, 1)[0].text[:700]}", id="paragraphs appended"),
            pytest.param(
                REPORT.replace("mengatakan", "menyebut").replace("warga", "penduduk"), id="edits"
            ),
            pytest.param(f"RANDUPATI, Kabar - {REPORT}", id="dateline"),
            pytest.param(REPORT.upper().lower(), id="without capitals"),
        ],
    )
    def test_an_edited_copy(self, edited: str) -> None:
        assert near_duplicates(of(REPORT), of(edited)) >= NEAR

    def test_another_headline(self) -> None:
        assert of(REPORT, "Ratusan keluarga mengungsi") == of(REPORT)

    def test_boilerplate_does_not_count(self) -> None:
        notice = "Baca juga: hal lain sama sekali 999. "
        with_it = read_words("", notice + REPORT, [(0, len(notice))])
        assert near_duplicates(fingerprint(with_it), of(REPORT)) > 0.9

    def test_a_text_without_names_and_numbers(self) -> None:
        plain = (
            "cara merebus daun agar tetap hijau dan segar " * 3
            + "lalu tiriskan sebentar sebelum disajikan"
        )
        assert near_duplicates(of(plain), of(plain)) == 1


class TestOther:
    def test_the_same_template_about_another_event(self) -> None:
        assert near_duplicates(of(REPORT), of(another_event())) < NEAR

    def test_the_same_template_with_other_figures(self) -> None:
        text = (
            "Indeks ditutup di 6.{0} atau naik {1} poin, {2} saham naik dan {3} turun, nilai {4} "
            "miliar"
        )
        one, two = text.format(336, 10, 217, 188, 8.31), text.format(244, 32, 190, 205, 9.07)
        assert near_duplicates(of(one), of(two)) < NEAR

    def test_events_that_have_nothing_in_common(self) -> None:
        one, two = coverage(2, 1)
        assert near_duplicates(of(one.text), of(two.text)) == 0

    def test_nothing_is_like_nothing(self) -> None:
        assert near_duplicates(of(""), of("")) == 0
        assert near_duplicates(of(REPORT), of("")) == 0

    @pytest.mark.parametrize(
        "text", ["", "b1:", "b1:!!!", "b2:" + of(REPORT)[3:], of(REPORT)[:-4], "é"]
    )
    def test_what_is_no_fingerprint(self, text: str) -> None:
        assert read_fingerprint(text) is None
        assert near_duplicates(text, of(REPORT)) == 0


class TestForm:
    def test_it_stays_as_it_is(self) -> None:
        """Fingerprints are kept: one that changes needs another version."""
        assert of("Gempa 5,3 mengguncang Randupati") == "b1:AgIQDDJrkFa5vOrix7s"

    def test_length(self) -> None:
        chance = random.Random(1)
        long = " ".join(
            f"kata, Nama{chance.randrange(10**6)} {chance.randrange(10**6)}" for _ in range(3_000)
        )
        assert 380 <= len(of(long)) <= 391
        assert read_fingerprint(of(long)) is not None

    @given(st.text(max_size=300), st.text(max_size=300))
    def test_any_text(self, one: str, other: str) -> None:
        score = near_duplicates(of(one), of(other))
        assert 0 <= score <= 1
        assert score == near_duplicates(of(other), of(one))

    @pytest.mark.parametrize(
        "text",
        [
            "\ud800 \x00 Satu" * 50_000,
            "A" * 500_000,
            "1,1" * 200_000,
            "é" * 400_000,
            " .,\n" * 100_000,
        ],
    )
    def test_hostile_texts(self, text: str) -> None:
        assert len(of(text, text)) <= 391

    def test_a_word_has_one_number_wherever_it_stands(self) -> None:
        first, second = hash_words("Siaga satu"), hash_words("x" * (REACH - 20) + " SIAGA")
        assert first[0] == second[-1]
        assert len(hash_words("1.250,5 7, 8.")) == 3
