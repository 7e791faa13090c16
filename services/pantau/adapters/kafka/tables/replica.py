"""A replica of a compacted topic in a SQLite file.

Rows and their offsets are committed together. The file is a cache, never the source of truth: if it
is inconsistent, it is discarded and read again.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.adapters.compression.values import pack, unpack, unpack_any
from pantau.adapters.kafka.tables.replica_files import own_file, remove_file
from pantau.adapters.marks import read_mark
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.errors import PantauError, StopError
from pantau.ports import Changes
from pantau.stream.bases import is_void

LAYOUT: Final = 2
"""Increment with every change of the tables: a file of another layout is discarded."""
_PLAIN: Final = 1
"""The layout before values were packed, which goes on as it is: plain values are read as well."""
PAGE: Final = 200
SWEPT: Final = 20_000
"""Rows that a portion of a removal looks at: about a tenth of a second."""
PAGE_BYTES: Final = 8_192
"""Size of a page of the file.

A packed value must fit into a page (`compression.values`), which it would not into one of 4 KiB.
Larger pages than this one gain little, and make small changes of states slower (measured).
"""

# The index in write order also serves counting: counting the rows would read the page of every
# value.
_TABLES: Final = """
CREATE TABLE rows (
  version INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  value BLOB,
  written INTEGER NOT NULL,
  place INTEGER NOT NULL,
  stood INTEGER NOT NULL
);
CREATE UNIQUE INDEX rows_of_key ON rows (key);
CREATE INDEX values_by_time ON rows (written) WHERE value IS NOT NULL;
CREATE INDEX removals ON rows (version) WHERE value IS NULL;
CREATE TABLE places (place INTEGER PRIMARY KEY, next INTEGER NOT NULL, first INTEGER NOT NULL);
CREATE TABLE about (layout INTEGER NOT NULL, topic_id TEXT NOT NULL, version INTEGER NOT NULL)
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReplicaRow:
    """A record of the topic with its position and Kafka's timestamp (milliseconds since 1970).

    `basis` is the offset of the record that it replaces, if it counts only while that one stands.
    """

    key: str
    value: bytes | None
    written: int
    partition: int
    offset: int
    basis: int | None = None


