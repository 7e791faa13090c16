"""The conditional random field: sentences as features for python-crfsuite, and its training."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pycrfsuite

from pantau.enricher.ner.trained.features import BOUNDARY, Book, word_features
from training.corpora import Sentence

SETTINGS: Final = {
    "c1": 0.1,
    "c2": 0.3,
    "max_iterations": 100,
    "feature.possible_transitions": True,
}
NEIGHBOURS: Final = {-2: "a", -1: "b", 0: "0", 1: "c", 2: "d"}
"""The letter before a feature of the word at that distance."""
_LEFT_OUT: Final = {0: frozenset(), 1: frozenset("aS"), 2: frozenset("awzZS")}
"""Kinds of features that are ignored at a distance: too rare there to be learnt."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and its corpus."""

    sentence: Sentence
    corpus: str


class Reader:
    """Converts sentences to features; every word is computed once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, dict[int, list[str]]] = {}

    def read(self, tokens: Sequence[str], corpus: str) -> list[list[str]]:
        """Return the features of each token."""
        words = [self._word(token) for token in tokens]
        forms = [BOUNDARY, *(word[0][0][3:] for word in words), BOUNDARY]
        found: list[list[str]] = []
        for index in range(len(words)):
            features = ["D=" + corpus]
            for offset, letter in NEIGHBOURS.items():
                at = index + offset
                features += words[at][offset] if 0 <= at < len(words) else [letter + BOUNDARY]
            left, own, right = forms[index : index + 3]
            features += (f"<{left}|{own}", f">{own}|{right}", f"^{left}|{own}|{right}")
            found.append(features)
        return found

    def _word(self, token: str) -> dict[int, list[str]]:
        kept = self._known.get(token)
        if kept is None:
            names = word_features(token, self._book)
            kept = self._known[token] = {
                offset: [letter + name for name in names if name[0] not in _LEFT_OUT[abs(offset)]]
                for offset, letter in NEIGHBOURS.items()
            }
        return kept


def train(samples: Sequence[Sample], book: Book, path: Path) -> None:
    """Train on the samples; `path` becomes CRFsuite's file."""
    trainer = pycrfsuite.Trainer(verbose=False)
    reader = Reader(book)
    for sample in samples:
        trainer.append(reader.read(sample.sentence.tokens, sample.corpus), sample.sentence.tags)
    trainer.set_params(SETTINGS)
    trainer.train(str(path))
