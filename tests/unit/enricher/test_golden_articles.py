"""Whole articles with all that is in them, as offsets: nothing missing, nothing more.

A golden file holds facts alone (fields, offsets, normal forms). The article that the project began
with is read where it lies and is not in the project; the other one, of the same build, is ours.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pantau.enricher import Enricher
from pantau_schemas.events.article import EnrichedArticle
from tests.unit.enricher.conftest import article

GOLDEN = Path(__file__).parents[2] / "data" / "enricher"


def facts(found: EnrichedArticle) -> dict[str, Any]:
    """Return what was found as the golden files have it: one line of offsets a thing."""
    return {
        "lang": found.lang,
        "entities": [
            [
                one.type,
                one.name,
                one.long_name,
                *(f"{m.field} {m.start}-{m.end}" for m in one.mentions),
            ]
            for one in found.entities
        ],
        "prominence": {one.name: one.prominence for one in found.entities},
        "roles": {one.name: list(one.roles) for one in found.entities if one.roles},
        "all roles": list(found.roles),
        "place codes": list(found.place_codes),
        "dates": [
            f"{one.field} {one.start}-{one.end} {one.first} {one.last}" for one in found.dates
        ],
        "quotations": [
            f"{one.field} {one.start}-{one.end} {one.speaker or '-'}" for one in found.quotations
        ],
        "boilerplate": [f"{one.start}-{one.end} {one.kind}" for one in found.boilerplate],
    }


def check(enricher: Enricher, name: str, title: str, text: str) -> EnrichedArticle:
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    found = enricher.enrich(article(title, text))
    assert facts(found) == golden
    return found


@pytest.fixture(scope="module")
def seed_text(shared_data: Path) -> str:
    return (shared_data / "seed-article.txt").read_text("utf-8")


def test_the_article_that_the_project_began_with(seed_text: str, enricher: Enricher) -> None:
    found = check(enricher, "seed", "", seed_text)
    assert [found.text[one.start : one.end] for one in found.dates] == [
        "Jumat, 9 September 2022",
        "29 November – 2 Desember 2022",
        "10-12 Mei 2022",
        "2023",
    ]
    assert {one.speaker for one in found.quotations} == {"Boy Rafli Amar"}
    assert list(found.quotes) == [found.text[one.start : one.end] for one in found.quotations]
    assert all(found.text[one.start - 1] == found.text[one.end] == '"' for one in found.quotations)


def test_an_article_of_the_same_build(enricher: Enricher) -> None:
    found = check(enricher, "harbour", "", (GOLDEN / "harbour.txt").read_text("utf-8"))
    assert [found.text[one.start : one.end] for one in found.dates] == [
        "Rabu, 14 Juni 2023",
        "30 Oktober – 3 November 2023",
        "3-5 April 2023",
        "2019",
    ]
    assert [one.speaker for one in found.quotations] == [
        "Arya Wirasena",
        "Siti Rahmawati Hakim",
        "Siti Rahmawati Hakim",
    ]
