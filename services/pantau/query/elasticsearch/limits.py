r"""The patterns that Elasticsearch accepts.

It compiles them to automata and rejects those that are too expensive. Lucene determinizes an
automaton set by set, and counts the sizes of the state sets as effort (`Operations.determinize`,
Lucene 10): 10,000 of `max_determinized_states` allow 100,000. For wildcards this module counts the
same, up to a fraction of that; more expensive ones are not sent.
"""

from typing import Final

from pantau.query.text.tokenizer import units

LONGEST_PATTERN: Final = 1_000
"""Maximum length of a prefix, wildcard pattern or regular expression, in UTF-16 units.

`index.max_regex_length`.
"""
REGEX_STATES: Final = 100_000
"""The `max_determinized_states` sent to Elasticsearch for a regular expression.

Ten times the limit of the parser.
"""
_WILDCARD_EFFORT: Final = 20_000
_OTHER: Final = ""


def wildcard_fits(pattern: str) -> bool:
    r"""Return whether Elasticsearch accepts a pattern of `*`, `?` and `\`."""
    if units(pattern) > LONGEST_PATTERN:
        return False
    signs = _signs(pattern)
    if "*" not in signs or len(signs) < 10:
        return True
    return _effort(signs) <= _WILDCARD_EFFORT


def _signs(pattern: str) -> list[str]:
    r"""Split a pattern: `*` and `?` stay, `\` and a character become that character."""
    found = []
    place = 0
    while place < len(pattern):
        escaped = pattern[place] == "\\" and place + 1 < len(pattern)
        sign = pattern[place + 1] if escaped else pattern[place]
        found.append("\\" + sign if escaped or sign not in "*?" else sign)
        place += 1 + escaped
    return found


def _effort(signs: list[str]) -> int:
    """Return the sum of the sizes of the state sets of the pattern, up to the limit."""
    start = _closed({0}, signs)
    known, waiting, effort = {start}, [start], 0
    while waiting and effort <= _WILDCARD_EFFORT:
        places = waiting.pop()
        effort += len(places)
        chars = {signs[place] for place in places if place < len(signs)} - {"*", "?"}
        # One character stands for all that the pattern does not name: they lead to the same states.
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
    """Add the positions after each `*`, which may match nothing."""
    found = set(places)
    for place in places:
        after = place
        while after < len(signs) and signs[after] == "*":
            after += 1
            found.add(after)
    return frozenset(found)


def regex_fits(pattern: str) -> bool:
    """Return whether Elasticsearch accepts a regular expression that the parser accepted.

    Only its length is counted differently. The parser counts states as Lucene does (`determinize`),
    and rejects more than `REGEX_STATES` allows.
    """
    return units(pattern) <= LONGEST_PATTERN
