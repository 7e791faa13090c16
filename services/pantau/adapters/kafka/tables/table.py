"""A compacted topic as a table.

A local replica of the topic, or of the partitions of it that its followers need (`partitions`),
updated by a thread of its own. The first lookup waits until
everything that was in the topic at that time has been read; the replica is persistent, so a restart
reads only what is new. Later lookups are local, and continue while the brokers are away. Writers
through the same log always see their own writes: a lookup waits for the offsets that the brokers
acknowledged.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from typing import Final

from kafka.errors import KafkaError, UnknownTopicOrPartitionError

from pantau.adapters.kafka.client import convert, converted, partition_count, topic_name
from pantau.adapters.kafka.tables.partitions import Followed, Leaving, needed, settled
from pantau.adapters.kafka.tables.reader import ReadProgress, TopicReader
from pantau.adapters.kafka.tables.replica import Replica, opened_replica
from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import PantauError, RetryError, StopError
from pantau.ports import Changes
from pantau.settings import Settings
from pantau_schemas.topics import Topic

FOLDER: Final = "replicas"
"""The folder of replicas in the data folder."""
LOOK_SECONDS: Final = 30.0
"""Interval in seconds for checking brokers, partitions, first offsets and the topic's id."""
LOOK_TIMEOUT_SECONDS: Final = 2.0
AWAY_SECONDS: Final = 1.0
"""The same interval while brokers do not answer."""
KEEP_SECONDS: Final = 600.0
"""How long partitions are kept that no follower needs any more."""
TELL_SECONDS: Final = 2.0
"""Reading, or waiting for brokers, is reported after this many seconds."""
BACKOFF: Final = Backoff(0.1, 5.0)

log = logging.getLogger(__name__)


