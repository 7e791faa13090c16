"""`--language auto` of the commands, and what is asked before a query is saved."""

import json
from pathlib import Path

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


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 2)])
def test_on_a_terminal_doubtful_queries_are_asked_about(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        return "y" if answer else ""

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert pantau("subscribe", "*")[0] == code
    assert pantau("subscribe", "banjir")[0] == 0
    assert pantau("subscribe", "*", "--yes")[0] == 0
    assert asked == ["Go on all the same? [y/N]"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("*", "every article matches this query"),
        ("banjir OR title:*", "every article matches this query"),
        ("NOT *", "no article can match this query"),
        ("site:kompas.com", "there is no field site"),
        ("pengarang:Siti", "there is no field pengarang"),
        ("lang:ID", "no article has lang ID; write id"),
        ("lang:klingon", "no article has lang klingon"),
    ],
)
def test_without_a_terminal_doubtful_queries_are_refused_after_they_were_shown(
    pantau: Run, query: str, told: str
) -> None:
    code, out, err = pantau("subscribe", query)
    assert (code, out.startswith("It means: ")) == (2, True)
    assert told in err
    assert "add --yes to save it all the same" in err
    assert pantau("subscriptions", "list", "--json")[1] == ""
    assert pantau("subscribe", query, "--yes")[0] == 0
