"""Places after a word for their people: Seorang warga Lima, Penduduk Lanny Jaya.

A common word with a capital, or a name that an engine took for a club or a person, is a place
there; so is a word that no list has, as long as nothing speaks for a people or a creed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_common
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import SURE_POPULATION, Gazetteer, KnownName
from pantau.enricher.lexicon.words import NAMELESS, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.spans import Words
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import OFFICE, PERSON, PLACE_HEAD

PEOPLES: Final = frozenset({"warga", "penduduk", "Warga", "Penduduk"})
"""Words for the people of a place, as texts write them."""
_LONGEST: Final = 6
"""Tokens of a place's name."""
_LEAST: Final = 4
"""Letters of a place that no list has."""


def with_homes(words: Words, peoples: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the places after the tokens `peoples`, words for their people."""
    tokens, gazetteer = words.tokens, words.gazetteer
    gone: set[Mention] = set()
    added: list[Mention] = []
    begins = [one.start for one in mentions]
    for first in _firsts(tokens, peoples):
        last, known = _place(tokens, first, gazetteer)
        # A capital goes on: this is the beginning of a longer name.
        if last < len(tokens) and tokens[last][0].isupper():
            continue
        home = words.mention(first, last, "place")
        start, end, _ = home
        near = bisect_left(begins, end)
        owner = mentions[near - 1] if near and mentions[near - 1].end > start else None
        if owner is None:
            right = _is_known(known) if known is not None else _may_be_place(tokens[first])
        else:
            right = (owner.start, owner.end) == (start, end) and _is_rather(
                owner, known, tokens[first:last], gazetteer
            )
        if right:
            added.append(home)
            gone.update(() if owner is None else (owner,))
    if not added:
        return mentions
    return without_overlap([one for one in mentions if one not in gone] + added)


def _firsts(tokens: Sequence[str], peoples: Sequence[int]) -> Iterator[int]:
    """Yield the tokens with a capital after a word for people."""
    for at in peoples:
        token = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token[:1].isupper() and token[1:].islower():
            yield at + 1


def _place(tokens: Sequence[str], first: int, gazetteer: Gazetteer) -> tuple[int, KnownName | None]:
    """Return the token after the longest known name, and the name; else after one token."""
    lowers = [token.lower() for token in tokens[first : first + _LONGEST]]
    found = gazetteer.longest(lowers, 0, len(lowers))
    return (first + 1, None) if found is None else (first + found[0], found[1])


def _is_known(known: KnownName) -> bool:
    """Return whether a known name is a place, and no word for a kind of places or an office."""
    head = word_flags().get(known.name.lower(), 0) & (PLACE_HEAD | OFFICE)
    return known.type == "place" and not head and known.name.lower() not in context_words("PEOPLES")


def _may_be_place(token: str) -> bool:
    """Return whether a word that no list has may be the name of a place."""
    low = token.lower()
    if len(token) < _LEAST or not token.isalpha() or low in context_words("PEOPLES"):
        return False
    return not (word_flags().get(low, 0) & (NAMELESS | PERSON) or is_common(low))


def _is_rather(
    owner: Mention, known: KnownName | None, words: Sequence[str], gazetteer: Gazetteer
) -> bool:
    """Return whether what an engine took for a club or a person is a place by its list."""
    if owner.type == "place" or known is None or not _is_known(known):
        return False
    if owner.type == "organization" or len(words) > 1:
        return True
    large = gazetteer.places(known.name)[0].population >= SURE_POPULATION
    return large and not word_flags().get(words[0].lower(), 0) & PERSON
