"""Tickers in angle brackets are no names, and no part of one."""

import pytest

from pantau.enricher.ner.corrections.institutions.tickers import without_tickers
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.trained.convolutional import ConvolutionalEngine, load_convolutional
from pantau_schemas.events.article import TEXT_LIMIT
from tests.cost import assert_linear, repeated


@pytest.fixture(scope="module")
def engine() -> ConvolutionalEngine:
    return load_convolutional()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Elbonia Corp <ELB> fell.", ["Elbonia Corp", "ELB"], ["Elbonia Corp"]),
        ("Elbonia Corp <ELB> fell.", ["Elbonia Corp <ELB"], ["Elbonia Corp"]),
        ("Elbonia Plc <ELB.L> fell.", ["Elbonia Plc", "ELB."], ["Elbonia Plc"]),
        ("Elbonia Plc <ELB.L> fell.", ["Elbonia Plc", "ELB"], ["Elbonia Plc"]),
        ("Elbonia Plc <ELB.L> fell.", ["L"], ["L"]),
        ("Elbonia AB <ELBS ST> fell.", ["ELBS ST"], []),
        ("its <Elbonia Chemicals Ltd> unit", ["Elbonia Chemicals Ltd"], ["Elbonia Chemicals Ltd"]),
        ("ELB> fell <", ["ELB"], ["ELB"]),
        ("<ELB", ["ELB"], ["ELB"]),
        ("Elbonia <b", ["Elbonia <b"], ["Elbonia <b"]),
    ],
)
def test_a_ticker_ends_a_name_and_is_none(text: str, before: list[str], after: list[str]) -> None:
    given = [
        Mention(text.index(name), text.index(name) + len(name), "organization") for name in before
    ]
    assert [text[one.start : one.end] for one in without_tickers(text, given)] == after


def test_the_engine_finds_companies_without_their_tickers(engine: ConvolutionalEngine) -> None:
    text = (
        "A judge upheld the claim against a Northern Petroleum Corp <NPC> subsidiary. Chase "
        "Federal Corp <CFB> and Hampton Trust Co <HT.N> fell, as did Grindley Plc <GRY.L>."
    )
    names = [text[one.start : one.end] for one in engine.find(Passage(text, "en"))]
    assert names == [
        "Northern Petroleum Corp",
        "Chase Federal Corp",
        "Hampton Trust Co",
        "Grindley Plc",
    ]


@pytest.mark.parametrize("piece", ["Elbonia Corp <ELB> ", "<ELB", "Elbonia <ELB.L ", "Regent Doe "])
def test_english_texts_take_linear_time(engine: ConvolutionalEngine, piece: str) -> None:
    assert_linear(lambda text: engine.find(Passage(text, "en")), repeated(piece), TEXT_LIMIT // 8)
