"""Lists mean the same in every store: kept in its log, and looked for in its index."""

from collections.abc import Sequence

from pantau.ports import Store
from pantau.usecases.lists.repository import NameListRepository
from pantau.usecases.search.searching import Search, search
from tests.support import FixedClock, enriched

MANY = 2_000
"""More phrases than Elasticsearch takes as clauses."""
QUERIES = {
    "people:@tokoh": ["b", "a"],
    "@tokoh": ["c", "a"],
    "title:@tokoh AND NOT people:@tokoh": ["c"],
    "NOT @tokoh": ["d", "b"],
    "text:@kosong OR people:@tokoh": ["b", "a"],
    "NOT people:@kosong": ["d", "c", "b", "a"],
}


def fill(store: Store) -> None:
    store.index.put(
        [
            enriched(
                "a", tags=("a",), title="Ani Lestari tiba", text="di Demak", people=("Ani Lestari",)
            ),
            enriched(
                "b", tags=("b",), title="Banjir surut", text="Ani dan Lestari", people=("Budi",)
            ),
            enriched("c", tags=("c",), title="Nama 7 Orang Biasa", text="x", people=("budi",)),
            enriched("d", tags=("d",), title="Orang", text="Biasa"),
        ]
    )
    store.index.refresh()


def found(store: Store, query: str) -> tuple[list[str], int | None]:
    page = search(Search(query=query, language="pantau", limit=10), store).page
    return [hit.article.tags[0] for hit in page.hits], page.total  # type: ignore[union-attr]  # not by story


def check(store: Store, lists: NameListRepository, values: Sequence[str]) -> None:
    lists.put("tokoh", ())
    lists.add("tokoh", values)
    lists.put("kosong", ())
    for query, expected in QUERIES.items():
        ids, total = found(store, query)
        assert (sorted(ids), total) == (sorted(expected), len(expected)), query


def test_short_and_long_lists_find_the_same(store: Store, clock: FixedClock) -> None:
    fill(store)
    lists = NameListRepository(store.log, clock)
    few = ["Ani Lestari", "Budi", "nama 7 orang biasa"]
    check(store, lists, few)
    check(store, lists, [*few, *(f"Kata{number} Lain" for number in range(MANY))])


def test_a_list_is_kept_changed_and_removed(store: Store, clock: FixedClock) -> None:
    lists = NameListRepository(store.log, clock)
    lists.add("tokoh", ["Ani|A.", "Budi"])
    lists.change("tokoh", remove=["Budi"])
    assert lists.find("@Tokoh").values() == ("Ani", "A.")
    lists.remove(["tokoh"], is_sure=False)
    assert lists.names() == ()
