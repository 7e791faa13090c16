"""Viterbi decoding: the best label sequence of a text, by its scores and transition scores.

Labels are O, then B- and I- of each type: `O, B-X, B-Y, ..., I-X, I-Y, ...`; I-X follows B-X or I-X
alone. The best path is searched only where a name can pay. The gain of a name over O is at most the
sum of the gains of its tokens, and the maximum of the transitions. With running sums and running
maxima the best name that begins at a token, and the best that continues at it, are known for all
tokens at once (as in Kadane's best subarray); a label whose best name loses is on no best path. Two
tokens in ten are left, mostly with one or two labels beside O, so the result is exact and found in
linear time.
"""

from operator import add
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]

OUTSIDE: Final = 0
"""The label O, outside of names."""
NEVER: Final = -1e30
"""The score of a forbidden transition."""
SLACK: Final = 1e-3
"""More than the rounding error of the sums of the longest text."""

Way = tuple[int, float]
"""The index of a label among those of the previous token, and the score of the transition."""
Move = tuple[int, int, float, tuple[Way, ...]]
"""A label of a token, and the transitions to it.

The first transition is separate, because there is often no other.
"""


class Steps:
    """Transition scores, and their maximum gain over O for a name of each type.

    The candidate labels of a token beside O are a bit set, the lowest bit for the first label after
    O; with three types there are 64 sets.
    """

    __slots__ = ("alone", "end", "labels", "leave", "moves", "opening", "types")

    def __init__(self, worth: Scores) -> None:
        """Load a square table: the score of a transition from the row's label to the column's."""
        table = worth.astype(np.float64)
        self.types: Final = (len(table) - 1) // 2
        begin, go_on = np.arange(1, 1 + self.types), np.arange(1 + self.types, 1 + 2 * self.types)
        after = np.concatenate(([OUTSIDE], begin))  # labels that can follow the last word of a name
        ends = np.maximum(table[begin][:, after], table[go_on][:, after]) - table[OUTSIDE, after]
        inside = np.maximum(table[begin, go_on], table[go_on, go_on]) - table[OUTSIDE, OUTSIDE]
        start = (table[:, begin] - table[:, [OUTSIDE]]).max(axis=0)
        self.opening: Final[Floats] = np.concatenate((start, inside))[:, np.newaxis]
        """For each label after O: the maximum transition to it, to an I- from its type.
        """
        self.end: Final[Floats] = ends.max(axis=1)[:, np.newaxis]
        """For each type: the maximum transition after its last word."""
        self.labels: Final = [_labels(left, 2 * self.types) for left in range(1 << 2 * self.types)]
        """By bit set: the labels, O first."""
        enter = np.where(np.arange(len(table)) <= self.types, table[OUTSIDE], NEVER)
        self.alone: Final[tuple[Floats, Floats]] = enter, table[:, OUTSIDE]
        """For each label: the transitions from O to it, and back."""
        rows: list[list[float]] = table.tolist()
        self.leave: Final = [[rows[label][OUTSIDE] for label in left] for left in self.labels]
        """By bit set: the score of the transition from each label to O."""
        self.moves: Final = _Moves(rows, self.labels, self.types)
        """By the bit sets of a token and the next."""

    @classmethod
    def of(cls, worth: Scores) -> Self:
        """Load a square table, as the constructor does."""
        return cls(worth)


class _Moves(dict[tuple[int, int], tuple[Move, ...]]):
    """The transitions between two tokens by their bit sets, computed on first access."""

    __slots__ = ("_labels", "_rows", "_types")

    def __init__(self, rows: list[list[float]], labels: list[list[int]], types: int) -> None:
        super().__init__()
        self._rows, self._labels, self._types = rows, labels, types

    def __missing__(self, pair: tuple[int, int]) -> tuple[Move, ...]:
        """Return the transitions; a label without any is practically unreachable."""
        before, now = (self._labels[left] for left in pair)
        found: list[Move] = []
        for label in now:
            ways = [
                (at, self._rows[old][label])
                for at, old in enumerate(before)
                if label <= self._types or label in {old, old + self._types}
            ]
            (place, worth), *others = ways or [(0, NEVER)]
            found.append((label, place, worth, tuple(others)))
        moves = self[pair] = tuple(found)
        return moves


