"""One SQLite file for everything: connections, transactions, migrations, errors.

WAL mode with `synchronous=NORMAL`: a killed process loses no committed data; after a power failure
the last commits may be gone, but always whole transactions, so the file is consistent in both
cases.
"""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from pantau.adapters.files.private_files import make_file, make_folder
from pantau.errors import PantauError, RetryError, StopError

BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another one before it raises RetryError."""
PAGE_BYTES: Final = 8_192
"""Size of the pages of a new file.

Most records are packed to less than 1 KB, but events of the index have some 6 KB each, and a packed
value must fit into a page (`compression.values`), which it would not into SQLite's default of 4 KB.
Larger pages gain little, and every small transaction writes whole ones.
"""
_CHECKPOINT_BYTES: Final = 2_000 * PAGE_BYTES
"""Size of the write-ahead log before a checkpoint.

A page that changed several times is written back once.
"""
_LITTLE_BYTES: Final = 1_000_000
"""Free space that is too little for what SQLite writes beside the file."""
_RETRY_CODES: Final = frozenset(
    {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"}
)


def convert(error: sqlite3.Error, path: Path) -> PantauError:
    """Convert a driver's error.

    A locked or full disk is a RetryError, anything else a StopError.
    """
    code = getattr(error, "sqlite_errorname", "") or ""
    text = f"{path}: {error}"
    if _is_full(code, path):
        return RetryError(
            f"{path}: no space is left on the disk ({error}); free some, and try again"
        )
    if any(code.startswith(prefix) for prefix in _RETRY_CODES):
        return RetryError(text)
    if code in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
        return StopError(f"{text}. Move the file away and restore a backup, or start anew")
    return StopError(text)


def _is_full(code: str, path: Path) -> bool:
    """Return whether the disk is full, which SQLite also reports as an error of input or output.

    So it does where the index of the write-ahead log finds no room.
    """
    if not code.startswith("SQLITE_IOERR"):
        return code == "SQLITE_FULL"
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE_BYTES
    except OSError:
        return False


class SqliteDatabase:
    """Connections to one file, one per thread, opened on first use."""

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str],
        *,
        overwrites: bool = False,
        page_bytes: int = PAGE_BYTES,
        shrinks: bool = False,
    ) -> None:
        """Open a file; with `overwrites`, what is deleted or replaced is overwritten by zeros.

        `page_bytes`, a power of two, and whether `shrink` makes the file smaller count for a new
        file; an older one keeps its own.
        """
        self.path = path
        self._page_bytes = page_bytes
        self._overwrites = overwrites
        self._shrinks = shrinks
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._owned: dict[threading.Thread, sqlite3.Connection] = {}
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._closed = False
        try:
            make_folder(path.parent)
            make_file(path)  # SQLite gives its auxiliary files the same mode
        except OSError as error:
            message = f"{error.filename or path}: cannot be created: {error.strerror}"
            raise StopError(message) from error
        self._migrate(migrations)

    def open_connection(self) -> sqlite3.Connection:
        """Open a separate connection; it is closed with the database."""
        if self._closed:
            message = f"{self.path}: already closed"
            raise StopError(message)
        try:
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"PRAGMA page_size={self._page_bytes}")
            if self._shrinks:
                connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-32000")
            connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_BYTES // self._page_bytes}")
            connection.execute("PRAGMA temp_store=MEMORY")
            if self._overwrites:
                connection.execute("PRAGMA secure_delete=ON")
        except sqlite3.Error as error:
            raise convert(error, self.path) from error
        with self._lock:
            self._all.append(connection)
        return connection

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self.open_connection()
            self._local.depth = 0
            self._remember_owner(found)
        return found

    def _remember_owner(self, connection: sqlite3.Connection) -> None:
        """Remember whose connection it is, and close those of threads that have ended.

        A pool ends threads that were idle and starts others, for as long as a server runs.
        """
        with self._lock:
            ended = [self._owned.pop(one) for one in list(self._owned) if not one.is_alive()]
            self._owned[threading.current_thread()] = connection
            self._all = [one for one in self._all if one not in ended]
        for one in ended:
            with suppress(sqlite3.Error):
                one.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write atomically. A nested block joins the outer one, and its failure fails the whole."""
        connection = self.connection
        try:
            if self._local.depth == 0:
                # The write lock at once. A transaction that reads first and then upgrades fails
                # with SQLITE_BUSY, without waiting, if another one wrote in between.
                connection.execute("BEGIN IMMEDIATE")
            self._local.depth += 1
            try:
                yield connection
            finally:
                self._local.depth -= 1
            if self._local.depth == 0:
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back(connection)
            raise convert(error, self.path) from error
        except BaseException:
            self._roll_back(connection)
            raise
        if self._local.depth == 0:
            self.notify()

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        if self._local.depth == 0 and connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read one consistent snapshot of the file across several statements."""
        connection = self.connection
        nested = connection.in_transaction
        try:
            if not nested:
                connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if not nested and connection.in_transaction:
                    connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise convert(error, self.path) from error

    def row(self, statement: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        """Read one row.

        A single statement needs no surrounding transaction, which would take three times as long.
        """
        try:
            found: tuple[Any, ...] | None = self.connection.execute(statement, values).fetchone()
        except sqlite3.Error as error:
            raise convert(error, self.path) from error
        return found

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Register `listener`, which is called after each transaction of this process.

        Returns a function that unregisters it.
        """
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock, suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def notify(self) -> None:
        """Call the listeners of `on_commit`."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def rewrite(self) -> None:
        """Rewrite the file (`VACUUM`): what was deleted before is in it no longer."""
        try:
            self.connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise convert(error, self.path) from error

    def shrink(self) -> None:
        """Return the pages of what was deleted to the file system, where the file can shrink."""
        try:
            # One step for each page: `execute` makes the first one alone.
            self.connection.executescript("PRAGMA incremental_vacuum")
        except sqlite3.Error as error:
            raise convert(error, self.path) from error

    def empty_journal(self, *, patient: bool = True) -> bool:
        """Write the write-ahead log into the file, and truncate it; return whether that is done.

        A reader of an old state prevents it. A `patient` call waits for it to end.
        """
        connection = self.connection
        try:
            if not patient:
                connection.execute("PRAGMA busy_timeout=0")
            row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise convert(error, self.path) from error
        finally:
            connection.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")
        return bool(row[0] == 0)

    def _migrate(self, migrations: Sequence[str]) -> None:
        """Migrate the file to the latest layout.

        `MIGRATIONS` is append-only; `user_version` is the number of applied ones.
        """
        with self.transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(migrations):
                message = (
                    f"{self.path} was written by a newer Pantau (layout {version}); upgrade this "
                    "one"
                )
                raise StopError(message)
            for statement in migrations[version:]:
                # Not `executescript`, which commits the open transaction first: all migrations or
                # none.
                for part in statement.split(";\n"):
                    connection.execute(part)
            if version < len(migrations):
                connection.execute(f"PRAGMA user_version = {len(migrations)}")

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        with self._lock:
            connections, self._all = self._all, []
            self._owned.clear()
        for connection in connections:
            with suppress(sqlite3.Error):
                connection.close()
