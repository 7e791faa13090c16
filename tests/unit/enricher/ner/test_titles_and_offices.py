"""Titles, embassies, offices and heads of regions beside names, on sentences of our own."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.ner.corrections.institutions.garrisons import with_garrisons
from pantau.enricher.ner.corrections.persons.known_people import with_holders_apart
from pantau.enricher.ner.engine import Mention

NAMES = {"person": "P", "organization": "O", "place": "L"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gubernur menemui Shin Tae-yong di Solo.", {"P Shin Tae-yong", "L Solo"}),
        ("Presiden Korea Utara Kim Jong-un hadir.", {"L Korea Utara", "P Kim Jong-un"}),
        ("Pidato itu dibacakan Budi Santoso-mantan lurah.", {"P Budi Santoso"}),
        ("Acara itu dihadiri GKR Condrokirono.", {"P GKR Condrokirono"}),
        ("KGPAA Mangkoenagoro IX membuka pameran.", {"P KGPAA Mangkoenagoro IX"}),
        ("Kedutaan Besar Swedia menggelar pameran.", {"O Kedutaan Besar Swedia"}),
        ("Konsulat Jenderal RI di Penang membantu warga.", {"O Konsulat Jenderal RI", "L Penang"}),
        ("Kanselir Austria Johann Bauer mundur.", {"L Austria", "P Johann Bauer"}),
        ("Presiden AS mengecam serangan itu.", {"L AS"}),
        ("Warga mendatangi kantor Walhi.", {"O Walhi"}),
        ("Massa membakar kantor DPRD Kota Blitar.", {"O DPRD Kota Blitar"}),
        ("Rapat digelar di Kantor Imigrasi Bogor.", {"O Kantor Imigrasi Bogor"}),
        (
            "Komandan Kodim 0712/Tegal Letkol Inf Budi Raharjo hadir.",
            {"O Kodim 0712/Tegal", "P Budi Raharjo"},
        ),
        ("Menurut Korem 072/Pamungkas, warga aman.", {"O Korem 072/Pamungkas"}),
        ("Presiden Tiongkok Xi Jinping tiba.", {"P Xi Jinping"}),
        (
            "Direktur Utama PT Garuda Indonesia (Persero) Tbk Glenny Kairupan mundur.",
            {"O PT Garuda Indonesia (Persero) Tbk", "P Glenny Kairupan"},
        ),
        (
            "Kepala BNPB Letjen TNI Suharyanto meninjau Tapanuli Tengah.",
            {"O BNPB", "O TNI", "P Suharyanto", "L Tapanuli Tengah"},
        ),
        ("PT Sinar Rejeki Tbk Cabang Solo tutup.", {"O PT Sinar Rejeki Tbk Cabang Solo"}),
        ("Prajurit TNI menjaga laga PSM Makassar.", {"O TNI", "O PSM Makassar"}),
        ("Seorang warga Kobe ditangkap.", {"L Kobe"}),
        ("Situasi di Luang Prabang tenang.", {"L Luang Prabang"}),
        ("Komnas PA mendampingi korban.", {"O Komnas PA"}),
        ("Serangan di Khan Younis menewaskan dua orang.", {"L Khan Younis"}),
        (
            "Direktur Infrastruktur Digital Wayan Toni Sudiarta mengatakan jaringan pulih.",
            {"P Wayan Toni Sudiarta"},
        ),
        ("Dirjen Perhubungan Darat Nyoman Sukerta menolak.", {"P Nyoman Sukerta"}),
        ("Dewa Made Sugiarta dan Ida Made Oka hadir.", {"P Dewa Made Sugiarta", "P Ida Made Oka"}),
    ],
)
def test_names_beside_titles(enricher: Enricher, text: str, expected: set[str]) -> None:
    found = {f"{NAMES[one.type]} {one.name}" for one in enricher.entities("", text, "id")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "name", "entity_id"),
    [
        ("Bupati Cirebon meninjau pasar.", "Cirebon", "id:32.09"),
        ("Banjir merendam Cirebon.", "Cirebon", "id:32.74"),
        ("Pemkab Madiun menutup jalan.", "Pemkab Madiun", "org:pemkab-madiun"),
        ("Pemkot Madiun menutup jalan.", "Pemkot Madiun", "org:pemkot-madiun-kota"),
        ("Polres Tegal menangkap pelaku.", "Polres Tegal", "org:polres-tegal"),
    ],
)
def test_which_of_two_regions_of_one_name(
    enricher: Enricher, text: str, name: str, entity_id: str
) -> None:
    assert {one.name: one.id for one in enricher.entities("", text, "id")}[name] == entity_id


def test_an_engine_takes_a_garrison_for_a_person() -> None:
    text = "Di Kodim 0712 Budi Raharjo hadir."
    taken = [Mention(3, 26, "person")]
    assert with_garrisons(text, taken)[0] == Mention(3, 26, "organization")


def test_an_organisation_of_three_letters_beside_the_forces_keeps_its_name() -> None:
    text = "Prajurit TNI menjaga laga PSM Makassar."
    club = [Mention(26, 38, "organization")]
    assert with_holders_apart(text, club) == club
