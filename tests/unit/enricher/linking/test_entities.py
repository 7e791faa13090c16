"""Who, what and where, on sentences of our own, Indonesian and English."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.linking.split import closed_mentions, trimmed
from pantau.enricher.ner.engine import Mention

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "", lang: str = "id") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, lang)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Menurut Menteri Kesehatan Dr. Siti Hartati, stok aman.", {"P Siti Hartati"}),
        (
            "Lembaga Pangan Pesisir (LPPX) diperiksa, tegas Ketua LPPX Prof Dr Nadia Prameswari.",
            {"O LPPX", "P Nadia Prameswari"},
        ),
        ("Ketua KPK Komjen Pol Drs. Bambang Wirawan, MH, hadir.", {"O KPK", "P Bambang Wirawan"}),
        (
            "Gubernur Jawa Tengah Sutrisno Wibowo meninjau Kudus.",
            {"L Jawa Tengah", "P Sutrisno Wibowo", "L Kudus"},
        ),
        (
            "Rapat dihadiri H. Ahmad Fauzan, S.Sos dan Hj. Nurhayati.",
            {"P Ahmad Fauzan", "P Nurhayati"},
        ),
        (
            "Warga melapor ke Polda Metro Jaya dan Komnas HAM.",
            {"O Polda Metro Jaya", "O Komnas HAM"},
        ),
        (
            "Kementerian Pendidikan dan Kebudayaan bekerja sama dengan Universitas Airlangga.",
            {"O Kementerian Pendidikan dan Kebudayaan", "O Universitas Airlangga"},
        ),
        (
            "PT Sumber Rejeki Abadi Tbk membuka pabrik di Kabupaten Karawang.",
            {"O PT Sumber Rejeki Abadi Tbk", "L Kabupaten Karawang"},
        ),
        (
            "Kecelakaan terjadi di Jalan Gatot Subroto, Jakarta Selatan.",
            {"L Jalan Gatot Subroto", "L Jakarta Selatan"},
        ),
        (
            "Gempa terasa di Asia Tenggara dan Timur Tengah pada Senin.",
            {"L Asia Tenggara", "L Timur Tengah"},
        ),
        (
            "Delegasi AS dan Inggris tiba di Jenewa pada Maret 2022.",
            {"L AS", "L Inggris", "L Jenewa"},
        ),
        ("Pelatih itu, I Made Suardana, pulang ke Bali.", {"P I Made Suardana", "L Bali"}),
        (
            "Kabid Humas Polda Jateng Kombes Agus Hartono membenarkan.",
            {"O Polda Jateng", "P Agus Hartono"},
        ),
        (
            "Kepala Badan Pangan Nasional Wiranti Lestari meninjau gudang.",
            {"O Badan Pangan Nasional", "P Wiranti Lestari"},
        ),
        ("Panitia lalu pulang bersama Rudi Hartono.Ketua panitia diam.", {"P Rudi Hartono"}),
        ("Banjir melanda desa Sukamaju sejak Jumat.", {"L Desa Sukamaju"}),
    ],
)
def test_indonesian(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Prime Minister Jane Foster met Gen. Robert Miller in London.",
            {"P Jane Foster", "P Robert Miller", "L London"},
        ),
        ("Northwind Corp said it would buy Contoso Ltd.", {"O Northwind Corp", "O Contoso Ltd"}),
        (
            "The Ministry of Health and the University of Lagos agreed.",
            {"O Ministry of Health", "O University of Lagos"},
        ),
        ("Shares of Northwind fell on Monday in New York.", {"O Northwind", "L New York"}),
        (
            "Spokeswoman Mary Lee of the World Bank spoke in Nairobi.",
            {"P Mary Lee", "O World Bank", "L Nairobi"},
        ),
        ("The U.S. economy grew; Canada's did not.", {"L U.S.", "L Canada"}),
    ],
)
def test_english(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text, lang="en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pada Senin, 9 Mei 2022, harga beras naik. Sebelumnya harga stabil.",
        "Undang-Undang Cipta Kerja dan Peraturan Pemerintah itu berlaku sejak Januari.",
        "Mereka membahas South-South Cooperation dan Global Work Plan tahun depan.",
        "Angka kematian bayi (AKB) menurun. Pemerintah akan menambah puskesmas.",
        "Umat Islam merayakan Idul Fitri. Allah Maha Besar.",
    ],
)
def test_capitals_that_name_nobody(enricher: Enricher, text: str) -> None:
    assert found(enricher, text) == set()


def test_a_place_in_the_name_of_a_programme_counts(enricher: Enricher) -> None:
    assert found(enricher, "Delegasi membahas Bali Work Plan kemarin.") == {"L Bali"}


def test_a_dateline_gives_the_place_in_its_usual_form(enricher: Enricher) -> None:
    assert found(enricher, "NEW YORK, Wartakita.com - Harga naik.") == {"L New York"}


def test_known_capitals_are_places(enricher: Enricher) -> None:
    assert found(enricher, "SURABAYA - Harga beras naik di pasar.") == {"L Surabaya"}


def test_short_names_are_folded(enricher: Enricher) -> None:
    text = (
        "Ketua DPRD Siti Aminah Hartono hadir. Menurut Siti Aminah, rapat lancar. Hartono pulang."
    )
    people = [one for one in enricher.entities("", text, "id") if one.type == "person"]
    assert [(one.name, one.roles, len(one.mentions)) for one in people] == [
        ("Siti Aminah Hartono", ("Ketua DPRD",), 3)
    ]


def test_of_two_people_with_a_name_the_last_named_is_meant(enricher: Enricher) -> None:
    text = (
        "Bupati Joko Santoso datang. Istrinya, Rina Santoso, ikut. Menurut Santoso, acara meriah."
    )
    people = {
        one.name: len(one.mentions)
        for one in enricher.entities("", text, "id")
        if one.type == "person"
    }
    assert people == {"Joko Santoso": 1, "Rina Santoso": 2}


def test_companies_with_and_without_their_legal_form_are_one(enricher: Enricher) -> None:
    text = "Northwind Corp opened a plant. Analysts like Northwind and its brands."
    (entity,) = enricher.entities("", text, "en")
    assert (entity.type, entity.name, len(entity.mentions)) == ("organization", "Northwind", 2)


def test_known_long_and_short_names_are_one(enricher: Enricher) -> None:
    text = "Komisi Pemberantasan Korupsi menahan dua orang. Menurut KPK, keduanya kooperatif."
    (entity,) = enricher.entities("", text, "id")
    assert (entity.name, entity.long_name) == ("KPK", "Komisi Pemberantasan Korupsi")


def test_a_headline_in_capitals_takes_names_from_the_text(enricher: Enricher) -> None:
    title = "Wali Kota Rina Hartono Buka Pasar Murah Besok Pagi"
    text = "Wali Kota Rina Hartono membuka pasar murah di Semarang."
    entities = enricher.entities(title, text, "id")
    inside = [
        (one.name, m.start, m.end) for one in entities for m in one.mentions if m.field == "title"
    ]
    assert inside == [("Rina Hartono", 10, 22)]


def test_the_legal_form_in_brackets_is_of_the_mention_and_not_of_the_name(
    enricher: Enricher,
) -> None:
    text = "Direksi PT Garuda Nusantara (Persero) mundur. Warga menilai PT Garuda Nusantara rugi."
    (entity,) = enricher.entities("", text, "id")
    assert entity.name == "PT Garuda Nusantara"
    assert [text[one.start : one.end] for one in entity.mentions] == [
        "PT Garuda Nusantara (Persero)",
        "PT Garuda Nusantara",
    ]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Direksi PT Garuda Nusantara (Persero) mundur.", "id", {"O PT Garuda Nusantara"}),
        ("Ia tiba di U.K. pada Senin.", "id", {"L U.K."}),
        (
            "Gubernur Sulawesi Tenggara Sutrisno Wibowo hadir.",
            "id",
            {"L Sulawesi Tenggara", "P Sutrisno Wibowo"},
        ),
        ("Kementerian itu diam. Rapat di Markas PBB selesai.", "id", {"O PBB"}),
        ("Jane Foster met Gen. Robert Miller.", "en", {"P Jane Foster", "P Robert Miller"}),
    ],
)
def test_names_are_whole_and_hold_nothing_else(
    enricher: Enricher, text: str, lang: str, names: set[str]
) -> None:
    assert found(enricher, text, lang=lang) == names


def test_bylines_name_nobody_in_the_news(enricher: Enricher) -> None:
    text = (
        "Harga beras naik di Demak.\nEditor: Rina Hartono\nBaca juga: Joko Santoso Mundur dari KPK"
    )
    assert found(enricher, text) == {"L Demak"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("kata Kepala BTBX Letjen TNI (Purn) Dr Arya Wirasena, MM.", "Kepala BTBX"),
        ("Kapolda Jawa Tengah Irjen Pol. Ahmad Basuki hadir.", "Kapolda Jawa Tengah"),
        ("Kepala BTBX Komjen Pol Dr Siti Rahma, MH, hadir.", "Kepala BTBX"),
    ],
)
def test_a_rank_between_office_and_name_is_no_part_of_the_office(
    enricher: Enricher, text: str, role: str
) -> None:
    (person,) = (one for one in enricher.entities("", text, "id") if one.type == "person")
    assert person.roles == (role,)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Kepala BTBN Arya Wirasena, MM mengatakan latihan itu berhasil.", {"Arya Wirasena"}),
        ("Bupati Demak Dr Hj Siti Aminah, SE, MSi membuka acara itu.", {"Siti Aminah"}),
        ("Kepala Dinas Budi Santoso, S.T., M.M. menjelaskan hal itu.", {"Budi Santoso"}),
        ("Rektor Prof Dwi Hartono, PhD menyebut angka itu.", {"Dwi Hartono"}),
        (
            "Hadir pula drg Andi Lukman, M.Kes dan Tono Harjo, S.Pd.I.",
            {"Andi Lukman", "Tono Harjo"},
        ),
        ("Pengusaha Jack Ma tiba di Jakarta pada Senin.", {"Jack Ma"}),
        ("Pengusaha Jack Ma tiba di Jakarta. Kemarin, Ma bertemu menteri.", {"Jack Ma"}),
    ],
)
def test_titles_and_degrees_are_nobody(enricher: Enricher, text: str, people: set[str]) -> None:
    found = enricher.entities("Kabar dari daerah", text, "id")
    assert {one.name for one in found if one.type == "person"} == people


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("Kemarin, Ma mengatakan hal itu.", ["Ma"], ["Ma"]),
        ("Andi Lukman, Ma, hadir.", ["Andi Lukman", "Ma"], ["Andi Lukman"]),
        ("Budi Santoso, SE, MM hadir.", ["Budi Santoso", "MM"], ["Budi Santoso"]),
    ],
)
def test_a_short_name_is_a_degree_behind_a_person_alone(
    text: str, marked: list[str], left: list[str]
) -> None:
    starts = map(text.index, marked)
    mentions = [
        Mention(at, at + len(one), "person") for at, one in zip(starts, marked, strict=True)
    ]
    found = trimmed(text, mentions, load_gazetteer())
    assert [text[one.start : one.end] for one in found] == left


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("(SBY) hadir.", "SBY)", "SBY"),
        ("Dia (eks Wali Kota) Rini Astuti hadir.", "Kota) Rini Astuti", "Rini Astuti"),
        ("(Anas) x", "Anas) x", "x"),
    ],
)
def test_a_bracket_that_closes_in_a_person_leaves_a_name(text: str, marked: str, left: str) -> None:
    start = text.index(marked)
    found = closed_mentions(text, [Mention(start, start + len(marked), "person")])
    assert [text[one.start : one.end] for one in found] == [left]
