"""Names that the rest of the article shows: initials, ages, lists, brackets, other mentions."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.persons.agreeing import with_agreement, with_names_agreeing
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pria berinisial PR tewas. Polisi menyebut PR jatuh.", set()),
        ("Mereka berinisial BW (41), SN (29), dan UY (33). Kata polisi, SN lari.", set()),
        ("Polisi menangkap HAT (24) di Solo. Menurut polisi, HAT menyesal.", {"P HAT", "L Solo"}),
        ("Aipda BW serta Aipda SN mundur.", {"P BW", "P SN"}),
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
        ("Gubernur serta Ibu Negara Melania Trump berkunjung.", {"P Melania Trump"}),
        ("Gubernur Jawa Barat Dedi Wijaya hadir.", {"L Jawa Barat", "P Dedi Wijaya"}),
        ("Yang Berhormat Teo Kah Meng menjawab soalan.", {"P Teo Kah Meng"}),
        ("Ketua DPR Puan Maharani menolak, kata Puan.", {"O DPR", "P Puan Maharani"}),
        ("Menurut Puan Norhayati Zain, harga naik.", {"P Norhayati Zain"}),
        ("Wakil Ketua DPRD Gianyar I Wayan Sutama tiba.", {"O DPRD Gianyar", "P I Wayan Sutama"}),
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
        ("Ia dari Medan, Rina dari Jakarta.", {"L Medan", "P Rina", "L Jakarta"}),
        ("Bus itu menempuh jalur Semarang - Ambarawa.", {"L Semarang", "L Ambarawa"}),
        (
            "Banjir di Kecamatan Kretek Bantul surut.",
            {"L Kecamatan Kretek", "L Bantul"},
        ),
        ("Banjir di Kecamatan Medan Petisah surut.", {"L Kecamatan Medan Petisah"}),
        ("Truk terguling di tol Cipularang KM 91 kemarin.", {"L Tol Cipularang"}),
        ("Petani Brebes menolak impor bawang.", {"L Brebes"}),
        ("Ia kalah di final Japan Open 2019, lalu pulang dari Jepang.", {"L Jepang"}),
        ("Ia diperiksa di Subbid Paminal Polda Bali.", {"O Subbid Paminal Polda Bali"}),
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
            "Ketua Aliansi Mahasiswa dan Pemuda Penjaga Laut setuju.",
            {"O Aliansi Mahasiswa dan Pemuda Penjaga Laut"},
        ),
        (
            "Menurut ekonom Samudra Aset Manajemen Lana Sari, rupiah naik.",
            {"O Samudra Aset Manajemen", "P Lana Sari"},
        ),
        ("Empat polisi kena OTT Satreskrim Polres Demak.", {"O Satreskrim Polres Demak"}),
        ("Hakim itu terjaring OTT KPK.", {"O KPK"}),
        ("Pengurus Pusat PBSI menunda rapat.", {"O Pengurus Pusat PBSI"}),
        ("Kabar tersebut, dikutip Interfax pada Kamis, keliru.", {"O Interfax"}),
        ("Mereka memimpin KNPI Sulawesi Tenggara.", {"O KNPI Sulawesi Tenggara"}),
        (
            "Pembalap Luca Ferrante (Ducati Corse) finis ketiga.",
            {"P Luca Ferrante", "O Ducati Corse"},
        ),
        ("Budi Hartono (Jawa Barat) menang.", {"P Budi Hartono", "L Jawa Barat"}),
        (
            "Ia dirawat di Rumah Sakit Angkatan Laut (RSAL) Sutan Wirasena Jakarta Pusat.",
            {
                "L Rumah Sakit Angkatan Laut (RSAL) Sutan Wirasena",
                "L Jakarta Pusat",
            },
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
    (person,) = enricher.entities("Pelatih Nilai Laga Lionel Messi", text, "id")
    assert person.name == "Lionel Messi"


def test_a_headline_has_the_whole_place_of_its_text(enricher: Enricher) -> None:
    text = "Peninggalannya adalah Stasiun Solo Balapan. Kini Stasiun Solo Balapan ramai."
    assert found(enricher, text, "Stasiun Solo Balapan: Warisan Lama") == {"L Stasiun Solo Balapan"}


def test_a_headline_has_each_of_many_places_whole() -> None:
    names = [f"Kota {number:05} Lama" for number in range(300)]
    title = ", ".join(names)
    parts = [Mention(at * 17, at * 17 + 10, "place") for at in range(len(names))]
    parts[7] = parts[7]._replace(type="person")
    wholes = [Mention(at * 17, at * 17 + 15, "place") for at in range(len(names))]
    agreed = with_names_agreeing(title, parts, title, wholes)
    assert agreed == [*wholes[:7], parts[7], *wholes[8:]]


def test_initials_are_the_person_they_stand_for(enricher: Enricher) -> None:
    text = "Menteri Saifullah Yusuf hadir bersama SY. Kata Yusuf, itu benar."
    assert found(enricher, text) == {"P Saifullah Yusuf"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korban di Brebes 31, Tirta Hilir 27, Tegal 19.", "place"),
        ("Korban di Brebes 31; Tirta Hilir 27, Tegal 19.", "person"),
        ("Brebes mengalahkan Tirta Hilir di Tegal.", "person"),
    ],
)
def test_a_member_of_a_list_of_places_is_one(text: str, expected: EntityType) -> None:
    names: dict[str, EntityType] = {"Brebes": "place", "Tirta Hilir": "person", "Tegal": "place"}
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), kind)
        for name, kind in names.items()
    ]
    agreed = with_agreement(text, mentions, load_gazetteer())
    assert [one.type for one in agreed] == ["place", expected, "place"]


def test_a_name_is_what_most_of_its_mentions_are() -> None:
    text = "JX tiba. JX pergi. JX pulang. JX tidur."
    kinds: list[EntityType] = ["person", "organization", "person", "person"]
    mentions = [Mention(at, at + 2, kind) for at, kind in zip((0, 9, 19, 30), kinds, strict=True)]
    agreed = with_agreement(text, mentions, load_gazetteer())
    assert [one.type for one in agreed] == ["person"] * 4


@pytest.mark.parametrize(
    ("whole", "kind", "expected"),
    [("Arta Jaya", "organization", "organization"), ("Kampung Arta", "place", "place")],
)
def test_a_part_of_a_body_is_the_body_unless_a_place_has_it(
    whole: str, kind: EntityType, expected: EntityType
) -> None:
    text = f"Arta Mandiri dan {whole} di Arta. Arta ramai."
    names: list[tuple[str, EntityType]] = [
        ("Arta Mandiri", "organization"),
        (whole, kind),
        ("Arta.", "place"),
        ("Arta r", "organization"),
    ]
    spans = [(text.index(name), name.rstrip(" .r"), kind) for name, kind in names]
    mentions = [Mention(at, at + len(name), kind) for at, name, kind in spans]
    agreed = with_agreement(text, mentions, load_gazetteer())
    assert agreed[2].type == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pemain seperti Rudi Hartono, Agus Salim, Bagas Kurnia, Tavero akan tampil.",
            {"P Rudi Hartono", "P Agus Salim", "P Bagas Kurnia", "P Tavero"},
        ),
        (
            "Hadir Rudi Hartono, Agus Salim, dan Menteri Agama.",
            {"P Rudi Hartono", "P Agus Salim"},
        ),
        (
            "Ganda Ketut Mahadewi/Tania Oktavia menang. Ketut/Tania maju ke final.",
            {"P Ketut Mahadewi", "P Tania Oktavia"},
        ),
        ("Perundingan Jepang-Amerika Serikat usai.", {"L Jepang", "L Amerika Serikat"}),
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
