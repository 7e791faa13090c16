"""`pantau lists` as its users call it."""

import json
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Run

DICTIONARY = """\
- name: Siti Rahma
  aliases: [Bu Siti]
  type: person
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_list_is_made_changed_shown_and_removed(pantau: Run) -> None:
    code, out, err = pantau("lists", "add", "@Tokoh", "Ani|A.", "Budi")
    assert (code, err) == (0, "")
    assert "@tokoh has 3 values now (3 added, 0 removed)" in out
    code, out, _ = pantau("lists", "edit", "tokoh", "--add", "Citra", "--remove", "Budi")
    assert (code, "(1 added, 1 removed)" in out) == (0, True)
    code, out, _ = pantau("lists", "show", "tokoh", "--json")
    shown = json.loads(out)
    assert (shown["name"], shown["values"], shown["subscriptions"]) == ("tokoh", 3, [])
    assert shown["entries"] == [
        {"value": "Ani", "aliases": ["A."]},
        {"value": "Citra", "aliases": []},
    ]
    code, out, _ = pantau("lists", "remove", "tokoh")
    assert (code, out) == (0, "Removed: @tokoh\n")
    code, out, _ = pantau("lists", "list")
    assert (code, out) == (0, "No lists yet; make one by `pantau lists add NAME VALUE`.\n")


def test_what_is_exported_is_imported(pantau: Run, tmp_path: Path) -> None:
    pantau("lists", "add", "tokoh", "Ani|A.", "=1+1")
    for options, name in (((), "a.jsonl"), (("--csv",), "b.csv")):
        _, out, _ = pantau("lists", "export", "tokoh", *options)
        (tmp_path / name).write_text(out, encoding="utf-8")
        code, out, _ = pantau("lists", "import", "lain", str(tmp_path / name))
        assert (code, "@lain has 3 values" in out) == (0, True)
    _, out, _ = pantau("lists", "export", "lain", "--lines")
    assert out.splitlines() == ["Ani", "A.", "=1+1"]


def test_a_dictionary_and_a_plain_file_are_read(pantau: Run, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DICTIONARY, encoding="utf-8")
    (tmp_path / "p.txt").write_text("Ani\nBudi, S.H.\n", encoding="utf-8")
    pantau("lists", "import", "tokoh", str(tmp_path / "d.yaml"))
    pantau("lists", "import", "tokoh", str(tmp_path / "p.txt"), "--keep")
    _, out, _ = pantau("lists", "export", "tokoh", "--lines")
    assert out.splitlines() == ["Siti Rahma", "Bu Siti", "Ani", "Budi, S.H."]


def test_a_wrong_line_is_named_and_nothing_is_saved(pantau: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"value": "Ani"}\n{"value": 3}\n', encoding="utf-8")
    code, _, err = pantau("lists", "import", "tokoh", str(tmp_path / "a.jsonl"))
    assert (code, "line 2" in err) == (2, True)
    code, _, err = pantau("lists", "show", "tokoh")
    assert (code, "there is no list @tokoh" in err) == (2, True)


def test_a_list_that_does_not_exist_is_told_in_the_language_of_the_answer(pantau: Run) -> None:
    asked = ("--lang", "id", "search", "people:@menteri", "--language", "pantau")
    code, _, err = pantau(*asked)
    assert (code, "ke-8: tidak ada daftar @menteri; buat dengan" in err) == (2, True)
    pantau("lists", "add", "mentri", "Ani")
    assert "nama yang paling dekat adalah @mentri" in pantau(*asked)[2]


def test_a_subscription_refers_to_a_list_in_plain_words_of_both_languages(pantau: Run) -> None:
    pantau("lists", "add", "tokoh", "Ani")
    subscribe = ("subscribe", "people:@tokoh", "--language", "pantau", "--name", "Tokoh")
    code, out, _ = pantau(*subscribe)
    assert code == 0
    assert "Articles with a person of the list @tokoh (of 1)." in out
    _, out, _ = pantau("--lang", "id", "query", "explain", "@tokoh", "--language", "pantau")
    assert "nama dari daftar @tokoh (berisi 1) di judul atau isi" in out
    assert "nilai dalam daftar @tokoh" in out
    code, _, err = pantau("lists", "remove", "tokoh")
    assert (code, "1 subscription refers to the list @tokoh (Tokoh)" in err) == (2, True)
    code, out, err = pantau("lists", "remove", "tokoh", "--yes")
    assert (code, "raise no alerts until" in err) == (0, True)


def test_an_unknown_list_is_refused_with_the_nearest(pantau: Run) -> None:
    pantau("lists", "add", "ministers", "Ani")
    code, _, err = pantau("search", "people:@ministres", "--language", "pantau")
    assert code == 2
    assert "the nearest name is @ministers" in err
    assert "try: people:@ministers" in err


def test_a_trial_names_the_values_it_found(pantau: Run) -> None:
    pantau("lists", "add", "tokoh", "Ani Lestari", "Budi")
    trial = ("query", "test", "title:@tokoh", "--language", "pantau", "--title", "Ani Lestari tiba")
    code, out, _ = pantau(*trial)
    assert code == 0
    assert "*Ani Lestari*" in out


def test_matching_without_a_store_says_that_it_has_no_lists(pantau: Run, tmp_path: Path) -> None:
    line = {"id": "s", "query": "people:@tokoh", "language": "pantau"}
    (tmp_path / "s.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": "a", "title": "x"}', encoding="utf-8")
    files = ("--subscriptions", str(tmp_path / "s.jsonl"), "--articles", str(tmp_path / "a.jsonl"))
    code, _, err = pantau("match", *files)
    assert code != 0
    assert "lists such as @tokoh are kept in a data folder" in err
