"""Outlines of articles in the SQLite index: of thousands at once, so as little as possible is read.

The sort key alone has the time at which an article was first seen. The source stands at the
beginning of an event, before the text: that part is read and parsed in a fraction of the time. The
story stands behind the text.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json

from pantau.adapters.sort_key import SLOT_BITS
from pantau.adapters.sqlite.search import ALIKE, find_places, read_event
from pantau.common.portions import portions
from pantau.common.time.milliseconds import moment_of
from pantau.indexer.outlines import outline_of, outline_of_fields
from pantau.ports import Outline, SearchRequest
from pantau_schemas.codec import decode
from pantau_schemas.events.article import EnrichedArticle

_TOGETHER: Final = 200
"""Events that are read at once, whole ones of some kilobytes."""
_HEAD_BYTES: Final = 400
"""The beginning of an event: the names of some feeds, the source, the address, the headline."""


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """The fields of an outline that are wanted beside the id, the source and the time."""

    titles: bool = False
    stories: bool = True


def outlines(
    connection: sqlite3.Connection, request: SearchRequest, now: datetime, part: OutlinePart
) -> list[Outline]:
    """Return the outlines of the articles of a page."""
    places = _places(connection, request, now)
    if part.titles or part.stories:
        events = _columns(connection, places, "event", "events")
        return [_outline(event, titles=part.titles) for _, event in events]
    heads = _columns(connection, places, f"substr(event, 1, {_HEAD_BYTES})", "events")
    return [
        _short_outline(place, head) or _outline(read_event(connection, place), titles=False)
        for place, head in heads
    ]


def first_seen(
    connection: sqlite3.Connection, request: SearchRequest, now: datetime
) -> dict[str, datetime]:
    """Return when the articles of a page were first seen, by id; before 1970 counts as 1970."""
    places = _places(connection, request, now)
    ids = _columns(connection, places, "article_id", "documents")
    return {article_id: _moment_of(place) for place, article_id in ids}


def moments(
    connection: sqlite3.Connection, request: SearchRequest, now: datetime
) -> list[datetime]:
    """Return when the articles of a page were first seen, as `first_seen` does; newest first."""
    return [_moment_of(place) for place in _places(connection, request, now)]


def _places(connection: sqlite3.Connection, request: SearchRequest, now: datetime) -> Sequence[int]:
    places, _ = find_places(connection, replace(request, count=False), now)
    return places[: request.limit]


def _moment_of(place: int) -> datetime:
    return moment_of(place >> SLOT_BITS)


def _columns(
    connection: sqlite3.Connection, places: Sequence[int], column: str, table: str
) -> Iterator[tuple[int, Any]]:
    """Yield sort keys with a column of their rows, in the order of the keys.

    A query for each of them would take half as long again.
    """
    for some in portions(places, _TOGETHER):
        marks = ",".join("?" * len(some))
        statement = f"SELECT ordering, {column} FROM {table} WHERE ordering IN ({marks})"  # noqa: S608 (names are constants)
        found = dict(connection.execute(statement, some))
        yield from ((place, found[place]) for place in some)


def _short_outline(place: int, head: bytes) -> Outline | None:
    """Return the outline that the beginning of an event has; None where something is missing."""
    try:
        fields: dict[str, Any] = from_json(head, allow_partial=True, cache_strings="keys")
    except ValueError:  # it ends within a character, or has a lone surrogate
        return None
    if fields.get("schema_version") not in ALIKE or "source" not in fields:
        return None
    return Outline(fields["article_id"], "", fields["source"], None, _moment_of(place))


def _outline(event: bytes, *, titles: bool) -> Outline:
    try:
        # Takes half the time of `json.loads`. Only keys are cached: no other string repeats.
        fields: dict[str, Any] = from_json(event, cache_strings="keys")
    except ValueError:  # a lone surrogate, which only Python's parser takes
        fields = json.loads(event)
    if fields.get("schema_version") not in ALIKE:
        return outline_of(decode(EnrichedArticle, event), titles=titles)
    return outline_of_fields(fields, titles=titles)
