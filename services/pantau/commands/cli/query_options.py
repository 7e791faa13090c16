"""Queries as arguments: the options that say how to read one, and its warnings."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from pantau.commands.cli.pasted_queries import (
    AUTO,
    confirm_doubtful,
    confirm_reading,
    resolved,
)

if TYPE_CHECKING:
    from pantau.query import Query
    from pantau_schemas.subscription import QueryLanguage

F = TypeVar("F", bound=Callable[..., Any])


def query_options(command: F) -> F:
    """Return a command `--language` and `--time-zone`.

    With `--language auto` the command gets the query in the language `pantau`, which is told.
    """

    @wraps(command)
    def read(**given: Any) -> Any:
        if given["language"] == AUTO and given.get("query") is not None:
            given["query"], given["language"], _ = resolved(given["query"], given["time_zone"])
        return command(**given)

    return cast("F", _options(read))


def saved_query_options(command: F) -> F:
    """As `query_options`, for a command that saves the query: with `--yes`.

    A query that was turned into another one, or that matches everything or nothing, is asked about.
    """

    @wraps(command)
    def read(*, yes: bool, **given: Any) -> Any:
        zone = given["time_zone"]
        if given["language"] == AUTO:
            given["query"], given["language"], changed = resolved(given["query"], zone)
            if changed and not yes:
                confirm_reading()
        if not yes:
            confirm_doubtful(given["query"], given["language"], zone)
        return command(**given)

    sure = click.option(
        "--yes",
        "--force",
        "yes",
        is_flag=True,
        help="Save without a question what --language auto has read, or what matches everything.",
    )
    return cast("F", sure(_options(read)))


def _options(command: Any) -> Any:
    zone = click.option(
        "--time-zone",
        default="UTC",
        show_default=True,
        metavar="ZONE",
        help="Zone of the days in the query, such as Asia/Jakarta.",
    )
    language = click.option(
        "--language",
        type=click.Choice(["lucene", "kql", "pantau", AUTO]),
        default="lucene",
        show_default=True,
        help="Language of the query; pantau is lucene with NEAR/n, ONEAR/n, ATLEAST/n and exact "
        "case; auto recognises what was pasted, and reads it as pantau.",
    )
    return language(zone(command))


def read_query(text: str, language: "QueryLanguage", time_zone: str) -> "Query":
    """Read a query; what is surely not meant is told on standard error.

    Raises QueryError, and UsageError for an empty one: it would match nothing.
    """
    from pantau.commands.cli.told_queries import tell  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)
    from pantau.query import parse  # noqa: PLC0415 (as above)

    if not text.strip():
        raise UsageError("QUERY is empty; give words to look for, or '*' for every article")
    query = parse(text, language, time_zone=time_zone)
    tell(text, language, time_zone)
    return query
