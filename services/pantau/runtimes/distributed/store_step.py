"""One batch of a stage where log and index are servers: compute, write the index, publish.

Blocking; commits no offsets. The order makes it at-least-once: the caller marks the records as done
only after it returned. Everything in it may happen twice; ids are deterministic, so that a repeat
overwrites and never adds.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pantau.errors import ColdError, NewerRecordError, RejectError, RetryError
from pantau.ports import Clock, Journal, Received, Record, Store
from pantau.runtimes.crash_guard import NO_JOURNAL, CrashGuard
from pantau.runtimes.processing import Processing
from pantau.runtimes.ticks import Ticks
from pantau.stream.dead_letter import dead_letter, emptied, warn_rejected

log = logging.getLogger(__name__)


class StoreStep:
    """Processes batches of a stage over a store that is not transactional.

    `catch_up` reads the tables that the stage follows to their end; `ticks` are those of a stage
    that has work at certain times.
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
        ticks: Ticks | None = None,
    ) -> None:
        self.stage = processing.stage
        self._processing = processing
        self._ticks = ticks
        self._store = store
        self._clock = clock
        self._catch_up = catch_up
        self._bytes = batch_bytes
        self._care = CrashGuard(self.stage.name, journal, batch)
        # Handlers have state, and an abandoned batch may still be running.
        self._turn = threading.Lock()
        self._doubtful = False  # whether more may have been written than was acknowledged

    def prepare(self) -> None:
        """Read what others wrote before the next records are handled. Raises RetryError."""
        with self._turn:
            self._catch_up()

    def run(self, received: Sequence[Received]) -> None:
        """Process a batch. On return all of its output is durable.

        Raises RetryError when a server does not answer, or memory ran out: the same batch can be
        retried.
        """
        with self._turn, self._sure():
            self._work_off(received)

    def tick(self) -> bool:
        """Run the stage's tick if it is due; return whether it ran. What it led to is kept then.

        Raises RetryError when a server does not answer: the tick stays due.
        """
        if self._ticks is None:
            return False
        with self._turn, self._sure():
            processed = self._ticks.run()
            if processed is None:
                return False
            try:
                self._store.log.append(processed.records)
            except RejectError as error:  # what it wrote can never be kept, such as one huge event
                self._ticks.failed(error)
                return False
            self._ticks.written(processed)
            return True

    def wait_seconds(self) -> float | None:
        """Return how long to wait for records before `tick` is called; None: without limit."""
        return None if self._ticks is None else self._ticks.wait_seconds()

    @contextmanager
    def _sure(self) -> Iterator[None]:
        """Run the block with tables that know all this member may have written.

        What nobody acknowledged may stand all the same, and others work with it: a delivery that
        was planned and brought meanwhile must not be planned again. So after a failure, tables are
        read to their end first.
        """
        if self._doubtful:
            self._catch_up()
        self._doubtful = True
        yield
        self._doubtful = False

    def _work_off(self, received: Sequence[Received]) -> None:
        """Process a batch in portions, usually in one.

        Each has as many records as are safe to take, and as much output as may be written.
        """
        number = len(received)
        while received:
            portion = self._care.portion(received)
            verdict = self._care.verdict(portion)
            if verdict is None:
                self._processing.make_ready()
            try:
                with self._care.over(portion) as only:
                    done = (
                        self._run(portion)
                        if verdict is None
                        else self._give_up(portion[0], verdict)
                    )
                    only(done)
            except ColdError:  # once more, after what it needs has been loaded
                continue
            except NewerRecordError as error:
                error.done = number - len(received)
                raise
            except MemoryError as error:
                message = "memory ran out; trying again with fewer records at a time"
                raise RetryError(message) from error
            received = received[done:]

    def _run(self, received: Sequence[Received]) -> int:
        """Process records and write the output of the first of them.

        Returns how many are done.
        """
        processed = self._processing.run(received, self._bytes)
        letters: list[Record] = []
        # The index before the log: what it rejects becomes dead letters, which are published with
        # the rest.
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
        """Find the record whose output the log rejects.

        It becomes a dead letter, the others are processed.
        """
        if len(received) > 1:
            for one in received:
                while not self._run([one]):
                    pass  # its output is more than is written at once
        else:
            warn_rejected(log, self.stage.name, received[0], error)
            self._bury(received[0], error)
        return len(received)

    def _bury(self, received: Received, error: RejectError) -> None:
        now = self._clock.now()
        try:
            self._store.log.append([dead_letter(self.stage.name, received, error, now)])
        except RejectError:
            self._store.log.append([dead_letter(self.stage.name, emptied(received), error, now)])
