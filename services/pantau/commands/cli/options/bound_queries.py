"""The lists of a query, read from the data folder only if the query has any."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pantau.query import Query


def bound_query(query: "Query", text: str, data: Path | None = None) -> "Query":
    """Return a query with the values of its lists; `data` is the default folder if it is None.

    Raises QueryError where a list does not exist.
    """
    from pantau.query.listed import lists_in

    if not lists_in(query):
        return query
    from pantau.commands.cli.opened import opened_store
    from pantau.commands.cli.options.shared import default_data
    from pantau.usecases.lists.values import bound

    with opened_store(default_data() if data is None else data, reads=True) as (store, _):
        return bound(query, text, store.log)
