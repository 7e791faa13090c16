"""Sentences of news, two teachers' opinions as one, and the file that keeps them."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.ner.trained.tokens import tokenize
from training.silver import (
    LABELS,
    LEAST,
    MOST,
    Silver,
    geometric_mean,
    read_silver,
    sentences,
    write_silver,
)

NEWS = (
    "Banjir melanda Semarang pada hari Senin kemarin siang. Warga mengungsi ke balai desa.\nKata "
    "Budi S."
)


def test_a_long_sentence_ends_at_its_full_stop_and_a_line_at_its_end() -> None:
    assert [" ".join(sentence) for sentence in sentences(NEWS)] == [
        "Banjir melanda Semarang pada hari Senin kemarin siang .",
        "Warga mengungsi ke balai desa .",
        "Kata Budi S .",
    ]


def test_an_early_full_stop_may_be_an_initials_and_ends_nothing() -> None:
    text = "Kata Presiden Budi S. Warga mengungsi ke desa"
    assert [" ".join(one) for one in sentences(text)] == [
        "Kata Presiden Budi S . Warga mengungsi ke desa"
    ]


@given(st.text("Aa1. ?\n,", max_size=400))
def test_only_short_pieces_are_lost_and_none_is_long(text: str) -> None:
    found = list(sentences(text))
    tokens = [token for token in tokenize(text)[0] if token != "\n"]
    assert all(LEAST <= len(sentence) <= MOST for sentence in found)
    rest = iter(tokens)
    assert all(
        any(token == other for other in rest) for token in itertools.chain.from_iterable(found)
    )


def test_a_text_without_ends_is_cut_and_nothing_lost() -> None:
    found = list(sentences("kata " * 200))
    assert [len(sentence) for sentence in found] == [MOST, MOST, 40]


def rows(*lists: list[float]) -> np.ndarray:
    return np.array(lists, np.float32)


def test_the_geometric_mean_asks_both_teachers() -> None:
    sure, unsure = rows([0.9, 0.1, 0.0]), rows([0.4, 0.4, 0.2])
    joined = geometric_mean(sure, unsure)
    assert joined.sum() == pytest.approx(1.0, abs=1e-6)
    assert joined[0, 0] / joined[0, 1] == pytest.approx(3.0, rel=1e-3)  # the root of 9 times 1
    assert joined[0, 2] < 0.01
    assert geometric_mean(sure, unsure, 1.0) == pytest.approx(sure, abs=1e-4)
    assert geometric_mean(sure, unsure, 0.0) == pytest.approx(unsure, abs=1e-4)


def some(chance: np.random.Generator, *tokens: str) -> np.ndarray:
    raw = chance.random((len(tokens), len(LABELS))).astype(np.float32)
    divided: np.ndarray = raw / raw.sum(axis=1, keepdims=True)
    return divided


def silver() -> Silver:
    chance = np.random.default_rng(2)
    found = [
        ["Banjir", "di", "Semarang", "."],
        ["Kata", "😀", "\ud800", "naïf", "!"],
        ["Floods", "hit", "x", "y"],
    ]
    return Silver(found, ["id", "id", "en"], [some(chance, *tokens) for tokens in found])


def test_silver_is_read_as_it_was_written(tmp_path: Path) -> None:
    whole = silver()
    write_silver(tmp_path / "a.npz", whole)
    write_silver(tmp_path / "empty.npz", Silver([], [], []))
    read = read_silver(tmp_path / "a.npz", tmp_path / "empty.npz", tmp_path / "a.npz")
    assert read.sentences == whole.sentences * 2
    assert read.langs == whole.langs * 2
    for one, other in zip(read.probabilities, whole.probabilities * 2, strict=True):
        assert one.dtype == np.float32
        assert one == pytest.approx(other, abs=1e-3)


def test_the_same_silver_is_the_same_file(tmp_path: Path) -> None:
    write_silver(tmp_path / "a.npz", silver())
    write_silver(tmp_path / "b.npz", silver())
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_arrays_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    whole = silver()
    whole.probabilities[1] = whole.probabilities[1][:-1]
    write_silver(tmp_path / "a.npz", whole)
    with pytest.raises(ValueError, match=r"a\.npz: 13 tokens, 12 rows"):
        read_silver(tmp_path / "a.npz")
