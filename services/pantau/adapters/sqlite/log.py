"""The log in SQLite: one partition per topic, offsets committed with their output.

All topics share one rising sequence of offsets. In a compacted topic a new record replaces the
older one of its key at once. A group's position moves by compare-and-swap, so two members of a
group can never both commit the same records. Values and headers are stored packed (see
`compression.values`).
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from pydantic_core import from_json, to_json

from pantau.adapters.compression.values import pack, unpack, unpack_any
from pantau.adapters.consumer_offsets import (
    READER_FINISHES,
    Alone,
    AtHand,
    OnlyMember,
    TopicOffsets,
    read_by_groups,
    within,
)
from pantau.adapters.marks import read_mark
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.common.time.milliseconds import millis
from pantau.errors import RetryError
from pantau.ports import NO_HEADERS, Changes, Clock, Received, Record
from pantau_schemas.topics import TOPICS, Topic

OTHER_PROCESS_SECONDS: Final = 0.1
"""How soon a waiting loop notices writes of another process."""

_NO_END: Final = 2**63 - 1
"""The largest integer of SQLite."""

INSERT: Final = """
INSERT OR REPLACE INTO records (topic, key, value, headers, appended, compacted)
VALUES (?, ?, ?, ?, ?, ?)
"""
_SELECT_VALUE: Final = "SELECT value FROM records WHERE compacted = 1 AND topic = ? AND key = ?"
_ESCAPED: Final = json.JSONEncoder(separators=(",", ":"))
"""Encodes any text, in four times the time of `to_json`; each record has eight headers."""


class SqliteLog(AtHand):
    """Implements `pantau.ports.Log`."""

    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(self, records: Iterable[Record]) -> None:
        """Append all records or none."""
        appended = millis(self._clock.now())
        rows = [
            (
                one.topic,
                one.key,
                None if one.value is None else pack(one.value),
                _dump_headers(one.headers),
                appended,
                TOPICS[one.topic].compacted,
            )
            for one in records
        ]
        if rows:
            with self._database.transaction() as connection:
                connection.executemany(INSERT, rows)

    def consumer(self, topics: Sequence[str], group: str | None) -> "SqliteConsumer":
        """Join a group, or read a snapshot."""
        return SqliteConsumer(self._database, self, tuple(topics), group)

    def table(self, topic: str) -> "SqliteTable":
        """Return a compacted topic as a table."""
        return SqliteTable(self._database, TOPICS[topic])

    def watch(self) -> "SqliteWatch":
        """Create a watch."""
        return SqliteWatch(self._database)

    def catch_up(self) -> None:
        """Do nothing: tables are views of the log itself."""

    def key_assignment(self, topic: str, group: str) -> OnlyMember:
        """Return an assignment of everything: there is one process."""
        del topic, group
        return OnlyMember()

    def tidy(self, topic: str, before: datetime) -> int:
        """Remove records before a time that every group has passed; return their number."""
        with self._database.transaction() as connection:
            (passed,) = connection.execute(
                "SELECT min(position) FROM positions WHERE topic = ?", (topic,)
            ).fetchone()
            if passed is None and read_by_groups(TOPICS[topic]):
                return 0
            return connection.execute(
                "DELETE FROM records WHERE topic = ?1 AND appended < ?2 AND (?3 IS NULL OR "
                "position < ?3)",
                (topic, millis(before), passed),
            ).rowcount


class SqliteConsumer(Alone):
    """Implements `pantau.ports.Consumer`."""

    def __init__(
        self, database: SqliteDatabase, log: SqliteLog, topics: tuple[str, ...], group: str | None
    ) -> None:
        self._database = database
        self._log = log
        self._group = group
        self._progress = {topic: TopicOffsets(0) for topic in topics}
        self._end = self._look_at_end() if group is None else _NO_END
        self.rewind()

    def poll(self, limit: int, max_bytes: int | None = None) -> Sequence[Received]:
        """Return the next records, merging the topics in append order."""
        found: list[Received] = []
        with self._database.reading() as connection:
            for topic, progress in self._progress.items():
                rows = connection.execute(
                    "SELECT position, key, value, headers FROM records WHERE topic = ? AND "
                    "position >= ?"
                    " AND position < ? ORDER BY position LIMIT ?",
                    (topic, progress.working, self._end, limit),
                )
                found += _up_to(rows, topic, _NO_END if max_bytes is None else max_bytes)
                rows.close()  # the rest is not read
        found.sort(key=lambda one: one.offset)
        given = within(found, limit, max_bytes)
        for one in given:
            self._progress[one.record.topic].given(one.offset)
        return given

    def _look_at_end(self) -> int:
        with self._database.reading() as connection:
            (last,) = connection.execute("SELECT max(position) FROM records").fetchone()
        return (last or 0) + 1

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        """Append and commit in one transaction."""
        if self._group is None:
            raise ValueError(READER_FINISHES)
        before = {topic: progress.committed for topic, progress in self._progress.items()}
        for one in done:
            self._progress[one.record.topic].done(one.offset)
        with self._database.transaction() as connection:
            self._log.append(produced)
            for topic, progress in self._progress.items():
                if progress.committed != before[topic]:
                    self._move(connection, topic, before[topic], progress.committed)

    def _move(self, connection: sqlite3.Connection, topic: str, before: int, after: int) -> None:
        # A group starts at 0, so that its first commit is a compare-and-swap as well.
        connection.execute("INSERT OR IGNORE INTO positions VALUES (?, ?, 0)", (self._group, topic))
        moved = connection.execute(
            "UPDATE positions SET position = ? WHERE consumers = ? AND topic = ? AND position = ?",
            (after, self._group, topic, before),
        )
        if moved.rowcount == 0:
            message = f"another member of group {self._group} took over {topic}"
            raise RetryError(message, group=str(self._group), topic=topic)

    def rewind(self) -> None:
        """Seek to the group's committed position, whichever member committed it."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT topic, position FROM positions WHERE consumers = ?", (self._group,)
            )
            committed = dict(rows.fetchall())
        self._progress = {topic: TopicOffsets(committed.get(topic, 0)) for topic in self._progress}

    def lag(self) -> int:
        """Return the number of records not done by the group, or not polled without one."""
        with self._database.reading() as connection:
            return sum(
                connection.execute(
                    "SELECT count(*) FROM records WHERE topic = ? AND position >= ? AND position "
                    "< ?",
                    (
                        topic,
                        progress.working if self._group is None else progress.committed,
                        self._end,
                    ),
                ).fetchone()[0]
                for topic, progress in self._progress.items()
            )

    def close(self) -> None:
        """Do nothing: the position is in the file."""


