"""`--language auto` of the commands, and what is asked before a query is saved."""

import json
from pathlib import Path

import click
import pytest

from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder without a store."""
    return tmp_path / "data"


def test_both_texts_are_shown(pantau: Run) -> None:
    code, out, err = pantau("query", "check", "--language", "auto", "“air laut” w/3 Solo")
    assert (code, out) == (0, "The query can be read.\n")
    assert err.splitlines() == [
        "recognised as the syntax of another search service",
        "  typed:   “air laut” w/3 Solo",
        '  read as: "air laut" NEAR/3 Solo',
    ]


def test_a_query_of_another_text_is_saved_only_when_that_is_confirmed(pantau: Run) -> None:
    asked = ("subscribe", "--language", "auto", "banjir dan Solo", "--json")
    code, out, err = pantau(*asked)
    assert (code, out) == (2, "")
    assert "--yes" in err
    code, out, _ = pantau(*asked, "--yes")
    saved = json.loads(out)
    assert (code, saved["query"], saved["language"]) == (0, "banjir AND Solo", "pantau")


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 130)])
def test_on_a_terminal_doubtful_queries_are_asked_about(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    asked: list[str] = []

    def confirm(text: str, **_: object) -> None:
        asked.append(text)
        if not answer:
            raise click.Abort

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", confirm)
    assert pantau("subscribe", "*")[0] == code
    assert pantau("subscribe", "banjir")[0] == 0
    assert pantau("subscribe", "*", "--yes")[0] == 0
    assert asked == ["Save the query all the same?"]


def test_without_a_terminal_doubtful_queries_are_saved(pantau: Run) -> None:
    assert pantau("subscribe", "lang:ID")[0] == 0
