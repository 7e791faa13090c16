"""Marks of words: what corrections look for is found by them, however a text is read."""

from importlib.resources import as_file, files
from itertools import count

import pytest

from pantau.enricher.budget import Budget
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.cues import cue_marks
from pantau.enricher.ner.corrections.postprocess import Mender
from pantau.enricher.ner.marks import FIRST_CUE, KNOWN_NAME, PUBLIC_PERSON, tokens_with
from pantau.enricher.ner.rules.engine import RuleEngine
from pantau.enricher.ner.trained.convolutional import MODEL
from pantau.enricher.ner.trained.features import LONGEST
from pantau.enricher.ner.trained.network import BLOCK, MOST_ROWS, Network
from pantau.enricher.ner.trained.tokens import BREAK

MENDER = Mender(load_gazetteer(), RuleEngine(load_gazetteer()))
SENTENCE = ["Gubernur", "Jawa", "bertemu", "Prabowo", "di", "Rumah", BREAK, "Xyzzy", "."]


@pytest.fixture(scope="module")
def network() -> Network:
    with as_file(files("pantau.enricher").joinpath("data", MODEL)) as path:
        return Network.load(path).apart(MENDER.mark)


def test_a_word_has_the_marks_of_what_it_begins() -> None:
    assert MENDER.mark("Jawa") & KNOWN_NAME
    assert not MENDER.mark("jawa") & KNOWN_NAME
    assert MENDER.mark("Prabowo") & PUBLIC_PERSON
    assert MENDER.mark("di") >> FIRST_CUE
    assert MENDER.mark("Xyzzy") == MENDER.mark(BREAK) == 0


def test_no_marked_word_is_longer_than_what_a_network_keeps_of_one() -> None:
    assert max(map(len, cue_marks())) <= LONGEST
    assert max(map(len, load_gazetteer().lengths)) <= LONGEST


def test_a_network_returns_the_marks_of_all_words(network: Network) -> None:
    tokens = SENTENCE * (BLOCK // len(SENTENCE) + 2)
    expected = [MENDER.mark(token) for token in tokens]
    assert network.read(SENTENCE).marks.tolist() == expected[: len(SENTENCE)]
    assert network.read(tokens).marks.tolist() == expected


def test_marks_stay_when_rows_were_dropped(network: Network) -> None:
    expected = network.read(SENTENCE).marks.tolist()
    for start in (0, 1):
        network.read([f"Kata{start}{number}" for number in range(MOST_ROWS - 100)])
    assert network.read(SENTENCE).marks.tolist() == expected


def test_what_the_time_does_not_suffice_for_has_no_marks(network: Network) -> None:
    clock = count()
    budget = Budget(0.5, lambda: float(next(clock)))
    scores, marks = network.read(SENTENCE * BLOCK, budget)
    assert len(scores) == len(marks) < len(SENTENCE * BLOCK)


def test_tokens_are_found_by_one_of_their_marks() -> None:
    assert tokens_with([(3, 1), (5, 2), (8, 3)], PUBLIC_PERSON) == [5, 8]
