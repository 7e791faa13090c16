"""One name per thing in counts, however the articles call it."""

from pantau.usecases.search.name_counts import count_names
from pantau_schemas.events.article import EnrichedArticle, Entity, EntityType
from tests.support import enriched


def entity(name: str, identifier: str | None = None, kind: EntityType = "organization") -> Entity:
    return Entity(type=kind, id=identifier, name=name, mentions=())


def article(number: int, *entities: Entity) -> EnrichedArticle:
    return enriched(f"a{number}", entities=entities)


LONG = "Komisi Pemberantasan Korupsi"


def test_all_names_of_a_known_thing_are_one() -> None:
    kpk, long = entity("KPK", "org:kpk"), entity(LONG, "org:kpk")
    articles = [article(1, kpk), article(2, long), article(3, kpk, long)]
    assert count_names(articles) == [("organization", "KPK", 3)]


def test_an_unknown_thing_is_its_name() -> None:
    siti, other = entity("Siti Rahma", kind="person"), entity("Siti Rahma", kind="place")
    articles = [article(1, siti, siti), article(2, siti, other), article(3, entity("Rahma"))]
    assert count_names(articles) == [
        ("person", "Siti Rahma", 2),
        ("organization", "Rahma", 1),
        ("place", "Siti Rahma", 1),
    ]


def test_what_one_article_calls_by_two_names_counts_once() -> None:
    both = article(1, entity("Jabar", "id:32", "place"), entity("Jawa Barat", "id:32", "place"))
    assert count_names([both]) == [("place", "Jabar", 1)]
