"""`pantau match` on files."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from pantau.commands.batch.match import match

ARTICLES = [
    {"id": "b", "title": "BNPT", "text": "Boy Rafli Amar bertemu UNOCT", "lang": "id"},
    {"id": "a", "title": "Banjir di Demak", "text": ""},
]


def _run(
    folder: Path, subscriptions: list[object], articles: list[object], stdin: str | None = None
) -> Result:
    for name, lines in (("s", subscriptions), ("a", articles)):
        text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    given = "-" if stdin is not None else str(folder / "a.jsonl")
    arguments = ["--subscriptions", str(folder / "s.jsonl"), "--articles", given]
    return CliRunner().invoke(match, arguments, input=stdin, standalone_mode=False)


def _pairs(result: Result) -> list[tuple[str, str]]:
    return [
        (line["article"], line["subscription"])
        for line in map(json.loads, result.stdout.splitlines())
    ]


def test_articles_in_their_order_then_subscriptions_in_theirs(tmp_path: Path) -> None:
    subscriptions: list[object] = [
        {"id": "z", "query": '"Boy Rafli Amar" AND UNOCT'},
        {"id": "y", "query": "title: banjir or title: bnpt", "language": "kql"},
        {"id": "z", "query": "lang:id"},
    ]
    result = _run(tmp_path, subscriptions, list(ARTICLES))
    assert _pairs(result) == [("b", "z"), ("b", "y"), ("b", "z"), ("a", "y")]
    assert result.stdout_bytes.endswith(b'{"article": "a", "subscription": "y"}\n')
    assert (result.return_value, result.stderr) == (0, "")


def test_an_unknown_member_is_named_once_and_those_of_an_export_are_not(tmp_path: Path) -> None:
    exported = {"id": "a", "query": "banjir", "name": "Banjir", "to": [], "paused": False}
    mistyped = [{"id": one, "query": "banjir", "langauge": "kql"} for one in "bc"]
    result = _run(tmp_path, [exported, *mistyped], list(ARTICLES))
    assert _pairs(result) == [("a", "a"), ("a", "b"), ("a", "c")]
    (line,) = result.stderr.splitlines()
    assert "line 2: langauge: no such member; ignored, here and in later lines" in line
    assert result.return_value == 0


def test_a_bad_query_is_told_as_json_and_changes_nothing_else(tmp_path: Path) -> None:
    result = _run(
        tmp_path,
        [{"id": "bäd", "query": "(banjir"}, {"id": "ok", "query": "banjir"}],
        list(ARTICLES),
    )
    assert _pairs(result) == [("a", "ok")]
    assert result.return_value == 0
    (line,) = result.stderr.splitlines()
    assert line.isascii()
    report = json.loads(line)
    assert (report["id"], report["position"], report["suggestion"]) == ("bäd", 7, "(banjir)")
    assert set(report) == {"id", "position", "expected", "suggestion"}


def test_lines_that_cannot_be_read_are_told_and_the_others_go_on(tmp_path: Path) -> None:
    subscriptions: list[object] = [
        "{no json}\n",
        {"id": "x"},
        {"query": "banjir"},
        {"id": "x", "query": "banjir", "language": "sql"},
        {"id": "x", "query": "banjir", "time_zone": "Mars/Base"},
        {"id": "ok", "query": "banjir"},
    ]
    result = _run(tmp_path, subscriptions, [*ARTICLES, "nothing\n"])
    assert _pairs(result) == [("a", "ok")]
    assert result.return_value == 1
    assert [
        word for word in ("query", "id:", "language", "time_zone") if word not in result.stderr
    ] == []
    assert len(result.stderr.splitlines()) == 6


def test_articles_from_standard_input(tmp_path: Path) -> None:
    result = _run(
        tmp_path, [{"id": "s", "query": "banjir"}], [], stdin=json.dumps(ARTICLES[1]) + "\n"
    )
    assert _pairs(result) == [("a", "s")]


def test_both_from_standard_input_is_wrong_usage() -> None:
    result = CliRunner().invoke(match, ["--subscriptions", "-", "--articles", "-"], input="")
    assert result.exit_code == 2
    assert "standard input" in result.stderr
