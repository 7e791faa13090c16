"""The lists of names that subscriptions refer to, followed as a table.

A change of a list needs no query to be parsed again: the matcher gets the new values. Only where a
list comes or goes are the subscriptions that refer to it read again.
"""

from dataclasses import dataclass

from pantau.errors import UsageError
from pantau.ports import Table
from pantau.problems import problem
from pantau.query import ast
from pantau.query.listed import ListValues, bind, lists_in
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.name_list import NameList
from pantau_schemas.topics import NAME_LISTS


@dataclass(frozen=True, slots=True)
class ListChanges:
    """New values of lists, and the subscriptions to read again."""

    values: tuple[ListValues, ...]
    subscriptions: frozenset[str]


class ListTable:
    """The values of all lists, and which subscriptions refer to which."""

    def __init__(self, table: Table, reading: TableReading | None = None) -> None:
        self._table = table
        self._reading = reading or TableReading()
        self._version = 0
        self._values: dict[str, ListValues] = {}
        self._users: dict[str, set[str]] = {}
        """Per list, existing or not: the subscriptions that refer to it."""
        self._names: dict[str, frozenset[str]] = {}
        """Per subscription: the lists that it refers to."""

    def refresh(self) -> ListChanges:
        """Apply changes of the table."""
        changes = self._table.changes(self._version)
        new: list[ListValues] = []
        again: set[str] = set()
        for name, value in changes.values.items():
            before = self._values.pop(name, None)
            found = self._reading.read(NameList, NAME_LISTS, name, value)
            if found is not None:
                values = self._values[name] = ListValues(name, found.values())
                new.append(values)
            if before is None or found is None:
                again |= self._users.get(name, set())
        self._version = changes.version
        return ListChanges(tuple(new), frozenset(again))

    def bind(self, subscription_id: str, query: ast.Query) -> ast.Query:
        """Return the query with the values of its lists.

        Raises UsageError where a list does not exist; the subscription is read again once it does.
        """
        names = {node.name for node in lists_in(query)}
        if not names:
            return query
        self._names[subscription_id] = frozenset(names)
        for name in names:
            self._users.setdefault(name, set()).add(subscription_id)
        missing = sorted(names - self._values.keys())
        if missing:
            raise UsageError(problem("lists.missing", name=missing[0]))
        return bind(query, lambda node: self._values[node.name])

    def forget(self, subscription_id: str) -> None:
        """Drop what a subscription refers to."""
        for name in self._names.pop(subscription_id, ()):
            users = self._users[name]
            users.discard(subscription_id)
            if not users:
                del self._users[name]
