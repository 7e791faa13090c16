"""Entity fields find the thing, whatever name the article used for it."""

import pytest

from pantau.enricher import Enricher
from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from tests.unit.enricher.conftest import article

SENTENCES = [
    ("Komisi Pemberantasan Korupsi menahan bupati itu.", "organizations:KPK"),
    ("KPK menahan bupati itu.", 'organizations:"Komisi Pemberantasan Korupsi"'),
    ("KPK menahan bupati itu.", 'entity_ids:"org:kpk"'),
    ("Banjir melanda Jabar sejak Senin.", 'places:"Jawa Barat"'),
    ("Longsor menutup jalan di Kabupaten Garut.", "places:Garut"),
    ("Presiden bertolak ke China pada Rabu.", "places:Tiongkok"),
    ("PT Bank Central Asia Tbk membukukan laba.", "organizations:BCA"),
    ("PT Bank Central Asia Tbk membukukan laba.", 'organizations:"Bank Central Asia"'),
    ("Ketua Yayasan Sinar Uji, Arya Wirasena, hadir. Kata Arya, ini baik.", "people:Arya"),
]


@pytest.mark.parametrize(("text", "query"), SENTENCES)
def test_a_query_by_any_name_finds_the_article(enricher: Enricher, text: str, query: str) -> None:
    enriched = enricher.enrich(article("", text, lang="id"))
    assert accepts(parse(query), Document.from_article(enriched)), enriched.organizations


def test_an_alias_finds_no_other_thing(enricher: Enricher) -> None:
    enriched = enricher.enrich(article("", "Banjir melanda Jabar sejak Senin.", lang="id"))
    assert "Jawa Timur" not in enriched.places
    assert enriched.places[0] == "Jabar"


def test_what_an_article_defines_is_not_the_known_thing(enricher: Enricher) -> None:
    text = "Komunitas Pencinta Kucing (KPK) berkumpul. Menurut KPK, acara ramai."
    enriched = enricher.enrich(article("", text, lang="id"))
    assert "Komisi Pemberantasan Korupsi" not in enriched.organizations
    assert "org:kpk" not in enriched.entity_ids


def test_a_list_of_all_places_does_not_multiply(enricher: Enricher) -> None:
    text = " ".join(f"Rapat di Kabupaten {name}." for name in ("Garut", "Demak", "Kudus") * 400)
    enriched = enricher.enrich(article("", text, lang="id"))
    assert len(enriched.places) < 40
