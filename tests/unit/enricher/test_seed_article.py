"""The article that the project began with, read where it lies; nothing of it is in the project."""

from pathlib import Path

import pytest

from pantau.enricher import Enricher
from pantau_schemas.events.article import EnrichedArticle, EntityType
from tests.unit.enricher.conftest import article

TITLE = "BNPT Perluas Kerja Sama dengan PBB"


@pytest.fixture(scope="module")
def seed(shared_data: Path, enricher: Enricher) -> EnrichedArticle:
    return enricher.enrich(article(TITLE, (shared_data / "seed-article.txt").read_text("utf-8")))


def named(article: EnrichedArticle, kind: EntityType) -> set[str]:
    return {entity.name for entity in article.entities if entity.type == kind}


def test_people_are_exactly_those_in_the_news(seed: EnrichedArticle) -> None:
    assert named(seed, "person") == {"Boy Rafli Amar", "Vladimir Voronkov", "Hasto Atmoho Suroyo"}
    assert named(seed, "person") <= set(seed.people)


def test_the_editor_is_boilerplate(seed: EnrichedArticle) -> None:
    lines = [seed.text[span.start : span.end] for span in seed.boilerplate]
    assert any("Mahfud" in line for line in lines)
    assert not any("Mahfud" in name for name in (*seed.people, *seed.organizations, *seed.places))


def test_organisations(seed: EnrichedArticle) -> None:
    assert named(seed, "organization") == {"BNPT", "PBB", "UNOCT", "LPSK", "ASEAN"}
    assert {"BNPT", "Badan Nasional Penanggulangan Terorisme"} <= set(seed.organizations)


def test_the_long_name_of_an_abbreviation(seed: EnrichedArticle) -> None:
    unoct = next(entity for entity in seed.entities if entity.name == "UNOCT")
    assert unoct.long_name == "Kantor PBB Bidang Kontra Terorism"
    assert (
        len(unoct.mentions) == 11
    )  # the name with its short form in brackets, and ten times the short form


def test_places(seed: EnrichedArticle) -> None:
    assert named(seed, "place") == {
        "New York",
        "Indonesia",
        "Bali",
        "Thailand",
        "Asia",
        "Asia Tenggara",
    }
    assert set(seed.place_codes) == {"US", "ID", "TH"}


def test_language_and_version(seed: EnrichedArticle) -> None:
    assert seed.lang == "id"
    assert seed.enricher_version.startswith("convolutional-")


def test_offices(seed: EnrichedArticle) -> None:
    roles = {entity.name: entity.roles for entity in seed.entities if entity.type == "person"}
    assert roles == {
        "Boy Rafli Amar": ("Kepala BNPT",),
        "Vladimir Voronkov": ("Wakil Sekjen UNOCT",),
        "Hasto Atmoho Suroyo": ("Ketua LPSK",),
    }


def test_the_short_name_is_folded_into_the_full_one(seed: EnrichedArticle) -> None:
    person = next(entity for entity in seed.entities if entity.name == "Boy Rafli Amar")
    assert [seed.text[span.start : span.end] for span in person.mentions] == [
        "Boy Rafli Amar", "Boy Rafli", "Boy Rafli", "Boy Rafli",
    ]  # fmt: skip


def test_the_title_takes_what_the_text_knows(seed: EnrichedArticle) -> None:
    inside = {
        seed.title[m.start : m.end] for e in seed.entities for m in e.mentions if m.field == "title"
    }
    assert inside == {"BNPT", "PBB"}
