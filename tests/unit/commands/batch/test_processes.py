"""The batch commands as programs: standard streams, locales, exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

PANTAU = [sys.executable, "-m", "pantau.cli"]
FEED = (
    b"<rss version='2.0'><channel><item><title>Caf\xc3\xa9 \xe2\x80\x94 "
    b"\xf0\x9f\x98\x80</title></item></channel></rss>"
)
ARTICLES: list[Any] = [
    {"id": "é\n", "title": "Café 😀 BNPT", "text": "Ketua KPK Bambang Wirawan tiba di Bali.\u2028"},
    {"id": "\ud800", "title": None, "text": "banjir \udfff di Demak", "topic": "é"},
    [],
    {"id": "3", "title": "Banjir", "published": "kemarin"},
]
SUBSCRIPTIONS: list[Any] = [
    {"id": "s\ud800é", "query": "banjir OR café"},
    {"id": "bad é", "query": "(banjir"},
    {"id": 7, "query": "banjir"},
    {"id": "kql", "query": "text: *", "language": "kql"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, values in (("a.jsonl", ARTICLES), ("s.jsonl", SUBSCRIPTIONS)):
        (tmp_path / name).write_text("".join(json.dumps(one) + "\n" for one in values), "ascii")
    (tmp_path / "kabar é.xml").write_bytes(FEED)
    (tmp_path / "none.jsonl").write_bytes(b"")
    (tmp_path / "one.jsonl").write_bytes(b'{"id": "1", "title": "t", "query": "t"}')
    return tmp_path


COMMANDS = {
    "match": ["match", "--subscriptions", "s.jsonl", "--articles", "a.jsonl"],
    "enrich": ["enrich", "--articles", "a.jsonl"],
    "parse": ["feeds", "parse", "kabar é.xml", "none.jsonl"],
}


def _run(
    folder: Path,
    arguments: list[str],
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    known = {"PATH": os.environ.get("PATH", ""), **(environment or {})}
    return subprocess.run(
        [*PANTAU, *arguments],
        cwd=folder,
        input=given,
        env=known,
        capture_output=True,
        check=False,
        timeout=240,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_locale_changes_no_byte_of_the_output(folder: Path, command: str) -> None:
    usual = _run(folder, COMMANDS[command], {"PYTHONUTF8": "1"})
    assert usual.returncode == 1  # each has a line that cannot be read
    assert usual.stdout.isascii()
    assert usual.stdout.endswith(b"\n")
    assert b"\r" not in usual.stdout
    assert [json.loads(line) for line in usual.stdout.split(b"\n")[:-1]]
    for environment in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONHASHSEED": "3"},
    ):
        other = _run(folder, COMMANDS[command], environment)
        assert (other.returncode, other.stdout) == (usual.returncode, usual.stdout)


def test_matches_in_order_and_a_bad_query_as_one_line_of_json(folder: Path) -> None:
    done = _run(folder, COMMANDS["match"])
    assert done.stdout.splitlines() == [
        b'{"article": "\\u00e9\\n", "subscription": "s\\ud800\\u00e9"}',
        b'{"article": "\\u00e9\\n", "subscription": "kql"}',
        b'{"article": "\\ud800", "subscription": "s\\ud800\\u00e9"}',
        b'{"article": "\\ud800", "subscription": "kql"}',
        b'{"article": "3", "subscription": "s\\ud800\\u00e9"}',
    ]
    report, *rest = done.stderr.splitlines()
    assert json.loads(report) == {
        "id": "bad é", "position": 7, "expected": "a ) for the ( at character 1",
        "suggestion": "(banjir)",
    }  # fmt: skip
    assert [line.partition(b":")[0] for line in rest] == [
        b"error",
        b"warning",
        b"error",
        b"warning",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["match", "--subscriptions", "one.jsonl", "--articles", "one.jsonl"], 0),
        (["match", "--subscriptions", "none.jsonl", "--articles", "none.jsonl"], 0),
        (["match", "--subscriptions", "one.jsonl", "--articles", "absent"], 2),
        (["match", "--subscriptions", ".", "--articles", "one.jsonl"], 2),
        (["match", "--subscriptions", "one.jsonl"], 2),
        (["match", "--subscriptions", "-", "--articles", "-"], 2),
        (["enrich", "--articles", "none.jsonl"], 0),
        (["enrich", "--articles", "."], 2),
        (["enrich", "--articles", "one.jsonl", "--articles"], 2),
        (["feeds", "parse", "kabar é.xml", "kabar é.xml"], 0),
        (["feeds", "parse", "kabar é.xml", ".", "absent", "none.jsonl"], 1),
        (["feeds", "parse", "kabar é.xml", "-"], 1),
        (["feeds", "parse"], 2),
        (["feeds", "parse", "--nothing", "kabar é.xml"], 2),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int) -> None:
    done = _run(folder, arguments)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert (done.stderr == b"") == (code == 0) or b"query: no such field" in done.stderr
    assert len(done.stdout.splitlines()) == arguments.count("kabar é.xml") * (code != 2) + (
        code == 0 and arguments[-1] == "one.jsonl"
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("redirection", "code"),
    [(">&-", 1), ("2>&-", 1), ("| true", 0), ("<&-", 1), ("2>&1 | true", 0)],
)
def test_closed_streams_end_without_a_traceback(
    folder: Path, command: str, redirection: str, code: int
) -> None:
    quoted = " ".join(f"'{one}'" for one in [*PANTAU, *COMMANDS[command]])
    done = subprocess.run(
        ["/bin/sh", "-c", f"{quoted} {redirection}"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert b"should not happen" not in done.stderr
    assert done.returncode == code


@pytest.mark.parametrize("command", [["enrich", "--articles", "-"], ["feeds", "parse", "-"]])
def test_standard_input_that_is_closed(folder: Path, command: list[str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", " ".join([*PANTAU, *command, "<&-"])],
        cwd=folder, capture_output=True, check=False, timeout=240,
    )  # fmt: skip
    assert b"standard input is closed" in done.stderr
    assert done.returncode in {1, 2}


@pytest.mark.parametrize(
    "command",
    [["match", "--subscriptions", "one.jsonl", "--articles", "-"], ["enrich", "--articles", "-"]],
)
def test_output_comes_before_the_input_ends(folder: Path, command: list[str]) -> None:
    with subprocess.Popen(
        [*PANTAU, *command], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in ("1", "2"):
            process.stdin.write(json.dumps({"id": number, "title": "t"}).encode() + b"\n")
            process.stdin.flush()
            assert b'"%s"' % number.encode() in process.stdout.readline()
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(60) == 0


def test_a_long_line_is_read(folder: Path) -> None:
    article = json.dumps(
        {"id": "x" * 1_000_000, "title": "t", "text": "kata " * 2_000_000}
    ).encode()
    (folder / "asked.jsonl").write_bytes(b'{"id": "1", "query": "t"}')
    done = _run(
        folder,
        ["match", "--subscriptions", "asked.jsonl", "--articles", "-"],
        given=article + b"\n" + article,
    )
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, b"", 2)