def _labels(left: int, most: int) -> list[int]:
    return [OUTSIDE, *(bit + 1 for bit in range(most) if left >> bit & 1)]


def best_labels(scores: Scores, steps: Steps) -> list[int]:
    """Return the number of the best label of each token.

    O is assumed beyond the ends of the text.
    """
    return best_path(scores, steps, left_labels(scores, steps)) if len(scores) else []


def best_path(scores: Scores, steps: Steps, left: NDArray[np.int64]) -> list[int]:
    """Return the best labels, given the candidates of each token beside O (`Steps`)."""
    taken = left != 0
    lone = taken.copy()
    lone[1:] &= ~taken[:-1]
    lone[:-1] &= ~taken[1:]
    found = np.zeros(len(left), np.int64)
    found[lone] = _best_alone(scores[lone], steps, left[lone])
    best: list[int] = found.tolist()
    tokens = np.flatnonzero(taken & ~lone)
    moves, expected, before = steps.moves, -1, 0
    totals: list[float] = [0.0]
    lefts: list[int] = []
    back: list[list[int]] = []
    for token, now, row in zip(
        tokens.tolist(), left[tokens].tolist(), scores[tokens].tolist(), strict=True
    ):
        if token != expected:  # a stretch begins; O precedes it
            if lefts:
                _finish(best, expected, steps, totals, lefts, back)
            totals, lefts, back = (
                [worth + row[label] for label, _, worth, _ in moves[0, now]],
                [],
                [],
            )
            places = [0] * len(totals)
        else:
            reached: list[float] = []
            places = []
            for label, first, worth, others in moves[before, now]:
                top, place = totals[first] + worth, first
                for at, worth_of_other in others:
                    total = totals[at] + worth_of_other
                    if total > top:
                        top, place = total, at
                reached.append(top + row[label])
                places.append(place)
            totals = reached
        before, expected = now, token + 1
        lefts.append(now)
        back.append(places)
    if lefts:
        _finish(best, expected, steps, totals, lefts, back)
    return best


def _best_alone(scores: Scores, steps: Steps, left: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the best label of tokens between two that are O, as half of the candidates are."""
    enter, leave = steps.alone
    totals = enter + scores
    totals += leave
    bits = np.arange(totals.shape[1] - 1)
    totals[:, 1:][(left[:, np.newaxis] >> bits & 1) == 0] = -np.inf
    best: NDArray[np.int64] = totals.argmax(axis=1)
    return best


def _finish(
    best: list[int],
    end: int,
    steps: Steps,
    totals: list[float],
    lefts: list[int],
    back: list[list[int]],
) -> None:
    """Write the labels of a stretch before the token `end`, which is O."""
    ended = list(map(add, totals, steps.leave[lefts[-1]]))
    at = ended.index(max(ended))
    for index in range(len(lefts) - 1, -1, -1):
        end -= 1
        best[end] = steps.labels[lefts[index]][at]
        at = back[index][at]


def left_labels(scores: Scores, steps: Steps) -> NDArray[np.int64]:
    """Return for each token the candidate labels beside O, as a bit set of `Steps`.

    Those whose best name has a gain.
    """
    types = steps.types
    columns = np.ascontiguousarray(scores.T, dtype=np.float64)
    gains = columns[1:] - columns[0]
    gains += steps.opening
    begin, go_on = gains[:types], gains[types:]
    so_far = go_on.cumsum(axis=1)
    opened = np.maximum.accumulate(begin - so_far, axis=1)
    further = np.maximum.accumulate(so_far[:, ::-1], axis=1)[:, ::-1] - so_far
    further += steps.end
    worth = gains  # of the best name with each label
    begin += further
    go_on[:, 1:] = so_far[:, 1:] + opened[:, :-1] + further[:, 1:]
    go_on[:, 0] = NEVER
    # Below zero by the rounding error: a label is dropped only if it surely loses.
    bits: NDArray[np.int64] = (1 << np.arange(2 * types)) @ (worth >= -SLACK)
    return bits
