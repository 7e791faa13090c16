"""`pantau enrich` as others call it: a process, its standard streams, its exit code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LINES: list[dict[str, Any]] = [
    {
        "id": "1",
        "title": "KPK Tahan Dua Orang",
        "text": "Ketua KPK Bambang Wirawan tiba di Bali.",
        "topic": 7,
    },
    {
        "id": "2",
        "title": "Rates unchanged",
        "text": "The bank kept rates as they were.",
        "lang": "xx",
    },
    {"id": "3"},
]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pantau.cli", "enrich", *arguments]
    environment = {"LC_ALL": "C", "PATH": ""}
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=240, env=environment
    )


def encode(*objects: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in objects)


@pytest.fixture(scope="module")
def result() -> subprocess.CompletedProcess[bytes]:
    return run("--articles", "-", stdin=encode(*LINES))


def test_one_line_a_line_with_all_that_was_given(
    result: subprocess.CompletedProcess[bytes],
) -> None:
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0
    assert [
        {name: one[name] for name in given} for one, given in zip(out, LINES, strict=True)
    ] == LINES


def test_what_is_added(result: subprocess.CompletedProcess[bytes]) -> None:
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["lang"], second["lang"], third["lang"]) == ("id", "xx", "und")
    assert first["people"] == ["Bambang Wirawan"]
    assert (first["organizations"][0], first["places"][0]) == ("KPK", "Bali")
    assert first["entity_ids"] == ["org:kpk", "id:51"]
    kpk = next(one for one in first["entities"] if one["name"] == "KPK")
    assert kpk["mentions"] == [
        {"field": "title", "start": 0, "end": 3},
        {"field": "text", "start": 6, "end": 9},
    ]
    assert (kpk["type"], kpk["surfaces"], kpk["prominence"]) == ("organization", ["KPK"], "title")
    assert (first["roles"], first["quotes"], first["dates"], first["boilerplate"]) == (
        ["Ketua KPK"],
        [],
        [],
        [],
    )
    assert first["fingerprint"]
    assert first["enricher_version"]
    assert (third["people"], third["entities"]) == ([], [])


def test_the_output_is_ascii_with_plain_line_ends(
    result: subprocess.CompletedProcess[bytes],
) -> None:
    assert result.stdout.isascii()
    assert b"\r" not in result.stdout
    assert b"topic" in result.stderr


def test_offsets_are_code_points() -> None:
    text = "\U0001f600 Ketua KPK Bambang Wirawan tiba."
    out = json.loads(run("--articles", "-", stdin=encode({"id": "1", "text": text})).stdout)
    spans = {text[m["start"] : m["end"]] for one in out["entities"] for m in one["mentions"]}
    assert spans == {"KPK", "Bambang Wirawan"}


def test_days_and_who_says_what() -> None:
    text = (
        '"Kami siap menunggu hasilnya," kata Ketua KPK Bambang Wirawan kemarin, dua hari setelah '
        "9 Mei 2022."
    )
    lines = encode(
        {"id": "1", "text": text}, {"id": "2", "text": text, "published": "2022-05-12T03:00:00Z"}
    )
    bare, dated = (
        json.loads(line) for line in run("--articles", "-", stdin=lines).stdout.splitlines()
    )
    assert bare["quotes"] == ["Kami siap menunggu hasilnya,"]
    assert bare["quotations"] == [
        {"field": "text", "start": 1, "end": 29, "speaker": "Bambang Wirawan", "kind": "direct"}
    ]
    assert [(text[one["start"] : one["end"]], one["first"]) for one in bare["dates"]] == [
        ("9 Mei 2022", "2022-05-09")
    ]
    assert [(text[one["start"] : one["end"]], one["last"]) for one in dated["dates"]] == [
        ("kemarin", "2022-05-11"),
        ("9 Mei 2022", "2022-05-09"),
    ]


def test_what_it_writes_is_read_again_without_a_warning(tmp_path: Path) -> None:
    enriched = run(
        "--articles", "-", stdin=encode({"id": "1", "text": "Ketua KPK Bambang Wirawan tiba."})
    )
    (tmp_path / "subscriptions.jsonl").write_bytes(encode({"id": "s", "query": "roles:ketua"}))
    (tmp_path / "articles.jsonl").write_bytes(enriched.stdout)
    files = ("--subscriptions", "subscriptions.jsonl", "--articles", "articles.jsonl")
    matched = subprocess.run(
        [sys.executable, "-m", "pantau.cli", "match", *files],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert (matched.stderr, json.loads(matched.stdout)) == (
        b"",
        {"article": "1", "subscription": "s"},
    )


def test_a_broken_line_is_reported_and_the_rest_is_done(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"{broken\n" + encode({"id": "1", "title": "Harga naik"}))
    result = run("--articles", str(path))
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert b"line 1" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--articles", "/nowhere/at/all"), ("--articles", "-", "--engine", "magic")]
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Traceback" not in result.stderr


def test_names_of_ones_own(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,type,id\nRumah Uji,organization,acme:1\nSalah,orang,\n", "utf-8")
    line = encode({"id": "1", "text": "Warga melihat Rumah Uji."})
    result = run("--articles", "-", "--dictionary", str(names), stdin=line)
    (entity,) = json.loads(result.stdout)["entities"]
    assert (result.returncode, entity["id"]) == (0, "acme:1")
    expected = (
        b"warning: dictionary names.csv, line 3, type: expected one of person, organization, place"
    )
    assert result.stderr.startswith(expected)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--engine", "magic"), "no engine 'magic'; there is: convolutional, rules, spacy"),
        (("--engine", "spacy"), "enrich.spacy.model"),
        (("--dictionary", "nowhere.csv"), "does not exist"),
    ],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], said: str) -> None:
    result = run("--articles", "-", *arguments, stdin=encode({"id": "1"}))
    assert result.returncode == 2
    assert said in result.stderr.decode()
