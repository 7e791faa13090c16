r"""Which patterns Elasticsearch can run: it makes automata of them and refuses those that are too dear to make.

Lucene turns a nondeterministic automaton into a deterministic one set of states by set of states, and counts the sizes
of the sets as effort (`Operations.determinize`, Lucene 10): 10,000 of `max_determinized_states` allow 100,000. Here the
same is counted, up to a fraction of that; what goes beyond is not sent.
"""

from functools import lru_cache
from typing import Final

from pantau.query import derivatives, regex
from pantau.query.derivatives import Expression
from pantau.query.tokens import units

LONGEST_PATTERN: Final = 1_000
"""Longest prefix, wildcard pattern and regular expression, in UTF-16 units: `index.max_regex_length`."""
REGEX_STATES: Final = 100_000
"""What is allowed to Elasticsearch as `max_determinized_states` of a regular expression."""
_WILDCARD_EFFORT: Final = 20_000
_REGEX_EFFORT: Final = 180_000
_OTHER: Final = ""


def wildcard_fits(pattern: str) -> bool:
    r"""Tell whether Elasticsearch takes a pattern of `*`, `?` and `\`."""
    if units(pattern) > LONGEST_PATTERN:
        return False
    signs = _signs(pattern)
    if "*" not in signs or len(signs) < 10:
        return True
    return _effort(signs) <= _WILDCARD_EFFORT


def _signs(pattern: str) -> list[str]:
    r"""Cut a pattern: `*` and `?` stand for themselves, `\` and a character for that character."""
    found = []
    place = 0
    while place < len(pattern):
        escaped = pattern[place] == "\\" and place + 1 < len(pattern)
        sign = pattern[place + 1] if escaped else pattern[place]
        found.append("\\" + sign if escaped or sign not in "*?" else sign)
        place += 1 + escaped
    return found


def _effort(signs: list[str]) -> int:
    """Add up the sizes of the sets of places in the pattern that words can lead to, until it is too much."""
    start = _closed({0}, signs)
    known, waiting, effort = {start}, [start], 0
    while waiting and effort <= _WILDCARD_EFFORT:
        places = waiting.pop()
        effort += len(places)
        chars = {signs[place] for place in places if place < len(signs)} - {"*", "?"}
        for char in (*chars, _OTHER):
            reached = {place for place in places if place < len(signs) and signs[place] == "*"}
            reached |= {
                place + 1
                for place in places
                if place < len(signs) and signs[place] in {"?", char, "*"} - {"*"}
            }
            following = _closed(reached, signs)
            if following and following not in known:
                known.add(following)
                waiting.append(following)
    return effort


def _closed(places: set[int], signs: list[str]) -> frozenset[int]:
    """Add the places after each `*`, which may stand for nothing."""
    found = set(places)
    for place in places:
        after = place
        while after < len(signs) and signs[after] == "*":
            after += 1
            found.add(after)
    return frozenset(found)


@lru_cache(maxsize=10_000)
def regex_fits(pattern: str) -> bool:
    """Tell whether Elasticsearch takes a regular expression that the parser took.

    States are worked out by derivatives, of the whole and of each operand, which Lucene may make deterministic for
    itself. A state's width stands for the size of Lucene's set of states.
    """
    if units(pattern) > LONGEST_PATTERN:
        return False
    left = _REGEX_EFFORT
    try:
        whole, operands = regex.read(pattern)
        for one in dict.fromkeys((whole, *operands)):
            left = _explore(one, left)
    except RecursionError:
        return False
    return left >= 0


def _explore(start: Expression, left: int) -> int:
    """Take the widths of all states from what is left of the effort; below 0 it was too much."""
    widths: dict[Expression, int] = {}
    chars = _representatives(start)
    known, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        left -= _width(state, widths) * len(chars)
        if left < 0:
            break
        for char in chars:
            following = derivatives.derive(state, char)
            if following not in known:
                known.add(following)
                waiting.append(following)
    return left


def _width(one: Expression, widths: dict[Expression, int]) -> int:
    """Count the nodes that the next character is looked for in, each as often as it stands there."""
    known = widths.get(one)
    if known is None:
        parts = one.parts
        if one.kind == "concat" and not parts[0].nullable:
            parts = parts[:1]
        known = widths[one] = 1 + sum(_width(part, widths) for part in parts)
    return known


def _representatives(whole: Expression) -> list[int]:
    """Give one character of each class that the expression tells apart."""
    starts = {0}
    known, waiting = {whole}, [whole]
    while waiting:
        one = waiting.pop()
        for low, high in one.ranges:
            starts |= {low, min(high + 1, derivatives.HIGHEST)}
        fresh = [part for part in one.parts if part not in known]
        known.update(fresh)
        waiting += fresh
    return sorted(starts)
