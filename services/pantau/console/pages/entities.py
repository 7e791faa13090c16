"""People, organisations and places: the names in the news, and the page of one of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, PageAnswer, first_rows
from pantau.console.show.charts import drawn_bars
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.entities.listing import NamedThing, list_names
from pantau.usecases.entities.profile import EntityProfile, read_profile
from pantau.usecases.entities.words import query_text
from pantau_schemas.base import format_time
from pantau_schemas.events.article import EntityType

COLUMNS: Final = ("type", "id", "name", "country", "articles", "newest_seen", "role")
NEWS_COLUMNS: Final = ("article_id", "title", "source", "first_seen", "url", "story_id")
KINDS: Final[tuple[tuple[EntityType, str], ...]] = (
    ("person", "pages.field-people"),
    ("organization", "pages.field-organizations"),
    ("place", "pages.field-places"),
)
"""Kinds of things, and the words for several of them."""
ONE: Final[Mapping[EntityType, str]] = {
    "person": "entities.person",
    "organization": "entities.organization",
    "place": "entities.place",
}
"""Words for one thing of a kind."""
BESIDE: Final[Mapping[EntityType, str]] = {
    "person": "names.with-person",
    "organization": "names.with-organization",
    "place": "names.with-place",
}
"""Headings of the things that are named beside one."""


def show_all(asked: Asked) -> Answer:
    """Return the names in the news, of all kinds or of one."""
    kind = _kind(asked.values.get("type"))
    match = asked.values.get("match", "").strip()
    found = list_names(asked.store.index, asked.rows + 1, kind=kind, match=match)
    things, has_more = first_rows(found.things, asked.rows)
    found = replace(found, things=tuple(things))
    values = {"found": found, "kind": kind, "match": match, "kinds": KINDS, "called": ONE}
    rows = [_fields(one) for one in found.things]
    more = {"articles_read": found.read, **has_more}
    return ListAnswer(PageAnswer("entities.html", values), rows, COLUMNS, more)


def show_one(asked: Asked) -> Answer:
    """Return the page of a thing. Raises UsageError where no article names it."""
    kind = _kind(asked.named["type"])
    if kind is None:
        raise UsageError(problem("console.no-page"))
    found = read_profile(asked.store, kind, asked.named["id"], asked.now, zones.current())
    values = {
        "found": found,
        "bars": drawn_bars(found.days),
        "watch": query_text(found.thing),
        "called": ONE,
        "beside": [
            (BESIDE[kind], [one for one in found.beside if one.thing.type == kind])
            for kind, _ in KINDS
        ],
    }
    rows = [
        {
            "article_id": one.article_id,
            "title": one.title,
            "source": one.source,
            "first_seen": format_time(one.first_seen),
            "url": one.url,
            "story_id": one.story_id,
        }
        for one in found.articles
    ]
    return ListAnswer(PageAnswer("entity.html", values), rows, NEWS_COLUMNS, _facts(found))


def _kind(text: str | None) -> EntityType | None:
    return next((one for one, _ in KINDS if one == text), None)


def _fields(one: NamedThing) -> dict[str, Any]:
    return {
        "type": one.thing.type,
        "id": one.thing.id,
        "name": one.thing.name,
        "country": one.thing.country,
        "articles": one.articles,
        "newest_seen": format_time(one.last),
        "role": one.role,
    }


def _facts(found: EntityProfile) -> dict[str, Any]:
    """Return what JSON says beside the newest articles."""
    thing = found.thing
    return {
        "type": thing.type,
        "id": thing.id,
        "name": thing.name,
        "aliases": thing.aliases,
        "country": thing.country,
        "total": found.total,
        "total_is_lower_bound": found.at_least,
        "days": [{"start": format_time(one.start), "articles": one.count} for one in found.days],
        "roles": [
            {"role": one.role, "first": format_time(one.first), "last": format_time(one.last)}
            for one in found.roles
        ],
        "beside": [
            {"type": one.thing.type, "name": one.thing.name, "articles": one.articles}
            for one in found.beside
        ],
    }
