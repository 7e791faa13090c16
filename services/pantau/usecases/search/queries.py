"""Queries as people give them: parsed, with what in them is surely not meant."""

from dataclasses import dataclass

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.query import Query, parse, warnings
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau_schemas.events.subscription import QueryLanguage


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query and the warnings about it, which are data in both languages, too."""

    query: Query
    warnings: tuple[Diagnosis, ...]


def read_query(text: str, language: QueryLanguage = "lucene", time_zone: str = "UTC") -> ReadQuery:
    """Parse a query.

    Raises QueryError, and UsageError for an empty one, which would match nothing, or a time zone
    that does not exist.
    """
    if not text.strip():
        raise UsageError(problem("query.empty"))
    query = parse(text, language, time_zone=time_zone)
    return ReadQuery(query, tuple(warnings(text, language, time_zone)))
