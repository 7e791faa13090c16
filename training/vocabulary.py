"""The features of words that the network knows, and the features of each word as numbers."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.ner.trained.features import Book, word_features
from pantau.enricher.ner.trained.tokens import BREAK

Numbers = NDArray[np.int64]

LEAST_WORDS: Final = 3
"""Minimum number of different words with a feature.

Rarer ones carry no information about unseen words. So a word has a feature of its own only if it
occurred in three spellings; giving one to every frequent word made the model worse on text of other
kinds than its training news.
"""
_BREAK_ROW: Final = 0


class Vocabulary:
    """The known features, and each word as rows of a table of features; row 0 is empty.

    Word 0 is the end of a sentence.
    """

    def __init__(self, words: Iterable[str], book: Book) -> None:
        self._book = book
        counts: Counter[str] = Counter()
        for word in words:
            counts.update(set(word_features(word, book)))
        kept = [name for name, count in counts.items() if count >= LEAST_WORDS]
        self.names: Final = tuple(sorted({*kept, *word_features(BREAK, book)}))
        self._row: Final = {name: row for row, name in enumerate(self.names, 1)}
        self._numbers: dict[str, int] = {}
        self.rows: Final[list[Numbers]] = []
        self.number(BREAK)

    def number(self, word: str) -> int:
        """Return a word's number, its index in `rows`."""
        found = self._numbers.get(word)
        if found is None:
            row = self._row
            names = word_features(word, self._book)
            known = [row[name] for name in names if name in row]
            found = self._numbers[word] = len(self.rows)
            self.rows.append(np.array(known or [_BREAK_ROW], np.int64))
        return found
