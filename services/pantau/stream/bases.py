"""Records that count only while the record that they were made of still stands.

A command that rewrites a part of a state, such as a take-down, reads it, changes it and appends it,
while the service that owns the state writes it as well. Kafka cannot compare and append in one
step. So such a record names the offset of the one that it was made of, and is void where another
one of its key came in between. All readers of a partition see the same order, so all agree.

The writer reads the topic again until it finds nothing left to change. Compaction does not know
what is void: it may keep such a record alone, hours later, only if the writer was killed in between
and the key was not written since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pantau.ports import Received, Record
from pantau_schemas.topics import FEED_MEMORY, RULE_STATE, SUBSCRIPTIONS

BASIS_HEADER: Final = "pantau_basis"
"""Header with the offset of the record that this one was made of."""
SHARED: Final = frozenset((FEED_MEMORY.name, RULE_STATE.name, SUBSCRIPTIONS.name))
"""Topics of states that commands rewrite in part."""
_DIGITS: Final = 18


def with_basis(record: Record, basis: int) -> Record:
    """Return a record that counts only while the one at this offset stands."""
    return replace(record, headers={**record.headers, BASIS_HEADER: str(basis)})


def basis_of(header: str | None) -> int | None:
    """Return the offset that the header names; None for an absent or invalid one."""
    if header is None or len(header) > _DIGITS:
        return None
    return int(header) if header.isascii() and header.isdigit() else None


def is_void(basis: int | None, standing: int | None) -> bool:
    """Return whether a record came too late: its key was written again after its basis.

    `standing` is the offset of the key's last valid record before it, None if there is none any
    more.
    """
    return basis is not None and standing is not None and standing > basis


def valid(records: Iterable[Received]) -> Iterator[Received]:
    """Yield the records of one topic that count, in order; tables of other topics have no others.

    Holds the offset of each key.
    """
    standing: dict[tuple[int, str], int] = {}
    for one in records:
        if one.record.topic in SHARED:
            key = one.partition, one.record.key
            if is_void(basis_of(one.record.headers.get(BASIS_HEADER)), standing.get(key)):
                continue
            standing[key] = one.offset
        yield one
