r"""Which patterns Elasticsearch can run.

It makes automata of them and refuses those that are too dear to make. Lucene turns a
nondeterministic automaton into a deterministic one set of states by set of states, and counts the
sizes of the sets as effort (`Operations.determinize`, Lucene 10): 10,000 of
`max_determinized_states` allow 100,000. For wildcards the same is counted here, up to a fraction of
that; what goes beyond is not sent.
"""

from typing import Final

from pantau.query.text.tokenizer import units

LONGEST_PATTERN: Final = 1_000
"""Longest prefix, wildcard pattern and regular expression, in UTF-16 units.

`index.max_regex_length`.
"""
REGEX_STATES: Final = 100_000
"""The `max_determinized_states` given to Elasticsearch for a regular expression.

Ten times what the parser allows.
"""
_WILDCARD_EFFORT: Final = 20_000
_OTHER: Final = ""


def wildcard_fits(pattern: str) -> bool:
    r"""Return whether Elasticsearch takes a pattern of `*`, `?` and `\`."""
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


def regex_fits(pattern: str) -> bool:
    """Return whether Elasticsearch takes a regular expression that the parser took.

    Only its length is counted otherwise. The parser counts states as Lucene does (`determinize`),
    and refuses more than `REGEX_STATES` allows.
    """
    return units(pattern) <= LONGEST_PATTERN
