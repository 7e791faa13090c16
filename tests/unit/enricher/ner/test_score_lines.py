"""Sides of results and tables: whole lines alone, teams and no towns, countries stay places."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.score_lines import with_sides
from pantau.enricher.ner.engine import Mention

TYPES = {"organization": "O", "place": "L", "person": "P"}


def found(text: str, *mentions: Mention, lang: str = "en") -> dict[str, str]:
    """Return the names of a text and their types, by their first letters."""
    sides = with_sides(text, lang, list(mentions), load_gazetteer())
    return {text[one.start : one.end]: TYPES[one.type] for one in sides}


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ("Leeds 2 Norwich 1", {"Leeds": "O", "Norwich": "O"}),
        ("Denver 95 Boston 90 (OT)", {"Denver": "O", "Boston": "O"}),
        (
            "1. Utrecht 2 ( Bakker 10 , 60 ) Breda 0",
            {"Utrecht": "O", "Bakker": "P", "Breda": "O"},
        ),
        ("Persiba Balikpapan 2-1 PSIS Semarang", {"Persiba Balikpapan": "O", "PSIS Semarang": "O"}),
        ("Boca Utara 2 Racing Club 1", {"Boca Utara": "O", "Racing Club": "O"}),
        ("- Persiba vs PSIS", {"Persiba": "O", "PSIS": "O"}),
        ("Denver v Dallas", {"Denver": "O", "Dallas": "O"}),
        ("DENVER AT DALLAS", {"DENVER": "O", "DALLAS": "O"}),
        ("DENVER 33 24 .579 -", {"DENVER": "O"}),
        ("3. Denver 64 51 .557 3 1/2", {"Denver": "O"}),
        ("Norway 2 Sweden 0", {"Norway": "L", "Sweden": "L"}),
        ("Indonesia 12 3 5 20", {"Indonesia": "L"}),
        ("J. Doe 12 13 14", {"J. Doe": "P"}),
        ("2. Jane Doe ( Norway ) 1:34.2", {"Jane Doe": "P"}),
        ("Jane Doe ( Norway ) 11.02 seconds", {"Jane Doe": "P"}),
        (
            "Friday: Denver 3 ( Olsen 12 , Hansen 45 ) Dallas 0 . Attendance 3,200",
            {"Denver": "O", "Olsen": "P", "Hansen": "P", "Dallas": "O"},
        ),
        ("Denver 3 Dallas 2. The crowd left early.", {"Denver": "O", "Dallas": "O"}),
        ("Pencetak gol: Sutarno 12, Joko Widada 80", {"Sutarno": "P", "Joko Widada": "P"}),
        ("Goals: Norway 2, Sweden 3", {}),
        ("J. Doe c Roe b Poe 12", {"J. Doe": "P", "Roe": "P", "Poe": "P"}),
        ("J. Doe not out 34", {"J. Doe": "P"}),
        ("Oslo , Norway 1996-12-06", {"Oslo": "L", "Norway": "L"}),
        ("UPDATED 2026-12-06", {}),
        ("Updated 2026-12-06", {}),
        ("Pasal 27 Ayat 3", {}),
        ("Oats    893.0    920.1", {}),
        ("2. Doe University ( Norway ) 98.3", {}),
        ("May 12 June 13", {}),
        ("Total 12 13 14", {}),
        ("FIRE AT WAREHOUSE", {}),
        ("He went to Denver 3 times and to Dallas 2", {}),
        ("Denver 3 Dallas 2 was the score of the day", {}),
    ],
)
def test_sides_are_read_from_whole_lines(line: str, sides: dict[str, str]) -> None:
    assert found(line) == sides
    assert found(f"A first line.\n{line}\nA last line.") == sides


def test_side_replaces_what_the_engine_saw_across_it() -> None:
    text = "Denver 95 Boston 90"
    assert found(text, Mention(0, 16, "organization")) == {"Denver": "O", "Boston": "O"}


def test_person_in_a_table_stays_one() -> None:
    assert found("Jane Doe 70 68 66", Mention(0, 8, "person")) == {"Jane Doe": "P"}


def test_what_a_line_does_not_touch_stays() -> None:
    text = "Denver lost.\nDenver 95 Boston 90"
    assert with_sides(text, "en", [Mention(0, 6, "place")], load_gazetteer())[0].type == "place"


@given(st.text("Ab1 .-(\n)–v:é", max_size=200))
def test_sides_lie_in_the_text_apart(text: str) -> None:
    sides = with_sides(text, "id", [], load_gazetteer())
    assert all(0 <= one.start < one.end <= len(text) for one in sides)
    assert all(one.end <= two.start for one, two in pairwise(sides))
