"""Media that an article cites: dikutip dari Detik.com, dilansir Historia, melansir Variety."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import NAMELESS, Flag, word_flags
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON

_VERBS: Final = ("dikutip", "dilansir", "dilaporkan", "melansir", "mengutip", "menukil", "dinukil")
CITING: Final = frozenset(form for word in _VERBS for form in (word, word.capitalize()))
"""Words before a source."""
_BETWEEN: Final = frozenset(
    {"dari", "oleh", "laman", "situs", "media", "portal", "harian", "dalam"}
)
"""Words between the two."""
_MOST_BETWEEN: Final = 3
_PLATFORMS: Final = frozenset(
    {"instagram", "twitter", "facebook", "youtube", "tiktok", "google", "wikipedia", "whatsapp"}
)
"""Platforms are cited, but write nothing themselves."""
_ON: Final = "pada"
"""The word before the day of the report: dikutip Interfax pada Kamis."""
_LONGEST: Final = 3
"""Words of a name."""
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[a-z]{2,6}){1,2}")
_DULL: Final = NAMELESS & ~int(Flag.ORG | Flag.PLACE)


def with_sources(words: Words, verbs: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the media that the tokens `verbs` cite."""
    found = (
        words.mention(first, last, "organization")
        for first, last in _sources(words.tokens, verbs, words.gazetteer)
    )
    return with_free(len(words.passage.text), mentions, found)


def _sources(
    tokens: Sequence[str], verbs: Sequence[int], gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """Yield the first token of each source, and the one after it."""
    for at in verbs:
        first = at + 1
        while first < len(tokens) and first - at <= _MOST_BETWEEN and tokens[first] in _BETWEEN:
            first += 1
        if first < len(tokens) and _DOMAIN.fullmatch(tokens[first]):
            yield first, first + 1
            continue
        last = first
        while last < len(tokens) and last - first < _LONGEST and tokens[last][0].isupper():
            last += 1
        ends = last == len(tokens) or not tokens[last][0].isalnum() or tokens[last] == _ON
        if last > first and ends and _is_medium(tokens[first:last], gazetteer):
            yield first, last


def _is_medium(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return whether words name a medium, and no person, place, office or platform."""
    flags = word_flags()
    lowers = [word.lower() for word in words]
    known = gazetteer.get(" ".join(lowers))
    if known is not None:
        return known.type == "organization"
    if not _PLATFORMS.isdisjoint(lowers) or (len(words) == 1 and is_common(lowers[0])):
        return False
    return not any(flags.get(low, 0) & (_DULL | PERSON) for low in lowers)
