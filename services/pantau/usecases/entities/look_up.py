"""Knowledge of a name: the things that bear it, their aliases, how often news names them."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import person_id, person_names
from pantau.enricher.linking.identity import of_organization
from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query.ast import MatchAll, Term
from pantau.usecases.entities.gathering import NAME_FIELDS, KnownThing, gather, query_for
from pantau.usecases.entities.listed import by_id, listed_areas
from pantau.usecases.entities.partial import named_like

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
MOST: Final = 20
"""Things of one name that are listed; villages of one name can be a hundred."""
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
"""A short form with a dot behind each letter."""
SAMPLE: Final = 50
"""Articles that name it in which a name is looked for, the newest ones."""


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


def look_up(
    name: str, known: Gazetteer, own: Dictionary, index: SearchIndex, now: datetime
) -> list[InTheNews]:
    """Return what a name may mean, the most frequent first.

    It is looked for in the lists, and among the names in the newest articles that have it, without
    regard to case; articles alone know most people. A name may also be an id, such as `org:kpk`.
    Where no article has the whole name, it is taken for the beginning of a word of a name: `Rina`
    finds Rina Wulandari. Districts, villages and islands that no article names are only returned
    where nothing else has the name. An empty name means nothing. Raises RetryError when the index
    is unreachable.
    """
    name = name.strip()
    if not name:
        return []
    listed = by_id(name, known) or _listed(name, known, own)
    met = [one for one in _in_articles(name, index) if one.id is None or one.id not in listed]
    areas = listed_areas(name, known)
    met = [replace(one, name=areas[one.id].name) if one.id in areas else one for one in met]
    named = {one.id for one in met}
    rest = [one for key, one in areas.items() if key not in named]
    things = [*listed.values(), *met, *rest][:MOST]
    found = [_counted(thing, index, now) for thing in things or _of_the_fields(name)]
    if not any(one.articles for one in found):
        ids = {one.thing.id for one in found} - {None}
        found += [_counted(one, index, now) for one in _partly(name, index) if one.id not in ids]
    return _worth_showing(found, areas)


def _worth_showing(found: Sequence[InTheNews], areas: Container[str | None]) -> list[InTheNews]:
    """Return what is known or in the news, the most frequent first, small areas only if in it."""
    found = [one for one in found if one.articles or one.thing.id is not None]
    said = [one for one in found if one.articles or one.thing.id not in areas]
    return sorted(said or found, key=lambda one: -one.articles)


def _partly(name: str, index: SearchIndex) -> list[KnownThing]:
    """Return the things in the news with a name of which a word begins with this one."""
    return [one.thing() for one in named_like(name, index, SAMPLE)[:MOST]]


def _of_the_fields(name: str) -> list[KnownThing]:
    """Return a thing of each kind: older articles have names, but no entities."""
    return [KnownThing(kind, None, name) for kind in NAME_FIELDS]


def _in_articles(name: str, index: SearchIndex) -> list[KnownThing]:
    """Return what the newest articles with a name or an id mean by it, the most frequent first."""
    folded = name.casefold()
    requests = (
        SearchRequest(MatchAll(), Filters(entities=(name,)), limit=SAMPLE, count=False),
        SearchRequest(Term(fields=("entity_ids",), text=name), limit=SAMPLE, count=False),
    )
    hits = (hit for one in requests for hit in index.search(one).hits)
    found = gather(
        {hit.article.article_id: hit.article for hit in hits}.values(),
        lambda one, names: one.id == name or any(each.casefold() == folded for each in names),
    )
    return [one.thing() for one in found]


def _listed(name: str, known: Gazetteer, own: Dictionary) -> dict[str, KnownThing]:
    """Return by id the things that lists have under a name, or under it without a legal form.

    `K.P.K.` is KPK.
    """
    things: dict[str, KnownThing] = {}
    if _DOTTED.fullmatch(name):
        name = name.replace(".", "")
    for entry in own.entries_named(name):
        things[entry.key] = KnownThing(
            entry.type, entry.id, entry.name, entry.aliases, entry.country
        )
    for meant in ({}, known.local):
        organization = of_organization((name,), known, meant)
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
    for place in known.places(name):
        if place.id is not None and place.id not in things:
            usual, *others = known.aliases(place.id) or (name,)
            things[place.id] = KnownThing("place", place.id, usual, tuple(others), place.country)
    return things


def _counted(thing: KnownThing, index: SearchIndex, now: datetime) -> InTheNews:
    query = query_for(thing)
    whole = index.search(SearchRequest(query, limit=1))
    week, month = (
        index.search(SearchRequest(query, Filters(since=now - age), limit=1)).total or 0
        for age in (WEEK, MONTH)
    )
    return InTheNews(thing, whole.total or 0, week, month, whole.total_is_lower_bound)
