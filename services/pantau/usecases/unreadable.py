"""Records of a table that this program cannot read: of a newer version, or damaged.

They are listed beside the others, so that a person can upgrade the program or remove them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from pantau.common.stored_fields import stored_fields
from pantau.ports import Record, Table
from pantau.stream.envelope import removal_of
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.topics import Topic

E = TypeVar("E", bound=Event)
T = TypeVar("T")

_REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A record by its key; `reason` says what is wrong, for people."""

    topic: str
    key: str
    size: int  # bytes of the value
    reason: str
    value: bytes


def find_all(
    named: Iterable[str],
    find_unreadable: Callable[[str], UnreadableRecord | None],
    find: Callable[[str], T],
) -> tuple[list[T], list[UnreadableRecord]]:
    """Return what people named: things that can be read, and records that cannot.

    `find` raises UsageError for what is neither, before anything is done to the others.
    """
    found: list[T] = []
    unreadable: list[UnreadableRecord] = []
    for one in named:
        record = find_unreadable(one)
        if record is None:
            found.append(find(one))
        else:
            unreadable.append(record)
    return found, unreadable


def read_table(
    table: Table, topic: Topic, event: type[E]
) -> tuple[list[E], list[UnreadableRecord]]:
    """Return the events of a table, and the records that are none."""
    events: list[E] = []
    unreadable: list[UnreadableRecord] = []
    for key, value in table.snapshot().values.items():
        if value is None:
            continue
        try:
            events.append(decode(event, value))
        except SchemaError as error:
            unreadable.append(_unreadable(topic.name, key, value, error))
    return events, unreadable


def unreadable_in(table: Table, topic: Topic, event: type[Event]) -> list[UnreadableRecord]:
    """Return the records of a table that cannot be read."""
    return read_table(table, topic, event)[1]


def unreadable_at(
    table: Table, topic: Topic, event: type[Event], key: str
) -> UnreadableRecord | None:
    """Return the record of a key if it cannot be read, or None."""
    value = table.get(key) if key else None
    if value is None:
        return None
    try:
        decode(event, value)
    except SchemaError as error:
        return _unreadable(topic.name, key, value, error)
    return None


def _unreadable(topic: str, key: str, value: bytes, error: SchemaError) -> UnreadableRecord:
    return UnreadableRecord(topic, key, len(value), str(error)[:_REASON_LIMIT], value)


def removals(
    topic: Topic, one: UnreadableRecord, partition_keys: Iterable[str] = ()
) -> list[Record]:
    """Return the tombstones of an unreadable record.

    Where the partition is not that of the key, nobody knows which one it was written to: one
    tombstone goes to each place where a program may have put it.
    """
    return [
        removal_of(topic, one.key, partition_key=None if place == one.key else place)
        for place in dict.fromkeys([one.key, *partition_keys])
    ]


def text_field(one: UnreadableRecord, name: str) -> str | None:
    """Return a text field of a record, as far as it is JSON; None otherwise."""
    found = stored_fields(one.value).get(name)
    return found if isinstance(found, str) else None