class SqliteTable:
    """Implements `pantau.ports.Table`."""

    def __init__(self, database: SqliteDatabase, topic: Topic) -> None:
        if not topic.compacted:
            message = f"{topic.name} is not compacted"
            raise ValueError(message)
        self._database = database
        self._topic = topic.name

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        row = self._database.row(_SELECT_VALUE, (self._topic, key))
        return unpack_any(row[0]) if row else None

    def snapshot(self) -> Changes:
        """Return all values."""
        changes = self.changes(0)
        return Changes(
            changes.version,
            {key: value for key, value in changes.values.items() if value is not None},
        )

    def count(self) -> int:
        """Return the number of keys that have a value."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM records WHERE topic = ? AND value IS NOT NULL", (self._topic,)
            ).fetchone()
        return int(row[0])

    def version(self) -> int:
        """Return the last position."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT max(position) FROM records WHERE topic = ?", (self._topic,)
            ).fetchone()
        return int(row[0] or 0)

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield values in reverse order."""
        return (value for _, value in self.newest_rows(version))

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield positions and values, page by page; no transaction stays open between."""
        if after is not None:
            version = min(version, read_mark(after, 1)[0] - 1)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT position, value FROM records WHERE topic = ? AND position <= ? AND "
                    "value IS NOT NULL"
                    " ORDER BY position DESC LIMIT 200",
                    (self._topic, version),
                ).fetchall()
            if not rows:
                return
            version = rows[-1][0] - 1
            yield from ((str(position), unpack(value)) for position, value in rows)

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT key, value, position FROM records WHERE topic = ? AND position > ? ORDER "
                "BY position",
                (self._topic, since),
            ).fetchall()
        return Changes(
            rows[-1][2] if rows else since, {key: unpack_any(value) for key, value, _ in rows}
        )


class SqliteWatch:
    """Implements `pantau.ports.Watch`: notified by this process, polling the file for others."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._connection = database.open_connection()
        # Closing a connection that another thread reads would crash the process.
        self._lock = threading.Lock()
        self._changed = threading.Event()
        self._leave = database.on_commit(self._changed.set)
        self._version = self._data_version()

    def _data_version(self) -> int:
        with self._lock, suppress(sqlite3.Error):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return -1

    def wait(self, seconds: float) -> bool:
        """Wait for an append."""
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            told = self._changed.wait(max(0.0, min(left, OTHER_PROCESS_SECONDS)))
            if told:  # what comes just after a wait that was in vain counts for the next one
                self._changed.clear()
            version = self._data_version()
            if told or version != self._version:
                self._version = version
                return True
            if left <= 0:
                return False

    def wake(self) -> None:
        """Wake the waiting thread."""
        self._changed.set()

    def close(self) -> None:
        """Unregister the watch."""
        self._leave()
        self._changed.set()
        with self._lock:
            self._connection.close()


def _up_to(rows: sqlite3.Cursor, topic: str, max_bytes: int) -> Iterator[Received]:
    """Yield records until their values exceed `max_bytes`, including the one that exceeds it."""
    size = 0
    for position, key, packed, headers in rows:
        value = unpack_any(packed)
        yield Received(Record(topic, key, value, load_headers(headers)), position)
        size += len(value or b"")
        if size > max_bytes:
            return


def _dump_headers(headers: Mapping[str, str]) -> str | bytes:
    """Return the column of a row: text, or the bytes of what saves space when it is packed."""
    if not headers:
        return ""
    try:
        text = to_json(headers)
    except ValueError:  # a lone surrogate, which only an escape can express
        text = _ESCAPED.encode(dict(headers)).encode()
    packed = pack(text)
    return text.decode() if packed is text else packed


def load_headers(stored: str | bytes) -> Mapping[str, str]:
    """Return the headers of a row."""
    if not stored:
        return NO_HEADERS
    text = unpack(stored) if isinstance(stored, bytes) else stored
    try:
        headers: Mapping[str, str] = from_json(text)
    except ValueError:
        headers = json.loads(text)
    return headers
