"""The names in the news: the things that the newest articles name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query.ast import MatchAll
from pantau.usecases.entities.gathering import NAME_FIELDS, Gathered, KnownThing, gather
from pantau.usecases.entities.partial import articles_like, is_like, is_part
from pantau_schemas.events.article import EntityType

SAMPLE: Final = 200
"""Articles whose names are counted: the newest ones, or the newest ones with a part of a name."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing, how many of the articles that were read name it, and when the newest was seen.

    `role` is the office that an article named last.
    """

    thing: KnownThing
    articles: int
    last: datetime
    role: str | None


@dataclass(frozen=True, slots=True)
class NamesFound:
    """Things, those of most articles first; `read` articles were read, at most `SAMPLE`."""

    things: tuple[NamedThing, ...]
    read: int


def list_names(
    index: SearchIndex,
    limit: int,
    *,
    kind: EntityType | None = None,
    match: str = "",
    until: datetime | None = None,
    skip: int = 0,
) -> NamesFound:
    """Return the things that the newest articles name, those of most articles first.

    Only articles first seen before `until`; the first `skip` things are left out. With `match`,
    things with a name of which a word begins with it, in the newest articles that have one.
    Raises RetryError when the index is unreachable.
    """
    kinds = tuple(NAME_FIELDS) if kind is None else (kind,)
    filters = Filters(until=until)
    if is_part(match):
        articles = articles_like(match, index, SAMPLE, kinds, filters)
        is_meant = is_like(match, kinds)
    else:
        page = index.search(SearchRequest(MatchAll(), filters, limit=SAMPLE, count=False))
        articles, is_meant = [hit.article for hit in page.hits], lambda one, _: one.type in kinds
    found = gather(articles, is_meant)
    return NamesFound(_shown(found[skip : skip + limit]), len(articles))


def _shown(found: list[Gathered]) -> tuple[NamedThing, ...]:
    shown = []
    for one in found:
        roles = one.roles()
        role = roles[0].role if roles else None
        if one.last is not None:
            shown.append(NamedThing(one.thing(), one.articles, one.last, role))
    return tuple(shown)
