"""The trained network: a small convolutional one that scores the labels of every word.

Word by word the features of `pantau.enricher.ner.trained.features` become one row of numbers,
made when a word is first seen and kept: what the word adds to the hidden units of the word before
it, of itself, and of the word after it. Two convolutions of width five follow, so that six words to
each side count (Collobert et al. 2011, "Natural language processing (almost) from scratch", with
words as bags of their features). Nothing beyond a line's end is seen.

All is reckoned in whole numbers, within what a 32-bit float holds exactly: the order of additions
cannot matter, so every machine gives the same scores, whatever its BLAS.

One `.npz` file, arrays alone (nothing in it is ever executed); `training/` says how it is made:

- `words`, `counts`, `marks`: the word book in lower case, and for each word how many features it
  has and which;
- `book_features`: what these features are called;
- `features`, `letters`: names of features, and a row of small integers for each; a word is the sum
  of its features';
- `spread`, `spread_scale`: from a word's sum to what it adds to the hidden units of its neighbours
  and itself;
- `hidden`: what every hidden unit begins with;
- `first`, `first_scale`, `first_bias`, `second`, ...: the convolutions, and how their sums become
  whole numbers again;
- `labels`, `out`, `out_scale`, `out_bias`: the scores of the labels;
- `steps`: what it is worth that one label follows another;
- `open`: words that can be of a name without a capital.

Texts are UTF-8 bytes, one item a line.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pantau.enricher.budget import FINDING, UNLIMITED, Budget
from pantau.enricher.ner.marks import Marking, no_marks
from pantau.enricher.ner.trained.features import LONGEST, Book
from pantau.enricher.ner.trained.tokens import BREAK
from pantau.enricher.ner.trained.viterbi import Steps
from pantau.enricher.ner.trained.word_rows import WordRows

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Values = TypeVar("Values", NDArray[np.float32], NDArray[np.int16])
Arrays = dict[str, NDArray[np.generic]]

NEAR: Final = 1
"""Neighbours on each side to whose hidden units a word contributes."""
WIDTH: Final = 2
"""Neighbours on each side that a convolution reads."""
EDGE: Final = 2 * WIDTH
"""Padding rows before and after a text, beyond which no convolution reads."""
FINE_BITS: Final = 4
"""A step of a hidden unit is 16 steps of the cached rows, which are added before rounding."""
MOST: Final = 255
"""The largest value of a hidden unit."""
MOST_ROWS: Final = 1 << 16
"""Maximum number of cached rows, with long words truncated.

When it is exceeded, all are dropped. 38 MB, plus the words.
"""
BLOCK: Final = 1 << 13
"""Tokens scored at a time, so that the rows they need always fit."""
REACH: Final = NEAR + 2 * WIDTH
"""Words on each side that influence a score."""
_BREAK_ROW: Final = 0
_UNKNOWN: Final = -1
"""The row of a word that has none yet."""
_NEVER: Final = np.float32(-1e4)
_CLEAR: Final = 1.0
"""The required lead of O for a single lower-case word.

On the development sets no word of a name that is found with all words is skipped by it.
"""
_SPACE: Final = 2
"""Rows of a line's end: as many as a convolution reads to one side."""
_KEPT: Final = 9_000
"""The largest value of a row.

Three of them and the initial value of a unit stay below the range of 16 bits.
"""


_EXACT: Final = 1 << 24
"""A 32-bit float holds all whole numbers up to this one."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over `2 * WIDTH + 1` neighbours, requantized to 0 to `MOST`."""

    weights: Floats
    scale: Floats
    bias: Floats

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> Self:
        """Load a layer from the file."""
        parts = [
            np.ascontiguousarray(arrays[name + part], np.float32)
            for part in ("", "_scale", "_bias")
        ]
        return cls(*parts)

    def of(self, rows: Floats, places: Numbers) -> Floats:
        """Return the layer's rows at some positions, none of them less than `WIDTH` from an end."""
        shape = (len(rows) - 2 * WIDTH, (2 * WIDTH + 1) * rows.shape[1])
        # neighbouring rows are contiguous: a window on them is a longer row that begins at each
        windows: Floats = np.ndarray(shape, np.float32, np.ascontiguousarray(rows), 0, rows.strides)
        sums: Floats = windows[places - WIDTH] @ self.weights
        sums *= self.scale
        sums += self.bias
        np.rint(sums, out=sums)
        return _bounded(sums)


class ScoresAndMarks(NamedTuple):
    """Scores of the labels of tokens, and the marks of their words."""

    scores: Floats
    marks: NDArray[np.int32]


