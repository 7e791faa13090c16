"""A query by one name of a thing finds the article with another, and no article without it."""

import pytest

from pantau.common.text.person_forms import person_variants
from pantau.enricher import Enricher
from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from tests.unit.enricher.conftest import article


def finds(enricher: Enricher, text: str, query: str) -> bool:
    enriched = enricher.enrich(article("", text, lang="id"))
    return accepts(parse(query), Document.from_article(enriched))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("SBY melukis di teras rumahnya.", 'people:"Susilo Bambang Yudhoyono"'),
        ("Gus Dur getol membela mereka.", 'people:"Abdurrahman Wahid"'),
        ("Ketua DPR Puan Maharani membuka sidang.", 'people:"Puan Maharani"'),
        ("Kata Bu Puan Maharani, sidang dibuka.", 'entity_ids:"person:puan-maharani"'),
        ("Rudiman Saptaji alias Kancil ditangkap.", 'people:"Rudiman Saptaji"'),
        ("Rudiman Saptaji alias Kancil ditangkap.", "people:Kancil"),
        ("Kata A.A. Saptaji, acara ramai.", 'people:"AA Saptaji"'),
        ("Kata Rudiman S. Wirasena, acara ramai.", 'people:"Rudiman S Wirasena"'),
        ("Jepang menaikkan suku bunga.", "places:Japan"),
        ("AS menaikkan tarif baja.", 'places:"Amerika Serikat"'),
        ("Siprus bergabung dengan pakta itu.", "places:Cyprus"),
        ("Pemerintah Tiongkok memprotes tarif itu.", "places:China"),
        ("Bantuan masuk ke Jalur Gaza.", "places:Gaza"),
        ("Abu menutup lereng Mount Merapi.", 'places:"Gunung Merapi"'),
        ("Kementerian ESDM menaikkan harga gas.", "organizations:ESDM"),
        ("Komdigi memblokir situs judi.", "organizations:Kominfo"),
        ("Kominfo memblokir situs judi.", 'organizations:"Kementerian Komunikasi dan Digital"'),
        ("Polres Metro Depok menahan pelaku.", 'entity_ids:"org:polres-depok"'),
        ("PTPN IV menjual gula.", 'organizations:"PT Perkebunan Nusantara IV"'),
        ("PT Unilever Indonesia Tbk menarik produknya.", "organizations:Unilever"),
        ("Caleg PBB, PPP, dan PKB kalah.", 'organizations:"Partai Bulan Bintang"'),
        ("Politikus PBB itu hadir. PBB belum bersikap.", "organizations:PBB"),
    ],
)
def test_another_name_finds_it(enricher: Enricher, text: str, query: str) -> None:
    assert finds(enricher, text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Ketua Umum PBB Arya Wirasena hadir.", 'entity_ids:"org:un"'),
        ("Kongres Partai PBB ramai. PBB memilih ketua.", 'entity_ids:"org:un"'),
        ("PBB dan Gerindra berkoalisi.", 'organizations:"United Nations"'),
        ("Sekjen PBB mengutuk serangan itu.", 'organizations:"Partai Bulan Bintang"'),
        ("PBB dan Palestina membahas bantuan.", 'organizations:"Partai Bulan Bintang"'),
        ("As menerima kiriman uang.", "place_codes:US"),
        ("Puan Wirasari membuka toko.", 'people:"Puan Maharani"'),
        ("I Made Wirasena menari.", 'people:"I. Made Wirasena"'),
        ("Kementerian Pekerjaan Umum membangun jembatan.", "organizations:ESDM"),
    ],
)
def test_what_is_not_meant_is_not_found(enricher: Enricher, text: str, query: str) -> None:
    assert not finds(enricher, text, query)


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("A. A. Saptaji", ("AA Saptaji",)),
        ("M Saptaji", ("M. Saptaji",)),
        ("Moh. Saptaji", ("Moh Saptaji",)),
        ("Saptaji J. Wirasena", ("Saptaji J Wirasena",)),
        ("Saptaji alias Tejo", ("Saptaji", "Tejo")),
        ("I Made Wirasena", ()),
        ("Saptaji Wirasena", ()),
    ],
)
def test_ways_to_write_a_person(name: str, variants: tuple[str, ...]) -> None:
    assert tuple(person_variants(name)) == variants
