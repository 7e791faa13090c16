"""Which place a name means, where several have it.

In Indonesian and Malay news the Indonesian one, else the most populous, unless the article names
other places that lie where another of them lies: Georgia beside Atlanta is the state, Banjar beside
Kalimantan Selatan the regency. What follows after a comma says it outright: San Jose, Kosta Rika.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from pantau.common.text.entity_names import without_head
from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace
from pantau.enricher.linking.area_names import find_area, geographic

AT_HOME: Final = frozenset({"id", "ms"})
"""Languages of articles in which an Indonesian place is preferred."""
_ENGLISH: Final = "en"
_WHOLE: Final = 1
_PART: Final = 2
_NEAR: Final = 3
"""Votes of another place of the article for a candidate: its country is named; a part of it is.

One of the same region.
"""
_SURE: Final = frozenset({"country", "state", "province"})
"""Kinds of places that, after a comma, say where the place before lies."""
_HEADED: Final = frozenset({"regency", "district", "village", "island"})
_REGIONS: Final = frozenset({"country", "state", "province", "regency", "town", "region"})
_REGENCIES: Final = frozenset({"regency", "town"})
_NEIGHBOURS: Final = frozenset({"MY", "SG", "BN", "TL"})
_SMALL: Final = 225_000
"""People of a city abroad, below which an Indonesian district of its name is meant."""
_LARGE: Final = 1_000_000
"""People of a city that is meant even beside the name of another country, as in a list."""
_NOWHERE: Final[Mapping[str, str]] = {}


def locate(
    names: Iterable[str],
    lang: str,
    known: Gazetteer,
    inside: Mapping[str, str] = _NOWHERE,
    states: Collection[str] = (),
    regencies: Collection[str] = (),
) -> dict[str, GazetteerPlace]:
    """Return for each name, in lower case, the place that it means.

    `inside` has the name that follows a name after a comma; `states` are the names that the article
    calls a state, such as Georgia, and `regencies` those that have a regent: Bupati Cirebon. Names
    that are not known are left out.
    """
    names = list(names)
    several: dict[str, tuple[GazetteerPlace, ...]] = {}
    candidates = {name: found for name in names if (found := known.places(name))}
    meant = {name: found[0] for name, found in candidates.items()}
    for name, found in candidates.items():
        if len(found) > 1:
            several[name] = found if lang in AT_HOME else _abroad(found)
    # All candidates vote; of an ambiguous name, the place with most votes is meant.
    if several:
        votes = _votes(candidates.values())
        meant.update((name, _best(found, votes)) for name, found in several.items())
    # The name behind a comma, as in "Georgia, United States", decides whatever the votes are.
    for name, whole in inside.items():
        state = _namesake_around(name, whole, candidates, meant)
        meant.update({} if state is None else {whole: state})
        part = _inside(name, whole, candidates, meant, known)
        if part is not None:
            meant[name] = part
    _set_kind("state", states, candidates, meant)
    _set_kind("regency", regencies, candidates, meant)
    if lang in AT_HOME:
        _add_areas(names, meant, lang)
        _share_areas(names, meant)
    elif lang == _ENGLISH:
        _add_areas_near(names, meant)
    return meant


def _set_kind(
    kind: str,
    names: Iterable[str],
    candidates: Mapping[str, tuple[GazetteerPlace, ...]],
    meant: dict[str, GazetteerPlace],
) -> None:
    """Set names to the place of that kind that has them, if there is one."""
    for name in names:
        found = next((one for one in candidates.get(name, ()) if one.kind == kind), None)
        if found is not None:
            meant[name] = found


def _share_areas(names: Iterable[str], meant: dict[str, GazetteerPlace]) -> None:
    """Set a bare name to the area that the article also names with its head: Kuta.

    Kecamatan Kuta, that is; Bandung beside Kecamatan Bandung stays the town.
    """
    headed: dict[str, list[GazetteerPlace]] = {}
    for name in names:
        bare, place = without_head(name), meant.get(name)
        if bare is not None and place is not None and place.kind in _HEADED:
            headed.setdefault(bare, []).append(place)
    for bare, areas in headed.items():
        usual = meant.get(bare)
        if len(areas) > 1 or usual is None:
            continue
        if areas[0].kind == "regency":  # Pasuruan, the town or the regency
            same = usual.kind == "town" and f"kota {bare}" not in meant
        else:
            same = usual.kind not in _REGIONS
        if same:
            meant[bare] = areas[0]


def _add_areas(names: Iterable[str], meant: dict[str, GazetteerPlace], lang: str) -> None:
    """Add Indonesian areas for unknown names, and for cities abroad beside the area's region.

    An article that names other countries only does not speak of an Indonesian village.
    """
    regions = {one.id for one in meant.values() if one.country == "ID" and one.id is not None}
    home = any(one.country == "ID" for one in meant.values())
    abroad = Counter(
        one.country for one in meant.values() if one.country is not None and one.country != "ID"
    )
    for name in names:
        place = meant.get(name)
        # An unknown name is an Indonesian area in news about Indonesia alone, or in Indonesian
        # where no other country is named.
        if place is None:
            if home or (not abroad and lang == "id"):
                found = find_area(name, regions) or geographic(name, sure=home or not abroad)
                if found is not None:
                    meant[name] = found
        elif _is_lone_city_abroad(place, abroad):
            found = find_area(name, regions, near=True) or _district(name, place, abroad, lang)
            if found is not None:
                meant[name] = found


def _add_areas_near(names: Iterable[str], meant: dict[str, GazetteerPlace]) -> None:
    """Add areas for unknown names in English news, each in a regency that the article names.

    A province is too large: an English name may be that of a village in every one.
    """
    regions = {one.id for one in meant.values() if one.kind in _REGENCIES and one.id is not None}
    if not regions:
        return
    for name in names:
        if name not in meant:
            found = find_area(name, regions, near=True)
            if found is not None:
                meant[name] = found


def _district(
    name: str, city: GazetteerPlace, abroad: Counter[str], lang: str
) -> GazetteerPlace | None:
    """Return the Indonesian district of a name that hardly means a city abroad, or None."""
    if lang != "id" or not _is_unlikely(city, abroad):
        return None
    return next((one for one in find_areas(name) if one.kind == "district"), None)


def _is_unlikely(city: GazetteerPlace, abroad: Counter[str]) -> bool:
    """Return whether a city abroad is small and far, and the article names nothing else abroad.

    An Indonesian district of that name is meant then: warga di Moga.
    """
    far = city.country not in _NEIGHBOURS and city.population < _SMALL
    return far and abroad.total() == 1


def _is_lone_city_abroad(place: GazetteerPlace, abroad: Mapping[str, int]) -> bool:
    """Return whether a city abroad is the only place of its country in the article."""
    return (
        place.kind == "city"
        and place.country is not None
        and place.country != "ID"
        and abroad[place.country] == 1
    )


def _inside(
    name: str,
    whole: str,
    candidates: Mapping[str, tuple[GazetteerPlace, ...]],
    meant: Mapping[str, GazetteerPlace],
    known: Gazetteer,
) -> GazetteerPlace | None:
    """Return the place `name` of the country, state or province that follows it after a comma."""
    around, usual = meant.get(whole), meant.get(name)
    if around is None or around.kind not in _SURE or around.country is None:
        return None
    found = [one for one in candidates.get(name, ()) if one.country == around.country]
    if usual is not None and usual.kind in _SURE:  # Georgia, Amerika Serikat; Punjab, Pakistan
        return next((one for one in found if one.kind == "state"), None)
    if around.kind != "country":
        found = [one for one in found if one.region == around.region]
    found = found or _called_after(name, around, known)
    if found:
        return found[0]
    if around.country == "ID":
        return find_area(name, {around.id or ""})
    if usual is not None and around.kind == "country" and usual.population >= _LARGE:
        return None
    return GazetteerPlace(None, "city", around.country, around.region)


def _called_after(name: str, around: GazetteerPlace, known: Gazetteer) -> list[GazetteerPlace]:
    """Return the cities that have their country in their full name: Santiago de Cuba."""
    forms = known.aliases(around.id) if around.kind == "country" else ()
    return [
        one
        for form in forms
        for one in known.places(f"{name} de {form}")
        if one.country == around.country
    ]


def _namesake_around(
    name: str,
    whole: str,
    candidates: Mapping[str, tuple[GazetteerPlace, ...]],
    meant: Mapping[str, GazetteerPlace],
) -> GazetteerPlace | None:
    """Return the state that `whole` means beside a city which its country lacks: Athens, Georgia.

    None if the country has such a city, or no state of that name has one.
    """
    cities, around = candidates.get(name, ()), meant.get(whole)
    if around is None or around.kind != "country":
        return None
    if any(one.country == around.country for one in cities):
        return None
    regions = {one.region for one in cities if one.region is not None}
    states = (one for one in candidates[whole] if one.kind == "state")
    return next((one for one in states if one.region in regions), None)


def _votes(named: Iterable[tuple[GazetteerPlace, ...]]) -> Counter[str]:
    """Count the votes of unambiguous countries for other names.

    Several names of one place vote once.
    """
    votes: Counter[str] = Counter()
    seen: set[GazetteerPlace] = set()
    for found in named:
        place = found[0]
        if any(one.country != place.country for one in found) or place in seen:
            continue
        seen.add(place)
        if place.country is None:
            continue
        votes[place.country] += _WHOLE if place.kind == "country" else _PART
        if place.region is not None and all(one.region == place.region for one in found):
            votes[place.region] += _NEAR
    return votes


def _abroad(found: tuple[GazetteerPlace, ...]) -> tuple[GazetteerPlace, ...]:
    """Order candidates for news that is not Indonesian; manually ranked ones stay first."""
    first, *others = found
    if first.kind in {"", "country", "state", "city"}:
        return found
    others.sort(key=lambda one: (one.kind != "country", -one.population))
    if others and others[0].population > first.population and others[0].country != first.country:
        return (others[0], first, *others[1:])
    return found


def _best(found: tuple[GazetteerPlace, ...], votes: Counter[str]) -> GazetteerPlace:
    """Return the most likely, unless another one has more votes.

    A country's name needs more votes.
    """
    usual = found[0]
    least = _PART if usual.kind == "country" else _WHOLE
    best, most = usual, max(least - 1, _support(usual, votes))
    for one in found[1:]:
        support = _support(one, votes)
        if support > most:
            best, most = one, support
    return best


def _support(place: GazetteerPlace, votes: Counter[str]) -> int:
    return votes[place.country or ""] + votes[place.region or ""]
