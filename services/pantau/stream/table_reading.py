"""Reads events of tables. A record that cannot be read is left out, logged and counted.

A table has one record for each entity, written by this program, another version of it, or
another program. One that cannot be read must not stop a stage: it would stop it at each start.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from pantau.ports import Table
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.topics import Topic

_log = logging.getLogger(__name__)

E = TypeVar("E", bound=Event)

Skipped = Callable[[str], None]
"""Counts a skipped record of a topic."""


def _ignore(topic: str) -> None:
    del topic


def read_or_none(table: Table, event: type[E], key: str) -> E | None:
    """Return the event of a key; None where there is none, or a newer version wrote it.

    For what this program can do without. Raises RetryError when the table is unreachable.
    """
    value = table.get(key)
    try:
        return None if value is None else decode(event, value)
    except SchemaError:
        return None


class TableReading:
    """Decodes records of tables; `skipped` is called with the topic of each unreadable one."""

    def __init__(self, skipped: Skipped = _ignore) -> None:
        self._skipped = skipped

    def read(self, event: type[E], topic: Topic, key: str, value: bytes | None) -> E | None:
        """Return the event of a record; None for a removed or an unreadable one."""
        if value is None:
            return None
        try:
            return decode(event, value)
        except SchemaError as error:
            self.skip(topic, key, error)
            return None

    def skip(self, topic: Topic, key: str, error: Exception) -> None:
        """Log and count a record that cannot be used."""
        _log.error("%s %s cannot be used and is left out: %s", topic.name, key, error)
        self._skipped(topic.name)
