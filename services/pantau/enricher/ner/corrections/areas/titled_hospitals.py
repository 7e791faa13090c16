"""Hospitals after doctors: RSUD dr. Soetomo, RSUP Prof. Dr. I.G.N.G. Ngoerah.

The dot after a title looks like the end of a sentence to an engine.
"""

import re
from bisect import bisect_left
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention
from pantau_schemas.events.article import EntityType

_HOSPITAL: Final = re.compile(
    r"(?<!\w)(?:RS[A-Z]{0,4}|Rumah Sakit(?: Umum)?(?: Daerah| Pusat)?) "
    r"(?:(?:dr|drg|Dr|Prof|Ir|H|Hj|KH|KRT|RM?|Tgk|St)\.? ?)*"
    r"(?:(?:dr|Dr|drg|Prof)\.? ?|Bhayangkara (?=[A-Z]\. ))"
    r"(?:(?:H|R|RM|KRT|[A-Z])\. ?)*(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
)
_DOCTORS: Final = (" dr", " Dr", " Prof", " Bhayangkara ")
_ENDS: Final = int(Flag.HONORIFIC | Flag.RANK | Flag.CALENDAR | Flag.OFFICE | Flag.DEGREE)
_MOST: Final = 2
"""Words of the doctor's name."""


def with_hospitals(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with hospitals whole, as what an engine took their beginning for."""
    if not ("RS" in text or "Rumah Sakit" in text) or not any(
        doctor in text for doctor in _DOCTORS
    ):
        return mentions
    found = []
    for one in _HOSPITAL.finditer(text):
        begins = [old.start for old in mentions]
        at = bisect_left(begins, one.start())
        own = mentions[at] if at < len(mentions) and begins[at] == one.start() else None
        end = _end(text, one.start("name"), one.end(), gazetteer)
        if end is not None and not _is_whole(own, end):
            kind: EntityType = (
                "place" if own is not None and own.type == "place" else "organization"
            )
            found.append(Mention(one.start(), end, kind))
    kept = [one for one in mentions if one.type == "person" or not _begins(one, found)]
    return put(kept, found) if found else mentions


def _is_whole(own: Mention | None, end: int) -> bool:
    """Return whether an engine has the hospital so, or with no more than its town."""
    return own is not None and own.type != "person" and own.end == end


def _begins(one: Mention, found: list[Mention]) -> bool:
    """Return whether a mention lies across a hospital."""
    return any(one.start < span.end and span.start < one.end for span in found)


def _end(text: str, start: int, end: int, gazetteer: Gazetteer) -> int | None:
    """Return where a hospital ends whose doctor's name begins at `start`; None if it has none."""
    flags, size, at = word_flags(), 0, start
    for word in text[start:end].split(" "):
        if flags.get(word.lower(), 0) & _ENDS:
            break
        known = gazetteer.get(word)
        town = known is not None and known.is_home and size > 0
        if size >= _MOST and not town:
            break
        size += 1
        at += len(word) + (size > 1)
        if town:
            break
    return at if size else None
