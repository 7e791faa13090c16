"""The things that articles name, gathered under one name each. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pantau.common.text.entity_names import names_of_entity
from pantau.query.ast import Query, Term
from pantau_schemas.events.article import EnrichedArticle, Entity, EntityType

MOST_ALIASES: Final = 40
"""Other names of a thing that are kept."""
MOST_ROLES: Final = 40
"""Offices of a person that are kept, the first ones met."""
NAME_FIELDS: Final[dict[EntityType, str]] = {
    "person": "people",
    "organization": "organizations",
    "place": "places",
}
"""Fields of the query language that hold the names of each kind."""
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing that a name may mean; `id` is None for one that is only known from articles."""

    type: EntityType
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None

    @property
    def reference(self) -> str:
        """Its id, else its name: the part of an address that means it."""
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class HeldRole:
    """An office that articles say a person holds, and when they said so."""

    role: str
    articles: int
    first: datetime
    last: datetime


@dataclass(slots=True)
class Gathered:
    """Facts of several articles on one thing: its names, its offices, how many name it."""

    type: EntityType
    id: str | None
    country: str | None
    articles: int = 0
    first: datetime | None = None
    last: datetime | None = None
    _usual: Counter[str] = field(default_factory=Counter)
    _others: dict[str, None] = field(default_factory=dict)
    _roles: dict[str, list[datetime]] = field(default_factory=dict)

    def add(self, entity: Entity, names: Iterable[str], seen: datetime) -> None:
        """Add what one article says."""
        self.articles += 1
        self.first = seen if self.first is None else min(self.first, seen)
        self.last = seen if self.last is None else max(self.last, seen)
        self._usual[entity.name] += 1
        self._others |= dict.fromkeys(names)
        for role in entity.roles:
            if role in self._roles or len(self._roles) < MOST_ROLES:
                self._roles.setdefault(role, []).append(seen)

    @property
    def name(self) -> str:
        """The most frequent of its normal forms."""
        return max(self._usual, key=self._usual.__getitem__)

    def thing(self) -> KnownThing:
        """Return the thing, under its most frequent name."""
        name = self.name
        others = tuple(one for one in self._others if one != name)[:MOST_ALIASES]
        return KnownThing(self.type, self.id, name, others, self.country)

    def roles(self) -> tuple[HeldRole, ...]:
        """Return the offices, the one that was named last first."""
        held = [
            HeldRole(role, len(seen), min(seen), max(seen)) for role, seen in self._roles.items()
        ]
        return tuple(sorted(held, key=lambda one: (one.last, one.articles), reverse=True))


IsMeant = Callable[[Entity, tuple[str, ...]], bool]
"""Says whether an entity is meant, by it and all its names."""


def gather(articles: Iterable[EnrichedArticle], is_meant: IsMeant) -> list[Gathered]:
    """Return the things that articles name, those of most articles first.

    A known thing counts once an article, however the article calls it; others count by their
    normal form without regard to case.
    """
    seen: dict[tuple[str, str], Gathered] = {}
    for article in articles:
        counted: set[tuple[str, str]] = set()
        for entity in article.entities:
            names = names_of_entity(entity)
            if not is_meant(entity, names):
                continue
            key = (entity.type, entity.id or f"\n{entity.name.casefold()}")
            if key in counted:
                continue
            counted.add(key)
            one = seen.setdefault(key, Gathered(entity.type, entity.id, entity.country))
            one.add(entity, names, article.first_seen)
    return sorted(seen.values(), key=lambda one: -one.articles)


def query_for(thing: KnownThing) -> Query:
    """Return the query for a thing: by its id, else by its name.

    Articles that an older enricher understood have no ids; `pantau enrich-stored` adds them.
    """
    if thing.id is not None:
        return Term(fields=("entity_ids",), text=thing.id)
    return Term(fields=(NAME_FIELDS[thing.type],), text=thing.name)


def begins_a_word(part: str, name: str) -> bool:
    """Return whether a word of a name, and what follows it, begins with a part. Ignores case.

    `rina`, `wulan` and `Rina Wu` all begin a word of `Rina Wulandari`; `lan` does not. Takes time
    in proportion to the name for each of its words.
    """
    wanted, folded = " ".join(part.casefold().split()), name.casefold()
    return any(folded.startswith(wanted, one.start()) for one in _WORD.finditer(folded))
