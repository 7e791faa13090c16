"""Queries as arguments: the options for parsing, and warnings."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from pantau.commands.cli.options.pasted_queries import (
    AUTO,
    confirm_reading,
    resolved,
)

if TYPE_CHECKING:
    from pantau.query import Query
    from pantau_schemas.events.subscription import QueryLanguage

F = TypeVar("F", bound=Callable[..., Any])


def query_options(command: F) -> F:
    """Return a command `--language` and `--time-zone`.

    With `--language auto` the query is converted to the language `pantau`, and that is reported.
    """

    @wraps(command)
    def read(**given: Any) -> Any:
        given["time_zone"] = _zone(given)
        if given["language"] == AUTO and given.get("query") is not None:
            given["query"], given["language"], _ = resolved(given["query"], given["time_zone"])
        return command(**given)

    return cast("F", _options(read))


def saved_query_options(command: F) -> F:
    """Add the options of `query_options`, and `--yes`, to a command that saves the query.

    A converted query needs confirmation.
    """

    @wraps(command)
    def read(*, yes: bool, **given: Any) -> Any:
        zone = given["time_zone"] = _zone(given)
        if given["language"] == AUTO:
            given["query"], given["language"], changed = resolved(given["query"], zone)
            if changed and not yes:
                confirm_reading()
        return command(**given, yes=yes)

    sure = click.option(
        "--yes",
        "--force",
        "yes",
        is_flag=True,
        help="Save without a question what --language auto has read, what matches everything or "
        "nothing, and a name or a query that another subscription has.",
    )
    return cast("F", sure(_options(read)))


def _zone(given: dict[str, Any]) -> str:
    """Return the zone of the days in a query: the option's, else that of the settings."""
    from pantau.commands.cli.opened import configure_zone
    from pantau.common.time import zones

    if given["time_zone"] is not None:
        from pantau.query.parsing.languages import read_time_zone

        return read_time_zone(str(given["time_zone"]))
    configure_zone(given.get("data"))
    return zones.current_name()


def _options(command: Any) -> Any:
    zone = click.option(
        "--time-zone",
        metavar="ZONE",
        help="Zone of the days in the query, such as Asia/Jakarta or WIB.  [default: the setting "
        "time_zone, or the machine's]",
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
    """Parse a query; print warnings about it on standard error.

    Raises QueryError, and UsageError for an empty one: it would match nothing.
    """
    from pantau.commands.cli.texts.diagnoses import report
    from pantau.usecases.search.queries import read_query as read

    found = read(text, language, time_zone)
    report(found.warnings, language)
    return found.query
