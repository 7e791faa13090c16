"""Common names of public bodies: Indonesia's in news about Indonesia, else nobody's."""

import pytest

from pantau.common.text.entity_names import names_of
from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.lexicon.regional import find_office
from pantau.enricher.linking.local_bodies import owned_body


def ids(enricher: Enricher, text: str, lang: str = "en") -> set[str | None]:
    return {one.id for one in enricher.entities("", text, lang) if one.type == "organization"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Indonesia's Ministry of Health said on Tuesday that cases fell.", "org:kemenkes"),
        ("The Finance Ministry said revenue in Indonesia rose.", "org:kemenkeu"),
        ("The Indonesian Foreign Ministry said it summoned the envoy.", "org:kemenlu"),
        ("The Ministry of Transportation (Kemenhub) will inspect it.", "org:kemenhub"),
        ("The Attorney General's Office detained two men in Surabaya.", "org:kejagung"),
        ("Lawmakers at the House of Representatives in Senayan agreed.", "org:dpr"),
        ("The Supreme Court of Indonesia rejected the appeal.", "org:ma"),
        ("The Trade Ministry in Jakarta agreed with China.", "org:kemendag"),
        ("The Prosperous Justice Party (PKS) met in Bandung.", "org:pks"),
    ],
)
def test_a_common_english_name_is_the_indonesian_body(
    enricher: Enricher, text: str, wanted: str
) -> None:
    assert wanted in ids(enricher, text)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Malaysia's Ministry of Health said so. Indonesia and Malaysia agreed.", "org:kemenkes"),
        ("The Ministry of Health in Gaza said so. Indonesia condemned it.", "org:kemenkes"),
        ("Japan's Finance Ministry intervened in Tokyo.", "org:kemenkeu"),
        ("The Defense Ministry of Russia said so. Indonesia was silent.", "org:kemenhan"),
        ("The House of Representatives in Washington passed the bill.", "org:dpr"),
        ("The Ministry of Finance said so.", "org:kemenkeu"),
    ],
)
def test_the_body_of_another_country_is_not_the_indonesian_one(
    enricher: Enricher, text: str, unwanted: str
) -> None:
    assert unwanted not in ids(enricher, text)


def test_a_ministry_named_with_another_country_stays_that_country_s(enricher: Enricher) -> None:
    text = (
        "Kementerian Kesehatan Palestina melaporkan 30 orang tewas di Gaza. "
        "Kementerian Kesehatan menyebut ribuan orang terluka."
    )

    assert ids(enricher, text, "id") == {None}


@pytest.mark.parametrize(
    ("text", "lang", "asked"),
    [
        ("Indonesia's Health Ministry said cases fell.", "en", "Kementerian Kesehatan"),
        ("Kementerian Kesehatan melaporkan kasus baru di Bandung.", "id", "Ministry of Health"),
        ("Kejaksaan Agung menahan dua orang.", "id", "Attorney General's Office"),
        ("Indonesia's National Police said so.", "en", "Polri"),
    ],
)
def test_a_query_in_either_language_finds_the_article(
    enricher: Enricher, text: str, lang: str, asked: str
) -> None:
    assert asked in names_of(enricher.entities("", text, lang), "organization")


def test_an_owner_within_the_name_is_read() -> None:
    known = load_gazetteer()

    assert owned_body("indonesian supreme court", known) == known.local["supreme court"]
    assert owned_body("supreme court of the republic of indonesia", known) is not None
    assert owned_body("supreme court of brazil", known) is None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("East Java Police", "org:polda-jatim"),
        ("Garut Police", "org:polres-garut"),
        ("West Java Prosecutor's Office", "org:kejati-jawa-barat"),
        ("Garut Prosecutor's Office", "org:kejari-garut"),
        ("South Jakarta District Court", "org:pn-jakarta-selatan"),
        ("Garut Health Agency", "org:dinkes-garut"),
    ],
)
def test_an_office_of_a_region_is_known_by_its_english_name(name: str, wanted: str) -> None:
    office = find_office(name, load_gazetteer())
    assert office is not None
    assert office.id == wanted


@pytest.mark.parametrize("name", ["New York Police", "Surabaya Police", "Local Police", "Police"])
def test_the_police_of_elsewhere_is_no_such_office(name: str) -> None:
    assert find_office(name, load_gazetteer()) is None


def test_an_article_is_no_part_of_a_common_name(enricher: Enricher) -> None:
    text = "The Press Council said on Monday that journalists in Jakarta, Indonesia, are safe."
    assert "org:dewan-pers" in ids(enricher, text)
