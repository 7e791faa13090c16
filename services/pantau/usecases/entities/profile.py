"""One person, organisation or place: what the stored articles say of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Filters, SearchIndex, SearchPage, SearchRequest, Store
from pantau.problems import problem
from pantau.query.ast import MatchAll, Query, Term
from pantau.usecases.entities.gathering import (
    Gathered,
    HeldRole,
    IsMeant,
    KnownThing,
    gather,
    query_for,
)
from pantau.usecases.search.overview import Bar, Counts, count_each
from pantau.usecases.stories.lookup import read_merges
from pantau.usecases.stories.ranking import StorySummary, by_number, rank, with_titles
from pantau_schemas.events.article import EnrichedArticle, Entity, EntityType

READ: Final = 100
"""Articles that are read for names, offices and what is named beside it: the newest ones."""
DAYS: Final = 30
"""Days whose articles are counted one by one."""
BESIDE: Final = 30
"""Things named beside it that are listed."""
RECENT: Final = 2_000
"""Articles among which stories are looked for: the newest ones."""
NEWEST: Final = 10
"""Articles and stories that are listed."""
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Beside:
    """A thing that articles name beside another one, and how many of them do."""

    thing: KnownThing
    articles: int


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """A thing and the news of it.

    `total` counts all articles that name it, a lower bound if `at_least`; `days` counts those of
    the last `DAYS` days, the oldest day first. Offices, what is named beside it and `articles` are
    of the newest `read` ones; `query` finds all of them.
    """

    thing: KnownThing
    query: Query
    total: int
    at_least: bool
    days: tuple[Bar, ...]
    read: int
    roles: tuple[HeldRole, ...]
    beside: tuple[Beside, ...]
    sources: Counts
    articles: tuple[EnrichedArticle, ...]
    stories: tuple[StorySummary, ...]

    @property
    def last_week(self) -> int:
        """The articles of today and the six days before."""
        return sum(one.count for one in self.days[-_WEEK:])

    @property
    def last_month(self) -> int:
        """The articles of all counted days."""
        return sum(one.count for one in self.days)


def read_profile(
    store: Store, kind: EntityType, reference: str, now: datetime, zone: tzinfo
) -> EntityProfile:
    """Return what articles say of a thing, by its id or one of its names.

    Names are compared without regard to case; of several things with a name, the one that most of
    the newest articles mean. Days begin at midnight of `zone`. Raises UsageError where no article
    names it; RetryError.
    """
    index = store.index
    found = _known(index, kind, reference.strip())
    if found is None:
        raise UsageError(problem("entities.missing", name=reference.strip()))
    query = query_for(found.thing())
    page = index.search(SearchRequest(query, limit=READ))
    articles = tuple(hit.article for hit in page.hits)
    own, others = _apart(articles, found)
    return EntityProfile(
        thing=own.thing(),
        query=query,
        total=page.total or len(articles),
        at_least=page.total_is_lower_bound,
        days=count_each(query, index, now, zone, _DAY, DAYS),
        read=len(articles),
        roles=own.roles(),
        beside=tuple(Beside(one.thing(), one.articles) for one in others[:BESIDE]),
        sources=by_number(one.source for one in articles),
        articles=articles[:NEWEST],
        stories=_stories(store, query),
    )


def _known(index: SearchIndex, kind: EntityType, reference: str) -> Gathered | None:
    """Return the thing that a reference means: an id first, else a name."""
    if not reference:
        return None
    by_id = index.search(
        SearchRequest(Term(fields=("entity_ids",), text=reference), limit=READ, count=False)
    )
    found = _gathered(by_id, lambda one, _: one.id == reference and one.type == kind)
    if found:
        return found[0]
    folded = reference.casefold()
    named = index.search(
        SearchRequest(MatchAll(), Filters(entities=(reference,)), limit=READ, count=False)
    )
    found = _gathered(
        named,
        lambda one, names: one.type == kind and any(name.casefold() == folded for name in names),
    )
    # One that is called so, before those that are also called so.
    found.sort(key=lambda one: one.name.casefold() != folded)
    return found[0] if found else None


def _gathered(page: SearchPage, is_meant: IsMeant) -> list[Gathered]:
    return gather((hit.article for hit in page.hits), is_meant)


def _apart(
    articles: tuple[EnrichedArticle, ...], found: Gathered
) -> tuple[Gathered, list[Gathered]]:
    """Return what articles say of a thing, and the other things that they name."""
    name = found.name.casefold()

    def is_own(one: Entity) -> bool:
        same = one.id == found.id if found.id is not None else one.name.casefold() == name
        return same and one.type == found.type

    own = gather(articles, lambda one, _: is_own(one))
    return own[0] if own else found, gather(articles, lambda one, _: not is_own(one))


def _stories(store: Store, query: Query) -> tuple[StorySummary, ...]:
    """Return the stories of a thing that moved last, the newest first."""
    outlines = store.index.outlines(query, Filters(), RECENT)
    ranked = rank(outlines, read_merges(store.log), RECENT)
    newest = sorted(ranked, key=lambda one: one.newest.first_seen, reverse=True)[:NEWEST]
    return tuple(with_titles(store.index, Filters(), newest))
