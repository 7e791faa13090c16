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
NEVER: Final = -1e30
"""The worth of a step that is not allowed."""
SLACK: Final = 1e-3
"""More than what rounding can take away from the sums of the longest text."""


Move = tuple[int, tuple[tuple[int, float], ...]]
"""A label that is left to a token, and each way to it: the place of a label left to the token before, and its worth."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps between labels, and the most that they give a name of each type over what O would have got.

    Which types are left to a token is a number, a bit for each. `moves[before][now]` are the moves from one token to
    the next, `leave[now]` are the steps from each label that is left to an O.
    """

    moves: list[list[tuple[Move, ...]]]
    leave: list[list[float]]
    labels: list[list[int]]
    start: Floats
    inside: Floats
    end: Floats

    @classmethod
    def of(cls, worth: Scores) -> Self:
        """Read a square table: the worth of a step from the row's label to the column's."""
        table = worth.astype(np.float64)
        types = (len(table) - 1) // 2
        begin, go_on = np.arange(1, 1 + types), np.arange(1 + types, 1 + 2 * types)
        after = np.concatenate(([OUTSIDE], begin))  # what can follow the last word of a name
        ends = np.maximum(table[begin][:, after], table[go_on][:, after]) - table[OUTSIDE, after]
        inside = np.maximum(table[begin, go_on], table[go_on, go_on]) - table[OUTSIDE, OUTSIDE]
        start = (table[:, begin] - table[:, [OUTSIDE]]).max(axis=0)
        labels = [_labels(left, types) for left in range(1 << types)]
        rows = table.tolist()
        moves = [[_moves(before, now, rows, types) for now in labels] for before in labels]
        leave = [[rows[label][OUTSIDE] for label in now] for now in labels]
        return cls(moves, leave, labels, start, inside, ends.max(axis=1))


def _labels(left: int, types: int) -> list[int]:
    kept = [kind for kind in range(types) if left >> kind & 1]
    return [OUTSIDE, *(1 + kind for kind in kept), *(1 + types + kind for kind in kept)]


def _moves(before: list[int], now: list[int], rows: list[list[float]], types: int) -> tuple[Move, ...]:
    """Give the moves between two tokens; a label that nothing leads to is as good as never reached."""
    found: list[Move] = []
    for label in now:
        ways = [
            (at, rows[old][label])
            for at, old in enumerate(before)
            if label <= types or label in {old, old + types}
        ]
        found.append((label, tuple(ways) or ((0, NEVER),)))
    return tuple(found)


def best_labels(scores: Scores, steps: Steps) -> list[int]:
    """Give the number of the best label of each token. What is beyond the ends of the text is O."""
    if not len(scores):
        return []
    bits = 1 << np.arange(len(steps.start))
    return best_path(scores, steps, _live(scores, steps) @ bits)


def best_path(scores: Scores, steps: Steps, left: NDArray[np.int64]) -> list[int]:
    """Give the best labels, when only some types are left to each token (`Steps`)."""
    best = [OUTSIDE] * len(scores)
    tokens = np.flatnonzero(left)
    moves, expected, before = steps.moves, -1, 0
    totals: list[float] = [0.0]
    lefts: list[int] = []
    back: list[list[int]] = []
    for token, now, row in zip(tokens.tolist(), left[tokens].tolist(), scores[tokens].tolist(), strict=True):
        if token != expected:
            _finish(best, expected, steps, totals, lefts, back)
            before, totals, lefts, back = 0, [0.0], [], []
        reached: list[float] = []
        places: list[int] = []
        for label, ways in moves[before][now]:
            top, place = NEVER, 0
            for at, worth in ways:
                total = totals[at] + worth
                if total > top:
                    top, place = total, at
            reached.append(top + row[label])
            places.append(place)
        totals, before, expected = reached, now, token + 1
        lefts.append(now)
        back.append(places)
    _finish(best, expected, steps, totals, lefts, back)
    return best


def _finish(
    best: list[int], end: int, steps: Steps, totals: list[float], lefts: list[int], back: list[list[int]]
) -> None:
    """Write down the labels of a stretch before the token `end`, which is O."""
    if not lefts:
        return
    ended = [total + worth for total, worth in zip(totals, steps.leave[lefts[-1]], strict=True)]
    at = ended.index(max(ended))
    for index in range(len(lefts) - 1, -1, -1):
        end -= 1
        best[end] = steps.labels[lefts[index]][at]
        at = back[index][at]


def _live(scores: Scores, steps: Steps) -> NDArray[np.bool_]:
    """Tell for each token (row) and type (column) whether a name of that type through that token can pay."""
    types = len(steps.start)
    gains = scores[:, 1:] - scores[:, :1]
    begin, go_on = gains[:, :types].astype(np.float64), gains[:, types:] + steps.inside
    so_far = np.cumsum(go_on, axis=0)
    up_to = so_far + np.maximum.accumulate(begin + (steps.start - so_far), axis=0)
    further = np.maximum.accumulate(so_far[::-1], axis=0)[::-1] - so_far
    live: NDArray[np.bool_] = up_to + further + steps.end >= -SLACK
    return live
