"""The second teacher: the linear-chain conditional random field of `training.crf`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pycrfsuite

from pantau.enricher.ner.trained.features import Book
from training.crf import Reader, Sample, train
from training.lessons import domain
from training.silver import LABELS, Floats
from training.spellings import varied

NOWHERE: Final = ""
"""The corpus of a sentence without one."""


def samples(root: Path, names: Iterable[str]) -> list[Sample]:
    """Load corpora; sentences keep their corpus, so that its peculiarities stay its own."""
    return [Sample(sentence, domain(name)) for name in names for sentence in varied(root, name)]


def learn(root: Path, names: Sequence[str], book: Book, path: Path) -> None:
    """Train on corpora; the file is written atomically."""
    scratch = path.with_name(path.name + ".part")
    train(samples(root, names), book, scratch)
    scratch.replace(path)


class CrfTeacher:
    """A trained field. Raises OSError if its file is not there."""

    def __init__(self, path: Path, names: Iterable[str], book: Book) -> None:
        self._reader = Reader(book)
        self._domains = sorted({domain(name) for name in names})
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def predict(self, tokens: Sequence[str]) -> Floats:
        """Return the marginal probabilities of each token's labels, averaged over all corpora."""
        share = dict.fromkeys((f"D={name}" for name in self._domains), 1 / len(self._domains))
        rows = self._reader.read(tokens, NOWHERE)
        self._tagger.set(pycrfsuite.ItemSequence([{**Counter(row), **share} for row in rows]))
        known = set(self._tagger.labels())
        marginal = self._tagger.marginal
        found = [
            [marginal(label, at) if label in known else 0.0 for label in LABELS]
            for at in range(len(tokens))
        ]
        return np.array(found, np.float32)
