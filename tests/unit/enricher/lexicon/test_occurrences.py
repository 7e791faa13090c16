"""Where names stand: the same places whether a text is searched or its words are put in order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.lexicon.occurrences import FEW, LONGEST, Occurrences, in_word
from pantau.enricher.linking.names import project
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType
from tests.unit.enricher.hostile import word
from tests.unit.enricher.test_hostile import SLACK, growth

TEXTS = st.lists(
    st.sampled_from(
        ["Siti", "Siti Rahma", "S", "A", " ", " ", ".", "-", "_", "/", "(", "é", "新", "a", "9"]
    ),
    max_size=30,
).map("".join)


def plainly(text: str, name: str) -> list[int]:
    return [
        at
        for at in range(len(text))
        if text.startswith(name, at)
        and not (at and in_word(text[at - 1]))
        and not in_word(text[at + len(name) : at + len(name) + 1])
    ]


@pytest.mark.parametrize("names", [1, FEW + 1])
@given(text=TEXTS, name=TEXTS.filter(bool))
def test_every_whole_word_is_found(names: int, text: str, name: str) -> None:
    assert list(Occurrences(text, names).of(name)) == plainly(text, name)


@pytest.mark.parametrize("names", [1, FEW + 1])
def test_names_longer_than_any_are_told_apart(names: int) -> None:
    long = "Siti " + "a" * (LONGEST - 5)
    text = f"{long} {long[:-1]}b {long}c {long}"
    found = Occurrences(text, names)
    assert list(found.of(long)) == [0, len(text) - LONGEST]
    assert list(found.of(long + " ")) == []


def test_a_name_that_goes_on_beyond_the_text_is_not_found() -> None:
    surfaces: dict[str, EntityType] = {"Badan Uji Coba": "organization", "Badan": "organization"}
    found = project("Kata Badan", [Mention(5, 10, "organization")], surfaces)
    assert found == [Mention(5, 10, "organization")]


def test_the_cost_of_names_grows_with_the_text() -> None:
    chance = random.Random(3)
    all_names = [f"Aa {word(chance, 8)}" for _ in range(20_000)]

    def text(length: int) -> str:
        return " ".join(all_names)[:length]

    def run(text: str) -> None:
        names = {f"Aa {one}": "organization" for one in text.split(" ") if one != "Aa"}
        project(text, [], names)  # type: ignore[arg-type]

    assert growth(text, 12_000, run) < SLACK


def test_the_cost_of_beginnings_of_organisations_grows_with_the_text() -> None:
    def run(text: str) -> None:
        starts = [at for at in range(0, len(text), 12) if text.startswith("PT ", at)]
        mentions = [Mention(at, at + 2, "organization") for at in starts]
        names: dict[str, EntityType] = {text[at : at + 11]: "organization" for at in starts}
        assert len(project(text, mentions, names)) == len(starts)

    chance = random.Random(3)
    whole = " ".join(f"PT {word(chance, 8)}" for _ in range(20_000))
    assert growth(lambda length: whole[: length // 12 * 12 - 1], 12_000, run) < SLACK