class Network:
    """Scores of every label for every token of a text."""

    def __init__(self, arrays: Arrays) -> None:
        self.labels: Final = tuple(_lines(arrays["labels"]))
        book = _load_wordbook(arrays)
        self._words = WordRows(_lines(arrays["features"]), arrays["letters"], book)
        self._open = frozenset(_lines(arrays["open"]))
        self._spread = _exactly(arrays["spread"], self._words.most)
        self._spread_scale = float(arrays["spread_scale"].astype(np.float64))
        self._hidden = arrays["hidden"].astype(np.int16)
        self._first = Layer.read(arrays, "first")
        self._second = Layer.read(arrays, "second")
        self._out = arrays["out"].astype(np.float32)
        self._out_scale = arrays["out_scale"].astype(np.float32)
        self._out_bias = arrays["out_bias"].astype(np.float32)
        self.steps: Final = Steps.of(arrays["steps"].astype(np.float32))
        self._mark: Marking = no_marks
        self._keep_rows()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Load a model. Raises OSError, or ValueError for a file with anything but plain arrays.

        From then on numpy's BLAS uses one thread in this process: for products as small as these,
        thread synchronisation costs more than it saves, and on a busy machine many times as much.
        """
        threadpool_limits(limits=1, user_api="blas")
        with np.load(path, allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def apart(self, mark: Marking = no_marks) -> Self:
        """Return a network of the same model with rows of its own, for another thread perhaps.

        `mark` gives the marks of a word, which `read` returns; no word of more than `LONGEST`
        letters has any.
        """
        other = copy(self)
        other._mark = mark  # noqa: SLF001 (of the same class)
        other._keep_rows()  # noqa: SLF001 (of the same class)
        return other

    def _keep_rows(self) -> None:
        """Prepare room for rows of words; nothing else of a network changes as it works."""
        self._rows = np.zeros((MOST_ROWS, 2 * NEAR + 1, len(self._hidden)), np.int16)
        """By word: to the word before, to itself with the first value of a unit, to the next."""
        self._names = np.zeros(MOST_ROWS, np.bool_)
        self._marks = np.zeros(MOST_ROWS, np.int32)
        self._known: dict[str, int] = {}
        self._forget()

    def read(self, tokens: Sequence[str], budget: Budget = UNLIMITED) -> ScoresAndMarks:
        """Return scores, a row per token and a column per label, and marks.

        `BREAK` ends a sentence; its own row is unused. When the budget ends, the last tokens have
        no rows and no marks.
        """
        if len(tokens) <= BLOCK:
            return self._read(tokens)
        parts = [ScoresAndMarks(np.empty((0, len(self.labels)), np.float32), np.empty(0, np.int32))]
        for start in budget.within(FINDING, range(0, len(tokens), BLOCK), every=1):
            # With the words beyond the block that influence its scores, so that blocks leave no
            # trace.
            low = max(start - REACH, 0)
            part = self._read(tokens[low : start + BLOCK + REACH])
            own = slice(start - low, start - low + BLOCK)
            parts.append(ScoresAndMarks(part.scores[own], part.marks[own]))
        scores, marks = zip(*parts, strict=True)
        return ScoresAndMarks(np.concatenate(scores), np.concatenate(marks))

    def _read(self, tokens: Sequence[str]) -> ScoresAndMarks:
        """Sum up the rows; a break counts as two tokens, so that nothing beyond it is read."""
        ids = self._numbers(tokens)
        breaks = ids == _BREAK_ROW
        places = np.cumsum(np.where(breaks, _SPACE, 1)) + (EDGE - 1)
        padded = np.zeros(int(places[-1]) + 1 + EDGE if len(ids) else 2 * EDGE, np.int64)
        padded[places] = ids
        words = padded != _BREAK_ROW
        wanted = _possible(self._names.take(padded), words)
        scores = np.full((len(padded), len(self.labels)), _NEVER, np.float32)
        scores[:, 0] = 0
        scores[wanted] = self._scores(padded, words, wanted)
        return ScoresAndMarks(scores.take(places, axis=0), self._marks.take(ids))

    def _scores(self, padded: Numbers, words: NDArray[np.bool_], wanted: Numbers) -> Floats:
        """Return the scores at some positions; `words` are those that are not breaks."""
        hidden = self._begun(padded, words)
        around = _around(wanted, words)
        first = np.zeros((len(padded), self._first.weights.shape[1]), np.float32)
        first[around] = self._first.of(hidden, around)
        second = self._second.of(first, wanted)
        second += first.take(wanted, axis=0)
        scores: Floats = second @ self._out
        scores *= self._out_scale
        scores += self._out_bias
        return scores

    def _begun(self, padded: Numbers, words: NDArray[np.bool_]) -> Floats:
        """Add to each hidden unit the contributions of the word and its neighbours; breaks have 0.

        Each is copied to an array of its own, so that numpy adds whole arrays, not row by row.
        """
        rows = self._rows.reshape(-1, len(self._hidden))
        before = padded * (2 * NEAR + 1)
        own, after = before + 1, before + 2
        sums = rows.take(own, axis=0)
        sums[:-1] += rows.take(before[1:], axis=0)
        sums[1:] += rows.take(after[:-1], axis=0)
        sums >>= FINE_BITS
        _bounded(sums)
        sums[np.flatnonzero(~words)] = 0
        return sums.astype(np.float32)

    def _numbers(self, tokens: Sequence[str]) -> Numbers:
        """Return the row number of each token; compute missing rows."""
        known = self._known
        found = np.fromiter(map(known.get, tokens, repeat(_UNKNOWN)), np.int64, len(tokens))
        missing = (found == _UNKNOWN).nonzero()[0].tolist()
        if missing:
            short = [_shortened(tokens[at]) for at in missing]
            new = [token for token in dict.fromkeys(short) if token not in known]
            if len(known) + len(new) > MOST_ROWS:
                self._forget()
                return self._numbers(tokens)
            if new:
                self._learn(new)
            found[missing] = [known[token] for token in short]
        return found

    def _learn(self, words: Sequence[str]) -> None:
        """Compute the rows of words.

        Sums are of whole numbers that the floats hold, and so independent of order.
        """
        first = len(self._known)
        last = first + len(words)
        sums = self._words.sums(words).astype(self._spread.dtype)
        spread = (sums @ self._spread).astype(np.float64)
        spread *= self._spread_scale
        np.rint(spread, out=spread)
        spread.clip(-_KEPT, _KEPT, out=spread)
        self._rows[first:last] = spread.reshape(len(words), 2 * NEAR + 1, -1)
        self._rows[first:last, NEAR] += self._hidden
        self._names[first:last] = [word in self._open or word != word.lower() for word in words]
        self._marks[first:last] = list(map(self._mark, words))
        self._known.update(zip(words, range(first, last), strict=True))

    def unclear(self, words: Sequence[str]) -> list[str]:
        """Return the words that, each standing alone, are not clearly O.

        Called when a model is built, for `open`.
        """
        found: list[str] = []
        for start in range(0, len(words), BLOCK):
            some = words[start : start + BLOCK]
            places = EDGE + _SPACE * np.arange(len(some))
            padded = np.zeros(2 * EDGE + _SPACE * len(some), np.int64)
            padded[places] = self._numbers(some)
            scores = self._scores(padded, padded != _BREAK_ROW, places)
            leads = (scores[:, :1] - scores[:, 1:]).min(axis=1)
            found += [word for word, lead in zip(some, leads, strict=True) if lead < _CLEAR]
        return found

    def _forget(self) -> None:
        """Drop all rows but that of a line's end."""
        self._known.clear()
        self._learn([BREAK])
        self._names[_BREAK_ROW] = False


