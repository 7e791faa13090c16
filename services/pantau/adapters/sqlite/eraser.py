"""Physical access to the embedded store, for take-downs."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from pantau.adapters.compression.values import unpack_any
from pantau.adapters.files.raw_search import search_folder
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.log import SqliteLog, load_headers
from pantau.errors import RetryError
from pantau.ports import RawTrace, Received, Record

_PAGE: Final = 500
_NOT_DONE: Final = "the file is in use by a long read; try again"


class SqliteEraser:
    """Implements `pantau.ports.Eraser`."""

    def __init__(self, database: SqliteDatabase, log: SqliteLog) -> None:
        self._database = database
        self._log = log

    def records(self, topic: str) -> Iterator[Received]:
        """Yield all rows; what was replaced has none any more."""
        position = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT position, key, value, headers FROM records WHERE topic = ? AND "
                    "position > ? ORDER BY position LIMIT ?",
                    (topic, position, _PAGE),
                ).fetchall()
            for position, key, value, headers in rows:
                record = Record(topic, key, unpack_any(value), load_headers(headers))
                yield Received(record, position)
            if len(rows) < _PAGE:
                return

    def remove(self, topic: str, unwanted: Callable[[Received], bool]) -> int:
        """Delete single rows."""
        places = [(one.offset,) for one in self.records(topic) if unwanted(one)]
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM records WHERE position = ?", places)
        return len(places)

    def replace(self, changes: Sequence[tuple[Received, Record]]) -> None:
        """Compare the positions and append, in one transaction."""
        with self._database.transaction() as connection:
            standing = (
                record
                for received, record in changes
                if connection.execute(
                    "SELECT 1 FROM records WHERE position = ?", (received.offset,)
                ).fetchone()
            )
            self._log.append(list(standing))

    def scrub(self, places: AbstractSet[tuple[str, int]], progress: Callable[[str], None]) -> None:
        """Write the whole file again without its free pages, and empty the write-ahead log.

        Freed pages and the slack of pages still hold what was deleted or replaced, at any time
        before. Needs as much free disk space as the file has. Readers go on; writers wait.
        """
        del places  # nobody knows which pages once held something: all are written again
        progress(self._database.path.name)
        self._database.rewrite()
        if not self._database.empty_journal():
            raise RetryError(f"{self._database.path}: {_NOT_DONE}")

    def raw(self, wanted: Sequence[bytes]) -> Sequence[RawTrace]:
        """Search all files of the data folder: the store, its journal, copies, notes."""
        return search_folder(self._database.path.parent, wanted)
