"""Sides in lines of results and tables, which are no sentences.

`Leeds 2 Chelsea 1` names two teams and `Chicago 64 51 .557` one, where an engine that has learnt
from sentences sees places, people or nothing. A country that plays stays a place. Each form has to
be the whole line, so that no sentence is one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

Side = tuple[int, int, EntityType]
"""The start and end in a line, and what stands there."""

LONGEST: Final = 300
"""Characters of a line; longer ones are paragraphs."""
_WORD: Final = r"[^\W\d_a-z][\w.'’&-]*"
_NAME: Final = rf"{_WORD}(?: (?:(?:de|of|and|la) )?{_WORD}){{0,3}}"
_NOTE: Final = r"(?: ?\([^()]{1,120}\))?"
"""Scorers, a half-time score or `extra time`, in brackets."""
_POINTS: Final = r"\d{1,3}"
_BULLET: Final = r"(?:[^:\d]{1,40}: ?)?(?:[-•*] |\d{1,3}[.)] ?)?"
"""A day or a league with its colon, and a mark or a number."""
_TAIL: Final = r"(?: ?\.(?: .*)?)?"
_RESULTS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_BULLET}({_NAME}) {_POINTS}{_NOTE},? ({_NAME}) {_POINTS}{_NOTE}(?: OT)?{_TAIL}",
        rf"{_BULLET}({_NAME}) {_POINTS} ?[-–] ?{_POINTS} ({_NAME}){_NOTE}{_TAIL}",
        rf"{_BULLET}({_NAME}) (?:vs?|VS|Vs)\.? ({_NAME}){_NOTE}{_TAIL}",
    )
)
"""Two sides and their points, or sides that are to meet."""
_FIXTURE: Final = re.compile(r"([A-Z][A-Z. ]+) AT ([A-Z][A-Z. ]+)")
"""The line of a schedule in capitals, of which at least one side is a known name."""
_FIGURE: Final = r"(?:[-+]?\d{1,4}(?:[.,:]\d{1,3}){0,2}|\.\d{3}|-|\d/\d)(?= |\Z)"
_ROW: Final = re.compile(rf"(?:\d{{1,3}}[.)]? )?({_NAME})(?: {_FIGURE}){{3,24}}")
"""A name and at least three figures."""
_RANKED: Final = re.compile(
    rf"{_BULLET}((?:[A-Z]\. ?)?{_WORD}(?: {_WORD}){{1,3}}) ?\( ?({_NAME}\.?) ?\) [^()]*\d[^()]*"
)
"""Someone with a country and a time or points."""
_BATTED: Final = re.compile(rf"({_NAME}) (?:c |lbw |b |st |run out|not out).*\d")
_BOWLER: Final = re.compile(rf"\b(?:c|b|st) ({_NAME})(?= |\Z)")
"""People of a scorecard of cricket: who batted, who caught or bowled."""
_SCORERS: Final = re.compile(
    r"(?:(?:goal ?)?scorers?|goals?|pencetak gol|gol)(?: [^:]{1,30})? ?:", re.IGNORECASE
)
_SCORER: Final = re.compile(rf"({_NAME}) ?\(?\d{{1,3}}\b")
_DATELINE: Final = re.compile(rf"({_NAME})(?: ?, ({_NAME}))? \d{{4}}-\d\d-\d\d")
_GENERAL: Final = int(
    Flag.COMMON | Flag.CAPITAL | Flag.CALENDAR | Flag.OFFICE | Flag.SPEAKING | Flag.THING
)
_OF_TEAM: Final = int(Flag.ORG_HEAD | Flag.ORG_TAIL)
_NO_PERSON: Final = int(Flag.ORG_HEAD | Flag.ORG_TAIL | Flag.PLACE_HEAD | Flag.PLACE_TAIL)
_INITIAL: Final = re.compile(r"[A-Z]\.")
_HEAD: Final = re.compile(
    rf"(?:\d{{1,3}} )?{_BULLET}(?:[A-Z]\. ?)?{_NAME}(?: {_WORD})? ?(?:[-+.,\d(]|[vV]|AT |c |lbw |b "
    r"|st |run |not )"
)
"""How every form begins but that of scorers, which a sentence seldom does: one quick look.

