import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.files.dictionaries import DictionaryFiles, read_file
from pantau.adapters.memory.store import MemoryStore
from pantau.common.time.clock import SystemClock
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.dictionaries.format import FIELDS, DictionaryRow, read_entries
from pantau.enricher.stage import EnricherStage
from pantau.errors import ColdError, UsageError
from pantau.settings import load_settings
from pantau.stream.handler import Context, Resources
from pantau_schemas.events.article import Article, EnrichedArticle

YAML = """\
names:
  - name: Badan Siber Contoh
    type: organization
    id: acme:bsc
    aliases: [BSC, "Badan Siber"]
    country: NO
    roles: []
  - name: Kampung Uji
    type: place
    latitude: -6.5
    longitude: 106.5
    language: [id, ms]
  - {name: bitcoin, type: organization, case: exact}
"""
CSV = """\
name,type,id,aliases,country,latitude,longitude,language,case
Badan Siber Contoh,organization,acme:bsc,BSC | Badan Siber,NO,,,,
"Kampung Uji",place,,,,-6.5,106.5,id|ms,

bitcoin,organization,,,,,,,exact
"""


class Clock:
    """A clock that only moves on request."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def save(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def rewrite(path: Path, text: str) -> None:
    """Write a file as something later than it was, however coarse the clock of the disk."""
    before = path.stat().st_mtime_ns
    save(path, text)
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_yaml_and_csv_say_the_same(tmp_path: Path) -> None:
    yaml, complaints = read_file(save(tmp_path / "a.yaml", YAML))
    table, others = read_file(save(tmp_path / "a.csv", CSV))
    assert yaml == table
    assert complaints == others == []
    agency, place, coin = yaml
    assert (agency.id, agency.aliases, agency.country) == ("acme:bsc", ("BSC", "Badan Siber"), "NO")
    assert (place.latitude, place.longitude, place.languages) == (-6.5, 106.5, ("id", "ms"))
    assert coin.case == "exact"


@pytest.mark.parametrize("text", ["", "# nothing\n", "names:\n", "[]", "names: []\n"])
def test_a_file_may_be_empty(tmp_path: Path, text: str) -> None:
    assert read_file(save(tmp_path / "a.yml", text)) == ([], [])


def test_a_table_by_semicolons_with_a_byte_order_mark(tmp_path: Path) -> None:
    entries, complaints = read_file(
        save(tmp_path / "a.csv", "\ufeffName;Type\r\nContoh;person\r\n")
    )
    assert [one.name for one in entries] == ["Contoh"]
    assert complaints == []


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"type": "person"}, "name: is missing or empty"),
        ({"name": "Contoh"}, "type: is missing or empty"),
        (
            {"name": "Contoh", "type": "persn"},
            "type: expected one of person, organization, place, not 'persn'; did you mean person?",
        ),
        (
            {"name": "Contoh", "type": "person", "alias": "X"},
            "alias: there is no such field; did you mean aliases?",
        ),
        (
            {"name": "Contoh", "type": "person", "id": "a b"},
            "id: 'a b': expected 1 to 200 characters without white space",
        ),
        (
            {"name": "Contoh", "type": "place", "country": "Indonesia"},
            "country: 'INDONESIA': expected a code of two letters",
        ),
        ({"name": "Contoh", "type": "place", "latitude": "1"}, "latitude: needs longitude, too"),
        (
            {"name": "Contoh", "type": "place", "latitude": "91", "longitude": "0"},
            "latitude: '91': expected degrees from -90 to 90",
        ),
        (
            {"name": "Contoh", "type": "place", "latitude": "nan", "longitude": "0"},
            "latitude: 'nan': expected degrees",
        ),
        ({"name": "X", "type": "person"}, "name: 'X' has fewer than two letters"),
        (
            {"name": "Contoh", "type": "person", "aliases": ["!!"]},
            "aliases: '!!' has fewer than two letters",
        ),
        ({"name": "a " * 21, "type": "person"}, "has more than 20 words"),
        ({"name": "a" * 201, "type": "person"}, "has 201 characters; at most 200"),
        (
            {"name": "Contoh", "type": "person", "case": "no"},
            "case: expected one of auto, exact, any, not 'no'",
        ),
        (
            {"name": "Contoh", "type": "person", "language": "indonesia"},
            "language: 'indonesia': expected codes",
        ),
        ({"name": ["a", "b"], "type": "person"}, "name: expected one text, not a list"),
    ],
)
def test_a_bad_entry_is_told_and_loses_no_other(
    fields: dict[str, str | list[str]], complaint: str
) -> None:
    good = {"name": "Baik", "type": "person"}
    entries, complaints = read_entries(
        [DictionaryRow(2, good), DictionaryRow(7, fields), DictionaryRow(9, good | {"id": "x"})],
        "n.yaml",
    )
    assert [one.name for one in entries] == ["Baik", "Baik"]
    (said,) = map(str, complaints)
    assert said.startswith("n.yaml, line 7, ")
    assert complaint in said


def test_entries_of_one_id_are_one() -> None:
    rows = [
        DictionaryRow(1, {"name": "Contoh", "type": "person", "id": "x"}),
        DictionaryRow(2, {"name": "Si Contoh", "type": "person", "id": "x", "aliases": "SC"}),
        DictionaryRow(3, {"name": "Contoh", "type": "place", "id": "x"}),
    ]
    entries, complaints = read_entries(rows, "n.csv")
    assert [(one.name, one.aliases) for one in entries] == [
        ("Contoh", ()),
        ("Contoh", ("Si Contoh", "SC")),
    ]
    assert [str(one) for one in complaints] == [
        "n.csv, line 3, id: x is a person on line 1; give it another id, or that type"
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    yaml = save(tmp_path / "a.yaml", f"{YAML}  - name: Salah\n    type: orang\n  - nothing\n")
    table = save(
        tmp_path / "a.csv", 'name,type\n"Dua\nBaris",person\nSalah,orang\nContoh,person,lebih\n'
    )
    assert [one.line for one in read_file(yaml)[1]] == [14, 16]
    assert [(one.line, one.field) for one in read_file(table)[1]] == [(4, "type"), (5, "column 3")]


BOMB = "a: &a [x]\nb: &b [*a, *a]\nnames: [*b, *b]\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", r"ends in \.yaml, \.yml or \.csv"),
        ("a.yaml", "names: [\n", "line 2"),
        ("a.yaml", "name: x\n", "expected a list of entries"),
        ("a.yaml", "names: x\n", "each beginning with a dash"),
        ("a.yaml", BOMB, r"references \(\*a\) are not read"),
        ("a.yaml", "[" * 5_000, "nested more than 6 deep"),
        ("a.yaml", "- {name: a, name: b}\n", "name stands twice"),
        (
            "a.yaml",
            "- !!python/object/apply:os.system [ls]\n- {[a]: b}",
            "expected the name of a field",
        ),
        ("a.csv", "nama,jenis\n", "head with the columns name and type"),
        ("a.csv", 'name,type\n"a"b,person\n', "quotation marks"),
    ],
)
def test_a_file_that_cannot_be_read_at_all(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read_file(save(tmp_path / name, text))


def test_a_file_that_is_not_there_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.csv cannot be read: No such file"):
        DictionaryFiles([tmp_path / "gone.csv"], SystemClock()).load()
    (tmp_path / "a.csv").write_bytes(b"name,type\n\xff,person\n")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_file(tmp_path / "a.csv")


@given(st.text(max_size=200))
def test_whatever_stands_in_a_yaml_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    with suppress(UsageError):  # nothing else may be raised
        entries, _ = read_file(path)
        assert all(one.name for one in entries)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=12)), max_size=5))
def test_whatever_the_fields_a_dictionary_can_be_made_of_them(rows: list[dict[str, str]]) -> None:
    entries, complaints = read_entries(
        [DictionaryRow(at, one) for at, one in enumerate(rows, 1)], "n.csv"
    )
    assert len(entries) + len(complaints) == len(rows)
    Dictionary(entries).find("Contoh", "id")


def names(dictionary: Dictionary | None) -> int | None:
    return None if dictionary is None else dictionary.size


def test_a_changed_file_is_read_anew_at_most_once_a_second(tmp_path: Path) -> None:
    clock, path = Clock(), save(tmp_path / "a.csv", "name,type\nContoh,person\n")
    files = DictionaryFiles([path], clock)
    assert files.load().size == 1
    rewrite(path, "name,type\nContoh,person\nLain,person\n")
    assert files.changed() is None
    clock.pass_by(1)
    assert names(files.changed()) == 2
    clock.pass_by(1)
    assert files.changed() is None


def test_a_file_that_cannot_be_read_any_more_keeps_its_names(tmp_path: Path) -> None:
    said: list[str] = []
    clock = Clock()
    path, other = (
        save(tmp_path / "a.yaml", "- {name: Contoh, type: person}"),
        save(tmp_path / "b.csv", "name,type\n"),
    )
    files = DictionaryFiles([path, other], clock, said.append)
    files.load()
    rewrite(path, "- {name: [")
    rewrite(other, "name,type\nLain,person\nSalah,orang\n")
    clock.pass_by(1)
    assert names(files.changed()) == 2
    assert [one for one in said if "a.yaml" in one and one.endswith("its former names stay in use")]
    assert [one for one in said if "b.csv, line 3, type" in one]
    path.unlink()
    clock.pass_by(1)
    assert names(files.changed()) == 2
    clock.pass_by(1)
    assert files.changed() is None
    save(path, "- {name: Baru, type: person}\n- {name: Kedua, type: person}")
    clock.pass_by(1)
    assert names(files.changed()) == 3


def built(folder: Path, clock: Clock) -> EnricherStage:
    store = MemoryStore(clock)
    stage = EnricherStage.build(
        Resources(load_settings(folder), lambda topic: store.log.table(topic.name), clock),
        DictionaryFiles,
    )
    assert isinstance(stage, EnricherStage)
    with pytest.raises(ColdError):  # a runtime makes it ready then
        enriched(stage, clock)
    stage.warm()
    return stage


def enriched(stage: EnricherStage, clock: Clock) -> EnrichedArticle:
    stage.refresh()
    article = Article(
        article_id="a", first_seen=clock.now(), title="", text="Warga melihat Rumah Uji di Jakarta."
    )
    events = stage.handle(article, Context(clock.now())).events
    return next(one for one in events if isinstance(one, EnrichedArticle))


def test_the_stage_uses_new_names_from_the_next_batch_on(tmp_path: Path) -> None:
    save(tmp_path / "pantau.toml", '[enrich]\nengine = "rules"\ndictionaries = ["names.csv"]\n')
    path = save(tmp_path / "names.csv", "name,type,id\nRumah Uji,organization,x:1\n")
    clock = Clock()
    stage = built(tmp_path, clock)
    first = enriched(stage, clock)
    assert "x:1" in {one.id for one in first.entities}
    rewrite(path, "name,type,id\nRumah Uji,place,x:2\n")
    clock.pass_by(2)
    second = enriched(stage, clock)
    assert "x:2" in {one.id for one in second.entities}
    assert "Rumah Uji" in second.places
    assert first.enricher_version != second.enricher_version


def test_a_stage_does_not_start_with_a_dictionary_that_is_not_there(tmp_path: Path) -> None:
    save(tmp_path / "pantau.toml", '[enrich]\ndictionaries = ["names.csv"]\n')
    with pytest.raises(UsageError, match=r"names\.csv cannot be read"):
        built(tmp_path, Clock())
