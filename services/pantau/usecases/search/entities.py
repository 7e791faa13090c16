"""Knowledge of a name: the things that bear it, their aliases, how often news names them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pantau.common.text.entity_names import names_of_entity
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import person_id, person_names
from pantau.enricher.linking.identity import of_organization
from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query.ast import MatchAll, Query, Term
from pantau_schemas.events.article import Entity, EntityType

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
MOST: Final = 20
"""Things of one name that are listed; villages of one name can be a hundred."""
SAMPLE: Final = 50
"""Articles that name it in which a name is looked for, the newest ones."""
MOST_ALIASES: Final = 40
"""Other names of a thing that are shown."""
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
    """A thing, and in how many stored articles it is named: of all, of the last 7 and 30 days.

    `at_least` tells that the number of all is a lower bound.
    """

    thing: KnownThing
    articles: int
    last_7_days: int
    last_30_days: int
    at_least: bool = False


@dataclass(slots=True)
class _Seen:
    """The names under which articles mention one thing."""

    type: EntityType
    id: str | None
    country: str | None
    usual: Counter[str] = field(default_factory=Counter)
    others: dict[str, None] = field(default_factory=dict)

    def thing(self) -> KnownThing:
        name = max(self.usual, key=self.usual.__getitem__)
        others = tuple(one for one in self.others if one != name)[:MOST_ALIASES]
        return KnownThing(self.type, self.id, name, others, self.country)


def look_up(
    name: str, known: Gazetteer, own: Dictionary, index: SearchIndex, now: datetime
) -> list[InTheNews]:
    """Return what a name may mean, the most frequent first.

    It is looked for in the lists, and among the names in the newest articles that have it, without
    regard to case; articles alone know most people. An empty name means nothing. Raises RetryError
    when the index is unreachable.
    """
    name = name.strip()
    if not name:
        return []
    listed = _listed(name, known, own)
    met = [one for one in _in_articles(name, index) if one.id is None or one.id not in listed]
    things = [*listed.values(), *met][:MOST]
    if not things:
        things = [KnownThing(kind, None, name) for kind in _FIELDS]
    found = [_counted(thing, index, now) for thing in things]
    return sorted(
        (one for one in found if one.articles or one.thing.id is not None),
        key=lambda one: -one.articles,
    )


def _in_articles(name: str, index: SearchIndex) -> list[KnownThing]:
    """Return what the newest articles with a name mean by it, the most frequent first."""
    folded = name.casefold()
    request = SearchRequest(MatchAll(), Filters(entities=(name,)), limit=SAMPLE, count=False)
    seen: dict[tuple[str, str], _Seen] = {}
    for hit in index.search(request).hits:
        for entity, names in _bearing(folded, hit.article.entities):
            key = (entity.type, entity.id or f"\n{entity.name.casefold()}")
            one = seen.setdefault(key, _Seen(entity.type, entity.id, entity.country))
            one.usual[entity.name] += 1
            one.others |= dict.fromkeys(names)
    found = sorted(seen.values(), key=lambda one: -one.usual.total())
    return [one.thing() for one in found]


def _bearing(folded: str, entities: tuple[Entity, ...]) -> Iterator[tuple[Entity, tuple[str, ...]]]:
    """Yield the entities that have a name, case-folded, with all their names."""
    for entity in entities:
        names = names_of_entity(entity)
        if any(one.casefold() == folded for one in names):
            yield entity, names


def _listed(name: str, known: Gazetteer, own: Dictionary) -> dict[str, KnownThing]:
    """Return by id the things that lists have under a name, or under it without a legal form."""
    things: dict[str, KnownThing] = {}
    for entry in own.entries_named(name):
        things[entry.key] = KnownThing(
            entry.type, entry.id, entry.name, entry.aliases, entry.country
        )
    organization = of_organization((name,), known)
    key = organization.get("id")
    if key is not None:
        names = dict.fromkeys((*known.aliases(key), *organization["aliases"]))
        usual, *others = names or (name,)
        country = organization["country"]
        things[key] = KnownThing("organization", key, usual, tuple(others), country)
    person = person_id(name.lower())
    if person is not None:
        usual, *others = person_names(person)
        things[person] = KnownThing("person", person, usual, tuple(others))
    for place in (*known.places(name), *find_areas(name.lower())):
        if place.id is not None and place.id not in things:
            usual, *others = known.aliases(place.id) or (name,)
            things[place.id] = KnownThing("place", place.id, usual, tuple(others), place.country)
    return things


def _counted(thing: KnownThing, index: SearchIndex, now: datetime) -> InTheNews:
    query = _query(thing)
    whole = index.search(SearchRequest(query, limit=1))
    week, month = (
        index.search(SearchRequest(query, Filters(since=now - age), limit=1)).total or 0
        for age in (WEEK, MONTH)
    )
    return InTheNews(thing, whole.total or 0, week, month, whole.total_is_lower_bound)


def _query(thing: KnownThing) -> Query:
    """Return the query for a thing: by its id, else by its name.

    Articles that an older enricher understood have no ids; `pantau enrich-stored` adds them.
    """
    if thing.id is not None:
        return Term(fields=("entity_ids",), text=thing.id)
    return Term(fields=(_FIELDS[thing.type],), text=thing.name)
