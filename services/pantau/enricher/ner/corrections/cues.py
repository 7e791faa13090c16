"""Words that show a name beside them, by their marks.

Each correction by such words gets the tokens that are its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum, auto
from functools import cache

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
from pantau.enricher.ner.marks import FIRST_CUE, Marked


class _Cue(IntEnum):
    """Which correction reads what stands beside a word: a bit of its marks."""

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
    cues = _cues(words.marked)
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


def _cues(marked: Marked) -> Mapping[_Cue, list[int]]:
    """Return the tokens of each kind, in order."""
    found: defaultdict[_Cue, list[int]] = defaultdict(list)
    for index, marks in marked:
        if marks >> FIRST_CUE:
            for kind in _kinds_of(marks):
                found[kind].append(index)
    return found


@cache  # a few dozen sets of marks occur
def _kinds_of(marks: int) -> tuple[_Cue, ...]:
    """Return the kinds of a word with some marks."""
    return tuple(kind for kind in _Cue if marks >> FIRST_CUE & 1 << kind)


@cache
def cue_marks() -> Mapping[str, int]:
    """Return the marks of each word: the corrections that it is for."""
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
    found: defaultdict[str, int] = defaultdict(int)
    for cue, words in forms.items():
        for word in words:
            found[word] |= 1 << cue << FIRST_CUE
    return dict(found)
