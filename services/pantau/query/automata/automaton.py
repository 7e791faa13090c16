"""Finite automata without empty transitions, built like Lucene's regular expressions.

State 0 is the initial one. A state may have several transitions for one character; then the
automaton is not deterministic. The shapes follow Lucene 10 state for state where that determines
the sizes of the state sets in `determinize`: what Elasticsearch rejects as too complex is detected
by the same counts. Operations raise TooLargeError rather than create more than `MOST_TRANSITIONS`.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

HIGHEST: Final = 0x10FFFF
MOST_TRANSITIONS: Final = 200_000
"""Maximum number of transitions that one operation may create."""

Ranges = tuple[tuple[int, int], ...]
Row = tuple[tuple[int, int, int], ...]
"""The transitions of a state, in order.

First and last code point, and the target state.
"""


class TooLargeError(Exception):
    """The automaton would be too expensive to build."""


def _check(transitions: int) -> None:
    if transitions > MOST_TRANSITIONS:
        raise TooLargeError


@dataclass(frozen=True, slots=True)
class Nfa:
    """An automaton: the transitions of each state, and the accepting states.

    Without states it matches nothing.
    """

    rows: tuple[Row, ...]
    accepting: frozenset[int]

    @property
    def takes_empty(self) -> bool:
        """True if the empty text matches."""
        return 0 in self.accepting

    @property
    def deterministic(self) -> bool:
        """True if no character leads from one state to two."""
        return all(one[1] < other[0] for row in self.rows for one, other in pairwise(row))

    @property
    def size(self) -> int:
        """The number of states and transitions."""
        return len(self.rows) + sum(map(len, self.rows))


NONE: Final = Nfa((), frozenset())
EMPTY: Final = Nfa(((),), frozenset({0}))
ALL: Final = Nfa((((0, HIGHEST, 0),),), frozenset({0}))


def chars(ranges: Ranges) -> Nfa:
    """Build an automaton of one character."""
    return (
        Nfa((_row((low, high, 1) for low, high in ranges), ()), frozenset({1})) if ranges else NONE
    )


def text(characters: str) -> Nfa:
    """Build an automaton of one text."""
    codes = list(map(ord, characters))
    rows = tuple(((code, code, place),) for place, code in enumerate(codes, start=1))
    return Nfa((*rows, ()), frozenset({len(codes)}))


def _row(transitions: Iterable[tuple[int, int, int]]) -> Row:
    """Merge adjacent transitions to one state, and sort them."""
    found = sorted(transitions, key=lambda one: (one[2], one[0]))
    joined: list[tuple[int, int, int]] = []
    for low, high, goal in found:
        if joined and joined[-1][2] == goal and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]), goal)
        else:
            joined.append((low, high, goal))
    return tuple(sorted(joined))


def _shifted(row: Iterable[tuple[int, int, int]], by: int) -> list[tuple[int, int, int]]:
    return [(low, high, goal + by) for low, high, goal in row]


def _made(rows: Sequence[Iterable[tuple[int, int, int]]], accepting: Iterable[int]) -> Nfa:
    return alive(Nfa(tuple(map(_row, rows)), frozenset(accepting)))


def alive(one: Nfa) -> Nfa:
    """Remove states that are unreachable, or from which no accepting state is reachable."""
    reached, waiting = {0} if one.rows else set(), [0] if one.rows else []
    before: dict[int, list[int]] = {}
    while waiting:
        state = waiting.pop()
        for _, _, goal in one.rows[state]:
            before.setdefault(goal, []).append(state)
            if goal not in reached:
                reached.add(goal)
                waiting.append(goal)
    # Backwards from the accepting states, over the edges that were found on the way forwards.
    useful = set(one.accepting & reached)
    waiting = list(useful)
    while waiting:
        for state in before.get(waiting.pop(), ()):
            if state not in useful:
                useful.add(state)
                waiting.append(state)
    if len(useful) == len(one.rows):
        return one
    if 0 not in useful:
        return NONE
    return _renamed(one, {state: number for number, state in enumerate(sorted(useful))})


def _renamed(one: Nfa, names: dict[int, int]) -> Nfa:
    """Renumber states, merging those with the same number; those without one are removed."""
    rows: list[list[tuple[int, int, int]]] = [[] for _ in set(names.values())]
    for state, number in names.items():
        rows[number] += [
            (low, high, names[goal]) for low, high, goal in one.rows[state] if goal in names
        ]
    accepting = frozenset(names[state] for state in one.accepting if state in names)
    return Nfa(tuple(map(_row, rows)), accepting)


def concat(parts: Sequence[Nfa]) -> Nfa:
    """Build the concatenation."""
    if any(not part.rows for part in parts):
        return NONE
    rows: list[list[tuple[int, int, int]]] = []
    accepting: list[int] = []
    base = sum(len(part.rows) for part in parts)
    following: list[tuple[int, int, int]] = []
    may_end = True  # everything that follows can be empty
    added = 0
    for part in reversed(parts):
        base -= len(part.rows)
        own = [_shifted(row, base) for row in part.rows]
        added += sum(map(len, own)) + len(part.accepting) * len(following)
        _check(added)
        first = own[0] + following if part.takes_empty else own[0]
        for state in part.accepting:
            own[state] = own[state] + following
            if may_end:
                accepting.append(state + base)
        rows[:0] = own
        following, may_end = first, may_end and part.takes_empty
    return _made(rows, accepting) if parts else EMPTY


def union(parts: Sequence[Nfa]) -> Nfa:
    """Build the union."""
    rows: list[list[tuple[int, int, int]]] = [[]]
    accepting: set[int] = set()
    for part in parts:
        if not part.rows:
            continue
        base = len(rows)
        rows += [_shifted(row, base) for row in part.rows]
        rows[0] += rows[base]
        accepting |= {state + base for state in part.accepting}
        if part.takes_empty:
            accepting.add(0)
    return _ends_joined(_made(rows, accepting))


def _ends_joined(one: Nfa) -> Nfa:
    """Merge accepting states without transitions into one."""
    ends = [state for state in sorted(one.accepting) if not one.rows[state]]
    if len(ends) < 2:
        return one
    gone = set(ends[1:])
    names = {
        state: number
        for number, state in enumerate(s for s in range(len(one.rows)) if s not in gone)
    }
    return _renamed(one, names | dict.fromkeys(gone, names[ends[0]]))


def optional(one: Nfa) -> Nfa:
    """Build an automaton that also accepts the empty text."""
    if one.takes_empty:
        return one
    if not one.rows:
        return EMPTY
    # If a text can come back to the initial state, accepting there would accept more than the empty
    # text.
    if any(goal == 0 for row in one.rows for _, _, goal in row):
        rows = [_shifted(row, 1) for row in one.rows]
        return _made([rows[0], *rows], [0, *(state + 1 for state in one.accepting)])
    return Nfa(one.rows, one.accepting | {0})


def star(one: Nfa) -> Nfa:
    """Build the repetition, zero or more times."""
    if not one.rows or one.accepting == {0}:
        return one
    names: dict[int, int] = {}
    count = 1
    for state, row in enumerate(one.rows):
        joins_first = state in one.accepting and not row
        names[state] = 0 if joins_first else count
        count += not joins_first
    rows: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for state, number in names.items():
        rows[number] += [(low, high, names[goal]) for low, high, goal in one.rows[state]]
    again = [(low, high, names[goal]) for low, high, goal in one.rows[0]]
    accepting = {0, *(names[state] for state in one.accepting)}
    _check(one.size + len(accepting) * len(again))
    for number in accepting:
        rows[number] += again
    return _made(rows, accepting)


def at_least(one: Nfa, times: int) -> Nfa:
    """Build the repetition, at least that many times."""
    return concat([*([one] * times), star(one)]) if times else star(one)


def between(one: Nfa, low: int, high: int) -> Nfa:
    """Build the repetition, `low` to `high` times."""
    start = concat([one] * low) if low else EMPTY
    rows: list[list[tuple[int, int, int]]] = [list(row) for row in start.rows]
    accepting = set(start.accepting)
    last = accepting
    if one.rows:
        _check((high - low) * (one.size + len(one.accepting) * len(one.rows[0])))
    for _ in range(high - low if start.rows else 0):
        base = len(rows)
        rows += [_shifted(row, base) for row in one.rows]
        for state in last:
            rows[state] += rows[base] if one.rows else []
        last = {state + base for state in one.accepting}
        accepting |= last
    return _made(rows, accepting)


def intersection(one: Nfa, other: Nfa) -> Nfa:
    """Build the intersection."""
    if not one.rows or not other.rows:
        return NONE
    numbers = {(0, 0): 0}
    waiting = deque(numbers)
    rows: list[list[tuple[int, int, int]]] = []
    accepting = []
    tried = 0
    while waiting:
        first, second = pair = waiting.popleft()
        if first in one.accepting and second in other.accepting:
            accepting.append(numbers[pair])
        row = []
        for low, high, goal in one.rows[first]:
            for low2, high2, goal2 in other.rows[second]:
                tried += 1
                if low2 > high or high2 < low:
                    continue
                reached = (goal, goal2)
                if reached not in numbers:
                    numbers[reached] = len(numbers)
                    waiting.append(reached)
                row.append((max(low, low2), min(high, high2), numbers[reached]))
        _check(tried // 4)  # most pairs have no character in common
        rows.append(row)
    return _made(rows, accepting)


def inverted(one: Nfa) -> Nfa:
    """Build the complement of a deterministic automaton."""
    if not one.rows:
        return ALL
    sink = len(one.rows)
    rows: list[list[tuple[int, int, int]]] = []
    for row in one.rows:
        whole = list(row)
        free = 0
        for low, high, _ in row:
            if low > free:
                whole.append((free, low - 1, sink))
            free = max(free, high + 1)
        if free <= HIGHEST:
            whole.append((free, HIGHEST, sink))
        rows.append(whole)
    rows.append([(0, HIGHEST, sink)])
    return _made(rows, set(range(sink + 1)) - one.accepting)
