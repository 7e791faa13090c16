r"""Which patterns Elasticsearch can run: it makes automata of them and refuses those that are too dear to make.

Lucene turns a nondeterministic automaton into a deterministic one set of states by set of states, and counts the sizes
of the sets as effort (`Operations.determinize`, Lucene 10): 10,000 of `max_determinized_states` allow 100,000. Here the
same is counted, up to a fraction of that; what goes beyond is not sent.
"""

from functools import lru_cache
from typing import Final

from pantau.query import derivatives, regex
from pantau.query.derivatives import Expression

LONGEST_PATTERN: Final = 1_000
"""Longest prefix, wildcard pattern and regular expression, in UTF-16 units: `index.max_regex_length`."""
REGEX_STATES: Final = 100_000
"""What is allowed to Elasticsearch as `max_determinized_states` of a regular expression."""
_WILDCARD_EFFORT: Final = 40_000
_REGEX_STATES: Final = 500
"""Most states of an expression that is sent. A set of states has at most one state a sign, of 1,000 signs: so the effort
stays below half of what `REGEX_STATES` allows."""
_DERIVATIONS: Final = 10_000
_OTHER: Final = ""


def units(text: str) -> int:
    """Count the UTF-16 units of a text, which Java calls its length."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


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
    """Tell whether Elasticsearch takes a regular expression that the parser took."""
    if units(pattern) > LONGEST_PATTERN:
        return False
    try:
        whole = regex.expression(pattern)
        return all(_few_states(one) for one in (whole, *_complements(whole)))
    except RecursionError:
        return False


def _complements(whole: Expression) -> list[Expression]:
    """Give the parts that are made deterministic for themselves."""
    found: dict[Expression, None] = {}
    known, waiting = {whole}, [whole]
    while waiting:
        one = waiting.pop()
        if one.kind == "not":
            found[one.parts[0]] = None
        fresh = [part for part in one.parts if part not in known]
        known.update(fresh)
        waiting += fresh
    return list(found)


def _few_states(start: Expression) -> bool:
    chars = _representatives(start)
    known, waiting, derived = {start}, [start], 0
    while waiting:
        state = waiting.pop()
        for char in chars:
            derived += 1
            following = derivatives.derive(state, char)
            if following not in known:
                known.add(following)
                waiting.append(following)
        if len(known) > _REGEX_STATES or derived > _DERIVATIONS:
            return False
    return True


def _representatives(whole: Expression) -> list[int]:
    """Give one character of each class that the expression tells apart."""
    starts = {0}
    known, waiting = {whole}, [whole]
    while waiting:
        one = waiting.pop()
        for low, high in one.ranges:
            starts |= {low, high + 1}
        fresh = [part for part in one.parts if part not in known]
        known.update(fresh)
        waiting += fresh
    return sorted(starts)
