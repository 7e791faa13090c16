"""Offices that the name of an area follows at once: Camat Patuk, Kapolres Garut."""

from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.scan import PERSON

AREA_OFFICES: Final = {
    "lurah": "village",
    "kades": "village",
    "keuchik": "village",
    "geuchik": "village",
    "camat": "district",
    "panewu": "district",
    "kapolsek": "district",
    "wakapolsek": "district",
    "danramil": "district",
    "bupati": "regency",
    "wabup": "regency",
    "kapolres": "regency",
    "kapolresta": "regency",
    "dandim": "regency",
    "kajari": "regency",
    "sekda": "regency",
    "walikota": "town",
}
"""Offices that the name of an area follows at once, and its kind."""


def heads_area(area: str, kind: str, lang: str, gazetteer: Gazetteer) -> bool:
    """Return whether an office of that kind of area can be followed by that area's name."""
    if " " not in area and word_flags(lang).get(area, 0) & PERSON:
        return False
    if any(one.kind in {"regency", "town", "province"} for one in gazetteer.places(area)):
        return True
    return kind in {"district", "village"} and any(one.kind == kind for one in find_areas(area))
