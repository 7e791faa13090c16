"""How many articles name each thing, under one name each, however the articles call it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from pantau_schemas.events.article import EnrichedArticle, Entity, EntityType

NameCount = tuple[EntityType, str, int]
"""A kind, a name, and the number of articles."""


def count_names(articles: Iterable[EnrichedArticle]) -> list[NameCount]:
    """Return how many articles name each thing, most first, then by kind and name.

    A known thing counts once an article under all its names, and is called by its most frequent
    normal form; others count by their normal form.
    """
    forms: defaultdict[tuple[EntityType, str], Counter[str]] = defaultdict(Counter)
    for article in articles:
        named = {_key(entity): entity.name for entity in reversed(article.entities)}
        for key, name in named.items():
            forms[key][name] += 1
    counted = ((kind, _usual(names), names.total()) for (kind, _), names in forms.items())
    return sorted(counted, key=lambda one: (-one[2], one[0], one[1]))


def _key(entity: Entity) -> tuple[EntityType, str]:
    """Return what all names of a thing share; no id has a line break."""
    return entity.type, entity.id or f"\n{entity.name}"


def _usual(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
