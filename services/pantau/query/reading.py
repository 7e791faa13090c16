"""From the name of a language to its parser."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pantau.errors import UsageError
from pantau.query import ast, clauses, kql, lucene
from pantau.query.errors import QueryError


def parse(text: str, language: str, time_zone: str) -> ast.Query:
    """Read a query of a language. Raises QueryError, or UsageError for a language or time zone that is none."""
    check_time_zone(time_zone)
    if len(text) > clauses.MAX_LENGTH:
        expected = f"at most {clauses.MAX_LENGTH:,} characters; this query has {len(text):,}"
        raise QueryError(text, clauses.MAX_LENGTH, expected, "split it into several subscriptions")
    match language:
        case "lucene":
            return lucene.parse(text, time_zone)
        case "pantau":
            return lucene.parse(text, time_zone)
        case "kql":
            return kql.parse(text, time_zone)
        case _:
            message = f"language: expected lucene, kql or pantau, found {language!r}"
            raise UsageError(message)


@lru_cache(maxsize=256)
def check_time_zone(name: str) -> ZoneInfo:
    """Give a time zone by its IANA name. Raises UsageError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"time_zone: {name!r} is no time zone; expected a name such as Asia/Jakarta or UTC"
        raise UsageError(message) from error
