"""The parsers by name of the language."""

import re
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from pantau.common.time.zones import zone_name
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.parsing import clauses, kql, lucene

_HALF: Final = re.compile("[\ud800-\udfff]")


def parse(text: str, language: str, time_zone: str) -> ast.Query:
    """Parse a query of a language.

    Raises QueryError, or UsageError for an unknown language or time zone.
    """
    time_zone = read_time_zone(time_zone)
    if len(text) > clauses.MAX_LENGTH:
        expected = (
            f"at most {clauses.MAX_LENGTH:,} characters; this query has {len(text):,}; "
            "split it into several subscriptions"
        )
        raise QueryError(text, clauses.MAX_LENGTH, expected)
    # It cannot be stored as UTF-8, so no article can have it.
    half = _HALF.search(text)
    if half is not None:
        raise QueryError(
            text,
            half.start(),
            "characters of UTF-8; half of a character cannot be kept or searched for",
        )
    match language:
        case "lucene" | "kql":
            try:
                return (
                    lucene.parse(text, time_zone)
                    if language == "lucene"
                    else kql.parse(text, time_zone)
                )
            except QueryError as error:
                raise _of_another_language(error) from error.__cause__
        case "pantau":
            return lucene.parse_own(text, time_zone)
        case _:
            raise UsageError(problem("query.no-language", language=str(language)))


_OWN: Final = re.compile(
    r'\\.|"(?:[^"\\]|\\.)*"|(?<![^\s(])((?:O?NEAR|ATLEAST)/\d+(?=[\s("])|=")', re.DOTALL
)


def _of_another_language(error: QueryError) -> QueryError:
    """Return the error; if it concerns an operator of `pantau`, one that names the operator.

    The slash of `NEAR/3` opens a regular expression here. Escaping it, as is suggested for other
    slashes, would search for the word "NEAR".
    """
    own = own_operator(error.query, error.position)
    if own is None:
        return error
    return QueryError(error.query, own.start(1), language_of(own[0]))


def language_of(operator: str) -> str:
    """Return a text that names the language of an operator, and how to choose it."""
    return f"{operator} is an operator of the language pantau; choose that by --language pantau"


def own_operator(text: str, position: int | None = None) -> re.Match[str] | None:
    """Find the first operator that only the language `pantau` has, outside of quotes.

    With a `position`: the one at that position, if any.
    """
    for found in _OWN.finditer(text):
        if found[1] and (position is None or found.start() <= position <= found.end()):
            return found
    return None


@lru_cache(maxsize=256)
def read_time_zone(name: str) -> str:
    """Return the IANA name of a zone that a person named. Raises UsageError."""
    try:
        return zone_name(name)
    except ValueError as error:
        raise UsageError(problem("query.no-time-zone", field="time_zone", name=name)) from error


@lru_cache(maxsize=256)
def check_time_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name. Raises UsageError."""
    return ZoneInfo(read_time_zone(name))
