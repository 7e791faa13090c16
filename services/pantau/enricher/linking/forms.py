"""The names under which a query finds an article: every form of every entity.

A query asks for a thing by one of its names, and the article may use another. So the fields
`people`, `organizations` and `places` hold, for each entity, its normal form, the forms that the
article uses, the same without a company's legal form, and the known aliases.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.areas import HEADS
from pantau.enricher.linking.names import without_legal_form
from pantau_schemas.events.article import Entity, EntityType

MOST_ALIASES: Final = 12
"""Known aliases that one entity carries into the event."""
MOST_WITH_ALIASES: Final = 300
"""Entities of one article that carry aliases, the first ones.

News articles name fewer; a text that lists a whole gazetteer must not multiply in size.
"""


def names_of(entities: Sequence[Entity], kind: EntityType) -> tuple[str, ...]:
    """Return the names of the entities of one kind, each once.

    The normal forms come first, in the order of the entities, then all other forms.
    """
    wanted = [entity for entity in entities if entity.type == kind]
    names = dict.fromkeys(entity.name for entity in wanted)
    for entity in wanted:
        if entity.aliases or len(entity.surfaces) > 1 or kind != "person":
            names.update(dict.fromkeys(_other_forms(entity)))
    return tuple(names)


def ids_of(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Return the stable ids of the known entities, each once."""
    return tuple(dict.fromkeys(entity.id for entity in entities if entity.id is not None))


def _other_forms(entity: Entity) -> Iterator[str]:
    own = entity.surfaces if entity.long_name is None else (entity.long_name, *entity.surfaces)
    if own == (entity.name,):  # as mostly
        if entity.type == "organization":
            yield without_legal_form(entity.name)
        elif entity.type == "place" and (bare := _without_head(entity.name)) is not None:
            yield bare
        yield from entity.aliases
        return
    if len(own) > 1:
        loud = {form.casefold() for form in (entity.name, *own) if not form.isupper()}
        own = tuple(form for form in own if not (form.isupper() and form.casefold() in loud))
    yield from own
    if entity.type == "organization":
        yield from map(without_legal_form, (entity.name, *own))
    elif entity.type == "place":
        yield from filter(None, map(_without_head, (entity.name, *own)))
    yield from entity.aliases


def _without_head(place: str) -> str | None:
    """Return the name of a district or village without the word for its kind: Jiken."""
    head, _, rest = place.partition(" ")
    return rest if rest and head.lower() in HEADS else None
