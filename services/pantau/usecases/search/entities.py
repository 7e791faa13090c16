"""Knowledge of a name: the things that bear it, their aliases, how often news names them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.common.text.legal_forms import without_legal_form
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query.ast import Query, Term
from pantau_schemas.events.article import EntityType

RECENT: Final = timedelta(days=7)
MOST: Final = 20
"""Things of one name that are listed; villages of one name can be a hundred."""
_FIELDS: Final[dict[EntityType, str]] = {
    "person": "people",
    "organization": "organizations",
    "place": "places",
}


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing that a name may mean; `id` is None for one that is only known from articles."""

    type: EntityType
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class InTheNews:
    """A thing, in how many stored articles it is named, and in how many of the last 7 days.

    `at_least` tells that the first number is a lower bound.
    """

    thing: KnownThing
    articles: int
    recent: int
    at_least: bool = False


def look_up(
    name: str, known: Gazetteer, own: Dictionary, index: SearchIndex, now: datetime
) -> list[InTheNews]:
    """Return what a name may mean, the most frequent first.

    A name that no list has is looked for in the articles, as a person, an organisation and a place.
    """
    things = _known_things(name.strip(), known, own)
    found = [_counted(thing, index, now) for thing in things]
    if not found:
        unknown = (KnownThing(kind, None, name.strip()) for kind in _FIELDS)
        found = [one for one in (_counted(thing, index, now) for thing in unknown) if one.articles]
    return sorted(found, key=lambda one: -one.articles)


def _known_things(name: str, known: Gazetteer, own: Dictionary) -> list[KnownThing]:
    """Return the things that the lists have under a name, or under it without a legal form."""
    things: dict[str, KnownThing] = {}
    for entry in own.entries_named(name):
        things[entry.key] = KnownThing(
            entry.type, entry.id, entry.name, entry.aliases, entry.country
        )
    for form in dict.fromkeys((name, without_legal_form(name))):
        organization = known.get(form)
        if organization is not None and organization.type == "organization" and organization.id:
            key = organization.id
            usual, *others = known.aliases(key)
            things[key] = KnownThing(
                "organization", key, usual, tuple(others), organization.country
            )
    for place in (*known.places(name), *find_areas(name.lower())):
        if place.id is not None and place.id not in things:
            usual, *others = known.aliases(place.id) or (name,)
            things[place.id] = KnownThing("place", place.id, usual, tuple(others), place.country)
    return list(things.values())[:MOST]


def _counted(thing: KnownThing, index: SearchIndex, now: datetime) -> InTheNews:
    query = _query(thing)
    whole = index.search(SearchRequest(query, limit=1))
    recent = index.search(SearchRequest(query, Filters(since=now - RECENT), limit=1))
    return InTheNews(thing, whole.total or 0, recent.total or 0, whole.total_is_lower_bound)


def _query(thing: KnownThing) -> Query:
    """Return the query for a thing: by its id, else by its name.

    Articles that an older enricher understood have no ids; `pantau enrich-stored` adds them.
    """
    if thing.id is not None:
        return Term(fields=("entity_ids",), text=thing.id)
    return Term(fields=(_FIELDS[thing.type],), text=thing.name)
