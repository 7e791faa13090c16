"""Names that only a word beside them shows, on sentences of our own."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.linking.roles import role_beside
from tests.unit.enricher.ner.test_kinds_of_faults import found


@pytest.mark.parametrize("country", ["Namibia", "Guyana", "Lesotho", "Kroasia", "Chad"])
@pytest.mark.parametrize(
    "frame",
    [
        "Mantan presiden {} itu diadili.",
        "Seorang petani {} hilang di hutan.",
        "Ekonomi {} melambat.",
        "Petenis {} itu lolos ke final.",
        "Ekspor {} turun lagi.",
        "Kapal berbendera {} kandas.",
        "Delegasi {} menolak hadir.",
    ],
)
def test_a_country_after_a_noun_is_that_country(
    enricher: Enricher, frame: str, country: str
) -> None:
    assert found(enricher, frame.format(country)) == {f"L {country}"}


def test_a_country_that_the_engine_knows_is_left_to_it(enricher: Enricher) -> None:
    assert found(enricher, "Serangan udara Israel berlanjut pada malam hari.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warga Pelabuhan Wailolong resah.", {"L Pelabuhan Wailolong"}),
        ("Candi Oebelo dipugar.", {"L Candi Oebelo"}),
        ("Petugas menutup Air Terjun Ranupani.", {"L Air Terjun Ranupani"}),
        ("Luapan Bengawan Kedung surut.", {"L Bengawan Kedung"}),
        ("Kebakaran melanda Hutan Adat itu.", set()),
    ],
)
def test_a_site_is_found_after_the_word_for_its_kind(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pusat gempa 92 kilometer barat daya Painan.", {"L Painan"}),
        ("Pusat gempa berada 18 km arah timur laut Melonguane.", {"L Melonguane"}),
        ("Ia berlari 10 km Sabtu pagi.", set()),
        ("Jaraknya 5 km dari Rumah.", set()),
    ],
)
def test_a_bearing_is_measured_from_a_place(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dikutip dari warta.co.id, harga turun.", {"O warta.co.id"}),
        ("Harga itu turun, seperti dilansir Historika, Selasa.", {"O Historika"}),
        ("Dilaporkan oleh media The New Yorker, harga turun.", {"O The New Yorker"}),
        ("Seperti dikutip dari laman resmi, harga turun.", set()),
        ("Mengutip Ketua, harga turun.", set()),
    ],
)
def test_a_cited_medium_is_an_organization(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


def test_the_players_of_a_line_up_are_people(enricher: Enricher) -> None:
    text = "Persiwa: 1-Made Ariawan; 3-Danu, 5-Koen de Wit, 12-Yoga Pratama, 20-Abu bin Musa."
    people = {one for one in found(enricher, text) if one.startswith("P ")}
    assert people == {
        "P Made Ariawan", "P Danu", "P Koen de Wit", "P Yoga Pratama", "P Abu bin Musa",
    }  # fmt: skip


def test_a_few_numbers_with_hyphens_are_no_line_up(enricher: Enricher) -> None:
    assert found(enricher, "Pasal 3-Ayat dan pasal 5-Butir dihapus.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Ode Rahmat terpilih.", {"P La Ode Rahmat"}),
        ("Anak Agung Ngurah Mahendra hadir.", {"P Anak Agung Ngurah Mahendra"}),
        ("Hakim Abdul Hakim memimpin sidang.", {"P Abdul Hakim"}),
        ("Camat Lembang Herman Sopandi hadir.", {"L Lembang", "P Herman Sopandi"}),
        ("Ketua Umum PB IDI Slamet Riyanto hadir.", {"O PB IDI", "P Slamet Riyanto"}),
        ("Wakapolsek Kretek Iptu Sarjito hadir.", {"L Kretek", "P Sarjito"}),
        ("Letusan terdengar hingga Tobelo.", {"L Tobelo"}),
        ("Banjir melanda warga di Taman, Senin malam.", {"L Taman"}),
        ("Banjir melanda rumah di Tetap, kemarin.", {"L Tetap"}),
        ("Ia memasang iklan di Web, kemarin.", set()),
    ],
)
def test_a_name_beside_an_office_or_a_people_is_whole(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


def test_a_town_in_the_name_of_somebody_is_no_place_of_the_headline(enricher: Enricher) -> None:
    text = "Aktris Tita Kamal kembali bermain film. Tita Kamal senang."
    assert found(enricher, text, "Restu Suami, Tita Kamal Kembali Main Film") == {"P Tita Kamal"}


def test_no_break_spaces_are_spaces(enricher: Enricher) -> None:
    text = "Nasabah Bank\u00a0BJB di Kota\u00a0Bekasi mengeluh."
    (bank, _) = enricher.find("", text, "id")["entities"]
    assert (bank.name, bank.id) == ("Bank BJB", "org:bjb")
    assert [(one.start, one.end) for one in bank.mentions] == [(8, 16)]


def test_quotations_keep_their_no_break_spaces(enricher: Enricher) -> None:
    text = "“Hujan\u00a0turun deras sekali,” kata Ani Wijaya."
    assert enricher.find("", text, "id")["quotes"] == ("Hujan\u00a0turun deras sekali,",)


@pytest.mark.parametrize("office", ["Wadirreskrimum", "Wakapolsek", "Kabappeda", "Sekdes"])
def test_short_forms_of_offices_are_offices(office: str) -> None:
    text = f"{office} Demak Ani Wijaya hadir."
    start = text.index("Ani")
    assert role_beside(text, (start, start + len("Ani Wijaya")), 0, len(text))[0] is not None
