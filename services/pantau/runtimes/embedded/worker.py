"""One stage over a log: poll, process, commit.

No threads, no waiting; that is the runtime's part.
"""

import threading
from collections.abc import Callable, Sequence

from pantau.errors import ColdError, RejectError, RetryError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, Journal, Received, Record, Store
from pantau.runtimes.crash_guard import NO_JOURNAL, CrashGuard
from pantau.runtimes.processing import Processed, Processing
from pantau.runtimes.ticks import Ticks
from pantau.stream.handler import Handler, Stage
from pantau.stream.redactions import Redactions


class Worker:
    """Runs one stage over a store.

    A transaction takes at most `batch` records with values of at most `batch_bytes`, and writes
    about as much; `journal` notes what is under way.
    """

    def __init__(
        self,
        stage: Stage,
        handler: Handler,
        store: Store,
        clock: Clock,
        *,
        batch: int,
        batch_bytes: int | None = None,
        journal: Journal = NO_JOURNAL,
        signals: Signals = NO_SIGNALS,
        redactions: Redactions | None = None,
    ) -> None:
        self.stage = stage
        self._processing = Processing(stage, handler, clock, signals, redactions)
        self._ticks = Ticks(self._processing, handler, clock, signals)
        self._store = store
        self._bytes = batch_bytes
        self._care = CrashGuard(stage.name, journal, batch)
        self._consumer = store.log.consumer([stage.reads.name], stage.name)
        signals.metrics.lag(stage.name, self.lag)

    def step(self) -> int:
        """Run the tick if it is due, then process one batch.

        Return the number of records, one more for a tick; 0 when there was nothing to do.
        What a portion of the batch led to, mostly all of it, is written in one transaction with the
        position. After a RetryError nothing of the portion was, and the next step repeats it; also
        when memory ran out, with fewer.
        """
        ticked = self._tick()
        received: Sequence[Received] = ()
        try:
            received = self._consumer.poll(self._care.limit, self._bytes)
            self._work_off(received)
        except MemoryError as error:
            self._consumer.rewind()
            # Where records were read, the guard has noted them and takes fewer at the next step.
            if not received:
                message = "there is not enough memory to read the next records"
                raise RetryError(message) from error
        except BaseException:
            self._consumer.rewind()
            raise
        return len(received) + ticked

    def _tick(self) -> int:
        """Run the tick if it is due; return how many ran. What it led to is one transaction."""
        processed = self._ticks.run()
        if processed is None:
            return 0
        try:
            with self._store.atomically():
                self._store.log.append(processed.records)
        except RejectError as error:  # what it wrote can never be kept, such as one huge event
            self._ticks.failed(error)
            return 0
        self._ticks.written(processed)
        return 1

    def wait_seconds(self) -> float | None:
        """Return how long it may be left alone when there are no records; None: without limit."""
        return self._ticks.wait_seconds()

    def _work_off(self, received: Sequence[Received]) -> None:
        while received:
            portion = self._care.portion(received)
            verdict = self._care.verdict(portion)
            if verdict is None:
                self._processing.make_ready()
            try:
                with self._care.over(portion) as only:
                    if verdict is None:
                        processed = self._processing.run(portion, self._bytes)
                    else:
                        processed = self._processing.give_up(portion[0], verdict)
                    self._commit(portion[: processed.done], processed)
                    only(processed.done)
            except ColdError:  # once more, after what it needs has been loaded
                continue
            received = received[processed.done :]

    def _commit(self, received: Sequence[Received], processed: Processed) -> None:
        letters: list[Record] = []
        with self._store.atomically():
            if processed.articles:
                refused = self._store.index.put(processed.articles)
                letters = self._processing.refused(processed, refused)
            self._consumer.finish(received, [*processed.records, *letters])
        self._processing.written(received, processed, letters)

    def lag(self) -> int:
        """Return the number of records that wait for this stage."""
        return self._consumer.lag()

    def forget(self) -> None:
        """Clear the note of records under way: the process ends now, through no fault of theirs."""
        self._care.close()

    def close(self) -> None:
        """Close the membership: leave the group."""
        self._consumer.close()
        self._care.close()


def run_until_idle(
    workers: Sequence[Worker],
    stop: threading.Event | None = None,
    live: Callable[[], None] | None = None,
    told: Callable[[], None] | None = None,
) -> int:
    """Run batches of each stage until none has anything to do; return the number of records.

    `live` is called before each turn, `told` after each batch.
    """
    total = 0
    while stop is None or not stop.is_set():
        if live is not None:
            live()
        # One batch of each in turn, so that a backlog of one stage holds up no alert.
        turn = 0
        for worker in workers:
            done = worker.step()
            if done and told is not None:
                told()
            turn += done
        total += turn
        if not turn:
            break
    return total
