"""The training data of the teachers.

Which corpora, and for the first teacher which of their sentences, in which capitalisation.
"""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from training import corpora
from training.corpora import Sentence, load

CORPORA: Final = ("idner", "nergrit", "wikigold", "wnut", "btc")
DEVELOPMENT: Final = {"idner-dev": "idner", "nergrit-dev": "nergrit", "ewt-dev": "ewt-dev"}
"""Development sets, used for training only when nothing is measured on them, with their domains."""
SHARE: Final = {"btc": 0.1, "wnut": 0.15}
"""Share of sentences taken from corpora of social media, which differ from news."""
LEAST: Final = 3
"""Minimum number of tokens of a training sentence."""
RESPELT: Final = 0.1
"""Share of sentences that are repeated in another capitalisation."""
UPPER: Final = 0.6
"""Share of these in capitals; the others are Capitalised."""


def names(*, hold_out: bool, lang: str | None = None) -> tuple[str, ...]:
    """Return the corpora to train on, of a language or of both.

    `hold_out` excludes all development sets.
    """
    whole = CORPORA if hold_out else (*CORPORA, *DEVELOPMENT)
    return tuple(name for name in whole if lang in {None, corpora.CORPORA[name].lang})


def domain(name: str) -> str:
    """Return the corpus whose annotation style a corpus has.

    Its own, or that of which it is a part.
    """
    return DEVELOPMENT.get(name, name)


def lessons(root: Path, wanted: Iterable[str]) -> list[tuple[Sentence, str]]:
    """Return the training data of the first teacher.

    Sentences and the domain of each, some repeated in another capitalisation.
    """
    found: list[tuple[Sentence, str]] = []
    for name in wanted:
        chance = random.Random(name)  # noqa: S311 (repeatable, not secret)
        for sentence in load(root, name):
            if len(sentence.tokens) < LEAST or chance.random() >= SHARE.get(name, 1.0):
                continue
            found.append((sentence, domain(name)))
            if chance.random() < RESPELT:
                found.append((_respelt(sentence, upper=chance.random() < UPPER), domain(name)))
    return found


def _respelt(sentence: Sentence, *, upper: bool) -> Sentence:
    respell = str.upper if upper else str.capitalize
    return Sentence(tuple(respell(token) for token in sentence.tokens), sentence.tags)
