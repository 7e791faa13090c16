"""Lists of names kept, changed, read from files, and bound to queries."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.errors import UsageError
from pantau.ports import Store
from pantau.query import QueryError, parse
from pantau.query.listed import lists_in
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.usecases.lists import repository as repository_of_lists
from pantau.usecases.lists.files import as_csv, as_lines, parse_entries
from pantau.usecases.lists.repository import NameListRepository, _without, entry_of
from pantau.usecases.lists.values import bound
from pantau.usecases.maintenance.replay import replay_of, run_replay
from pantau.usecases.search.searching import Search, search
from pantau.usecases.subscriptions.editing import SubscriptionChanges, edit
from pantau.usecases.subscriptions.files import parse_rows
from pantau.usecases.subscriptions.importing import import_rows
from pantau.usecases.subscriptions.replay import plan_replay
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.events.name_list import LONGEST_VALUE, MOST_VALUES, NameListEntry
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.support import START, FixedClock, enriched

OWN: Final = "pantau"


@pytest.fixture
def lists(store: Store, clock: FixedClock) -> NameListRepository:
    return NameListRepository(store.log, clock)


@pytest.fixture
def repository(store: Store, clock: FixedClock) -> SubscriptionRepository:
    return SubscriptionRepository(store.log, clock)


def code_of(caught: pytest.ExceptionInfo[UsageError]) -> str:
    assert caught.value.problem is not None
    return caught.value.problem.code


class TestChanges:
    def test_values_are_added_with_other_names_and_counted(self, lists: NameListRepository) -> None:
        done = lists.add("@Tokoh", ["Sri Mulyani Indrawati|Sri Mulyani", " Budi  Santoso "])
        assert (done.found.name, done.added, done.removed) == ("tokoh", 3, 0)
        assert done.found.values() == ("Sri Mulyani Indrawati", "Sri Mulyani", "Budi Santoso")
        again = lists.add("tokoh", ["Budi Santoso|Budi"])
        assert (again.added, again.removed) == (1, 0)
        assert again.found.entries[1] == NameListEntry(value="Budi Santoso", aliases=("Budi",))

    def test_a_value_goes_with_its_other_names_and_one_of_these_alone(
        self, lists: NameListRepository
    ) -> None:
        lists.add("tokoh", ["A|a1|a2", "B"])
        assert lists.change("tokoh", remove=["a1"]).found.values() == ("A", "a2", "B")
        assert lists.change("tokoh", remove=["A"], add=["C"]).found.values() == ("B", "C")

    def test_each_entry_is_read_once_however_many_values_are_removed(
        self, lists: NameListRepository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lists.add("tokoh", ["A|a1|a2", *(f"v{number}" for number in range(100))])
        read: list[str] = []

        def without(entry: NameListEntry, given: Any) -> NameListEntry:
            read.append(entry.value)
            return _without(entry, given)

        monkeypatch.setattr(repository_of_lists, "_without", without)
        removed = ["a1", "A", *(f"v{number}" for number in range(90))]
        assert len(lists.change("tokoh", remove=removed).found.entries) == 10
        assert len(read) <= 101

    def test_what_is_not_there_cannot_be_removed_and_nothing_changes(
        self, lists: NameListRepository
    ) -> None:
        lists.add("tokoh", ["A", "B"])
        with pytest.raises(UsageError) as caught:
            lists.change("tokoh", remove=["A", "Z"])
        assert code_of(caught) == "lists.no-value"
        assert lists.find("tokoh").values() == ("A", "B")

    @pytest.mark.parametrize("name", ["", "@", "-a", "a b", "a/b", "a.", "x" * 65, "a:b"])
    def test_a_name_that_no_query_can_have_is_refused(
        self, lists: NameListRepository, name: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            lists.add(name, ["A"])
        assert code_of(caught) == "lists.bad-name"

    @pytest.mark.parametrize("name", ["a", "Menteri-2024", "a.b_c", "x" * 64, "daftar_é"])
    def test_each_name_can_stand_in_a_query(self, lists: NameListRepository, name: str) -> None:
        made = lists.add(name, ["A"]).found
        (node,) = lists_in(parse(f"people:@{name}", OWN))
        assert node.name == made.name

    def test_values_are_bounded(self, lists: NameListRepository) -> None:
        with pytest.raises(UsageError) as caught:
            lists.add("a", ["x" * (LONGEST_VALUE + 1)])
        assert code_of(caught) == "lists.long-value"
        with pytest.raises(UsageError) as caught:
            lists.add("a", [" | "])
        assert code_of(caught) == "lists.empty-value"
        many = [
            entry_of(f"nama {number}", [f"n{number}"]) for number in range(MOST_VALUES // 2 + 1)
        ]
        with pytest.raises(UsageError) as caught:
            lists.put("a", many)
        assert code_of(caught) == "lists.too-many"

    def test_a_missing_list_is_said_with_the_nearest(self, lists: NameListRepository) -> None:
        lists.add("ministers", ["A"])
        with pytest.raises(UsageError, match="@ministers"):
            lists.find("ministres")
        with pytest.raises(UsageError) as caught:
            lists.find("zzz")
        assert code_of(caught) == "lists.missing"

    def test_a_list_in_use_is_kept_unless_it_is_meant(
        self,
        lists: NameListRepository,
        repository: SubscriptionRepository,
        settings: Settings,
        clock: FixedClock,
    ) -> None:
        lists.add("tokoh", ["A"])
        wanted = NewSubscription(query="people:@TOKOH", language="pantau", name="S")
        subscribe(wanted, repository, settings, clock)
        with pytest.raises(UsageError, match="S") as caught:
            lists.remove(["tokoh"], is_sure=False)
        assert code_of(caught) == "lists.in-use"
        (gone,) = lists.remove(["@tokoh"], is_sure=True)
        assert [one.name for one in gone.users] == ["S"]
        assert lists.names() == ()


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("Ani\nBudi, S.H.\n\n  Citra \r\n", ("Ani", "Budi, S.H.", "Citra")),
            ('"Budi ""Bud"" Santoso"\nAni', ('Budi "Bud" Santoso', "Ani")),
            ("\ufeffvalue,aliases\nAni,A|B\nBudi,\n", ("Ani", "A", "B", "Budi")),
            ("name;aliases\nAni;A\n", ("Ani", "A")),
            ("value\nAni\n", ("Ani",)),
            ("name,aliases,type,id\nAni,A,person,p1\n", ("Ani", "A")),
            ('{"value": "Ani", "aliases": ["A"]}\n{"name": "Budi"}\n', ("Ani", "A", "Budi")),
            ("name,\nBudi\n", ("name,", "Budi")),
            ("'=1+1\n", ("'=1+1",)),
            ("value\n'=1+1\n", ("=1+1",)),
            ("", ()),
        ],
    )
    def test_forms_are_recognised(self, text: str, values: tuple[str, ...]) -> None:
        found = parse_entries(text)
        assert tuple(as_lines(found)) == values

    @pytest.mark.parametrize(
        "text",
        ['{"value": 3}', '{"value": "a", "aliases": "b"}', '{"x": 1}\n', '{"value": "a"}\n['],
    )
    def test_a_wrong_line_is_named(self, text: str) -> None:
        with pytest.raises(UsageError, match="line "):
            parse_entries(text)

    @given(
        st.lists(
            st.lists(
                st.text(alphabet="abc =+\"',;é", min_size=1, max_size=6), min_size=1, max_size=3
            )
        )
    )
    def test_what_is_written_as_csv_is_read_back(self, rows: list[list[str]]) -> None:
        entries = []
        for value, *aliases in rows:
            if value.strip() and all(one.strip() for one in aliases):
                entries.append(entry_of(value, aliases))
        distinct = {one.value: one for one in entries}
        assert parse_entries(as_csv(distinct.values())) == list(distinct.values())


class TestQueries:
    def test_a_query_with_an_unknown_list_is_not_saved(
        self,
        lists: NameListRepository,
        repository: SubscriptionRepository,
        settings: Settings,
        clock: FixedClock,
    ) -> None:
        lists.add("tokoh", ["A"])
        wanted = NewSubscription(query="banjir people:@toko", language="pantau", name="S")
        with pytest.raises(QueryError) as caught:
            subscribe(wanted, repository, settings, clock)
        assert caught.value.suggestion == "banjir people:@tokoh"
        assert caught.value.position == len("banjir people:")
        good = NewSubscription(query="people:@tokoh", language="pantau", name="S")
        subscribe(good, repository, settings, clock)
        changes = SubscriptionChanges(query="people:@lain-lain")
        with pytest.raises(QueryError) as caught:
            edit("S", changes, repository, settings, repository._log, lambda _: True)
        assert caught.value.suggestion == 'people:"@lain-lain"'
        rows = parse_rows('{"query": "people:@x", "language": "pantau"}')
        with pytest.raises(UsageError, match="@x"):
            import_rows(rows, repository, settings)
        assert [one.query for one in repository.all()] == ["people:@tokoh"]

    def test_a_search_means_the_list_as_it_is_now(
        self, store: Store, lists: NameListRepository
    ) -> None:
        store.index.put([enriched("one", title="Ani di Solo", text="x", people=("Ani",))])
        store.index.refresh()
        wanted = Search(query="people:@tokoh AND @tokoh", language="pantau")
        lists.add("tokoh", ["Budi"])
        assert search(wanted, store).page.total == 0
        lists.add("tokoh", ["Ani"])
        assert search(wanted, store).page.total == 1
        with pytest.raises(QueryError, match="no list @tok"):
            search(Search(query="@tok", language="pantau"), store)

    def test_a_replay_means_the_list_as_it_is_now(
        self,
        store: Store,
        lists: NameListRepository,
        repository: SubscriptionRepository,
        settings: Settings,
        clock: FixedClock,
    ) -> None:
        article = enriched("one", title="Ani di Solo", text="x", people=("Ani",))
        store.index.put([article])
        store.index.refresh()
        store.log.append([record_for(article, ARTICLES_ENRICHED, source="t", time=START)])
        lists.add("tokoh", ["Budi"])
        wanted = NewSubscription(query="people:@tokoh", language="pantau", name="S")
        saved = subscribe(wanted, repository, settings, clock).subscription
        again = replay_of(query="people:@tokoh", language="pantau")
        assert plan_replay(saved, store).matching == 0
        assert run_replay(again, store.log, clock, lambda *_: None) == 0
        lists.add("tokoh", ["Ani"])
        assert plan_replay(saved, store).matching == 1
        assert run_replay(again, store.log, clock, lambda *_: None) == 1

    def test_a_query_without_lists_stays_as_it_is(self, store: Store) -> None:
        query = parse("banjir NEAR/3 demak", OWN)
        assert bound(query, "banjir NEAR/3 demak", store.log) is query
