"""Operations on people, organisations and places: the names in the news, and one of them."""

from typing import Any

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import Cursor, Reference, Text
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.pages import first_page, read_ranked
from pantau.operations.stories import StoryEntry, story_entry
from pantau.usecases.entities.gathering import KnownThing
from pantau.usecases.entities.listing import list_names
from pantau.usecases.entities.profile import EntityProfile, read_profile
from pantau.usecases.entities.words import query_text
from pantau_schemas.base import UtcTime
from pantau_schemas.events.article import EntityType


class NamesWanted(Input):
    """Which names are listed."""

    type: EntityType | None = Field(default=None, description="Only things of this kind.")
    match: Text | None = Field(
        default=None, description="The beginning of a word of a name, such as `wulan`."
    )
    limit: int = Field(default=50, ge=1, le=500)
    cursor: Cursor | None = None


class ThingEntry(Answer):
    """A person, an organisation or a place."""

    type: EntityType
    id: str | None = Field(description="Stable id of a known one, such as `org:kpk`.")
    name: str = Field(description="The most frequent of its normal forms.")
    country: str | None = Field(description="ISO 3166-1 alpha-2 code of a known one.")


class NameEntry(ThingEntry):
    """A thing, and how many of the articles that were read name it."""

    articles: int
    newest_seen: UtcTime = Field(description="When the newest of them was first seen.")
    role: str | None = Field(description="The office that an article named last.")


class NamesListed(Answer):
    """The things that the newest articles name, those of most articles first."""

    items: tuple[NameEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")
    articles_read: int = Field(description="The newest ones; older articles do not count.")


def list_entities(call: Call, given: NamesWanted) -> NamesListed:
    """List the people, organisations and places that the newest articles name.

    All pages are of the articles of the first one.
    """
    page = first_page(None, None) if given.cursor is None else read_ranked(given.cursor)
    found = list_names(
        call.parts.store.index,
        given.limit + 1,
        kind=given.type,
        match=given.match or "",
        until=page.until,
        skip=page.passed,
    )
    items = tuple(
        NameEntry(**_thing(one.thing), articles=one.articles, newest_seen=one.last, role=one.role)
        for one in found.things[: given.limit]
    )
    cursor = page.next_cursor(given.limit, len(found.things), call.parts.clock.now())
    return NamesListed(items=items, cursor=cursor, articles_read=found.read)


class OneEntity(Input):
    """The thing that is meant."""

    type: EntityType = Field(description="Its kind.")
    id: Reference = Field(description="Its stable id, or one of its names in any case.")


class DayArticles(Answer):
    """A day, and the articles first seen on it."""

    start: UtcTime = Field(description="Midnight of the zone of the settings.")
    articles: int


class RoleEntry(Answer):
    """An office that articles say a person holds."""

    role: str
    articles: int
    first_seen: UtcTime
    last_seen: UtcTime


class BesideEntry(ThingEntry):
    """A thing that the same articles name."""

    articles: int


class EntityArticle(Answer):
    """An article that names it; its text is that of `read_article`."""

    article_id: str
    title: str
    url: str | None
    source: str | None
    first_seen: UtcTime


class EntityWhole(ThingEntry):
    """A thing, and what the stored articles say of it."""

    aliases: tuple[str, ...] = Field(description="Its other names.")
    query: str = Field(description="The query in Lucene's language that finds all its articles.")
    total: int = Field(description="Articles that name it.")
    total_is_lower_bound: bool
    last_7_days: int
    last_30_days: int
    days: tuple[DayArticles, ...] = Field(description="The last 30 days, the oldest first.")
    articles_read: int = Field(description="The newest ones, of which what follows is.")
    roles: tuple[RoleEntry, ...] = Field(description="The one that was named last first.")
    beside: tuple[BesideEntry, ...] = Field(description="Named with it, the most frequent first.")
    sources: dict[str, int] = Field(description="Sources, with numbers of articles.")
    articles: tuple[EntityArticle, ...] = Field(description="The newest ones.")
    stories: tuple[StoryEntry, ...] = Field(description="The newest ones.")


def read_entity(call: Call, given: OneEntity) -> EntityWhole:
    """Return one person, organisation or place: names, offices, who is named with it, its news."""
    parts = call.parts
    found = read_profile(parts.store, given.type, given.id, parts.clock.now(), zones.current())
    return EntityWhole(
        **_thing(found.thing),
        **_counts(found),
        aliases=found.thing.aliases,
        query=query_text(found.thing),
        roles=tuple(
            RoleEntry(
                role=one.role, articles=one.articles, first_seen=one.first, last_seen=one.last
            )
            for one in found.roles
        ),
        beside=tuple(
            BesideEntry(**_thing(one.thing), articles=one.articles) for one in found.beside
        ),
        sources=dict(found.sources),
        articles=tuple(
            EntityArticle(
                article_id=one.article_id,
                title=one.title,
                url=one.url,
                source=one.source,
                first_seen=one.first_seen,
            )
            for one in found.articles
        ),
        stories=tuple(map(story_entry, found.stories)),
    )


def _counts(found: EntityProfile) -> dict[str, Any]:
    return {
        "total": found.total,
        "total_is_lower_bound": found.at_least,
        "last_7_days": found.last_week,
        "last_30_days": found.last_month,
        "days": tuple(DayArticles(start=one.start, articles=one.count) for one in found.days),
        "articles_read": found.read,
    }


def _thing(one: KnownThing) -> dict[str, Any]:
    return {"type": one.type, "id": one.id, "name": one.name, "country": one.country}
