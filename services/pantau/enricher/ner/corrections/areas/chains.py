"""Districts and villages between two places: di Desa A, Sepaku, Penajam Paser Utara."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.engine import Mention

_BETWEEN: Final = re.compile(
    r", ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,2}), (?:(?:Kabupaten|Kota|Kab\.) )?"
)
"""The text between two places of a chain, with a name that no engine found."""
_LONGEST: Final = 50
_REGION: Final = "id:"


def with_links(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the areas that lie in the region that follows them."""
    found = list(_links(text, mentions, gazetteer))
    return sorted(mentions + found) if found else mentions


def _links(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    for one, after in pairwise(mentions):
        if not (one.type == after.type == "place" and text.startswith(", ", one.end)):
            continue
        if not len(", ") * 2 < after.start - one.end <= _LONGEST:
            continue
        between = _BETWEEN.fullmatch(text, one.end, after.start)
        if between is not None and _lies_in(between[1], text[after.start : after.end], gazetteer):
            yield Mention(*between.span(1), "place")


def _lies_in(name: str, region: str, gazetteer: Gazetteer) -> bool:
    """Return whether an area of that name lies in a region of Indonesia of that name."""
    regions = [one.id for one in gazetteer.places(region) if (one.id or "").startswith(_REGION)]
    return any(
        (area.id or "").startswith(f"{one}.")
        for area in find_areas(name.lower())
        for one in regions
    )
