"""Names in English text that take their type from the name beside them.

`Malden, Orvik and Tarn` are three places if the first and the last are, and the Leeds of `Leeds
beat Harlow FC` is a team.
"""

import re
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import ORG_HEAD, ORG_TAIL

_LIST: Final = re.compile(r" ?,? (?:and |or )?\Z| ?, ?\Z")
"""Marks and words between the names of a list."""
_VERSUS: Final = frozenset(
    f" {verb} "
    for verb in """beat host hosts hosted defeated edged thrashed face faced stunned downed v vs
    vs.""".split()  # noqa: SIM905 (shorter)
)
"""Words between two sides of a match."""
_LONGEST_GAP: Final = 10


def with_neighbours(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions, each unlike its neighbours with the type that they show."""
    found = mentions
    for at in range(1, len(mentions)):
        before, one = mentions[at - 1], mentions[at]
        gap = one.start - before.end
        if gap > _LONGEST_GAP or before.type == one.type:
            continue
        better = None
        if at + 1 < len(mentions) and _is_listed(text, before, one, mentions[at + 1]):
            if _may_become(text, one, before, gazetteer):
                better = at, before
        elif text[before.end : one.start] in _VERSUS:
            better = _side(text, mentions, at, gazetteer)
        if better is not None:
            if found is mentions:
                found = list(mentions)
            place, like = better
            found[place] = mentions[place]._replace(type=like.type)
    return found


def _side(
    text: str, mentions: list[Mention], at: int, gazetteer: Gazetteer
) -> tuple[int, Mention] | None:
    """Return which of two sides is a town that plays, and the team beside it; None for neither."""
    for side, other in ((at, at - 1), (at - 1, at)):
        one = mentions[side]
        if one.type == "place" and mentions[other].type == "organization":
            known = gazetteer.get(text[one.start : one.end])
            return None if known is not None and known.sure else (side, mentions[other])
    return None


def _is_listed(text: str, first: Mention, one: Mention, last: Mention) -> bool:
    """Return whether only commas and `and` stand between three mentions, the outer ones alike."""
    if last.type != first.type or last.start - one.end > _LONGEST_GAP:
        return False
    left, right = text[first.end : one.start], text[one.end : last.start]
    if "," not in left + right:
        return False
    return _LIST.fullmatch(left) is not None and _LIST.fullmatch(right) is not None


def _may_become(text: str, one: Mention, like: Mention, gazetteer: Gazetteer) -> bool:
    """Return whether an unknown name may be of the type of its neighbours in a list."""
    name, kind = text[one.start : one.end], like.type
    if gazetteer.get(name) is not None:
        return False
    if one.type == "person":
        return kind == "organization" or " " not in name
    if one.type == "place" or kind == "place" or " " not in name or name.isupper():
        return False
    if " " not in text[like.start : like.end]:
        return False
    flags = word_flags("en")
    return not any(flags.get(word, 0) & (ORG_HEAD | ORG_TAIL) for word in name.lower().split())
