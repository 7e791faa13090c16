"""Words that show a name beside them, found in one pass over the tokens of a text.

Each correction by such words gets the tokens that are its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum, auto
from functools import cache
from itertools import compress, count

from pantau.enricher.ner.corrections.areas.bearings import UNITS, with_bearings
from pantau.enricher.ner.corrections.areas.headed_areas import AREA_CUES, PREPOSITIONS, with_areas
from pantau.enricher.ner.corrections.areas.homes import PEOPLES, with_homes
from pantau.enricher.ner.corrections.areas.named_sites import SITE_HEADS, with_sites
from pantau.enricher.ner.corrections.areas.regional_offices import office_forms, with_offices
from pantau.enricher.ner.corrections.headed_bodies import BODY_HEADS, with_headed_bodies
from pantau.enricher.ner.corrections.institutions.branches import BRANCH_CUES, with_branches
from pantau.enricher.ner.corrections.institutions.city_clubs import (
    club_cities,
    with_city_clubs,
)
from pantau.enricher.ner.corrections.institutions.companies import COMPANY_CUES, with_companies
from pantau.enricher.ner.corrections.institutions.company_tails import TAILS, with_tails
from pantau.enricher.ner.corrections.institutions.sources import CITING, with_sources
from pantau.enricher.ner.corrections.persons.holders import TITLES, with_holders
from pantau.enricher.ner.corrections.spans import Words
from pantau.enricher.ner.engine import Mention


class _Cue(IntEnum):
    """Which correction reads what stands beside a word. A number, which is hashed in C."""

    AREA = auto()
    PREPOSITION = auto()
    HOME = auto()
    OFFICE = auto()
    TITLE = auto()
    COMPANY = auto()
    SITE = auto()
    CITING = auto()
    UNIT = auto()
    BRANCH = auto()
    CLUB = auto()
    TAIL = auto()
    BODY = auto()


def with_shown(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the names that words beside them show."""
    cues = _cues(words.tokens)
    mentions = with_areas(words, cues[_Cue.AREA], cues[_Cue.PREPOSITION], mentions)
    for cue, correct in (
        (_Cue.HOME, with_homes),
        (_Cue.OFFICE, with_offices),
        (_Cue.TITLE, with_holders),
        (_Cue.COMPANY, with_companies),
        (_Cue.SITE, with_sites),
        (_Cue.CITING, with_sources),
        (_Cue.UNIT, with_bearings),
        (_Cue.BRANCH, with_branches),
        (_Cue.CLUB, with_city_clubs),
        (_Cue.TAIL, with_tails),
        (_Cue.BODY, with_headed_bodies),
    ):
        if cues[cue]:
            mentions = correct(words, cues[cue], mentions)
    return mentions


def _cues(tokens: Sequence[str]) -> Mapping[_Cue, list[int]]:
    """Return the tokens of each kind, in order."""
    kinds = _kinds()
    found: defaultdict[_Cue, list[int]] = defaultdict(list)
    for index in compress(count(), map(kinds.__contains__, tokens)):
        for kind in kinds[tokens[index]]:
            found[kind].append(index)
    return found


@cache
def _kinds() -> dict[str, list[_Cue]]:
    """Return the corrections that each word is for."""
    forms: dict[_Cue, Iterable[str]] = {
        _Cue.AREA: AREA_CUES,
        _Cue.PREPOSITION: PREPOSITIONS,
        _Cue.HOME: PEOPLES,
        _Cue.OFFICE: office_forms(),
        _Cue.TITLE: TITLES,
        _Cue.COMPANY: COMPANY_CUES,
        _Cue.SITE: SITE_HEADS,
        _Cue.CITING: CITING,
        _Cue.UNIT: UNITS,
        _Cue.BRANCH: BRANCH_CUES,
        _Cue.CLUB: club_cities(),
        _Cue.TAIL: TAILS,
        _Cue.BODY: BODY_HEADS,
    }
    found: defaultdict[str, list[_Cue]] = defaultdict(list)
    for cue, words in forms.items():
        for word in words:
            found[word].append(cue)
    return dict(found)
