"""Notes what a stage has under way where it outlives the process, and takes fewer records after one has ended."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from pantau.errors import RejectError
from pantau.ports import Journal, Received
from pantau.runtimes import caution
from pantau.runtimes.caution import ENDS, Caution, Place

log = logging.getLogger(__name__)


class NoJournal:
    """Implements `pantau.ports.Journal` for what needs no memory beyond the process."""

    def read(self) -> bytes:
        """Return nothing."""
        return b""

    def write(self, note: bytes) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Nothing to let go of."""


NO_JOURNAL: Final = NoJournal()


class Care:
    """Limits how many records one stage takes at once: `most`, as long as all goes well."""

    def __init__(self, stage: str, journal: Journal, most: int) -> None:
        self._stage = stage
        self._journal = journal
        self._most = most
        self._caution, under_way = _read(journal, most)
        if under_way:
            self._ended(under_way, "its process ended")

    @property
    def limit(self) -> int:
        """How many records to ask for."""
        return self._most

    def portion(self, received: Sequence[Received]) -> Sequence[Received]:
        """Return the records to take at once, the first ones."""
        if not self._caution.groups:
            return received[: self._caution.size]
        return received[: self._caution.portion([_place(one) for one in received])]

    def verdict(self, received: Sequence[Received]) -> RejectError | None:
        """Return why a portion is to be given up instead of being processed.

        None for all but a condemned record.
        """
        if not self._caution.groups or not self._caution.condemns(_place(received[0])):
            return None
        return RejectError(
            "the process ended, or its memory ran out, while this record alone was processed,"
            f" {ENDS} times; it can be tried again with `pantau dead-letters retry`"
        )

    @contextmanager
    def over(self, received: Sequence[Received]) -> Iterator[Callable[[int], None]]:
        """Note that a portion is under way while the block runs.

        A MemoryError in it counts as an end of the process. All of it counts as done afterwards,
        unless the block calls what is yielded with the number of the first records that are: the
        others were not tried, and stay under suspicion.
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
            "%s: %s in the middle of %d records from %s %d on; going on with fewer of them at a time",
            *(self._stage, what, len(places), places[0][0], places[0][2]),
        )

    def _write(self, under_way: Sequence[Place]) -> None:
        if not under_way and not self._caution.groups:
            self._journal.write(b"")
            return
        self._journal.write(_ENCODE(caution.dump(self._caution, under_way)).encode())

    def close(self) -> None:
        """Note that nothing is under way, and let go of the journal."""
        self._write(())
        self._journal.close()


_ENCODE: Final = json.JSONEncoder(separators=(",", ":")).encode


def _place(received: Received) -> Place:
    return received.record.topic, received.partition, received.offset


def _read(journal: Journal, most: int) -> tuple[Caution, list[Place]]:
    note = journal.read()
    if not note:
        return Caution(most), []
    try:
        return caution.load(json.loads(note), most)
    except ValueError:  # of another version, or damaged: nothing is known, as at the first start
        log.warning("what was under way before cannot be read; going on as if nothing was")
        return Caution(most), []
