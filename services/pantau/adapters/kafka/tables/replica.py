"""A replica of a compacted topic in a SQLite file.

Rows and their offsets are committed together. The file is a cache, never the source of truth: if it
is inconsistent, it is discarded and read again. Each file belongs to the process that holds its
lock. Another process of the same data folder uses the next file, which starts as a copy of the
first; if all are taken, it uses a temporary one.
"""

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.common.system import OURS
from pantau.errors import PantauError, StopError
from pantau.ports import Changes
from pantau.stream.bases import is_void

LAYOUT: Final = 1
"""Increment with every change of the tables: a file of another layout is discarded."""
KEPT_FILES: Final = 3
"""Number of processes of one data folder whose replicas are kept.

A service, its successor, and a command at the same time.
"""
PAGE: Final = 200
PAGE_BYTES: Final = 8_192
"""Size of a page of the file.

An alert takes 2.4 KB: of pages of 4 KiB each would hold one, and 40 % of the file would be empty.
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
        self._database = SqliteDatabase(path, (_TABLES,), overwrites=True, page_bytes=PAGE_BYTES)
        try:
            layout, self.topic_id, self._version, places = self._load()
            _require_layout(path, layout)
        except BaseException:
            self._database.close()
            raise
        self._next = {place: following for place, following, _ in places}
        self._first = {place: first for place, _, first in places}

    def _load(self) -> tuple[int, str, int, list[tuple[int, int, int]]]:
        with self._database.transaction() as connection:
            # no reader knows them any more
            connection.execute("DELETE FROM rows WHERE value IS NULL")
            row = connection.execute("SELECT layout, topic_id, version FROM about").fetchone()
            if row is None:
                row = (LAYOUT, "", 0)
                connection.execute("INSERT INTO about VALUES (?, ?, ?)", row)
            return *row, connection.execute("SELECT place, next, first FROM places").fetchall()

    @property
    def next_offsets(self) -> Mapping[int, int]:
        """The next offset to read of each partition."""
        return self._next

    def start_anew(self, topic_id: str) -> None:
        """Clear everything: the topic was recreated under the same name.

        `changes` reports that every key was removed.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE rows SET value = NULL, version = version + ?", (self._version,)
            )
            connection.execute("DELETE FROM places")
            connection.execute(
                "UPDATE about SET topic_id = ?, version = ?", (topic_id, 2 * self._version)
            )
        self.topic_id, self._version = topic_id, 2 * self._version
        self._next, self._first = {}, {}

    def take(self, rows: Sequence[ReplicaRow], next_offsets: Mapping[int, int]) -> None:
        """Write records and the next offsets atomically."""
        if any(one.basis is not None for one in rows):
            rows = self._valid(rows)
        version = self._version
        values = [
            (version + number, one.key, one.value, one.written, one.partition, one.offset)
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

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        with self._healing():
            row = self._database.row("SELECT value FROM rows WHERE key = ?", (key,))
        return row[0] if row else None

    def snapshot(self) -> Changes:
        """Return all values, in write order."""
        with self._reading() as connection:
            (version,) = connection.execute("SELECT version FROM about").fetchone()
            rows = connection.execute(
                "SELECT key, value FROM rows WHERE value IS NOT NULL ORDER BY written, version"
            )
            return Changes(version, dict(rows))

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
        """Yield values backwards in time, page by page.

        No transaction stays open between two values.
        """
        before = (1 << 62, 0)
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
            yield from (value for _, _, value in rows)

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT key, value, version FROM rows WHERE version > ? ORDER BY version", (since,)
            ).fetchall()
        return Changes(rows[-1][2] if rows else since, {key: value for key, value, _ in rows})

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
                _remove(self._path)
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
    with _own_file(folder, name) as path:
        try:
            replica = Replica(path)
        except StopError as error:
            log.info("%s: reading it again from the start: %s", name, error)
            _remove(path)
            replica = Replica(path)
        with closing(replica):
            yield replica


@contextmanager
def _own_file(folder: Path, name: str) -> Iterator[Path]:
    """Lock the first free file. The lock is released when its process ends."""
    original = folder / f"{name}.db"
    for number in range(1, KEPT_FILES + 1):
        path = original if number == 1 else folder / f"{name}.{number}.db"
        try:
            make_folder(folder)
            # A separate file: closing any descriptor of a SQLite file would drop SQLite's locks on
            # it.
            descriptor = open_own(path.with_suffix(".lock"))
        except OSError as error:
            message = f"{error.filename or folder}: cannot be opened: {error.strerror}"
            raise StopError(message) from error
        with os.fdopen(descriptor, "r+b") as file:
            try:
                if not OURS.lock(file.fileno()):
                    continue
            except OSError:
                continue
            _begin_as_copy(path, original)
            yield path
            return
    own = Path(tempfile.mkdtemp(prefix="pantau-replica-"))
    try:
        _begin_as_copy(own / "replica.db", original)
        yield own / "replica.db"
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _require_layout(path: Path, layout: int) -> None:
    if layout != LAYOUT:
        message = f"{path} has layout {layout}, not {LAYOUT}"
        raise StopError(message)


def _begin_as_copy(path: Path, original: Path) -> None:
    """Copy the first replica if there is no file yet.

    If that fails, everything is read from the topic.
    """
    if path.exists() or not original.exists():
        return
    with suppress(OSError):
        os.close(open_own(path))
    try:
        with (
            closing(sqlite3.connect(f"{original.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        log.info("%s: not begun as a copy of %s: %s", path, original, error)
        _remove(path)


def _remove(path: Path) -> None:
    for one in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))):
        with suppress(OSError):
            one.unlink(missing_ok=True)
