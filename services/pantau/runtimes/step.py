"""One batch of a stage where log and index are servers: compute, write the index, publish.

Blocking; no positions. The order is what makes it at-least-once: whoever runs a step marks its
records as done only after it returned. Everything in it may happen twice; ids are deterministic, so
that a repeat overwrites and never adds.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from pantau.errors import RejectError, RetryError
from pantau.ports import Clock, Journal, Received, Record, Store
from pantau.runtimes.care import NO_JOURNAL, Care
from pantau.runtimes.processing import Processing
from pantau.stream.dead_letter import dead_letter

log = logging.getLogger(__name__)

KEY_LIMIT: Final = 200
"""How much of the key is kept of a record that fits into no dead letter."""


class Step:
    """What a stage does with a batch, over a store that is not transactional.

    `catch_up` reads the tables that the stage follows to their end.
    """

    def __init__(
        self,
        processing: Processing,
        store: Store,
        clock: Clock,
        catch_up: Callable[[], None],
        *,
        batch: int = 200,
        batch_bytes: int | None = None,
        journal: Journal = NO_JOURNAL,
    ) -> None:
        self.stage = processing.stage
        self._processing = processing
        self._store = store
        self._clock = clock
        self._catch_up = catch_up
        self._bytes = batch_bytes
        self._care = Care(self.stage.name, journal, batch)
        self._turn = (
            threading.Lock()
        )  # handlers have a state; a batch that was given up may still be at work
        self._doubtful = False  # whether more may be written than we were told

    def prepare(self) -> None:
        """Read what others wrote before the records to come are handled. Raises RetryError."""
        with self._turn:
            self._catch_up()

    def run(self, received: Sequence[Received]) -> None:
        """Process a batch. On return all that follows from it is kept.

        Raises RetryError when a server does not answer, or memory ran out: the same batch can be
        tried again.
        """
        with self._turn:
            if self._doubtful:
                # What nobody acknowledged may stand all the same, and others work with it: a
                # delivery that was planned and brought meanwhile must not be planned again. Tables
                # have to know of it.
                self._catch_up()
            self._doubtful = True
            self._work_off(received)
            self._doubtful = False

    def _work_off(self, received: Sequence[Received]) -> None:
        """Do a batch in portions, mostly in one.

        As many records as are safe to take, and as much as may be written.
        """
        while received:
            portion = self._care.portion(received)
            verdict = self._care.verdict(portion)
            try:
                with self._care.over(portion) as only:
                    done = (
                        self._run(portion)
                        if verdict is None
                        else self._give_up(portion[0], verdict)
                    )
                    only(done)
            except MemoryError as error:
                message = "memory ran out; trying again with fewer records at a time"
                raise RetryError(message) from error
            received = received[done:]

    def _run(self, received: Sequence[Received]) -> int:
        """Process records and write what follows from the first of them.

        Return how many are done.
        """
        processed = self._processing.run(received, self._bytes)
        letters: list[Record] = []
        if processed.articles:
            letters = self._processing.refused(processed, self._store.index.put(processed.articles))
        records = [*processed.records, *letters]
        try:
            if records:
                self._store.log.append(records)
        except RejectError as error:
            return self._one_by_one(received[: max(1, processed.done)], error)
        self._processing.written(received[: processed.done], processed, letters)
        return processed.done

    def _give_up(self, received: Received, error: RejectError) -> int:
        processed = self._processing.give_up(received, error)
        self._bury(received, error)
        self._processing.written([received], processed)
        return 1

    def _one_by_one(self, received: Sequence[Received], error: RejectError) -> int:
        """Find the record whose outcome the log refuses.

        It becomes a dead letter, the others go on.
        """
        if len(received) > 1:
            for one in received:
                while not self._run([one]):
                    pass  # it leads to more than is written at once
        else:
            log.warning("%s: rejected %s: %s", self.stage.name, received[0].record.key, error)
            self._bury(received[0], error)
        return len(received)

    def _bury(self, received: Received, error: RejectError) -> None:
        now = self._clock.now()
        try:
            self._store.log.append([dead_letter(self.stage.name, received, error, now)])
        except RejectError:
            self._store.log.append([dead_letter(self.stage.name, _emptied(received), error, now)])


def _emptied(received: Received) -> Received:
    """Return a record without what makes it large.

    Its dead letter, which holds it, must fit where it did not. What it was stays in its topic, at
    the offset that the letter names, for as long as that is kept.
    """
    record = received.record
    log.error("%s at offset %d does not fit into a dead letter", record.topic, received.offset)
    return replace(received, record=Record(record.topic, record.key[:KEY_LIMIT], None))
