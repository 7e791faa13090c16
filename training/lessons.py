"""What the teachers learn from.

Which corpora, and for the first teacher which of their sentences, in which letters.
"""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from training import corpora
from training.corpora import Sentence, load

CORPORA: Final = ("idner", "nergrit", "wikigold", "wnut", "btc")
DEVELOPMENT: Final = {"idner-dev": "idner", "nergrit-dev": "nergrit", "ewt-dev": "ewt-dev"}
"""Development sets, learnt from only when nothing is to be measured on them, and the domain of each.
"""
SHARE: Final = {"btc": 0.1, "wnut": 0.15}
"""Share of sentences taken from corpora of social media, of which news has little."""
LEAST: Final = 3
"""Tokens of a sentence that is learnt from."""
RESPELT: Final = 0.1
"""Share of sentences that are learnt once more in other letters."""
UPPER: Final = 0.6
"""Share of these in capitals; the others are Capitalised."""


def names(*, hold_out: bool, lang: str | None = None) -> tuple[str, ...]:
    """Name the corpora to learn from, of a language or of both.

    `hold_out` leaves out all development sets.
    """
    whole = CORPORA if hold_out else (*CORPORA, *DEVELOPMENT)
    return tuple(name for name in whole if lang in {None, corpora.CORPORA[name].lang})


def domain(name: str) -> str:
    """Return the corpus whose way of labelling a corpus has.

    Its own, or that of which it is a part.
    """
    return DEVELOPMENT.get(name, name)


def lessons(root: Path, wanted: Iterable[str]) -> list[tuple[Sentence, str]]:
    """Read what the first teacher learns.

    Sentences and the domain of each, some once more in other letters.
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
