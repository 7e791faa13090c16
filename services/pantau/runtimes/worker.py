"""One stage at work on a log: poll, process, commit. No threads, no waiting; a runtime does that."""

import threading
from collections.abc import Callable, Sequence

from pantau.handler import Handler, Stage
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, Received, Record, Store
from pantau.runtimes.processing import Processed, Processing


class Worker:
    """Runs one stage over a store."""

    def __init__(
        self,
        stage: Stage,
        handler: Handler,
        store: Store,
        clock: Clock,
        *,
        batch: int,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self.stage = stage
        self._processing = Processing(stage, handler, clock, signals)
        self._store = store
        self._batch = batch
        self._consumer = store.log.consumer([stage.reads.name], stage.name)
        signals.metrics.lag(stage.name, self.lag)

    def step(self) -> int:
        """Process one batch; gives the number of records, 0 when there was nothing to do.

        What the batch led to is written in one transaction with the position. After a RetryError nothing of
        it was, and the next step repeats it.
        """
        try:
            received = self._consumer.poll(self._batch)
            if not received:
                return 0
            self._commit(received, self._processing.run(received))
        except BaseException:
            self._consumer.rewind()
            raise
        return len(received)

    def _commit(self, received: Sequence[Received], processed: Processed) -> None:
        letters: list[Record] = []
        with self._store.atomically():
            if processed.articles:
                refused = self._store.index.put(processed.articles)
                letters = self._processing.refused(processed, refused)
            self._consumer.finish(received, [*processed.records, *letters])
        self._processing.written(received, processed, letters)

    def lag(self) -> int:
        """Count the records that wait for this stage."""
        return self._consumer.lag()

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()


def run_until_idle(
    workers: Sequence[Worker],
    stop: threading.Event | None = None,
    live: Callable[[], None] | None = None,
    told: Callable[[], None] | None = None,
) -> int:
    """Let each stage take batches until none has anything to do; gives the number of records.

    `live` is called before each turn, `told` after each batch.
    """
    total = 0
    while stop is None or not stop.is_set():
        if live is not None:
            live()
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