class KafkaTable:
    """Implements `pantau.ports.Table`. Thread-safe.

    `written` returns the next offset of each partition that this process wrote to the topic and
    Kafka acknowledged; `ends`, those of any writer (`tables.ends`; without it the table asks on
    its own connection, behind its fetch). With `recent_seconds` the table has what was written
    within them, and may have a little more. Nothing is opened before the first use.

    Every lookup raises RetryError when the initial read, or own writes, do not arrive within
    `kafka.timeout_seconds`; StopError when an operator has to act.
    """

    def __init__(
        self,
        topic: Topic,
        settings: Settings,
        written: Callable[[], Mapping[int, int]],
        *,
        ends: Callable[[str, Collection[int]], Mapping[int, int]] | None = None,
        recent_seconds: float | None = None,
    ) -> None:
        if not topic.compacted:
            message = f"{topic.name} is not compacted"
            raise ValueError(message)
        self._name = topic_name(topic.name, settings.kafka)
        self._recent = recent_seconds
        self._file = self._name if recent_seconds is None else f"{self._name}.recent"
        self._folder = settings.data / FOLDER
        self._kafka = settings.kafka
        self._written = written
        self._ends = ends
        self._expected = partition_count(topic, settings.kafka)
        self._leaving = Leaving(KEEP_SECONDS)  # of the thread alone
        self._closing = threading.Event()
        self._condition = threading.Condition()  # of a lock that its holder may take again
        # Everything below is guarded by the condition.
        self._thread: threading.Thread | None = None
        self._listeners: list[Callable[[], None]] = []
        self._followers: dict[str, Followed] = {}
        self._there: frozenset[int] | None = None  # the partitions of the topic, once known
        self._held: frozenset[int] = frozenset()  # those that are read
        self._reader: TopicReader | None = None
        self._replica: Replica | None = None
        self._caught_up = False
        self._failure: PantauError | None = None
        self._failing_since = math.inf
        self._told = False
        self._progress_at = 0.0
        self._look_at = 0.0

    def hold(self, follower: str, partitions: Collection[int], count: int) -> None:
        """Hold these partitions for a follower; see `pantau.ports.Log.hold`."""
        with self._condition:
            self._followers[follower] = Followed(frozenset(partitions), count)
            if not self._current():
                self._caught_up = False  # look-ups wait until the thread has read the others
                self._look_at = 0.0

    def get(self, key: str) -> bytes | None:
        """Return the value of a key, or None."""
        return self._ready().get(key)

    def snapshot(self) -> Changes:
        """Return all values, ordered by Kafka's timestamp."""
        return self._ready().snapshot()

    def count(self) -> int:
        """Return the number of keys that have a value."""
        return self._ready().count()

    def version(self) -> int:
        """Return the version of the replica.

        It may differ after a restart: an inconsistent replica starts over.
        """
        return self._ready().version()

    def newest(self, version: int) -> Iterator[bytes]:
        """Yield values backwards by Kafka's timestamp; partitions may interleave."""
        return self._ready().newest(version)

    def newest_rows(self, version: int, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield what `newest` does, with marks of time, which every copy of the topic has alike."""
        return self._ready().newest_rows(version, after)

    def changes(self, since: int) -> Changes:
        """Return what was written after `since`."""
        return self._ready().changes(since)

    def catch_up(self) -> None:
        """Read everything that is in the topic now, whoever wrote it.

        Raises RetryError, StopError.
        """
        self._ready()
        with self._condition:
            reader = self._reader
        if reader is None:
            raise RetryError(self._behind())
        with converted(self._kafka):
            ends = self._ask_ends(reader)
        with self._condition:
            self._wait(lambda: self._caught_up and self._has(self._of_held(ends)))

    def _ask_ends(self, reader: TopicReader) -> Mapping[int, int]:
        if self._ends is None:
            return reader.ask_ends()
        try:
            return self._ends(self._name, reader.reads)
        except UnknownTopicOrPartitionError:
            # Perhaps it is being made again: a consumer asks until it is there.
            return reader.ask_ends()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Register `callback`, which the reading thread calls after each change.

        Returns a function that unregisters it. Starts reading.
        """
        with self._condition:
            self._listeners.append(callback)
            self._start()

        def leave() -> None:
            with self._condition:
                if callback in self._listeners:
                    self._listeners.remove(callback)

        return leave

    def close(self) -> None:
        """Stop reading and close the replica; no caller may use the table any more."""
        with self._condition:
            self._closing.set()
            self._condition.notify_all()
            thread, reader = self._thread, self._reader
        if reader is not None:
            reader.close()  # ends the thread's wait for records
        if thread is not None:
            thread.join(self._kafka.timeout_seconds + BACKOFF.most)

    # Called by users: start the thread, wait for it

    def _start(self) -> None:
        self._require_open()
        if self._thread is None:
            self._failure, self._failing_since, self._told = None, math.inf, False
            self._thread = threading.Thread(
                target=self._run, name=f"table {self._name}", daemon=True
            )
            self._thread.start()

    def _require_open(self) -> None:
        if self._closing.is_set():
            message = f"{self._name}: already closed"
            raise StopError(message)

    def _ready(self) -> Replica:
        """Wait until the replica has all required records."""
        written = self._written()
        with self._condition:
            self._start()
            if self._reader is not None and not written.keys() <= self._reader.partitions:
                self._look_at = 0.0  # a new partition
            self._wait(lambda: self._caught_up and self._has(self._of_held(written)))
            assert self._replica is not None  # noqa: S101 (for mypy: who caught up has it)
            return self._replica

    def _of_held(self, offsets: Mapping[int, int]) -> Mapping[int, int]:
        """Return the offsets that a look-up waits for: of held partitions and of new ones.

        Other partitions are never read. Whether a new one is held is known once the topic has been
        looked at again.
        """
        others = (self._there or frozenset()) - self._held
        return {one: at for one, at in offsets.items() if one not in others}

    def _chosen(self, there: frozenset[int]) -> frozenset[int]:
        with self._condition:
            return needed(self._followers, there, self._expected)

    def _current(self) -> bool:
        """Return whether the partitions that are read are those that followers need."""
        return self._there is not None and self._chosen(self._there) == self._held

    def _has(self, offsets: Mapping[int, int]) -> bool:
        held = self._replica.next_offsets if self._replica else {}
        return all(held.get(partition, 0) >= offset for partition, offset in offsets.items())

    def _wait(self, done: Callable[[], bool]) -> None:
        """Wait on the condition, as long as reading makes progress."""
        began = time.monotonic()
        while not done():
            self._require_open()
            if self._failure is not None and not isinstance(self._failure, RetryError):
                raise type(self._failure)(str(self._failure))
            left = max(began, self._progress_at) + self._kafka.timeout_seconds - time.monotonic()
            if left <= 0:
                raise RetryError(self._behind())
            self._condition.wait(left)

    def _behind(self) -> str:
        return (
            f"{self._name} cannot be read up to its end: "
            f"{self._failure or 'the brokers do not answer'}"
        )

    # Run by the thread: open, read to the end, follow

    def _run(self) -> None:
        try:
            with opened_replica(self._folder, self._file) as replica:
                self._replica = replica
                self._read_for_ever(replica)
        # of the file: a full disk, a folder of another user, corruption
        except PantauError as error:
            self._fail(error, for_good=True)
        except Exception as error:
            if not self._closing.is_set():  # otherwise `close` closed the client concurrently
                log.exception("%s: a mistake of the program", self._name)
            self._fail(StopError(f"{self._name}: reading has ended: {error!r}"), for_good=True)
        finally:
            with self._condition:
                self._thread = None  # the next lookup retries
                self._caught_up, self._replica = False, None

    def _read_for_ever(self, replica: Replica) -> None:
        pause, pauses = 0.0, Pauses(BACKOFF)
        while not self._closing.wait(pause):
            try:
                self._read(replica)
                pause = 0.0
                pauses.worked()
            except KafkaError as error:
                self._fail(convert(error, self._kafka))
                pause = pauses.next()
            except OSError as error:
                self._fail(RetryError(f"{self._name}: {error}"))
                pause = pauses.next()
            finally:
                with self._condition:
                    self._reader = None

    def _read(self, replica: Replica) -> None:
        """Connect, and follow the topic.

        Returns when the topic was recreated, its partitions changed, or the table closes.
        """
        opened = TopicReader(self._name, self._kafka, self._chosen, self._recent)
        with closing(opened) as reader:
            with self._condition:
                self._reader, before = reader, self._held
                self._there, self._held = reader.partitions, reader.reads
                # What followers need may have changed since the reader asked for it.
                current = self._current()
                self._look_at = time.monotonic() + LOOK_SECONDS if current else 0.0
                kept = current and before == reader.reads
                self._caught_up = self._caught_up and kept and reader.fits(replica)
            # A topic that was deleted and created again has a new id: its offsets start from zero.
            if not reader.fits(replica):
                if replica.next_offsets:
                    log.info("%s: the copy is of something else; reading all of it", self._name)
                replica.start_anew(reader.copy_of)
            reader.begin(replica)
            # A new connection alone is no progress: where each one fails at the same record,
            # whoever waits has to learn it.
            if self._has(reader.ends):
                self._works()
            progress = ReadProgress(
                replica.next_offsets, reader.ends, TELL_SECONDS, time.monotonic()
            )
            moved = False
            while not self._closing.is_set() and self._look(reader, replica):
                self._notify(reader.ends, moved=moved)
                if news := progress.news(
                    replica.next_offsets, time.monotonic(), over=self._caught_up
                ):
                    log.info("%s: %s", self._name, news)
                moved = reader.read(replica)
                if moved:
                    self._works()
                replica.sweep()

    def _retire(self, reader: TopicReader, replica: Replica) -> None:
        """Stop holding the partitions that no follower has needed for a while."""
        due = self._leaving.due(replica.next_offsets, reader.reads, time.monotonic())
        with self._condition:
            known = settled(self._followers) and self._current()
        if known and due:
            log.info("%s: partitions %s are held elsewhere", self._name, sorted(due))
            replica.leave(due)

    def _look(self, reader: TopicReader, replica: Replica) -> bool:
        """Check from time to time whether brokers answer and the topic is the same.

        Returns whether to continue.
        """
        if time.monotonic() < self._look_at:
            return True
        if self._look_at == 0.0:
            return False  # the caller reports it
        try:
            same = reader.look(replica, LOOK_TIMEOUT_SECONDS)
        except KafkaError as error:
            self._fail(convert(error, self._kafka))
            pause, same = AWAY_SECONDS, True
        else:
            pause = LOOK_SECONDS
            if self._has(reader.ends):
                self._works()
            self._retire(reader, replica)
            if self._recent is not None:
                replica.drop_older(round((time.time() - self._recent) * 1000))
        with self._condition:
            if self._look_at != 0.0:
                self._look_at = time.monotonic() + pause
        return same

    def _notify(self, ends: Mapping[int, int], *, moved: bool) -> None:
        """Notify waiting threads of progress."""
        with self._condition:
            before = self._caught_up
            self._caught_up = before or (self._current() and self._has(ends))
            news = self._caught_up and (moved or not before)
            listeners = tuple(self._listeners) if news else ()
            if moved or news:
                self._condition.notify_all()
        for listener in listeners:
            listener()

    def _works(self) -> None:
        with self._condition:
            told, self._told = self._told, False
            self._failure, self._failing_since = None, math.inf
            self._progress_at = time.monotonic()
        if told:
            log.info("%s: the brokers answer again", self._name)

    def _fail(self, error: PantauError, *, for_good: bool = False) -> None:
        """Report each failure to waiting threads; log it once if it lasts."""
        now = time.monotonic()
        with self._condition:
            self._failure = error
            self._failing_since = min(self._failing_since, now)
            self._condition.notify_all()
            tell = not self._told and (for_good or now - self._failing_since >= TELL_SECONDS)
            self._told = self._told or tell
        if tell and not self._closing.is_set():
            log.warning(
                "%s: %s: %s", self._name, "not read any more" if for_good else "waiting", error
            )
