"""Names that a hyphen joins, clubs that have a city's name, and places of headlines."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.words import words_with
from pantau.enricher.ner.corrections.name_verdicts import TELLING
from pantau.enricher.ner.corrections.postprocess_words import persons
from pantau.enricher.ner.engine import Mention

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str = "", title: str = "") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guru se-Jawa Timur berkumpul.", {"L Jawa Timur"}),
        ("Pelajar se-Kota Bekasi berlomba.", {"L Kota Bekasi"}),
        ("Massa aksi pro-Palestina bubar.", {"L Palestina"}),
        ("Ia seorang non-Muslim dari keluarga eks-Tapol.", set()),
        ("Relawan Ganjar-Mahfud pulang.", {"P Ganjar", "P Mahfud"}),
        ("Ia tiba di Bandara Soekarno-Hatta.", {"L Bandara Soekarno-Hatta"}),
        (
            "Ganda putra Rizki Pratama/Bagas Setiawan menang.",
            {"P Rizki Pratama", "P Bagas Setiawan"},
        ),
        (
            "Ia menemui Raja Yordania dan Presiden Chile Gabriel Boric.",
            {"L Yordania", "L Chile", "P Gabriel Boric"},
        ),
        ("Jalur pantura Semarang-Demak macet.", {"L Semarang", "L Demak"}),
        ("Situasi di Mazar-i-Sharif belum pulih.", {"L Mazar-i-Sharif"}),
        ("Gula itu dari Kokap, Kulon Progo.", {"L Kokap", "L Kulon Progo"}),
    ],
)
def test_a_hyphen_joins_names(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tuan rumah Brentford mencetak gol lebih dulu atas Manchester United. Kiper MU lengah.",
            {"O Brentford", "O MU"},
        ),
        (
            "Dalam laga itu Lille kalah dari Monaco, dan gawang Nice bobol.",
            {"O Lille", "O Monaco", "O Nice"},
        ),
        ("Pelatih Como Roberto Bianchi memuji gol itu.", {"O Como", "P Roberto Bianchi"}),
        ("Konferensi dibuka di Lyon kemarin.", {"L Lyon"}),
    ],
)
def test_clubs_with_the_name_of_a_city_play(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Banjir Rob Genangi Pasar Kota Pekalongan", {"L Kota Pekalongan"}),
        ("Limpasan Rob Ganggu Perjalanan Kereta di Tegal", {"L Tegal"}),
        ("Wali Kota Solo Respati Wardana Temui Pedagang", {"L Solo", "P Respati Wardana"}),
        ("Menkeu Purbaya Janji Tak Naikkan Pajak", {"P Purbaya"}),
        ("Prabowo-Gibran Bahas Anggaran Pangan", {"P Prabowo", "P Gibran"}),
        ("Anak Orang Utan Lahir di Kebun Raya Bogor", {"L Kebun Raya Bogor"}),
        ("Ganda Putra Gagal di Korea Open", set()),
        ("Harga Telur di Pasar Induk Gedebage Turun", {"L Pasar Induk Gedebage"}),
        ("Pasar Saham Asia Rontok Lagi", {"L Asia"}),
        ("Panel Surya Terpasang di Atap Sekolah", set()),
    ],
)
def test_words_of_headlines_are_no_names(
    enricher: Enricher, title: str, expected: set[str]
) -> None:
    assert found(enricher, title=title) == expected


@pytest.mark.parametrize(
    ("text", "parts"), [("Edi/Gil", ["Edi", "Gil"]), ("S/P", ["S/P"]), ("S/Gil", ["S/Gil"])]
)
def test_single_letters_are_no_pair(text: str, parts: list[str]) -> None:
    people = persons(text, Mention(0, len(text), "person"), words_with(TELLING, "en"))
    assert [text[one.start : one.end] for one in people] == parts