class Replica:
    """The rows of one topic. One thread writes; any may read.

    Versions are local to the file: each record increments the version by one, in read order.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = SqliteDatabase(
            path, (_TABLES,), overwrites=True, page_bytes=PAGE_BYTES, shrinks=True
        )
        try:
            layout, self.copy_of, self._version, places = self._load()
            _require_layout(path, layout)
        except BaseException:
            self._database.close()
            raise
        held = [one for one in places if one[1]]
        self._next = {place: following for place, following, _ in held}
        self._first = {place: first for place, _, first in held}
        # Partitions whose rows are being removed; a process may have ended in the middle of it.
        self._leaving = {place for place, following, _ in places if not following}
        self._swept, self._to_sweep = 0, self._version  # versions that are done, and to be done

    def _load(self) -> tuple[int, str, int, list[tuple[int, int, int]]]:
        with self._database.transaction() as connection:
            # no reader knows them any more
            connection.execute("DELETE FROM rows WHERE value IS NULL")
            row = connection.execute("SELECT layout, topic_id, version FROM about").fetchone()
            if row is None:
                row = (LAYOUT, "", 0)
                connection.execute("INSERT INTO about VALUES (?, ?, ?)", row)
            elif row[0] == _PLAIN:
                row = (LAYOUT, *row[1:])
                connection.execute("UPDATE about SET layout = ?", (LAYOUT,))
            return *row, connection.execute("SELECT place, next, first FROM places").fetchall()

    @property
    def next_offsets(self) -> Mapping[int, int]:
        """The next offset to read of each partition."""
        return self._next

    def start_anew(self, copy_of: str) -> None:
        """Clear everything: the topic was recreated under the same name, or more of it is read.

        `changes` reports that every key was removed.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE rows SET value = NULL, version = version + ?", (self._version,)
            )
            connection.execute("DELETE FROM places")
            connection.execute(
                "UPDATE about SET topic_id = ?, version = ?", (copy_of, 2 * self._version)
            )
        self.copy_of, self._version = copy_of, 2 * self._version
        self._next, self._first = {}, {}
        self._leaving.clear()

    def take(self, rows: Sequence[ReplicaRow], next_offsets: Mapping[int, int]) -> None:
        """Write records and the next offsets atomically."""
        if any(one.basis is not None for one in rows):
            rows = self._valid(rows)
        version = self._version
        values = [
            (version + number, one.key, _packed(one), one.written, one.partition, one.offset)
            for number, one in enumerate(rows, 1)
        ]
        version += len(values)
        places = [
            (place, following, self._first.get(place, 0))
            for place, following in next_offsets.items()
        ]
        with self._healing(), self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?)", values)
            connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", places)
            connection.execute("UPDATE about SET version = ?", (version,))
        self._version = version
        self._next = {**self._next, **next_offsets}
        if any(one.value is None for one in rows):
            self._forget_old_pages()

    def _valid(self, rows: Sequence[ReplicaRow]) -> Sequence[ReplicaRow]:
        """Return the records without those that came too late; this thread alone writes."""
        standing: dict[tuple[int, str], int] = {}
        valid = []
        for one in rows:
            place = one.partition, one.key
            if one.basis is not None and is_void(one.basis, standing.get(place, self._at(*place))):
                continue
            standing[place] = one.offset
            valid.append(one)
        return valid

    def _at(self, partition: int, key: str) -> int | None:
        with self._healing():
            row = self._database.row(
                "SELECT stood FROM rows WHERE key = ? AND place = ?", (key, partition)
            )
        return row[0] if row else None

    def _forget_old_pages(self) -> None:
        """Truncate the write-ahead log: it holds pages as they were before something was removed.

        What was taken down must not stay on this machine. A reader may prevent it; then the pages
        go with a later removal.
        """
        with suppress(PantauError):
            self._database.empty_journal(patient=False)

    def drop_before(self, first_offsets: Mapping[int, int]) -> int:
        """Remove what Kafka has removed: rows before the first offset of their partition.

        Returns their number.
        """
        moved = {
            place: first
            for place, first in first_offsets.items()
            if first > self._first.get(place, 0)
        }
        if not moved:
            return 0
        with self._healing(), self._database.transaction() as connection:
            gone = sum(
                connection.execute("DELETE FROM rows WHERE place = ? AND stood < ?", one).rowcount
                for one in moved.items()
            )
            self._first = {**self._first, **moved}
            # Offsets below the first one no longer exist, so reading must not resume there.
            self._next = {
                **self._next,
                **{place: max(self._next.get(place, 0), moved[place]) for place in moved},
            }
            connection.executemany(
                "INSERT OR REPLACE INTO places VALUES (?, ?, ?)",
                [(place, self._next[place], first) for place, first in moved.items()],
            )
        return gone

    def drop_older(self, written: int) -> None:
        """Remove values that were written before a time in milliseconds since 1970.

        `changes` does not report them.
        """
        with self._healing(), self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM rows WHERE value IS NOT NULL AND written < ?", (written,)
            )

    def leave(self, partitions: Iterable[int]) -> None:
        """Stop holding partitions; `sweep` removes their rows. `changes` reports none of it."""
        gone = [one for one in partitions if one in self._next]
        if not gone:
            return
        with self._healing(), self._database.transaction() as connection:
            connection.executemany(
                "UPDATE places SET next = 0, first = 0 WHERE place = ?", [(one,) for one in gone]
            )
        self._next = {place: at for place, at in self._next.items() if place not in gone}
        self._first = {place: at for place, at in self._first.items() if place not in gone}
        self._leaving |= set(gone)
        self._swept, self._to_sweep = 0, self._version

    def sweep(self) -> bool:
        """Remove a portion of the rows of partitions that are not held any more.

        Returns whether there may be more. In portions, so that records are read meanwhile.
        """
        if not self._leaving:
            return False
        places = sorted(self._leaving)
        marks = ",".join("?" * len(places))  # nothing else is put into the statements
        with self._healing(), self._database.transaction() as connection:
            (upto,) = connection.execute(
                "SELECT max(version) FROM"
                " (SELECT version FROM rows WHERE version > ? ORDER BY version LIMIT ?)",
                (self._swept, SWEPT),
            ).fetchone()
            over = upto is None or upto >= self._to_sweep
            connection.execute(
                f"DELETE FROM rows WHERE version > ? AND version <= ? AND place IN ({marks})",  # noqa: S608 (as above)
                (self._swept, upto or 0, *places),
            )
            if over:
                connection.execute(f"DELETE FROM places WHERE place IN ({marks})", places)  # noqa: S608 (as above)
        self._swept = upto or 0
        if over:
            self._leaving.clear()
            with self._healing():
                self._database.shrink()
        return not over

    def require_swept(self, partitions: Iterable[int]) -> None:
        """Remove all that is left of these partitions, before they are read again."""
        if not self._leaving.isdisjoint(partitions):
            while self.sweep():
                pass

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        with self._healing():
            row = self._database.row("SELECT value FROM rows WHERE key = ?", (key,))
        return unpack_any(row[0]) if row else None

    def snapshot(self) -> Changes:
        """Return all values, in write order."""
        with self._reading() as connection:
            (version,) = connection.execute("SELECT version FROM about").fetchone()
            rows = connection.execute(
                "SELECT key, value FROM rows WHERE value IS NOT NULL ORDER BY written, version"
            )
            return Changes(version, {key: unpack(value) for key, value in rows})

    def count(self) -> int:
        """Return the number of keys that have a value."""
        with self._reading() as connection:
            return int(
                connection.execute("SELECT count(*) FROM rows WHERE value IS NOT NULL").fetchone()[
                    0
                ]
            )

    def version(self) -> int:
        """Return the current version."""
        with self._reading() as connection:
            return int(connection.execute("SELECT version FROM about").fetchone()[0])

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield values backwards in time."""
        return (value for _, value in self.newest_rows(version))

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield marks and values backwards in time, page by page.

        A mark is Kafka's timestamp and the row's version. No transaction stays open between two
        values.
        """
        before = (1 << 62, 0) if after is None else read_mark(after, 2)
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    "SELECT written, version, value FROM rows WHERE value IS NOT NULL AND version "
                    "<= ?"
                    " AND (written, version) < (?, ?) ORDER BY written DESC, version DESC LIMIT ?",
                    (version, *before, PAGE),
                ).fetchall()
            if not rows:
                return
            before = rows[-1][:2]
            yield from ((f"{written}-{own}", unpack(value)) for written, own, value in rows)

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT key, value, version FROM rows WHERE version > ? ORDER BY version", (since,)
            ).fetchall()
        return Changes(
            rows[-1][2] if rows else since, {key: unpack_any(value) for key, value, _ in rows}
        )

    def close(self) -> None:
        """Close the file; no reader may be left."""
        self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._healing(), self._database.reading() as connection:
            yield connection

    @contextmanager
    def _healing(self) -> Iterator[None]:
        """Delete the file on the next start if it turns out to be corrupt."""
        try:
            yield
        except StopError as error:
            if getattr(error.__cause__, "sqlite_errorname", "").startswith(
                ("SQLITE_CORRUPT", "SQLITE_NOTADB")
            ):
                remove_file(self._path)
                message = (
                    f"{self._path} was damaged and is removed; start again, and it is read anew"
                )
                raise StopError(message) from error
            raise


@contextmanager
def opened_replica(folder: Path, name: str) -> Iterator[Replica]:
    """Open a private replica of the topic `name` for the duration of a block.

    It is kept in `folder` if a file is free. Raises RetryError when the disk is full, StopError
    when the folder cannot be used.
    """
    with own_file(folder, name) as path:
        try:
            replica = Replica(path)
        except StopError as error:
            log.info("%s: reading it again from the start: %s", name, error)
            remove_file(path)
            replica = Replica(path)
        with closing(replica):
            yield replica


def _packed(row: ReplicaRow) -> bytes | None:
    return None if row.value is None else pack(row.value)


def _require_layout(path: Path, layout: int) -> None:
    if layout != LAYOUT:
        message = f"{path} has layout {layout}, not {LAYOUT}"
        raise StopError(message)
