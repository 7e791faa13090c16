"""The trained model: a word book, and what each feature of a word is worth for the word itself and its neighbours.

One `.npz` file, arrays alone (nothing in it is ever executed); `training/` says how it is made:

- `words`, `counts`, `marks`: the word book in lower case, and for each word how many features it has and which;
- `book_features`: what these features are called;
- `features`, `worth`, `scale`: names of features, and for each a row of small integers, `OFFSETS` times the labels;
- `shapes`, `pairs_scale`, `before`, `after`, `around`: shapes that count, and what it is worth for a word that the
  one before, the one after, or both have which shape;
- `labels`, `steps`, `bias`: labels, what it is worth that one follows the other, and what each is worth anywhere.

Texts are UTF-8 bytes, one item a line.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.features import BOUNDARY, OTHER_SHAPE, word_features
from pantau.enricher.tokens import BREAK
from pantau.enricher.viterbi import Steps

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

REACH: Final = 2
"""Neighbours on each side whose features count."""
OFFSETS: Final = 2 * REACH + 1
MOST_ROWS: Final = 1 << 16
"""Words whose rows are kept; when there are more, all are forgotten. 10 MB."""
BLOCK: Final = 1 << 14
"""Tokens that are scored at a time, so that the rows they need always fit."""
_BREAK_ROW: Final = 0


class Model:
    """Scores of every label for every token of a text.

    The row of a word, made when it is first seen, holds what the word is worth to the token two before it, one
    before it, and so on. So the scores of a text are five look-ups for each token, and no feature is read twice.
    """

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self.labels: Final = tuple(_lines(arrays["labels"]))
        self.steps: Final = Steps.of(arrays["steps"].astype(np.float32))
        self._bias: Final[Floats] = arrays["bias"].astype(np.float32)
        scale = arrays["scale"].astype(np.float32)
        self._worth = arrays["worth"]
        self._scale = float(scale)
        self._features = {name: row for row, name in enumerate(_lines(arrays["features"]))}
        self._book = _book(arrays)
        self._shapes = {form: number for number, form in enumerate(_lines(arrays["shapes"]))}
        self._other = self._shapes[OTHER_SHAPE]
        pairs_scale = float(arrays["pairs_scale"].astype(np.float32))
        self._pairs = [
            arrays[name].astype(np.float32) * pairs_scale for name in ("before", "after", "around")
        ]
        self._rows: Floats = np.zeros((OFFSETS, MOST_ROWS, len(self.labels)), np.float32)
        self._forms: Numbers = np.zeros(MOST_ROWS, np.int64)
        self._known: dict[str, int] = {}
        self._forget()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model. Raises OSError, or ValueError for a file that holds anything but plain arrays."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def score(self, tokens: Sequence[str]) -> Floats:
        """Give a row a token, a column a label. `BREAK` ends a sentence; its own row is of no use."""
        if len(tokens) <= BLOCK:
            return self._score(tokens)
        parts = []
        for start in range(0, len(tokens), BLOCK):
            low = max(start - REACH, 0)
            part = self._score(tokens[low : start + BLOCK + REACH])
            parts.append(part[start - low : start - low + BLOCK])
        return np.concatenate(parts)

    def _score(self, tokens: Sequence[str]) -> Floats:
        """Add up; a break counts as two tokens, so that nothing beyond it is seen."""
        ids = self._numbers(tokens)
        breaks = ids == _BREAK_ROW
        if breaks.any():
            widened = np.repeat(ids, np.where(breaks, REACH, 1))
            places = np.cumsum(np.where(breaks, REACH, 1)) - 1
        else:
            widened, places = ids, None
        edge = np.full(REACH, _BREAK_ROW, ids.dtype)
        padded = np.concatenate((edge, widened, edge))
        size = len(widened)
        total: Floats = self._rows[REACH].take(padded[REACH : REACH + size], axis=0)
        for offset in range(OFFSETS):
            if offset != REACH:
                total += self._rows[offset].take(padded[offset : offset + size], axis=0)
        forms = self._forms.take(padded[REACH - 1 : REACH + 1 + size])
        left, own, right = forms[:-2], forms[1:-1], forms[2:]
        kinds = len(self._shapes)
        total += self._pairs[0].take(left * kinds + own, axis=0)
        total += self._pairs[1].take(own * kinds + right, axis=0)
        total += self._pairs[2].take((left * kinds + own) * kinds + right, axis=0)
        return total if places is None else total[places]

    def _numbers(self, tokens: Sequence[str]) -> Numbers:
        """Give the number of each token's row; make the rows that are not there yet."""
        known = self._known
        found = [known.get(token, -1) for token in tokens]
        if -1 in found:
            new = list(dict.fromkeys(token for token, row in zip(tokens, found, strict=True) if row < 0))
            if len(known) + len(new) > MOST_ROWS:
                self._forget()
                new = list(dict.fromkeys(token for token in tokens if token not in known))
            self._learn(new)
            found = [known[token] for token in tokens]
        return np.array(found, np.int64)

    def _learn(self, words: Sequence[str]) -> None:
        rows: list[int] = []
        ends: list[int] = []
        row_of, first = self._features.get, len(self._known)
        for number, word in enumerate(words, first):
            names = word_features(word, self._book)
            rows += [row for row in map(row_of, names) if row is not None]
            ends.append(len(rows))
            self._forms[number] = self._shapes.get(names[0][2:], self._other)
        sums = np.zeros((len(words), self._worth.shape[1]), np.float32)
        picked = self._worth[rows].astype(np.float32)
        start = 0
        for index, end in enumerate(ends):
            picked[start:end].sum(axis=0, out=sums[index])
            start = end
        sums *= self._scale
        last, size = first + len(words), len(self.labels)
        sums[:, REACH * size : (REACH + 1) * size] += self._bias
        self._rows[:, first:last] = sums.reshape(len(words), OFFSETS, -1).transpose(1, 0, 2)
        self._known.update(zip(words, range(first, last), strict=True))

    def _forget(self) -> None:
        """Drop all rows but that of a break, which is made of the feature `BOUNDARY`."""
        self._known.clear()
        self._known[BREAK] = _BREAK_ROW
        row = self._features.get(BOUNDARY)
        boundary = np.zeros(self._worth.shape[1]) if row is None else self._worth[row] * self._scale
        self._rows[:, _BREAK_ROW] = boundary.reshape(OFFSETS, -1)
        self._forms[_BREAK_ROW] = self._shapes[BOUNDARY]


def _lines(packed: NDArray[np.generic]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def _book(arrays: dict[str, NDArray[np.generic]]) -> dict[str, tuple[str, ...]]:
    names = _lines(arrays["book_features"])
    marks: list[int] = arrays["marks"].tolist()
    book: dict[str, tuple[str, ...]] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    start = 0
    for word, count in zip(_lines(arrays["words"]), arrays["counts"].tolist(), strict=True):
        found = tuple([names[mark] for mark in marks[start : start + count]])
        book[word] = shared.setdefault(found, found)
        start += count
    return book
