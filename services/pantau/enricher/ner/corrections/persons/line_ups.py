"""Players of a line-up, in which each has a number: 19-Rudi Hartono, 13-Tavero.

And people at the end of a list of people: Rudi Hartono, Agus Salim, Tavero.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import NAMELESS, word_flags
from pantau.enricher.ner.corrections.persons.name_words import may_be_full_name
from pantau.enricher.ner.corrections.spans import with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON

_NAME: Final = re.compile(
    r"[A-Z][\w'’]+(?:-[A-Z]\w+)?"
    r"(?: (?:(?:de|di|da|dos|van|der|den|el|al|bin|ter) ){0,2}[A-Z][\w'’-]+){0,3}"
)
_FEWEST: Final = 5
"""Players of a line-up; fewer numbers with a hyphen are something else."""
_LAST: Final = re.compile(
    r",?(?: dan|,| serta) ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,2})(?= [a-z]|[.,])"
)
"""The end of a list: a comma or a word, and a name."""
_COMMA: Final = ", "
_HYPHENS: Final = "-–"
_BEFORE: Final = frozenset(".,/-–")
"""Characters before digits that make them the end of a longer number."""


def players(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the players of line-ups, in order."""
    found = [span for hyphen in _HYPHENS for span in _after(text, hyphen)]
    if len(found) < _FEWEST:
        return []
    return sorted(span for span in found if _may_name_people(text[slice(*span)]))


def _after(text: str, hyphen: str) -> Iterator[tuple[int, int]]:
    """Yield the names after a number of one or two digits and a hyphen."""
    at = text.find(hyphen)
    while at > 0:
        if text[at - 1].isdigit() and text[at + 1 : at + 2].isupper():
            first = at - 2 if text[at - 2 : at - 1].isdigit() else at - 1
            before = text[first - 1 : first]
            name = _NAME.match(text, at + 1)
            if name is not None and not (before.isalnum() or before in _BEFORE):
                yield name.span()
        at = text.find(hyphen, at + 1)


def _may_name_people(name: str) -> bool:
    first, blank, _ = name.partition(" ")
    seen = word_flags().get(first.lower(), 0)
    return bool(blank or seen & PERSON) or not seen & NAMELESS


def with_last_of_lists(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the last people of lists of people, whom an engine missed."""
    found = list(_last_ones(text, mentions, gazetteer))
    return with_free(len(text), mentions, found) if found else mentions


def _last_ones(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    for first, second in pairwise(mentions):
        if not (
            first.type == second.type == "person"
            and first.end + len(_COMMA) == second.start
            and text.startswith(_COMMA, first.end)
            and text.startswith((_COMMA, " dan ", " serta "), second.end)
        ):
            continue
        last = _LAST.match(text, second.end)
        if last is not None and may_be_full_name(last[1].lower().split(" "), gazetteer):
            yield Mention(*last.span(1), "person")
