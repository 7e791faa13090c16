"""`pantau query`: check, explain, test and tokens, as people and programs call them."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pantau.bootstrap import open_store
from pantau.cli import run
from pantau.commands.cli.language import current
from pantau.query.text.tokenizer import words
from pantau.settings import load_settings
from tests.support import enriched

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def query(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str, given: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="ascii"))
        code = run(["query", *arguments])
        shown = capsysbinary.readouterr()
        return code, shown.out.decode(), shown.err.decode()

    return call


def _lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_check_of_a_query_that_can_be_read(query: Run) -> None:
    assert query("check", '"Boy Rafli" AND UNOCT') == (0, "The query can be read.\n", "")
    code, out, err = query("check", "banjir Demak")
    assert (code, out) == (0, "The query can be read.\n")
    assert err.startswith(
        "warning: character 8: without an operator between them any one of these is enough"
    )
    assert "try: banjir AND Demak" in err


def test_check_points_at_the_place(query: Run) -> None:
    code, out, err = query("check", "banjir AND (Demak OR Kudus")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "Error: the query cannot be read at character 27: expected a ) for the ( at character 12",
        "  banjir AND (Demak OR Kudus",
        "                            ^",
        "  try: banjir AND (Demak OR Kudus)",
    ]


def test_check_for_programs(query: Run) -> None:
    code, out, err = query("check", "(banjir", "--json")
    assert (code, err) == (2, "")
    assert _lines(out) == [
        {
            "query": "(banjir",
            "language": "lucene",
            "ok": False,
            "code": "unreadable",
            "position": 7,
            "expected": "a ) for the ( at character 1",
            "suggestion": "(banjir)",
            "suggestion_language": "lucene",
            "edits": [[7, 7, ")"]],
        }
    ]
    code, out, _ = query("check", "nosuch:x", "--json")
    (found,) = _lines(out)
    assert (code, found["ok"], [one["position"] for one in found["warnings"]]) == (0, True, [0])


def test_check_of_a_file_of_queries(query: Run, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_bytes(b"\xef\xbb\xbfbanjir\r\n\n(a\n{b TO c}\n\xff\na b\n")
    code, out, err = query("check", "--file", str(file))
    assert (code, out) == (2, "3 of 4 queries can be read (1 with warnings), 1 cannot.\n")
    assert f"error: {file}, line 3: the query cannot be read at character 3" in err
    assert f"error: {file}, line 5: no UTF-8" in err
    assert f"warning: {file}, line 6: character 3" in err


def test_check_of_subscriptions(query: Run) -> None:
    given = [
        {"id": "a", "query": "title: x and y", "language": "kql"},
        {"id": "b", "query": "published:kapan"},
        {"id": "c", "query": "x", "language": "sql"},
        {"id": "d", "query": ""},
        {"id": "e", "query": 5},
    ]
    text = "\n".join(map(json.dumps, given)).encode()
    code, out, err = query("check", "--file", "-", "--json", given=text)
    assert code == 2
    assert [(one["id"], one["ok"]) for one in _lines(out)] == [
        ("a", True),
        ("b", False),
        ("d", False),
    ]
    assert [line.split(":")[1] for line in err.splitlines()] == [" -, line 3", " -, line 5"]
    good = json.dumps(given[0]).encode() + b"\n{}\n"
    assert query("check", "--file", "-", given=good)[:2] == (1, "1 of 1 queries can be read.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "give either QUERY or --file FILE"),
        (["check", "a", "--file", "-"], "give either QUERY or --file FILE"),
        (["check", " "], "the query is empty"),
        (["check", "a", "--time-zone", "Asia/Nowhere"], "is no time zone"),
        (["explain", "(a"], "try: (a)"),
        (["test", "a"], "give either FILE (- for standard input) or --title and --text"),
        (["test", "a", "-", "--title", "a"], "give either FILE"),
        (["test", "(a", "--title", "a"], "try: (a)"),
        (["tokens", "none.jsonl"], "No such file"),
    ],
)
def test_wrong_usage_is_told_with_the_fix(query: Run, arguments: list[str], told: str) -> None:
    code, out, err = query(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_explain(query: Run) -> None:
    code, out, err = query("explain", "banjir AND (Demak OR Kudus)")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "query:        banjir AND (Demak OR Kudus)",
        "reading:      Articles with all of these:",
        '                - the word "banjir" in the title or text',
        "                - any one of these:",
        '                    - the word "demak" in the title or text',
        '                    - the word "kudus" in the title or text',
        (
            'breadth:      usual, about 1 in 600 articles: the rarest is the word "banjir" in the '
            "title or text"
        ),
        'looked up by: "banjir"',
    ]


@pytest.mark.parametrize(
    ("lang", "share"), [("en", "about 1 in 2,000"), ("id", "kira-kira 1 dari 2.000")]
)
def test_large_numbers_are_written_as_the_language_does(query: Run, lang: str, share: str) -> None:
    assert share in query("explain", 'people:"Siti Rahma"', "--lang", lang)[1]


def test_explain_in_indonesian(query: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    _, out, _ = query("explain", "NOT yang")
    assert out.splitlines() == [
        "kueri:        NOT yang",
        'artinya:      Semua artikel kecuali yang memuat kata "yang" di judul atau isi.',
        "catatan:      Yang disebut hanya apa yang tidak boleh ada, jadi semua artikel lain cocok.",
        (
            "keluasan:     luas, kira-kira 50% dari semua artikel: hanya menyebut apa yang tidak "
            "boleh ada"
        ),
        "dicari lewat: tidak ada: kueri dicoba pada setiap artikel",
    ]
    assert query("explain", "yang", "--lang", "en")[1].startswith("query:")


@pytest.mark.parametrize(
    ("name", "value", "tongue"),
    [
        ("LANG", "id_ID.UTF-8", "id"),
        ("LC_MESSAGES", "id", "id"),
        ("LANG", "in_ID", "id"),
        ("LANG", "C", "en"),
    ],
)
def test_the_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, tongue: str
) -> None:
    for variable in ("PANTAU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert current() == "en"
    monkeypatch.setenv(name, value)
    assert current() == tongue


def test_explain_for_programs(query: Run) -> None:
    code, out, _ = query("explain", '"Boy Rafli" banj*', "--json", "--elastic")
    (found,) = _lines(out)
    assert code == 0
    assert found["reading"].startswith(
        'Articles with the phrase "boy rafli" or a word that begins with "banj"'
    )
    assert [one["start"] for one in found["tree"]["any"]] == [0, 12]
    assert len(found["notes"]) == len(found["warnings"]) == 1
    assert found["breadth"]["level"] == "broad"
    assert found["anchors"] == [{"pair": ["boy", "rafli"]}, {"prefix": "banj"}]
    assert found["elasticsearch_is_exact"]
    assert "constant_score" in found["elasticsearch"]
    assert "stored" not in found


def test_explain_counts_what_is_stored(query: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    code, out, _ = query("explain", "banjir", "--data", str(folder))
    assert code == 0
    assert f"there is no store in {folder}" in out
    assert not folder.exists()
    store = open_store(load_settings(folder))
    store.index.put(
        [enriched(f"a{number}", title="Banjir" if number else "Gempa") for number in range(4)]
    )
    store.close()
    _, out, _ = query("explain", "title:banjir", "--data", str(folder))
    assert (
        "stored:       3 of 4 articles match, 0 of them first seen in the last 7 days"
        in out.splitlines()
    )
    assert "breadth:      broad, about 75% of all articles" in out
    _, out, _ = query("explain", "title:banjir", "--data", str(folder), "--json")
    (found,) = _lines(out)
    assert (found["stored"]["matches"], found["stored"]["articles"]) == (3, 4)
    assert found["breadth"]["counted"]


ARTICLES = [
    {"id": "b", "title": "Banjir di Demak", "text": "Banjir merendam Kudus.", "lang": "id"},
    {"id": "a", "title": "Banjir", "text": "Bola di Demak"},
]


def _stream(*lines: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()


def test_a_query_against_a_file(query: Run) -> None:
    text = "banjir AND (demak OR kudus) AND lang:id"
    code, out, err = query("test", text, "-", given=_stream(*ARTICLES))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "*Banjir* di *Demak*",
        "  b",
        "  *Banjir* merendam *Kudus*.",
        '  - the word "banjir" in the title or text (title 1×, text 1×)',
        '  - the word "demak" in the title or text (title 1×)',
        '  - the word "kudus" in the title or text (text 1×)',
        '  - the language "id"',
        "",
        "1 of 2 articles match.",
    ]


def test_a_query_against_a_file_for_programs(query: Run) -> None:
    code, out, err = query("test", "banjir OR bola", "-", "--json", given=_stream(*ARTICLES, "[]"))
    assert code == 1
    assert "line 3: expected an object, found an array" in err
    first, second = _lines(out)
    assert (first["article"], second["article"]) == ("b", "a")
    assert first["matches"] == [
        {"field": "title", "start": 0, "end": 6},
        {"field": "text", "start": 0, "end": 6},
    ]
    assert [(one["clause"], one["start"], one["end"]) for one in second["clauses"]] == [
        ("banjir", 0, 6),
        ("bola", 10, 14),
    ]
    assert second["clauses"][1]["matches"] == [{"field": "text", "start": 0, "end": 4}]


def test_why_an_article_does_not_match(query: Run) -> None:
    text = "banjir AND (demak OR kudus) AND people:x AND NOT (bola OR voli)"
    code, out, _ = query("test", text, "--title", "Bola", "--text", "Banjir", "--lang", "id")
    assert code == 0
    assert out.splitlines() == [
        '  - tidak diinginkan, tetapi ada: kata "bola" di judul atau isi',
        '  - tidak ada: kata "demak" di judul atau isi',
        '  - tidak ada: kata "kudus" di judul atau isi',
        '  - tidak ada: tokoh "x"',
        "Artikel ini tidak cocok.",
    ]
    assert query("test", "bola", "--title", "Bola")[1].splitlines()[-1] == "The article matches."


def test_an_article_of_options_is_first_seen_now(query: Run) -> None:
    assert query("test", "first_seen:[now-1m TO now]", "--title", "x")[1].endswith(
        "The article matches.\n"
    )


def test_tokens(query: Run) -> None:
    texts = ["Anak-anak di Jum'at", "", "日本 \U0001f44d", 'a"b\n']
    code, out, err = query("tokens", given=_stream(*map(json.dumps, texts)))
    assert (code, err) == (0, "")
    assert out.isascii()
    assert "\r" not in out
    assert _lines(out) == [words(text) for text in texts]


def test_tokens_give_one_line_a_line(query: Run, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_bytes(b'\xef\xbb\xbf"a b"\r\n5\n\n"\xff"\n"c\n"d"')
    code, out, err = query("tokens", str(file))
    assert code == 1
    assert _lines(out) == [["a", "b"], None, None, None, ["d"]]
    assert [line.split(":")[1] for line in err.splitlines()] == [
        f" {file}, line {number}" for number in (2, 4, 5)
    ]
