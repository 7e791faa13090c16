"""The best labels of a text, by their scores and by the worth of each step from one label to the next.

Labels are O, then B- and I- of each type: `O, B-X, B-Y, ..., I-X, I-Y, ...`; I-X follows B-X or I-X alone. The best
path is looked for only where a name can pay. What a name from one token to another can gain over O at most is the
sum of what its tokens gain, and the most that steps give. With running sums and running maxima the best name through
each token is known for all tokens at once (as in Kadane's best subarray); where it loses, the token is O on every
best path. A few tokens in ten are left, mostly with one type, so the result is exact and found in linear time.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]

OUTSIDE: Final = 0
"""The label O, of what is no name."""
_NEVER: Final = -1e30


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps between labels, and the most that they give a name of each type over what O would have got."""

    table: list[list[float]]
    start: Floats
    inside: Floats
    end: Floats

    @classmethod
    def of(cls, worth: Scores) -> Self:
        """Read a square table: the worth of a step from the row's label to the column's."""
        table = worth.astype(np.float64)
        types = (len(table) - 1) // 2
        begin, go_on = np.arange(1, 1 + types), np.arange(1 + types, 1 + 2 * types)
        outside = table[:, OUTSIDE]
        after = np.concatenate(([OUTSIDE], begin))  # what can follow the last word of a name
        ends = np.maximum(table[begin][:, after], table[go_on][:, after]) - table[OUTSIDE, after]
        inside = np.maximum(table[begin, go_on], table[go_on, go_on]) - table[OUTSIDE, OUTSIDE]
        start = (table[:, begin] - outside[:, None]).max(axis=0)
        return cls(table.tolist(), start, inside, ends.max(axis=1))


def best_labels(scores: Scores, steps: Steps) -> list[int]:
    """Give the number of the best label of each token. What is beyond the ends of the text is O."""
    best = [OUTSIDE] * len(scores)
    if not best:
        return best
    types = len(steps.start)
    live = _live(scores, steps)
    tokens = np.flatnonzero(live.any(axis=1))
    left = np.concatenate((np.ones((len(tokens), 1), np.bool_), live[tokens], live[tokens]), axis=1)
    labels = np.nonzero(left)[1].tolist()
    worth = scores[tokens][left].tolist()
    ends = np.cumsum(left.sum(axis=1)).tolist()
    path = _Path(steps.table, types, best)
    start = 0
    for token, end in zip(tokens.tolist(), ends, strict=True):
        path.step(token, labels[start:end], worth[start:end])
        start = end
    path.finish()
    return best


def _live(scores: Scores, steps: Steps) -> NDArray[np.bool_]:
    """Tell for each token (row) and type (column) whether a name of that type through that token can pay."""
    types = len(steps.start)
    gains = scores[:, 1:] - scores[:, :1]
    begin, go_on = gains[:, :types].astype(np.float64), gains[:, types:] + steps.inside
    so_far = np.cumsum(go_on, axis=0)
    up_to = so_far + np.maximum.accumulate(begin + (steps.start - so_far), axis=0)
    further = np.maximum.accumulate(so_far[::-1], axis=0)[::-1] - so_far
    live: NDArray[np.bool_] = up_to + further + steps.end >= 0.0
    return live


class _Path:
    """The best paths through one stretch after the other, to each label of the token read last."""

    __slots__ = ("_back", "_best", "_first", "_labels", "_steps", "_totals", "_types")

    def __init__(self, steps: list[list[float]], types: int, best: list[int]) -> None:
        self._steps = steps
        self._types = types
        self._best = best
        self._first = 0
        self._labels: list[list[int]] = [[OUTSIDE]]
        self._back: list[list[int]] = []
        self._totals: list[float] = [0.0]

    def step(self, token: int, labels: list[int], worth: list[float]) -> None:
        """Go on to a token; its labels that are left, and their scores."""
        if token != self._first + len(self._back):
            self.finish()
            self._first = token
        before, so_far, steps, types = self._labels[-1], self._totals, self._steps, self._types
        totals: list[float] = []
        back: list[int] = []
        for label, score in zip(labels, worth, strict=True):
            top, place = _NEVER, 0
            for at, old in enumerate(before):
                if label <= types or label in {old, old + types}:
                    total = so_far[at] + steps[old][label]
                    if total > top:
                        top, place = total, at
            totals.append(top + score)
            back.append(place)
        self._totals = totals
        self._labels.append(labels)
        self._back.append(back)

    def finish(self) -> None:
        """End a stretch, since a token that is O follows: write its labels down."""
        if self._back:
            totals = [
                total + self._steps[label][OUTSIDE]
                for total, label in zip(self._totals, self._labels[-1], strict=True)
            ]
            at = totals.index(max(totals))
            for index in range(len(self._back), 0, -1):
                self._best[self._first + index - 1] = self._labels[index][at]
                at = self._back[index - 1][at]
        self._labels, self._back, self._totals = [[OUTSIDE]], [], [0.0]
