"""Execution of an automaton on words.

State sets become deterministic states lazily, while words are read, and are cached.
"""

from typing import Final

from pantau.query.automata.automaton import Nfa
from pantau.query.automata.determinize import Sets

_MOST_KEPT: Final = 20_000
"""Maximum number of cached transitions between sets.

Then all are dropped, and computed again on demand.
"""
_KEPT_AT_ONCE: Final = 1_000
"""An automaton with up to this many sets computes each once, at a constant cost per character.
"""


class _Node(dict[str, "_Node"]):
    """A state set, and the known transitions from it."""

    __slots__ = ("accepting", "places", "runner")

    def __init__(self, runner: "Runner", places: frozenset[int]) -> None:
        super().__init__()
        self.runner = runner
        self.places = places
        self.accepting = not places.isdisjoint(runner.nfa.accepting)

    def __missing__(self, char: str) -> "_Node":
        return self.runner.follow(self, char)


class Runner:
    """A test of words by an automaton. `cost` is the cost of building and holding it."""

    __slots__ = ("_kept", "_nodes", "_nowhere", "_start", "cost", "nfa", "per_char")

    def __init__(self, nfa: Nfa, sets: Sets) -> None:
        self.nfa = nfa
        self.cost = nfa.size + sets.effort + sets.steps // 20
        self.per_char = 1 if len(sets.dfa.rows) <= _KEPT_AT_ONCE else 5 * sets.widest
        """Maximum cost of a character of a word, in units of `budget`."""
        self._forget()

    def _forget(self) -> None:
        self._kept = 0
        self._nodes: dict[frozenset[int], _Node] = {}
        self._nowhere = self._node(frozenset())
        self._start = self._node(frozenset({0}) if self.nfa.rows else frozenset())

    def _node(self, places: frozenset[int]) -> _Node:
        found = self._nodes.get(places)
        if found is None:
            found = self._nodes[places] = _Node(self, places)
        return found

    def follow(self, node: _Node, char: str) -> _Node:
        """Return the node after a character, computing it if needed."""
        code = ord(char)
        rows = self.nfa.rows
        reached = frozenset(
            goal for place in node.places for low, high, goal in rows[place] if low <= code <= high
        )
        if self._kept >= _MOST_KEPT:
            self._forget()
        self._kept += 1
        found = node[char] = self._node(reached)
        return found

    def __call__(self, word: str) -> bool:
        """Return whether the whole word matches."""
        node, nowhere = self._start, self._nowhere
        for char in word:
            node = node[char]
            if node is nowhere:
                return False
        return node.accepting
