"""The values of the lists that a query refers to, as they are now."""

from collections.abc import Iterable
from typing import Final

from pantau.common.text.nearest import nearest
from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau.query import Query, QueryError, ast, parse
from pantau.query.listed import ListValues, bind, lists_in
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.name_list import NameList
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import NAME_LISTS

_NEAR: Final = 0.6
"""How alike two names must be for one to be suggested, from 0 to 1 (`difflib`)."""


def missing(name: str, known: Iterable[str]) -> Problem:
    """Return for people that a list does not exist, and the nearest that does."""
    near = nearest(name, known, _NEAR)
    if near is not None:
        return problem("lists.missing-near", name=name, near=near)
    return problem("lists.missing", name=name)


def bound(query: Query, text: str, log: Log) -> Query:
    """Return a query with the values of its lists, as they are now.

    `text` is what the query was read from. Raises QueryError, with the nearest name as a repair,
    where a list does not exist. A query without lists reads nothing.
    """
    require_lists(query, text, log)
    names = {node.name for node in lists_in(query)}
    if not names:
        return query  # without a look at the table, which has to be read whole first over Kafka
    table = log.table(NAME_LISTS.name)
    values: dict[str, ListValues] = {}
    for name in names:
        try:
            values[name] = ListValues(name, decode(NameList, table.get(name) or b"").values())
        except SchemaError as error:
            unread = problem("lists.unreadable", name=name, reason=str(error))
            raise UsageError(unread) from error
    return bind(query, lambda node: values[node.name])


def query_of(subscription: Subscription, log: Log) -> Query:
    """Return the query of a subscription, with the values of its lists as they are now.

    Raises QueryError for one that cannot be read, and as `bound` does.
    """
    text = subscription.query
    read = parse(text, subscription.language, time_zone=subscription.time_zone)
    return bound(read, text, log)


def require_lists(query: Query, text: str, log: Log) -> None:
    """Raise QueryError as `bound` does, where a list of the query does not exist."""
    for node in lists_in(query):
        table = log.table(NAME_LISTS.name)
        if table.get(node.name) is None:
            raise _no_such_list(node, text, table.snapshot().values)


def _no_such_list(node: ast.InList, text: str, known: Iterable[str]) -> QueryError:
    known = tuple(known)
    near = nearest(node.name, known, _NEAR)
    written = text[node.start : node.end]
    meant = f'"{written}"' if near is None else f"@{near}"
    reason = missing(node.name, known)
    return QueryError(
        text,
        node.start,
        reason.text(),
        text[: node.start] + meant + text[node.end :],
        code="unknown_list",
        reason=reason,
    )
