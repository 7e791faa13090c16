"""Crash protection of a stage: the batch under way is noted durably, and shrunk after a crash."""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from pantau.errors import RejectError
from pantau.ports import Journal, Received
from pantau.runtimes import batch_limiter
from pantau.runtimes.batch_limiter import ENDS, BatchLimiter, Place

log = logging.getLogger(__name__)


class NoJournal:
    """Implements `pantau.ports.Journal` without persistence."""

    def read(self) -> bytes:
        """Return the empty note."""
        return b""

    def write(self, note: bytes) -> None:
        """Discard the note."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


NO_JOURNAL: Final = NoJournal()


class CrashGuard:
    """Limits how many records a stage takes at once: `most`, as long as nothing fails."""

    def __init__(self, stage: str, journal: Journal, most: int) -> None:
        self._stage = stage
        self._journal = journal
        self._most = most
        # `close` may come from another thread while a portion begins or ends.
        self._lock = threading.RLock()
        self._closed = False
        self._caution, under_way = _read(journal, most)
        if under_way:
            self._ended(under_way, "its process ended")

    @property
    def limit(self) -> int:
        """The number of records to poll."""
        return self._most

    def portion(self, received: Sequence[Received]) -> Sequence[Received]:
        """Return the first records, as many as may be taken at once."""
        if not self._caution.groups:
            return received[: self._caution.size]
        return received[: self._caution.portion([_place(one) for one in received])]

    def verdict(self, received: Sequence[Received]) -> RejectError | None:
        """Return why a portion is to be rejected instead of processed.

        None unless it is a condemned record.
        """
        if not self._caution.groups or not self._caution.condemns(_place(received[0])):
            return None
        return RejectError(
            "the process ended, or its memory ran out, while this record alone was processed,"
            f" {ENDS} times; it can be tried again with `pantau dead-letters retry`"
        )

    @contextmanager
    def over(self, received: Sequence[Received]) -> Iterator[Callable[[int], None]]:
        """Record that a portion is under way while the block runs.

        A MemoryError in it counts as a crash. The whole portion counts as done afterwards, unless
        the block calls the yielded function with the number of leading records that are: the others
        were not tried, and stay suspects.
        """
        places = [_place(one) for one in received]
        done = len(places)

        def only(number: int) -> None:
            nonlocal done
            done = number

        self._write(places)
        try:
            yield only
        except MemoryError:
            self._ended(places, "memory ran out")
            raise
        # The program itself raised this, so it did not crash: nothing may be blamed at the next
        # start.
        except BaseException:
            self._write(())
            raise
        if done:
            self._caution = self._caution.succeeded(places[:done], self._most)
        self._write(())

    def _ended(self, places: Sequence[Place], what: str) -> None:
        self._caution = self._caution.ended(places)
        self._write(())
        log.warning(
            "%s: %s in the middle of %d records from %s %d on; going on with fewer of them at a "
            "time",
            *(self._stage, what, len(places), places[0][0], places[0][2]),
        )

    def _write(self, under_way: Sequence[Place]) -> None:
        note = b""
        if under_way or self._caution.groups:
            note = _ENCODE(batch_limiter.dump(self._caution, under_way)).encode()
        with self._lock:
            if not self._closed:
                self._journal.write(note)

    def close(self) -> None:
        """Record that nothing is under way, and close the journal.

        A portion that begins meanwhile, or later, is not recorded any more.
        """
        with self._lock:
            self._write(())
            self._closed = True
            self._journal.close()


_ENCODE: Final = json.JSONEncoder(separators=(",", ":")).encode


def _place(received: Received) -> Place:
    return received.record.topic, received.partition, received.offset


def _read(journal: Journal, most: int) -> tuple[BatchLimiter, list[Place]]:
    note = journal.read()
    if not note:
        return BatchLimiter(most), []
    try:
        return batch_limiter.load(json.loads(note), most)
    # of another version, or corrupt: start without knowledge, as on the first start
    except ValueError:
        log.warning("what was under way before cannot be read; going on as if nothing was")
        return BatchLimiter(most), []
