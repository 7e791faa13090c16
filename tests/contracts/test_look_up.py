"""Meanings of a name, on every index: as a whole, a part, an id, with dots, mistyped."""

from datetime import timedelta

import pytest

from pantau.common.text.entity_names import ids_of, names_of
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.ports import Store
from pantau.usecases.entities.listed import name_alike
from pantau.usecases.entities.look_up import look_up
from pantau_schemas.events.article import Entity, EntityType
from tests.support import START, enriched


def thing(kind: EntityType, name: str, identifier: str | None = None) -> Entity:
    return Entity(type=kind, id=identifier, name=name, mentions=())


THINGS = (
    thing("organization", "KPK", "org:kpk"),
    thing("person", "Rudiman Kpkwira"),
    thing("person", "Arya Solowira"),
    thing("person", "Sukamaju Wirasena"),
    thing("person", "Menur", "desk:17"),
    thing("place", "Sukamaju", "id:12.06.04.2023"),
)


@pytest.fixture
def news(store: Store) -> Store:
    store.index.put(
        [
            enriched(
                f"a{number}",
                first_seen=START + timedelta(minutes=number),
                entities=(one,),
                people=names_of([one], "person"),
                organizations=names_of([one], "organization"),
                places=names_of([one], "place"),
                entity_ids=ids_of([one]),
            )
            for number, one in enumerate(THINGS)
        ]
    )
    store.index.refresh()
    return store


def ask(store: Store, name: str) -> list[tuple[str | None, str, int]]:
    found = look_up(name, load_gazetteer(), Dictionary(), store.index, START + timedelta(days=1))
    return [(one.thing.id, one.thing.name, one.articles) for one in found]


def test_a_name_means_what_bears_it_as_a_whole(news: Store) -> None:
    for name in ("KPK", "kpk", " K.P.K. ", "org:kpk", "Komisi Pemberantasan Korupsi"):
        assert ask(news, name) == [("org:kpk", "KPK", 1)]


def test_a_listed_name_that_no_article_has_hides_no_part_of_another(news: Store) -> None:
    found = ask(news, "solo")
    assert found[0] == (None, "Arya Solowira", 1)
    assert ("id:33.72", "Surakarta", 0) in found


def test_villages_without_news_are_told_apart_and_hide_nothing(news: Store) -> None:
    assert ask(news, "sukamaju") == [("id:12.06.04.2023", "Sukamaju, Karo", 1)]
    villages = ask(news, "sukajadi")
    assert len(villages) > 1
    assert len({name for _, name, _ in villages}) > 1
    assert all(name.startswith("Sukajadi, ") for _, name, _ in villages)


def test_an_id_of_a_dictionary_and_of_each_list_is_a_name(news: Store) -> None:
    assert ask(news, "desk:17") == [("desk:17", "Menur", 1)]
    assert ask(news, "person:joko-widodo") == [("person:joko-widodo", "Joko Widodo", 0)]
    assert ask(news, "iso:JP")[0][0] == "iso:JP"
    assert ask(news, "org:none") == []


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("KPKK", "KPK"),
        ("jokowii", "Joko Widodo"),
        ("Partai Gerinda", "Partai Gerindra"),
        ("Arya Solowirra", "Arya Solowira"),
        ("Zzzqqxx", None),
        ("x", None),
        ("y" * 500, None),
    ],
)
def test_a_mistyped_name_gets_one_that_is_alike(
    news: Store, mistyped: str, meant: str | None
) -> None:
    assert ask(news, mistyped) == []
    assert name_alike(mistyped, load_gazetteer(), news.index) == meant