A name, and a figure, a bracket or a word between two sides.
"""
_AT: Final = " AT "


def with_sides(text: str, lang: str, mentions: list[Mention], known: Gazetteer) -> list[Mention]:
    """Return the mentions with the names of results and tables in place of what they touch."""
    people = {(one.start, one.end) for one in mentions if one.type == "person"}
    found = [
        Mention(start + low, start + high, kind)
        for start, line in _score_lines(text)
        for low, high, kind in _sides(line, lang, known)
        if (start + low, start + high) not in people
    ]
    if not found:
        return mentions
    taken = CharMask(len(text), ((one.start, one.end) for one in found))
    return sorted(found + [one for one in mentions if not taken.touches(one.start, one.end)])


def _score_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be results, with their starts."""
    at = 0
    for line in text.split("\n"):
        if len(line) <= LONGEST:
            plain = line.strip()
            if plain and _may_be_result(plain):
                yield at + line.index(plain[0]), plain
        at += len(line) + 1


def _may_be_result(line: str) -> bool:
    """Return whether a line begins as a result, a row of a table, or a list of scorers."""
    return bool(_HEAD.match(line) or _SCORERS.match(line)) or _AT in line


def _sides(line: str, lang: str, known: Gazetteer) -> list[Side]:
    """Return the names of a line; nothing where a word is no name."""
    if _SCORERS.match(line):
        return _scorers(line, 0, len(line), lang, known)
    # From the most specific form to the loosest, which takes nearly anything for a name.
    for form in _RESULTS:
        result = form.fullmatch(line)
        if result is not None:
            return _teams(result, line, lang, known)
    result = _fixture(line, known) or _ROW.fullmatch(line)
    if result is not None:
        return _teams(result, line, lang, known)
    if lang == "en" and line[-1].isdigit():
        dated = _DATELINE.fullmatch(line)
        if dated is not None and _is_dateline(dated[1], known):
            return [(*dated.span(at), "place") for at in (1, 2) if dated[at]]
        batted = _BATTED.fullmatch(line)
        if batted is not None:
            bowlers = _BOWLER.finditer(line, batted.end(1))
            return [(*one.span(1), "person") for one in (batted, *bowlers)]
    return _ranked(line, lang, known)


def _teams(found: re.Match[str], line: str, lang: str, known: Gazetteer) -> list[Side]:
    """Return the sides of a result, and those who scored according to a note in brackets."""
    spans = [found.span(group) for group in range(1, len(found.groups()) + 1)]
    if not all(_may_play(line[slice(*span)], lang) for span in spans):
        return []
    sides: list[Side] = [(low, high, _kind(line[low:high], known)) for low, high in spans]
    for (_, high), (low, _) in pairwise([*spans, (len(line), 0)]):
        note = line.find("(", high, low)
        if note >= 0:
            sides += _scorers(line, note, line.find(")", note), lang, known)
    return sides


def _scorers(line: str, start: int, end: int, lang: str, known: Gazetteer) -> list[Side]:
    """Return the people of a list, each with a minute or a number of goals."""
    return [
        (*one.span(1), "person")
        for one in _SCORER.finditer(line, start, end)
        if _may_play(one[1], lang) and known.get(one[1]) is None
    ]


def _is_dateline(name: str, known: Gazetteer) -> bool:
    """Return whether a date follows a place: a known one, or one in capitals as agencies write."""
    place = known.get(name)
    if place is not None:
        return place.type == "place"
    return name.isupper() and _may_play(name, "en")


def _ranked(line: str, lang: str, known: Gazetteer) -> list[Side]:
    """Return the person of a line of a ranking by country."""
    found = _RANKED.fullmatch(line)
    if found is None or not _is_person(found[1], lang, known):
        return []
    place = known.get(found[2])
    country = place is not None and place.type == "place" and place.sure
    return [(*found.span(1), "person")] if country else []


def _fixture(line: str, known: Gazetteer) -> re.Match[str] | None:
    """Return the match of a line of a schedule."""
    found = _FIXTURE.fullmatch(line)
    named = found is not None and any(known.get(side) is not None for side in found.groups())
    return found if named else None


def _may_play(name: str, lang: str) -> bool:
    """Return whether a side may have a name: no heading of a column, no month."""
    flags = word_flags(lang)
    seen = [flags.get(word, 0) for word in name.lower().split()]
    if any(one & Flag.CALENDAR for one in seen):
        return False
    of_team = len(seen) > 1 and bool(seen[-1] & _OF_TEAM)  # Racing Club
    return of_team or not all(one & _GENERAL for one in seen)


def _is_person(name: str, lang: str, known: Gazetteer) -> bool:
    """Return whether nothing in a name of several words says that it is anything but a person's."""
    flags = word_flags(lang)
    return known.get(name) is None and not any(
        flags.get(word, 0) & _NO_PERSON for word in name.lower().split()
    )


def _kind(name: str, known: Gazetteer) -> EntityType:
    """Return what a side is: a person by an initial, a country, else a team."""
    if _INITIAL.match(name):
        return "person"
    place = known.get(name)
    country = place is not None and place.type == "place" and place.sure
    return "place" if country else "organization"
