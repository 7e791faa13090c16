"""Queries as arguments: the options that say how to read one, and its warnings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pantau.query import Query
    from pantau_schemas.subscription import QueryLanguage

F = TypeVar("F", bound=Callable[..., Any])


def query_options(command: F) -> F:
    """Return a command `--language` and `--time-zone`."""
    zone = click.option(
        "--time-zone",
        default="UTC",
        show_default=True,
        metavar="ZONE",
        help="Zone of the days in the query, such as Asia/Jakarta.",
    )
    language = click.option(
        "--language",
        type=click.Choice(["lucene", "kql", "pantau"]),
        default="lucene",
        show_default=True,
        help="Language of the query; pantau is lucene with NEAR/n, ONEAR/n, ATLEAST/n and exact case.",
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
