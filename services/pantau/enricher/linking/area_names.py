"""Which Indonesian area a name means: district, village, island, or a mountain or street in one."""

from collections.abc import Collection, Sequence
from typing import Final

from pantau.common.text.entity_names import without_head
from pantau.enricher.lexicon.areas import HEADS, find_areas
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import GazetteerPlace

_KINDS: Final = ("district", "island")
"""Kinds of areas in the order in which one name means them.

News names villages with their district.
"""
_REGENCY: Final = len("id:32.05")
_WORDS: Final = {"district": "Kecamatan", "island": "Pulau"}
_PAPUA: Final = "id:9"
_VILLAGE_KIND: Final = len("id:32.05.01.")
_VILLAGES: Final = {"1": "Kelurahan", "2": "Desa"}
"""Kinds of villages by the first digit of their own code in the Ministry's register."""


def find_area(name: str, regions: Collection[str], *, near: bool = False) -> GazetteerPlace | None:
    """Return the district, village or island that a name in lower case means.

    `regions` are the ids of the Indonesian places that the article names: an area in one of them is
    meant first. Where several remain, all that is certain is the country and, if they share it, the
    province. With `near`, only an area in one of the regions counts.
    """
    found: Sequence[GazetteerPlace] = find_areas(name)
    chosen = _within(found, regions) or _within(_joined(name, regions), regions)
    if chosen:
        found = chosen
    elif near:
        return None
    if not found:
        return None
    # One alone of its kind is meant, however many of the kinds after it have the name.
    for kind in _KINDS:
        alike = [one for one in found if one.kind == kind]
        if len(alike) == 1:
            return alike[0]
    if len(found) == 1:
        return found[0]
    provinces = {one.region for one in found}
    return GazetteerPlace(
        None, found[0].kind, "ID", provinces.pop() if len(provinces) == 1 else None
    )


def _joined(name: str, regions: Collection[str]) -> Sequence[GazetteerPlace]:
    """Return the areas whose names in one word are a name in two: Tanjungsari for Tanjung Sari.

    None without a region in which they may lie.
    """
    kind, _, rest = name.partition(" ")
    if kind not in HEADS:
        kind, rest = "", name
    first, _, second = rest.partition(" ")
    if not (regions and second) or " " in second:
        return ()
    return find_areas(f"{kind} {first}{second}".lstrip())


def _within(found: Sequence[GazetteerPlace], regions: Collection[str]) -> Sequence[GazetteerPlace]:
    """Return the areas in a district or regency that is named, else those in a named province."""
    if not regions:
        return ()
    close = [one for one in found if not _parents(one).isdisjoint(regions)]
    return close or [one for one in found if one.region in regions]


def _parents(area: GazetteerPlace) -> set[str]:
    """Return the ids of the regency and, of a village, of the district."""
    key = area.id or ""
    district = key.rpartition(".")[0]
    return {key[:_REGENCY], district} if area.kind == "village" else {key[:_REGENCY]}


def geographic(name: str, *, sure: bool) -> GazetteerPlace | None:
    """Return a place of unknown whereabouts in Indonesia, if the head of its name says as much."""
    head, _, rest = name.partition(" ")
    head = head.rstrip(".")
    if rest and (head in context_words("HOME") or (sure and head in context_words("PERHAPS_HOME"))):
        return GazetteerPlace(None, "", "ID")
    return None


def area_aliases(place: GazetteerPlace, name: str) -> tuple[str, ...]:
    """Return the name of a district, a village or an island with the word for its kind.

    `name` is as the article has it, with such a word or without. Other places have none.
    """
    key = place.id or ""
    if place.kind == "village":
        word = _VILLAGES.get(key[_VILLAGE_KIND : _VILLAGE_KIND + 1])
    elif place.kind == "district" and key.startswith(_PAPUA):
        word = "Distrik"
    else:
        word = _WORDS.get(place.kind)
    if word is None:
        return ()
    return (f"{word} {without_head(name) or name}",)
