"""Places that an engine took for one: a town and its country, a street and its district."""

import re
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer

_STREET: Final = re.compile(
    r"(?P<street>(?:Jalan|Jl|Jln|Gang|Dusun|Kampung)\b\.?(?: [^ ]+){1,5}?)"
    r" (?P<area>(?:Kecamatan|Kelurahan|Desa|Kabupaten|Provinsi) )"
)
"""A street or hamlet, and the area that it lies in."""
_BLOCK: Final = re.compile(r"(?:(?<= )|\A)R[TW](?:\Z| ?\d)", re.IGNORECASE)
"""The number of a neighbourhood, which is no part of a hamlet's name: Kampung Curug RT 02."""


def parted_places(name: str, known: Gazetteer) -> list[tuple[int, int]]:
    """Return the ranges of the places that a place's name consists of, as a rule the whole name.

    `Lagos, Nigeria` and `Papua-Papua Barat` are two. A neighbourhood's number is left out, so that
    there may be none.
    """
    for mark in (", ", "-"):
        first, found, second = name.partition(mark)
        if found and _are_two(name, first, second, known):
            return [(0, len(first)), (len(name) - len(second), len(name))]
    block = _BLOCK.search(name)
    if block is not None:
        return [(0, block.start() - 1)] if block.start() else []
    street = _STREET.match(name)
    if street is not None:
        return [street.span("street"), (street.start("area"), len(name))]
    return [(0, len(name))]


def _are_two(name: str, first: str, second: str, known: Gazetteer) -> bool:
    """Return whether a name is none, but those of two known places."""
    if not known.places(first):
        head = first.partition(" ")[0].lower()
        if ", " not in name or head not in context_words("PERHAPS_HOME"):
            return False  # Selat Durian, Karimun
    if not (known.places(second) or find_areas(second.lower())):
        return False  # Bandung-Lebak Bulus
    return ", " in name or not known.places(name)
