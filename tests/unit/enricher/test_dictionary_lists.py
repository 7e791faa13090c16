"""Dictionaries as lists of names that queries refer to."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.memory.store import MemoryStore
from pantau.enricher import build_enricher
from pantau.enricher.dictionaries.as_lists import DictionaryLists, list_name, lists_of
from pantau.enricher.dictionaries.dictionary import Dictionary, DictionaryEntry
from pantau.enricher.stage import EnricherStage
from pantau.query.parsing.lucene_scanner import LIST_NAME
from pantau.settings import EnrichSettings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Outcome
from pantau.stream.table_reading import TableReading
from pantau_schemas.codec import decode
from pantau_schemas.events.name_list import MOST_VALUES, NameList, NameListEntry
from pantau_schemas.topics import NAME_LISTS
from tests.support import START, FixedClock


def entry(name: str, *aliases: str) -> DictionaryEntry:
    return DictionaryEntry("person", name, aliases=aliases)


class Files:
    """Dictionaries in memory, which change as a test says."""

    def __init__(self, **entries: Sequence[DictionaryEntry]) -> None:
        self.entries = {f"{name}.yaml": tuple(found) for name, found in entries.items()}
        self.is_fresh = False

    def load(self) -> Dictionary:
        return Dictionary([one for found in self.entries.values() for one in found])

    def changed(self) -> Dictionary | None:
        fresh, self.is_fresh = self.is_fresh, False
        return self.load() if fresh else None

    def files(self) -> dict[str, tuple[DictionaryEntry, ...]]:
        return self.entries

    def change(self, name: str, *entries: DictionaryEntry) -> None:
        self.entries[f"{name}.yaml"] = entries
        self.is_fresh = True


class Desk:
    """An enricher's stage over a store in memory, and its ticks."""

    def __init__(self, files: Files, *, owns: bool = True) -> None:
        self.log = MemoryStore(FixedClock()).log
        self.files = files
        table = self.log.table(NAME_LISTS.name)
        lists = DictionaryLists(table, TableReading(), lambda _: owns)
        enricher = build_enricher(settings=EnrichSettings(engine="rules"), dictionary=files.load())
        self.stage = EnricherStage(enricher, files, lists=lists)

    def tick(self) -> Outcome:
        """Do what is due, and write it as a runtime does."""
        self.stage.refresh()
        due = self.stage.next_due()
        if due is None:
            return Outcome()
        assert due < START
        outcome = self.stage.tick(START)
        self.log.append(
            [record_for(one, NAME_LISTS, source="enricher", time=START) for one in outcome.events]
        )
        self.stage.refresh()
        assert self.stage.next_due() is None
        return outcome

    def put(self, name: str, value: str) -> None:
        made = NameList(name=name, entries=(NameListEntry(value=value),), updated=START)
        self.log.append([record_for(made, NAME_LISTS, source="cli", time=START)])

    def lists(self) -> dict[str, tuple[str, ...]]:
        found = self.log.table(NAME_LISTS.name).snapshot().values.values()
        events = [decode(NameList, value or b"") for value in found]
        return {one.name: one.values() for one in events}


def test_each_dictionary_is_a_list_and_followed() -> None:
    desk = Desk(Files(menteri=[entry("Sri Mulyani Indrawati", "Sri  Mulyani")]))
    assert len(desk.tick().events) == 1
    assert desk.lists() == {"menteri": ("Sri Mulyani Indrawati", "Sri Mulyani")}
    assert desk.tick().events == ()
    desk.files.change("menteri", entry("Ani"))
    desk.tick()
    assert desk.lists() == {"menteri": ("Ani",)}


def test_a_list_that_a_person_made_is_left_alone() -> None:
    desk = Desk(Files(menteri=[entry("Ani")], lain=[entry("Budi")]))
    desk.put("menteri", "Citra")
    desk.tick()
    assert desk.lists() == {"menteri": ("Citra",), "lain": ("Budi",)}


def test_only_the_member_that_owns_a_list_writes_it() -> None:
    desk = Desk(Files(menteri=[entry("Ani")]), owns=False)
    assert desk.tick().events == ()
    assert desk.lists() == {}


def test_a_dictionary_with_too_many_names_is_no_list(caplog: pytest.LogCaptureFixture) -> None:
    many = [entry(f"Nama {number}") for number in range(MOST_VALUES + 1)]
    assert [one.name for one in lists_of({"a.csv": many, "b.csv": [entry("Ani")]})] == ["b"]
    assert "a.csv" in caplog.text


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Kabinet 2024.yaml", "kabinet-2024"),
        ("menteri.csv", "menteri"),
        ("a  b--c.yml", "a-b-c"),
        ("..csv", ""),
        ("x" * 80 + ".csv", "x" * 64),
    ],
)
def test_a_list_is_named_after_its_file(file: str, name: str) -> None:
    assert list_name(file) == name


@given(st.text(max_size=90))
def test_each_such_name_can_stand_in_a_query(stem: str) -> None:
    name = list_name(f"{stem}.csv")
    assert not name or LIST_NAME.fullmatch(name)
