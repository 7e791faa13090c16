"""Names in the news, on every index: listed, found by a part of them, and one of them whole."""

from datetime import UTC, timedelta

import pytest

from pantau.common.text.entity_names import ids_of, names_of
from pantau.errors import UsageError
from pantau.ports import Store
from pantau.usecases.entities.listing import list_names
from pantau.usecases.entities.partial import named_like
from pantau.usecases.entities.profile import read_profile
from pantau_schemas.events.article import EnrichedArticle, Entity, EntityType
from tests.support import START, enriched

LONG = "Komisi Pemberantasan Korupsi"


def thing(kind: EntityType, name: str, identifier: str | None = None, **other: object) -> Entity:
    fields = {"type": kind, "id": identifier, "name": name, "mentions": (), **other}
    return Entity.model_validate(fields)


RINA = thing("person", "Rina Wulandari", roles=("Bupati Demak",))
LATER = thing("person", "Rina Wulandari", roles=("Gubernur Jawa Tengah",))
CAPITALS = thing("person", "RINA HASTUTI")
ACCENT = thing("person", "José Álvarez-Rasyid")
KPK = thing("organization", "KPK", "org:kpk", aliases=(LONG,))
LONG_KPK = thing("organization", LONG, "org:kpk", aliases=("KPK",))
DEMAK = thing("place", "Demak", "id:33.21", country="ID")


def naming(days: int, *entities: Entity, source: str = "a.example") -> EnrichedArticle:
    """Return an article of so many days ago that names things."""
    return enriched(
        f"names-{days}",
        title=f"Berita {days}",
        source=source,
        first_seen=START - timedelta(days=days),
        story_id="cerita" if days < 2 else f"cerita{days}",
        entities=entities,
        people=names_of(entities, "person"),
        organizations=names_of(entities, "organization"),
        places=names_of(entities, "place"),
        entity_ids=ids_of(entities),
    )


@pytest.fixture
def news(store: Store) -> Store:
    store.index.put(
        [
            naming(0, LATER, KPK, DEMAK),
            naming(1, LATER, LONG_KPK, source="b.example"),
            naming(3, RINA, DEMAK),
            naming(9, CAPITALS),
            naming(20, ACCENT),
            naming(40, RINA),
        ]
    )
    store.index.refresh()
    return store


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("rina", ["Rina Wulandari", "RINA HASTUTI"]),
        ("RINA", ["Rina Wulandari", "RINA HASTUTI"]),
        ("wulan", ["Rina Wulandari"]),
        ("Rina  Wu", ["Rina Wulandari"]),
        ("lan", []),
        ("hastuti", ["RINA HASTUTI"]),
        ("Álv", ["José Álvarez-Rasyid"]),
        ("álv", ["José Álvarez-Rasyid"]),
        ("alvarez", ["José Álvarez-Rasyid"]),
        ("rasy", ["José Álvarez-Rasyid"]),
        ("pember", ["KPK"]),
        ("r.*", []),
        ("[a-z]", []),
        ('"', []),
        ("-", []),
        ("", []),
        ("~@#<1-9>&|", []),
        ("x" * 500, []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_a_word(
    news: Store, part: str, names: list[str]
) -> None:
    assert [one.name for one in named_like(part, news.index, 50)] == names


def test_names_are_listed_by_kind_and_number(news: Store) -> None:
    people = list_names(news.index, 9, kind="person")
    assert [(one.thing.name, one.articles, one.role) for one in people.things] == [
        ("Rina Wulandari", 4, "Gubernur Jawa Tengah"),
        ("RINA HASTUTI", 1, None),
        ("José Álvarez-Rasyid", 1, None),
    ]
    assert people.read == 6
    whole = list_names(news.index, 2)
    assert [one.thing.reference for one in whole.things] == ["Rina Wulandari", "org:kpk"]
    demak = list_names(news.index, 9, match="dem")
    assert [one.thing.id for one in demak.things] == ["id:33.21"]
    assert demak.read == 2
    assert list_names(news.index, 9, kind="person", match="dem").things == ()


@pytest.mark.parametrize("reference", ["org:kpk", "KPK", "kpk", LONG, LONG.lower()])
def test_a_known_thing_is_one_under_all_its_names(news: Store, reference: str) -> None:
    found = read_profile(news, "organization", reference, START, UTC)
    assert (found.thing.id, found.total) == ("org:kpk", 2)
    assert {found.thing.name, *found.thing.aliases} == {"KPK", LONG}
    assert dict(found.sources) == {"a.example": 1, "b.example": 1}
    assert [one.articles for one in found.stories] == [2]


def test_a_person_is_told_with_offices_days_and_company(news: Store) -> None:
    found = read_profile(news, "person", "rina wulandari", START, UTC)
    assert (found.total, found.last_week, found.last_month) == (4, 3, 3)
    assert [(one.role, one.articles) for one in found.roles] == [
        ("Gubernur Jawa Tengah", 2),
        ("Bupati Demak", 2),
    ]
    assert found.roles[1].first == START - timedelta(days=40)
    assert found.roles[1].last == START - timedelta(days=3)
    assert {(one.thing.name, one.articles) for one in found.beside} == {("KPK", 2), ("Demak", 2)}
    assert [one.title for one in found.articles] == [
        "Berita 0",
        "Berita 1",
        "Berita 3",
        "Berita 40",
    ]


@pytest.mark.parametrize("reference", ["Nihil", "", " ", "org:nihil", "KPK", "org:kpk"])
def test_what_no_article_names_is_missing(news: Store, reference: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_profile(news, "person", reference, START, UTC)
    assert raised.value.problem is not None
    assert raised.value.problem.code == "entities.missing"
