"""The field's probabilities: those of all ways to label a sentence, added up."""

import itertools
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.unit.training.corpus_files import write_corpora
from training.crf import Reader
from training.crf_teacher import CrfTeacher, learn
from training.silver import LABELS

BOOK = {"bogor": ("g=L",), "siti": ("n=id",), "hujan": ("w=rain",)}
NAMES = ("idner", "nergrit", "idner-dev")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpora")
    write_corpora(root)
    learn(root, NAMES, BOOK, root / "crf")
    return root / "crf"


def brute_force(teacher: CrfTeacher, tokens: list[str]) -> np.ndarray:
    learnt = teacher._tagger.info()
    known = teacher._tagger.labels()
    rows = [Counter(row) for row in Reader(BOOK).read(tokens, "")]
    for row in rows:
        row.update({"D=idner": 0.5, "D=nergrit": 0.5})
    worth = [
        {
            label: sum(n * learnt.state_features.get((name, label), 0.0) for name, n in row.items())
            for label in known
        }
        for row in rows
    ]
    total = np.zeros((len(tokens), len(LABELS)))
    for path in itertools.product(known, repeat=len(tokens)):
        score = sum(row[label] for row, label in zip(worth, path, strict=True))
        score += sum(learnt.transitions.get(pair, 0.0) for pair in itertools.pairwise(path))
        for at, label in enumerate(path):
            total[at, LABELS.index(label)] += math.exp(score)
    divided: np.ndarray = total / total.sum(axis=1, keepdims=True)
    return divided


@pytest.mark.parametrize("text", ["Menurut Siti Wati di Bogor", "hujan-hujan Bogor", "Bogor"])
def test_probabilities_are_those_of_all_paths(path: Path, text: str) -> None:
    teacher = CrfTeacher(path, NAMES, BOOK)
    found = teacher.predict(text.split())
    assert found.dtype == np.float32
    assert found == pytest.approx(brute_force(teacher, text.split()), abs=1e-4)
    assert found.sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_it_has_learnt_names(path: Path) -> None:
    found = CrfTeacher(path, NAMES, BOOK).predict(
        ["Menurut", "Siti", "Aminah", ",", "banjir", "di", "Garut", "surut", "."]
    )
    best = [LABELS[number] for number in found.argmax(axis=1)]
    assert best == ["O", "B-PER", "I-PER", "O", "O", "O", "B-LOC", "O", "O"]
