"""Towns in capitals with which a text begins, and districts with numbers: Ilir Barat I."""

import re
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.engine import Mention

_NUMBERS: Final = (" I", " V", " X")
_NUMBER: Final = re.compile(r" [IVX]{1,4}(?!\w)")
_DATELINE: Final = re.compile(
    r"\s*(?P<town>[A-Z]{3,}(?: [A-Z]{2,}){0,2}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
    r"(?:, [^\n–—-]{2,40}?| \([^)\n]{2,20}\))? ?(?:--?|–|—) "
)


def with_dateline(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the town in which an article was written, if an engine missed it."""
    found = _DATELINE.match(text)
    if found is None:
        return mentions
    begun = bool(mentions) and mentions[0].start < found.end("town")
    if begun and (mentions[0].end > found.end("town") or mentions[0].type == "organization"):
        return mentions
    low = found["town"].lower()
    known = gazetteer.get(low)
    if known is not None and known.type != "place":
        return mentions
    if known is None and not (found["town"].isupper() and find_areas(low)):
        return mentions
    return [Mention(*found.span("town"), "place"), *mentions[begun:]]


def with_areas_for_people(mentions: list[Mention], text: str) -> list[Mention]:
    """Return the mentions with areas that an engine took for people: Gili Trawangan."""
    return [
        one._replace(type="place") if one.type == "person" and _is_area(text, one) else one
        for one in mentions
    ]


def _is_area(text: str, one: Mention) -> bool:
    head, blank, rest = text[one.start : one.end].partition(" ")
    if not blank or head.lower() not in context_words("HOME"):
        return False
    return bool(find_areas(f"{head} {rest}".lower()) or find_areas(rest.lower()))


def with_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the numbers that are part of the names of areas."""
    return [
        Mention(one.start, number.end(), "place")
        if one.type == "place"
        and text.startswith(_NUMBERS, one.end)
        and (number := _NUMBER.match(text, one.end))
        and find_areas(text[one.start : number.end()].lower())
        else one
        for one in mentions
    ]
