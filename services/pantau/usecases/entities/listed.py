"""Things that the lists of the enricher have by an id, and the small areas that bear a name."""

from typing import Final

from pantau.common.text.nearest import nearest
from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import load_public_people, person_names
from pantau.ports import SearchIndex, SearchRequest
from pantau.query.ast import Fuzzy
from pantau.usecases.entities.gathering import NAME_FIELDS, KnownThing, gather

_ORGANIZATION: Final = "org:"
_LONGEST: Final = 60
"""Longest name for which one that is alike is looked for, in characters."""
_ALIKE: Final = 0.8
_SAMPLE: Final = 20
"""Articles in which a name that is alike is looked for, the newest ones."""


def by_id(identifier: str, known: Gazetteer) -> dict[str, KnownThing]:
    """Return the listed thing with an id by that id; nothing for a name or an unknown id."""
    if ":" not in identifier:
        return {}
    people, names = person_names(identifier), known.aliases(identifier)
    if people:
        return {identifier: KnownThing("person", identifier, people[0], people[1:])}
    if not names:
        return {}
    if identifier.startswith(_ORGANIZATION):
        found = known.get(names[0])
        country = None if found is None else found.country
        return {identifier: KnownThing("organization", identifier, names[0], names[1:], country)}
    places = (one for name in names for one in known.places(name) if one.id == identifier)
    country = next((one.country for one in places), None)
    return {identifier: KnownThing("place", identifier, names[0], names[1:], country)}


def listed_areas(name: str, known: Gazetteer) -> dict[str | None, KnownThing]:
    """Return by id the districts, villages and islands with a name, each with its regency."""
    shown = name.title() if name.islower() else name
    found: dict[str | None, KnownThing] = {}
    for place in find_areas(name.lower()):
        if place.id is not None:
            regency = known.aliases(".".join(place.id.split(".")[:2]))
            whole = f"{shown}, {regency[0]}" if regency else shown
            found[place.id] = KnownThing("place", place.id, whole, (), place.country)
    return found


def name_alike(name: str, known: Gazetteer, index: SearchIndex) -> str | None:
    """Return the name that a mistyped one most likely means: one of the lists or of the news.

    Raises RetryError when the index is unreachable.
    """
    low = name.strip().lower()
    if not 2 < len(low) <= _LONGEST:
        return None
    listed = [*known.names, *load_public_people().ids]
    near = [one for one in listed if one[0] == low[0] and abs(len(one) - len(low)) < 3]
    in_news = {one.casefold(): one for one in _in_news(low, index)}
    found = nearest(low, [*in_news, *near], _ALIKE)
    if found is None:
        return None
    entry = known.get(found)
    person = load_public_people().ids.get(found)
    spelt = entry.name if entry is not None else " ".join(map(str.capitalize, found.split(" ")))
    return in_news.get(found) or (spelt if person is None else person_names(person)[0])


def _in_news(low: str, index: SearchIndex) -> list[str]:
    """Return names in the newest articles that differ from one by two letters at most."""
    titled = " ".join(word[:1].upper() + word[1:] for word in low.split(" "))
    query = Fuzzy(fields=tuple(NAME_FIELDS.values()), text=titled, edits=2 if len(low) > 5 else 1)
    hits = index.search(SearchRequest(query, limit=_SAMPLE, count=False)).hits
    things = gather((hit.article for hit in hits), lambda _, __: True)
    return [form for one in things for form in (one.name, *one.thing().aliases)]
