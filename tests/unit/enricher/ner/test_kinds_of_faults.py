"""Kinds of faults that were seen in articles of the news, on sentences of our own."""

import pytest

from pantau.enricher import Enricher

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "", lang: str = "id") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, lang)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Direktur Jenderal Farmasi Kementerian Kesehatan RI Azhar Wijaya menyesalkan hal itu.",
            {"O Kementerian Kesehatan RI", "P Azhar Wijaya"},
        ),
        (
            "Kepala BPS Sulawesi Selatan Aryanto mengatakan inflasi turun.",
            {"O BPS Sulawesi Selatan", "P Aryanto"},
        ),
        (
            "Penyidik Kejaksaan Negeri (Kejari) Lembata menggeledah kantor itu.",
            {"O Kejaksaan Negeri (Kejari) Lembata"},
        ),
        (
            "Longsor terjadi di Kampung Naringgul RT 03 RW 09, Desa Karangpapak.",
            {"L Kampung Naringgul", "L Desa Karangpapak"},
        ),
        (
            "Gudang itu milik PT Sagara. PT Sagara Samudra membantah.",
            {"O PT Sagara"},
        ),
        (
            "Beras dikirim ke Papua-Papua Barat pada Senin.",
            {"L Papua", "L Papua Barat"},
        ),
        ("Nelayan Karimunjawa tidak melaut.", {"L Karimunjawa"}),
        ("Siti melapor ke Polsek Kuta.", {"P Siti", "O Polsek Kuta"}),
        (
            "Laporan Harta Kekayaan Pejabat Negara (LHKPN) dirilis KPK. LHKPN itu lengkap.",
            {"O KPK"},
        ),
        (
            "Ketua Polis Negara Tan Sri Razarudin Husin hadir.",
            {"O Polis Negara", "P Razarudin Husin"},
        ),
        (
            "Truk terguling di Jalan Raya Pantura Kecamatan Losari.",
            {"L Jalan Raya Pantura", "L Kecamatan Losari"},
        ),
        (
            "Mobil Endang hilang. Rumah Endang kosong. Endang Sulastri melapor.",
            {"P Endang Sulastri"},
        ),
        (
            "Arman Wibowo hadir. Menurut wanita yang akrab disapa Kiki itu, Arman benar.",
            {"P Arman Wibowo"},
        ),
    ],
)
def test_a_kind_of_fault_does_not_return(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chairman, Martin J. Simon, told Reuters so.", {"P Martin J. Simon", "O Reuters"}),
        ("He blamed the U.S. Congress. Nobody replied.", {"O U.S. Congress"}),
    ],
)
def test_a_kind_of_fault_in_english_does_not_return(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text, lang="en") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Komisi II DPR Ungkap Formula Baru", {"O Komisi II DPR"}),
        ("Beda Data Antara Dua Kementerian", set()),
        ("Serang Dilanda Banjir, Ratusan Rumah Terendam", {"L Serang"}),
    ],
)
def test_a_word_of_a_headline_is_a_name_where_it_is_meant(
    enricher: Enricher, title: str, expected: set[str]
) -> None:
    assert found(enricher, "", title) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "kata Direktur Jenderal Energi Baru, Terbarukan, dan Konservasi Energi, Eniya Dewi.",
            "Direktur Jenderal Energi Baru, Terbarukan, dan Konservasi Energi",
        ),
        ("Presiden ke-7 Joko Widodo hadir.", "Presiden ke-7"),
        ("ujar AKP Freddy Satria, Kapolsek Cisauk, kepada pers.", "Kapolsek Cisauk"),
        ("Halim Wijaya (HW) selaku Direktur Utama PT Sagara, tiba.", "Direktur Utama PT Sagara"),
    ],
)
def test_an_office_is_read_whole(enricher: Enricher, text: str, role: str) -> None:
    people = [one for one in enricher.entities("", text, "id") if one.type == "person"]

    assert [one.roles for one in people] == [(role,)]


def test_the_office_of_one_is_not_the_next_one_s(enricher: Enricher) -> None:
    text = "Halim Wijaya selaku Direktur PT Sagara, Rudi Salam selaku Komisaris PT Sagara."

    roles = {one.name: one.roles for one in enricher.entities("", text, "id")}

    assert roles["Rudi Salam"] == ("Komisaris PT Sagara",)


def test_an_agency_is_one_thing_by_head_and_short_form(enricher: Enricher) -> None:
    text = "Dinas Lingkungan Hidup (LH) meneliti. Dinas LH diam. Kata LH, air itu bersih."

    (agency,) = enricher.entities("", text, "id")

    assert agency.name == "Dinas LH"
    assert {"Dinas LH", "LH"} <= set(agency.surfaces)


def test_a_bare_name_is_the_area_that_the_article_names(enricher: Enricher) -> None:
    text = "Kebakaran melanda Kecamatan Kuta, Kabupaten Badung. Warga Kuta mengungsi."

    assert "id:51.03.01" in {one.id for one in enricher.entities("", text, "id")}
    assert found(enricher, text) == {"L Kecamatan Kuta", "L Kabupaten Badung"}
