"""Names that the rest of the article shows: initials, ages, lists, brackets, other mentions."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.persons.agreeing import with_agreement
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pria berinisial PR tewas. Polisi menyebut PR jatuh.", set()),
        ("Tiga orang berinisial RT (37), RA (25), dan EK (50) lari. RA mengaku.", set()),
        ("Polisi menangkap HAT (24) di Solo. Menurut polisi, HAT menyesal.", {"P HAT", "L Solo"}),
        ("Bripda AG dan Bripda AN ditangkap.", {"P AG", "P AN"}),
        ("Bocah FA (6) tewas. Menurut polisi, FA jatuh.", {"P FA"}),
        ("Musim (7) dan Partai PKS (6) disebut.", {"O Partai PKS"}),
        ("Stasiun KM (12) dan Warga RT 05 aman.", set()),
        ("Rohmat (45), warga Dusun Krajan, hilang.", {"P Rohmat", "L Dusun Krajan"}),
        ("Korban Sumiati (40) dirawat.", {"P Sumiati"}),
        ("Pada Sabtu (19) Portugal (10) dan Persib (24) menang.", {"L Portugal", "O Persib"}),
    ],
)
def test_initials_and_ages_show_people(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bupati Ngada dan Wakil Bupati Bernadinus Dhey dilantik.",
            {"L Ngada", "P Bernadinus Dhey"},
        ),
        ("Presiden dan Ibu Negara Melania Trump menyapa warga.", {"P Melania Trump"}),
        ("Gubernur Jawa Barat Dedi Wijaya hadir.", {"L Jawa Barat", "P Dedi Wijaya"}),
        ("Yang Berhormat Teo Kah Meng menjawab soalan.", {"P Teo Kah Meng"}),
        ("Ketua DPR Puan Maharani menolak, kata Puan.", {"O DPR", "P Puan Maharani"}),
        ("Menurut Puan Norhayati Zain, harga naik.", {"P Norhayati Zain"}),
        ("Ketua DPRD Bangli I Ketut Suastika hadir.", {"O DPRD Bangli", "P I Ketut Suastika"}),
        ("Kepala SMP Negeri 1 I Putu Eka hadir.", {"O SMP Negeri 1", "P I Putu Eka"}),
        ("Kepala Korps I Budi Santoso hadir.", {"P Budi Santoso"}),
        (
            "Menteri Saifullah Yusuf hadir bersama SY.",
            {"P Saifullah Yusuf"},
        ),
        ("Krisdayanti hadir di Malang.", {"P Krisdayanti", "L Malang"}),
    ],
)
def test_people_are_whole(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Indeks di Pekanbaru 269, Dumai 170, Rohan Hilir 141, Siak 125.",
            {"L Pekanbaru", "L Dumai", "L Rohan Hilir", "L Siak"},
        ),
        ("Ia dari Medan, Rina dari Jakarta.", {"L Medan", "P Rina", "L Jakarta"}),
        ("Kereta melayani jalur Batavia - Buitenzorg.", {"L Batavia", "L Buitenzorg"}),
        (
            "Banjir di Kecamatan Angkola Barat Tapsel surut.",
            {"L Kecamatan Angkola Barat", "L Tapsel"},
        ),
        ("Banjir di Kecamatan Medan Petisah surut.", {"L Kecamatan Medan Petisah"}),
        ("Kecelakaan di tol Jagorawi KM 36 ditangani.", {"L Tol Jagorawi"}),
        ("Petani Brebes menolak impor bawang.", {"L Brebes"}),
        ("Ia kalah di final Japan Open 2019, lalu pulang dari Jepang.", {"L Jepang"}),
        ("Mereka diamankan di Subbid Paminal Polda Riau.", {"O Subbid Paminal Polda Riau"}),
    ],
)
def test_places_are_shown_by_others(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forum Komunikasi Petani Kendeng bertemu Ganjar Pranowo.",
            {"O Forum Komunikasi Petani Kendeng", "P Ganjar Pranowo"},
        ),
        (
            "Koperasi Simpan Pinjam Sejahtera Bersama digugat nasabah.",
            {"O Koperasi Simpan Pinjam Sejahtera Bersama"},
        ),
        ("Koperasi Simpan Pinjam digugat nasabah.", set()),
        (
            "Ketua Umum Ikatan Notaris Hadi Pranoto menolak.",
            {"O Ikatan Notaris", "P Hadi Pranoto"},
        ),
        (
            "Lembaga Pemasyarakatan Kelas IIA Kerobokan penuh.",
            {"O Lembaga Pemasyarakatan Kelas IIA Kerobokan"},
        ),
        ("Forum itu membahas Jaringan Listrik PLN.", {"O PLN"}),
        (
            "Pusat Kajian Air dan Sungai (PKAS) meminta penundaan. PKAS menolak.",
            {"O PKAS"},
        ),
        (
            "Massa aksi Aliansi Mahasiswa dan Pemuda Relawan Laut setuju.",
            {"O Aliansi Mahasiswa dan Pemuda Relawan Laut"},
        ),
        (
            "Menurut ekonom Samudra Aset Manajemen Lana Sari, rupiah naik.",
            {"O Samudra Aset Manajemen", "P Lana Sari"},
        ),
        ("Dua anggotanya terjaring OTT Bidpropam Polda Sumut.", {"O Bidpropam Polda Sumut"}),
        ("Hakim itu terjaring OTT KPK.", {"O KPK"}),
        ("Pengurus Pusat PBSI mengaku.", {"O Pengurus Pusat PBSI"}),
        ("Laporan itu, seperti dilansir Sputnik pada Minggu, benar.", {"O Sputnik"}),
        ("Mereka memimpin KNPI Sulawesi Tenggara.", {"O KNPI Sulawesi Tenggara"}),
        (
            "Pembalap Luca Ferrante (Ducati Corse) finis ketiga.",
            {"P Luca Ferrante", "O Ducati Corse"},
        ),
        ("Budi Hartono (Jawa Barat) menang.", {"P Budi Hartono", "L Jawa Barat"}),
        (
            "Ia dirawat di Rumah Sakit Pusat Angkatan Darat (RSPAD) Gatot Subroto Jakarta Pusat.",
            {"L Rumah Sakit Pusat Angkatan Darat (RSPAD) Gatot Subroto"},
        ),
        ("Saya menyerahkan Laporan Harta Kekayaan Penyelenggara Negara (LHKPN).", set()),
    ],
)
def test_bodies_are_whole(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


def test_a_word_that_one_mention_alone_has_is_no_part_of_a_name(enricher: Enricher) -> None:
    text = "Rohana Wijaya menolak. Haru Rohana Wijaya terlihat. Kata Rohana, itu benar."
    assert found(enricher, text, "Desak Rohana Mundur") == {"P Rohana Wijaya"}
    apple = "Bos itu, Tim Cook, hadir. Kata Cook, itu benar. Cook pulang. Menurut Cook, ya."
    assert found(enricher, apple) == {"P Tim Cook"}
    first = "Indra Rohana Wijaya menolak. Rohana Wijaya terlihat."
    assert found(enricher, first) == {"P Indra Rohana Wijaya"}


def test_an_initial_is_no_word_before_a_name(enricher: Enricher) -> None:
    text = "Kapolres Demak AKBP M Iqbal hadir. Hal itu kata Iqbal kepada warga."
    assert "P M Iqbal" in found(enricher, text)


def test_a_headline_keeps_a_first_name_that_the_text_leaves_out(enricher: Enricher) -> None:
    text = "Messi mencetak gol. Kata pelatih, Messi hebat."
    (person,) = enricher.entities("Pelatih Bahas Tampilan Lionel Messi", text, "id")
    assert person.name == "Lionel Messi"


def test_a_headline_has_the_whole_place_of_its_text(enricher: Enricher) -> None:
    text = "Salah satu jejaknya adalah Stasiun Jakarta Kota. Kini Stasiun Jakarta Kota ramai."
    assert found(enricher, text, "Stasiun Jakarta Kota: Jejak Kolonial") == {"L Jakarta Kota"}


def test_initials_are_the_person_they_stand_for(enricher: Enricher) -> None:
    text = "Menteri Saifullah Yusuf hadir bersama SY. Kata Yusuf, itu benar."
    assert found(enricher, text) == {"P Saifullah Yusuf"}


def test_a_name_is_what_most_of_its_mentions_are() -> None:
    text = "JX tiba. JX pergi. JX pulang. JX tidur."
    kinds: list[EntityType] = ["person", "organization", "person", "person"]
    mentions = [Mention(at, at + 2, kind) for at, kind in zip((0, 9, 19, 30), kinds, strict=True)]
    agreed = with_agreement(text, mentions, load_gazetteer())
    assert [one.type for one in agreed] == ["person"] * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pemain seperti Rudi Hartono, Agus Salim, Bagas Kahfi, Valeron akan tampil.",
            {"P Rudi Hartono", "P Agus Salim", "P Bagas Kahfi", "P Valeron"},
        ),
        (
            "Hadir Rudi Hartono, Agus Salim, dan Menteri Agama.",
            {"P Rudi Hartono", "P Agus Salim"},
        ),
        (
            "Ganda Ketut Mahadewi/Tania Oktavia menang. Ketut/Tania maju ke final.",
            {"P Ketut Mahadewi", "P Tania Oktavia"},
        ),
        ("Perang dagang Cina-Amerika Serikat berlanjut.", {"L Cina", "L Amerika Serikat"}),
    ],
)
def test_lists_and_pairs_are_whole(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Mereka mengancam.",Massa lantas bernyanyi di Solo.', {"L Solo"}),
        ("Ia menang, kata Quartararo.,Rider itu gembira.", {"P Quartararo"}),
        ("Ada Budi Santoso, S.H.,M.H. di Solo.", {"P Budi Santoso", "L Solo"}),
    ],
)
def test_a_comma_may_join_paragraphs(enricher: Enricher, text: str, expected: set[str]) -> None:
    entities = enricher.find("", text, "id")["entities"]
    assert {f"{NAMES[one.type]} {one.name}" for one in entities} == expected
