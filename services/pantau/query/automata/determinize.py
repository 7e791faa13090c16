"""Determinization by the subset construction, with its cost counted as in Lucene."""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pantau.query.automata.automaton import Nfa, Row, TooLargeError

EFFORT: Final = 100_000
"""Maximum sum of the sizes of all sets.

`max_determinized_states` of 10,000, Elasticsearch's default, times ten.
"""
_MOST_STEPS: Final = 3_000_000
"""Maximum number of additional steps.

Only hundreds of overlapping character classes need so many.
"""


@dataclass(frozen=True, slots=True)
class Sets:
    """The state sets that texts lead to.

    The transitions of each, the accepting ones, and their sizes.
    """

    dfa: Nfa
    effort: int
    widest: int
    steps: int
    """The work of building them, in lookups of transitions."""


def explore(nfa: Nfa) -> Sets:
    """Build the deterministic automaton. Raises TooLargeError where Elasticsearch refuses it."""
    if nfa.deterministic or len(nfa.rows) < 2:
        return Sets(nfa, len(nfa.rows), 1, nfa.size)
    start = frozenset({0})
    numbers = {start: 0}
    waiting = deque([start])
    rows: list[Row] = []
    accepting: list[int] = []
    effort = steps = widest = 0
    while waiting:
        places = waiting.popleft()
        # Lucene counts the places of each set as effort, and refuses at a limit: so do we, at the
        # same.
        effort += len(places)
        widest = max(widest, len(places))
        if effort >= EFFORT:
            raise TooLargeError
        if not places.isdisjoint(nfa.accepting):
            accepting.append(len(rows))
        row = []
        found, taken = _following(nfa, places)
        steps += taken
        for low, high, reached in found:
            goal = numbers.get(reached)
            if goal is None:
                goal = numbers[reached] = len(numbers)
                waiting.append(reached)
            row.append((low, high, goal))
        if steps > _MOST_STEPS:
            raise TooLargeError
        rows.append(tuple(row))
    return Sets(Nfa(tuple(rows), frozenset(accepting)), effort, widest, steps)


_Ranges = list[tuple[int, int, frozenset[int]]]


def _following(nfa: Nfa, places: frozenset[int]) -> tuple[_Ranges, int]:
    """Return the character ranges out of a state set with their target sets, and the steps."""
    goals: dict[tuple[int, int], list[int]] = {}
    steps = 0
    for place in places:
        steps += len(nfa.rows[place])
        for low, high, goal in nfa.rows[place]:
            goals.setdefault((low, high), []).append(goal)
    if len(goals) == 1:
        ((low, high), only), *_ = goals.items()
        return [(low, high, frozenset(only))], steps
    waiting = sorted(goals)
    borders = sorted({border for low, high in waiting for border in (low, high + 1)})
    found: _Ranges = []
    active: list[tuple[int, int]] = []
    place = 0
    for border, after in pairwise(borders):
        # Sweep over the borders of all ranges: between two of them the set of targets is constant.
        active = [one for one in active if one[1] >= border]
        while place < len(waiting) and waiting[place][0] <= border:
            active.append(waiting[place])
            place += 1
        steps += len(active)
        if active:
            found.append((border, after - 1, frozenset().union(*(goals[one] for one in active))))
    return found, steps
