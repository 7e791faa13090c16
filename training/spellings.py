"""Augmentation of sentences.

In capitals, Capitalised, several in a row as in an article; fewer tweets.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from training.corpora import CORPORA, Sentence, load
from training.forms import with_forms

Item = TypeVar("Item")

UPPER: Final = 0.08
TITLE: Final = 0.02
NAMELESS: Final = 0.3
ROWS: Final = (1, 1, 2, 3, 4)
"""Sentences in a row, so that an article need not be split into sentences."""


def thinned(sentences: Iterable[Sentence], corpus: str) -> list[Sentence]:
    """Drop most sentences without a name from a corpus of tweets, which are rare in news."""
    if not CORPORA[corpus].social:
        return list(sentences)
    chance = random.Random(corpus)  # noqa: S311 (repeatable, not secret)
    return [one for one in sentences if set(one.tags) != {"O"} or chance.random() < NAMELESS]


def augmented(sentences: Iterable[Sentence], seed: str) -> list[Sentence]:
    """Add copies of some sentences in capitals, and of some with every word capitalised."""
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    found: list[Sentence] = []
    for sentence in sentences:
        found.append(sentence)
        drawn = chance.random()
        if drawn < UPPER:
            found.append(Sentence(tuple(token.upper() for token in sentence.tokens), sentence.tags))
        elif drawn < UPPER + TITLE:
            found.append(Sentence(tuple(map(_title, sentence.tokens)), sentence.tags))
    return found


def rows(items: Sequence[Item], seed: str) -> Iterator[Sequence[Item]]:
    """Yield random runs of one to four items."""
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    at = 0
    while at < len(items):
        row = items[at : at + chance.choice(ROWS)]
        at += len(row)
        yield row


def joined(sentences: Sequence[Sentence], seed: str) -> list[Sentence]:
    """Join one to four sentences each."""
    return [sum(row[1:], start=row[0]) for row in rows(sentences, seed)]


def varied(root: Path, corpus: str, *, forms: bool = False) -> list[Sentence]:
    """Load a corpus below `root` with all augmentations, those of names if `forms` are wanted.

    Raises OSError if it is missing.
    """
    sentences = thinned(load(root, corpus), corpus)
    if forms:
        sentences = with_forms(sentences, corpus)
    return joined(augmented(sentences, corpus), corpus)


def _title(token: str) -> str:
    return token[0].upper() + token[1:]
