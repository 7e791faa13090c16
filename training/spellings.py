"""The same sentences otherwise written.

In capitals, with Capitals, several in a row as in an article; fewer tweets.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from training.corpora import CORPORA, Sentence, load

Item = TypeVar("Item")

UPPER: Final = 0.08
TITLE: Final = 0.02
NAMELESS: Final = 0.3
ROWS: Final = (1, 1, 2, 3, 4)
"""Sentences in a row, so that an article need not be cut into sentences."""


def thinned(sentences: Iterable[Sentence], corpus: str) -> list[Sentence]:
    """Leave out most sentences without a name from a corpus of tweets, of which news has far fewer."""
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
    """Cut a list into one to four at a time, by chance."""
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    at = 0
    while at < len(items):
        row = items[at : at + chance.choice(ROWS)]
        at += len(row)
        yield row


def joined(sentences: Sequence[Sentence], seed: str) -> list[Sentence]:
    """Put one to four sentences in a row."""
    return [sum(row[1:], start=row[0]) for row in rows(sentences, seed)]


def varied(root: Path, corpus: str) -> list[Sentence]:
    """Read a corpus below `root` with everything above done to it.

    Raises OSError if it is not there.
    """
    return joined(augmented(thinned(load(root, corpus), corpus), corpus), corpus)


def _title(token: str) -> str:
    return token[0].upper() + token[1:]
