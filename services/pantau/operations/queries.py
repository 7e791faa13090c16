"""Operations on queries that are not saved: checked, and explained in plain words."""

from typing import Literal

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import Language, QueryText, Zone
from pantau.operations.base.notes import QueryRemark, note_of, note_of_error
from pantau.operations.base.operation import Answer, Call, Input
from pantau.query.explain import plain
from pantau.usecases.search.checking import QueryToCheck
from pantau.usecases.search.checking import check_query as checked
from pantau.usecases.search.explaining import StoredMatches, count_matches
from pantau.usecases.search.explaining import explain_query as explained
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import feed_names, speller
from pantau_schemas.events.subscription import QueryLanguage


class GivenQuery(Input):
    """A query."""

    query: QueryText
    language: Language = "lucene"
    time_zone: Zone | None = Field(default=None, description="By default that of the settings.")


class QueryChecked(Answer):
    """The result of a check: a query that can be read or not, and remarks about it."""

    query: str
    language: QueryLanguage
    ok: bool = Field(description="The query can be read.")
    notes: tuple[QueryRemark, ...]


def check_query(call: Call, given: GivenQuery) -> QueryChecked:
    """Check whether a query can be read, and report likely mistakes with their repairs."""
    zone = given.time_zone or zones.current_name()
    wanted = QueryToCheck("query", None, given.query, given.language, zone)
    found = checked(wanted, speller(call.parts.store))
    if found.error is not None:
        notes: tuple[QueryRemark, ...] = (note_of_error(found.error, found.language, call.lang),)
    else:
        notes = tuple(note_of(one, call.lang) for one in found.warnings)
    return QueryChecked(query=found.query, language=found.language, ok=found.ok, notes=notes)


class StoredCount(Answer):
    """How many stored articles match."""

    articles: int = Field(description="All articles of the store.")
    matches: int
    matches_is_lower_bound: bool
    last_7_days: int
    last_7_days_is_lower_bound: bool


class QueryExplained(Answer):
    """The meaning of a query."""

    reading: str = Field(description="In plain words; of several lines where it is nested.")
    notes: tuple[str, ...] = Field(description="What of its interpretation may surprise.")
    warnings: tuple[QueryRemark, ...]
    breadth: Literal["none", "narrow", "usual", "broad", "everything"]
    stored: StoredCount


def explain_query(call: Call, given: GivenQuery) -> QueryExplained:
    """Explain in plain words what a query means, and count the stored articles that match."""
    zone, store = given.time_zone or zones.current_name(), call.parts.store
    read = read_query(given.query, given.language, zone)
    query = call.subscriptions.bound(read.query, given.query)
    describer = plain.describer(call.lang, call.parts.clock.now(), zone)
    stored = count_matches(store.index, query, describer.now)
    found = explained(query, given.query, given.language, describer, stored)
    feeds = () if stored.matches else feed_names(query, given.query, given.language, store)
    return QueryExplained(
        reading=found.reading.text,
        notes=found.notes,
        warnings=tuple(note_of(one, call.lang) for one in (*found.warnings, *feeds)),
        breadth=found.selectivity.level.value,
        stored=_count(stored),
    )


def _count(stored: StoredMatches) -> StoredCount:
    return StoredCount(
        articles=stored.articles,
        matches=stored.matches,
        matches_is_lower_bound=stored.matches_is_lower_bound,
        last_7_days=stored.recent,
        last_7_days_is_lower_bound=stored.recent_is_lower_bound,
    )
