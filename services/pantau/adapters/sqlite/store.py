"""The embedded store: log and index in one SQLite file, written atomically."""

from contextlib import AbstractContextManager
from pathlib import Path

from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.eraser import SqliteEraser
from pantau.adapters.sqlite.index import SqliteSearchIndex
from pantau.adapters.sqlite.layout import MIGRATIONS
from pantau.adapters.sqlite.log import SqliteLog
from pantau.ports import Clock


class SqliteStore:
    """Implements `pantau.ports.Store`."""

    transactional = True

    def __init__(self, path: Path, clock: Clock) -> None:
        self._database = SqliteDatabase(path, MIGRATIONS)
        self._clock = clock
        self.log = SqliteLog(self._database, clock)
        self.index = SqliteSearchIndex(self._database, clock)

    def atomically(self) -> AbstractContextManager[object]:
        """Open one transaction over log and index."""
        return self._database.transaction()

    def eraser(self) -> SqliteEraser:
        """Return physical access to the file, and to all others of its folder."""
        return SqliteEraser(self._database, self.log)

    def wake(self) -> None:
        """Wake this process's watches after another process reported a write.

        Without it they notice later by polling.
        """
        self._database.notify()

    def close(self) -> None:
        """Close every connection."""
        self._database.close()
