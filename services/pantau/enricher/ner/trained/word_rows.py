"""Sums of the features of words, with one look-up for those that come together.

A word that begins with `Jaka` begins with `Jak` and `Ja`, too, and one of a shape and a length has
the shape. So the row of the longest such feature holds the sum of all that it implies, and a word
of a dozen features needs half as many rows. The sums are those of the single features, whole
numbers (`pantau.enricher.ner.trained.features`, which says what each feature is).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.ner.trained.features import BOUNDARY, LONGEST, LONGEST_PIECE, Book, shape
from pantau.enricher.ner.trained.tokens import BREAK

_KINDS: Final = frozenset(("s=", "w=", "l=", "a=", "z=", "S=", "Z=", "u="))
"""Beginnings of the names of features that a word has by its letters."""
_MOST_ROWS: Final = 7
"""Rows of a word besides those of its entry in the book."""
_MOST_LETTERS: Final = 8
"""The greatest number of letters that a feature has; longer words have it, too."""


class WordRows:
    """Sums up the rows of the features of words.

    `names` are the model's features, `letters` a row of small whole numbers for each, and a last
    one of zeros.
    """

    def __init__(self, names: Sequence[str], letters: NDArray[np.generic], book: Book) -> None:
        self._book = book
        self._nothing = len(letters) - 1
        self._table = letters.astype(np.int16)  # far above any sum of one word's features
        self._largest = int(np.abs(self._table).max())
        kinds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for row, name in enumerate(names):
            kinds[name[:2]][name[2:]] = row
        self._shapes, self._words, self._lowers = kinds["s="], kinds["w="], kinds["l="]
        self._beginnings, self._ends = kinds["a="], kinds["z="]
        self._lengths, self._shaped_ends = kinds["S="], kinds["Z="]
        self._unknown = kinds["u="]
        self._entries = {name: row for row, name in enumerate(names) if name[:2] not in _KINDS}
        for size in range(2, LONGEST_PIECE + 1):
            self._imply(self._beginnings, size, self._beginnings, slice(None, -1))
            self._imply(self._ends, size, self._ends, slice(1, None))
        for size in {len(key) for key in self._lengths}:
            self._imply(self._lengths, size, self._shapes, slice(None, -1))

    @property
    def most(self) -> int:
        """A number that no sum exceeds, for any word."""
        known = set(self._book.values())
        entry = max((len(one) + sum(map(_is_shaped, one)) for one in known), default=0)
        parts = 2 * max(map(len, known), default=0)
        return int(np.abs(self._table).max()) * _MOST_ROWS + self._largest * (entry + parts)

    def sums(self, words: Sequence[str]) -> NDArray[np.int16]:
        """Return the sum of the rows of each word's features."""
        rows: list[int] = []
        starts: list[int] = []
        for word in words:
            starts.append(len(rows))
            if word == BREAK:
                rows.append(self._shapes.get(BOUNDARY, self._nothing))
            else:
                self._add(word[:LONGEST], rows)
        found: NDArray[np.int16] = np.add.reduceat(
            self._table.take(rows, axis=0), starts, axis=0, dtype=np.int16
        )
        return found

    def _add(self, word: str, rows: list[int]) -> None:
        """Add the rows of a word's features, at least one."""
        low, form = word.lower(), shape(word)
        shaped = self._shapes.get(form, self._nothing)
        if word[0].isalpha():
            size = len(low)
            piece = min(size - 1, LONGEST_PIECE)
            rows += (
                self._lengths.get(f"{form}{min(size, _MOST_LETTERS)}", shaped),
                self._shaped_ends.get(low[-3:] + form, self._nothing),
                self._beginning(low[:piece]),
                self._end(low[size - piece :]),
            )
        else:
            rows.append(shaped)
        if low in self._lowers:
            rows.append(self._lowers[low])
        if word in self._words:
            rows.append(self._words[word])
        known = self._book.get(low)
        if known is None:
            rows.append(self._unknown.get(form, self._nothing))
        else:
            self._add_entry(form, known, rows)
        # Parts that the list knows say something of a word that it does not know.
        if "-" in word:
            for part in low.split("-")[:2]:
                rows += [
                    self._entries.get("h" + one, self._nothing) for one in self._book.get(part, ())
                ]

    def _add_entry(self, form: str, known: tuple[str, ...], rows: list[int]) -> None:
        """Add the rows of what a word of a shape has by its entry in the book."""
        for one in known:
            rows.append(self._entries.get(one, self._nothing))
            if _is_shaped(one):
                rows.append(self._entries.get(f"+{form}{one}", self._nothing))

    def _beginning(self, piece: str) -> int:
        """Return the row of the longest known beginning of a piece, the whole one included."""
        row = self._beginnings.get(piece)
        while row is None and piece:
            piece = piece[:-1]
            row = self._beginnings.get(piece)
        return self._nothing if row is None else row

    def _end(self, piece: str) -> int:
        """Return the row of the longest known end of a piece, the whole one included."""
        row = self._ends.get(piece)
        while row is None and piece:
            piece = piece[1:]
            row = self._ends.get(piece)
        return self._nothing if row is None else row

    def _imply(
        self, features: dict[str, int], size: int, implied: dict[str, int], part: slice
    ) -> None:
        """Add to the features with keys of a size what the feature of a part of the key has."""
        pairs = [
            (row, implied[key[part]])
            for key, row in features.items()
            if len(key) == size and key[part] in implied
        ]
        if pairs:
            rows, others = zip(*pairs, strict=True)
            self._table[list(rows)] += self._table[list(others)]


def _is_shaped(feature: str) -> bool:
    """Return whether a word also has a feature of the book together with its shape."""
    return feature[0] != "."
