"""Entity fields find the thing, whatever name the article used for it."""

import pytest

from pantau.common.text import entity_names
from pantau.common.text.entity_names import names_of, names_of_entity, plain_spelling
from pantau.enricher import Enricher
from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.article import Entity
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
    ("Telkom membagikan dividen.", 'organizations:"PT Telkom Indonesia (Persero) Tbk"'),
    ("Telkom membagikan dividen.", 'organizations:"PT Telkom Indonesia"'),
    ("PT Bank Negara Indonesia (Persero) Tbk (BNI) untung.", "organizations:BNI"),
    ("PT Bank Negara Indonesia (Persero) Tbk (BNI) untung.", 'entity_ids:"org:bni"'),
    ("Kementerian Agama Republik Indonesia menetapkan hari raya.", "organizations:Kemenag"),
    ("Direksi Bank BCA hadir.", 'entity_ids:"org:bca"'),
    ("Kejati Jawa Barat menahan tersangka.", 'organizations:"Kejaksaan Tinggi Jabar"'),
    ("Polda Jatim menangkap pengedar.", 'organizations:"Kepolisian Daerah Jawa Timur"'),
    ("Longsor terjadi di Cisewu, Kabupaten Garut.", 'places:"Kecamatan Cisewu"'),
    ("Gempa mengguncang Pulau Lombok.", "places:Lombok"),
    ("Rombongan tiba di Timur Tengah.", 'places:"Middle East"'),
    ("Rombongan tiba di Turki.", "places:Turkiye"),
    ("Rombongan tiba di São Paulo.", 'places:"Sao Paulo"'),
    ("Rombongan tiba di Java pada Rabu.", 'entity_ids:"region:java"'),
    ("Mantan Presiden Joko Widodo hadir.", "people:Jokowi"),
    ("Jokowi hadir di rapat itu.", 'people:"Joko Widodo"'),
]


@pytest.mark.parametrize(("text", "query"), SENTENCES)
def test_a_query_by_any_name_finds_the_article(enricher: Enricher, text: str, query: str) -> None:
    enriched = enricher.enrich(article("", text, lang="id"))
    assert accepts(parse(query), Document.from_article(enriched)), enriched.entities


def test_an_alias_finds_no_other_thing(enricher: Enricher) -> None:
    enriched = enricher.enrich(article("", "Banjir melanda Jabar sejak Senin.", lang="id"))
    assert "Jawa Timur" not in enriched.places
    assert enriched.places[0] == "Jabar"


def test_who_bears_a_longer_name_is_not_the_person_of_the_news(enricher: Enricher) -> None:
    text = "Ketua RT Arya Prabowo hadir. Kata Prabowo, acara ramai."
    enriched = enricher.enrich(article("", text, lang="id"))
    assert "Prabowo Subianto" not in enriched.people
    assert "person:prabowo-subianto" not in enriched.entity_ids


def test_what_an_article_defines_is_not_the_known_thing(enricher: Enricher) -> None:
    text = "Komunitas Pencinta Kucing (KPK) berkumpul. Menurut KPK, acara ramai."
    enriched = enricher.enrich(article("", text, lang="id"))
    assert "Komisi Pemberantasan Korupsi" not in enriched.organizations
    assert "org:kpk" not in enriched.entity_ids


def test_a_name_that_is_too_common_is_asked_for_but_not_recognised(enricher: Enricher) -> None:
    enriched = enricher.enrich(article("", "Laba Bank Mandiri naik.", lang="id"))
    assert "Mandiri" in enriched.organizations
    other = enricher.enrich(article("", "Warga hidup Mandiri di desa.", lang="id"))
    assert "org:bank-mandiri" not in other.entity_ids


@pytest.mark.parametrize(
    "text",
    [
        "BCA untung. Kata direksi PT Bank Central Asia Tbk, laba naik.",
        "Kementerian Agama Republik Indonesia hadir. Kemenag setuju. Kata Kemenag RI, baik.",
        "Polres Garut menangkap dua orang. Kepolisian Resor Garut menahan mereka.",
        "Dinas Kesehatan Demak (DKD) hadir. Dinkes Demak dan DKD setuju.",
    ],
)
def test_all_names_in_an_article_are_one_organisation(enricher: Enricher, text: str) -> None:
    enriched = enricher.enrich(article("", text, lang="id"))
    assert len([one for one in enriched.entities if one.type == "organization"]) == 1


def test_a_list_of_all_places_does_not_multiply(enricher: Enricher) -> None:
    text = " ".join(f"Rapat di Kabupaten {name}." for name in ("Garut", "Demak", "Kudus") * 400)
    enriched = enricher.enrich(article("", text, lang="id"))
    assert len(enriched.places) < 40


def organization(name: str, *surfaces: str) -> Entity:
    return Entity(type="organization", name=name, mentions=(), surfaces=surfaces)


def test_a_person_of_a_dictionary_has_its_aliases() -> None:
    siti = Entity(
        type="person",
        name="Siti Rahma",
        mentions=(),
        surfaces=("Siti Rahma",),
        aliases=("Bu Siti",),
    )
    assert names_of([siti], "person") == ("Siti Rahma", "Bu Siti")


def test_other_forms_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_names, "MOST_BYTES", 12)
    named = [organization(f"Acmé {n}", f"Ac {n}") for n in range(9)]
    normal = tuple(one.name for one in named)
    found = names_of(named, "organization")
    assert found[:9] == normal
    assert found[9:] == ("Ac 0", "Acme 0")


def test_forms_of_one_entity_are_bounded_in_number() -> None:
    names = names_of_entity(organization("Acme", *(f"Acme {n}" for n in range(500))))
    assert len(names) <= entity_names.MOST_FORMS + 1


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Acme", "Acme"),
        ("São Paulo", "Sao Paulo"),
        ("Ma’ruf", "Ma'ruf"),
        ("Kamboja–Thailand", "Kamboja-Thailand"),
        ("서울", "서울"),
        ("Straße", "Straße"),
    ],
)
def test_a_name_without_accents(name: str, plain: str) -> None:
    assert plain_spelling(name) == plain
