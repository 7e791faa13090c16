"""Which features of words the network knows, and the features of each word as numbers."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.features import Book, word_features
from pantau.enricher.tokens import BREAK

Numbers = NDArray[np.int64]

LEAST_WORDS: Final = 3
"""Different words that a feature must have to be known: what fewer have says nothing of words never seen."""
LEAST_TOKENS: Final = 8
"""Times that a word must occur to have a feature of its own."""
WORD: Final = "l="
"""How the feature of a single word, in lower case, begins."""
_LEFT_OUT: Final = "w="
_BREAK_ROW: Final = 0


class Vocabulary:
    """The features that count, and each word as rows of a table of features; row 0 is of nothing.

    Word 0 is the end of a sentence.
    """

    def __init__(self, counts: Mapping[str, int], book: Book) -> None:
        self._book = book
        words: Counter[str] = Counter()
        lows: Counter[str] = Counter()
        for word, count in counts.items():
            found = set(word_features(word, book))
            words.update(name for name in found if not name.startswith((WORD, _LEFT_OUT)))
            lows.update({name: count for name in found if name.startswith(WORD)})
        kept = [name for name, count in words.items() if count >= LEAST_WORDS]
        kept += [name for name, count in lows.items() if count >= LEAST_TOKENS]
        self.names: Final = tuple(sorted({*kept, *word_features(BREAK, book)}))
        self._row: Final = {name: row for row, name in enumerate(self.names, 1)}
        self._numbers: dict[str, int] = {}
        self.rows: Final[list[Numbers]] = []
        self.number(BREAK)

    def number(self, word: str) -> int:
        """Give a word's number, its place in `rows`."""
        found = self._numbers.get(word)
        if found is None:
            row = self._row
            names = word_features(word, self._book)
            known = [row[name] for name in names if name in row]
            found = self._numbers[word] = len(self.rows)
            self.rows.append(np.array(known or [_BREAK_ROW], np.int64))
        return found
