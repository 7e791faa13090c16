"""One stored article, found by its id, the start of its id, or its address."""

from collections.abc import Mapping
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Log, Store
from pantau.problems import problem
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.article import EnrichedArticle, ServiceKind
from pantau_schemas.ids import ID_LENGTH, article_id
from pantau_schemas.links.canonical import normalise_link, second_link
from pantau_schemas.topics import ARTICLES_ENRICHED

LEAST: Final = 6
"""Fewest characters of an id that name an article."""


SERVICES: Final[Mapping[ServiceKind, str]] = {
    "horoscope": "pages.service-horoscope",
    "schedule": "pages.service-schedule",
    "prices": "pages.service-prices",
    "results": "pages.service-results",
    "forecast": "pages.service-forecast",
}
"""Codes of the words for kinds of service pieces."""


def find_article(store: Store, reference: str) -> EnrichedArticle:
    """Return an article. Raises UsageError when there is none, or more than one."""
    for identifier in _ids_of(reference):
        exact = store.index.get(identifier)
        if exact is not None:
            return exact
    found = _by_start(store.log, reference) if LEAST <= len(reference) < ID_LENGTH else ()
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.article_id for one in found[:5])
        raise UsageError(problem("search.several-articles", reference=reference, ids=ids))
    raise UsageError(problem("search.no-article", reference=reference))


def _ids_of(reference: str) -> list[str]:
    """Return the ids that a reference may mean: its own, or those of its link."""
    if not reference.lower().startswith(("http://", "https://")):
        return [reference]
    links = (normalise_link(reference), second_link(reference))
    return [article_id(link=link) for link in links if link is not None] or [reference]


def _by_start(log: Log, start: str) -> tuple[EnrichedArticle, ...]:
    found = []
    for key, value in log.table(ARTICLES_ENRICHED.name).snapshot().values.items():
        if value is None or not key.startswith(start):
            continue
        try:
            found.append(decode(EnrichedArticle, value))
        except SchemaError:  # of a newer version
            continue
    return tuple(found)