def _shortened(token: str) -> str:
    """Return a word with the same row: another one for one that is longer than the limit.

    This bounds the cache. The letter beyond `LONGEST` encodes whether the word has a capital
    anywhere.
    """
    if len(token) <= LONGEST:
        return token
    return token[:LONGEST] + ("a" if token == token.lower() else "A")


def _possible(names: NDArray[np.bool_], words: NDArray[np.bool_]) -> Numbers:
    """Return the positions of words that can be part of a name, and of their neighbours."""
    found = names.copy()
    found[1:] |= names[:-1]
    found[:-1] |= names[1:]
    return np.flatnonzero(found & words)


def _around(places: Numbers, words: NDArray[np.bool_]) -> Numbers:
    """Return the positions of the words that a convolution reads for some positions."""
    found = np.zeros_like(words)
    for offset in range(-WIDTH, WIDTH + 1):
        found[places + offset] = True
    return np.flatnonzero(found & words)


def _bounded(values: Values) -> Values:
    """Clamp values to 0 to `MOST`, in place."""
    values.clip(0, MOST, out=values)
    return values


def _exactly(weights: NDArray[np.generic], most: int) -> NDArray[np.floating[Any]]:
    """Return weights as floats that hold every sum of products with numbers up to `most`.

    32 bits, which take half the time, if they are enough.
    """
    sums = np.abs(weights.astype(np.int64)).sum(axis=0)
    return weights.astype(np.float32 if most * int(sums.max()) < _EXACT else np.float64)


def _lines(packed: NDArray[np.generic]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def _load_wordbook(arrays: Arrays) -> Book:
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
