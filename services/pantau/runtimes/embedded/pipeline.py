"""The whole pipeline on one machine over one store, without a broker.

The two ends use the network and live in the event loop: the poller and the dispatcher. The stages
between them run in one thread, one after the other, some of them in a child process
(`pantau.runtimes.embedded.child`). Each batch's output, index entries and offsets are one
transaction, so the store is always between two batches.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pantau.common.time.backoff import Backoff, Pauses
from pantau.common.time.waiting import wait_until_set
from pantau.errors import RetryError, StopError
from pantau.extractor.stage import Extractor
from pantau.notifier.dispatch import Dispatcher
from pantau.observe.mounted import Mount
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.poller.service import Poller
from pantau.ports import Closable, Store
from pantau.runtimes.embedded.child import ChildPipeline
from pantau.runtimes.embedded.worker import Worker, run_until_idle

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
"""Maximum wait in seconds between checks of the log; an append ends it at once."""
BACKOFF: Final = Backoff(0.1, 30.0)
TIDY_SECONDS: Final = 3600.0
HEARTBEAT_SECONDS: Final = 1.0


class Pipeline:
    """Stages in a thread. `part` is its name for operators.

    `told` is called after each of its batches.
    """

    def __init__(
        self,
        store: Store,
        workers: Sequence[Worker],
        signals: Signals = NO_SIGNALS,
        *,
        part: str = "pipeline",
        told: Callable[[], None] | None = None,
    ) -> None:
        self._part = part
        self._told = told
        self._signals = signals
        self._workers = workers
        self._stop = threading.Event()
        self._watch = store.log.watch()
        self._thread = threading.Thread(target=self._run, name="pipeline", daemon=True)
        self.failure: BaseException | None = None

    def start(self) -> None:
        """Start the thread."""
        self._signals.health.ready("starting", part=self._part)
        self._thread.start()

    def wake(self) -> None:
        """Check the log now."""
        self._watch.wake()

    def forget(self) -> None:
        """Clear the note of records under way: the process ends now, through no fault of theirs."""
        for worker in self._workers:
            worker.forget()

    def stop(self) -> None:
        """Request the thread to end after its current batch."""
        self._stop.set()
        self._watch.wake()

    def join(self) -> None:
        """Wait for the thread's end."""
        if self._thread.ident is not None:
            self._thread.join()
        self._watch.close()

    @property
    def alive(self) -> bool:
        """True if the thread runs."""
        return self._thread.is_alive()

    def run_to_end(self) -> int:
        """Run in the calling thread until nothing waits; return the number of records."""
        return run_until_idle(self._workers, self._stop)

    def lag(self) -> int:
        """Return the number of records that wait for a stage."""
        return sum(worker.lag() for worker in self._workers)

    def _run(self) -> None:
        pauses = Pauses(BACKOFF)
        try:
            while not self._stop.is_set():
                try:
                    busy = run_until_idle(self._workers, self._stop, self._live, self._told)
                    pauses = Pauses(BACKOFF)
                    self._signals.works(self._part)
                    if not busy:
                        self._watch.wait(self._idle_seconds())
                except RetryError as error:
                    self._signals.waits(self._part, error)
                    pause = pauses.next(error.after_seconds)
                    log.warning("waiting %.1f s: %s", pause, error)
                    self._stop.wait(pause)
        except BaseException as error:  # noqa: BLE001 (handed to the main thread, which ends the program with it)
            self.failure = error

    def _idle_seconds(self) -> float:
        """Return how long to wait for records, at most until the next tick of a stage."""
        ticks = [worker.wait_seconds() for worker in self._workers]
        return min((one for one in ticks if one is not None), default=IDLE_SECONDS)

    def _live(self) -> None:
        self._signals.health.live(self._part)


@dataclass
class Embedded:
    """The whole of Pantau. `child` has the stages that `pipeline` has not."""

    store: Store
    poller: Poller
    extractor: Extractor
    pipeline: Pipeline
    dispatcher: Dispatcher
    tidy: Callable[[], object]  # deletes expired data
    closing: Sequence[Closable] = ()  # closed at the end, in reverse order
    child: ChildPipeline | None = None
    mounts: Sequence[Mount] = ()  # what the HTTP server has to offer beside pages for operators
    signals: Signals = NO_SIGNALS
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def _pipelines(self) -> "tuple[Pipeline | ChildPipeline, ...]":
        return (self.pipeline,) if self.child is None else (self.pipeline, self.child)

    def lag(self) -> int:
        """Return the number of records that wait for a stage."""
        return sum(one.lag() for one in self._pipelines)

    async def run(self) -> None:
        """Run until `stopping` is set.

        Raises the error of a failed part, after stopping the others.
        """
        for one in self._pipelines:
            one.start()
        tasks = [
            asyncio.create_task(self.poller.run(self.stopping), name="poller"),
            asyncio.create_task(self.extractor.run(self.stopping), name="extractor"),
            asyncio.create_task(self.dispatcher.run(self.stopping), name="dispatcher"),
            asyncio.create_task(self._watch_pipeline(), name="pipeline"),
            asyncio.create_task(self._tidy(), name="tidy"),
            asyncio.create_task(self._heartbeat(), name="heartbeat"),
        ]
        self.signals.health.ready()
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.stopping.set()
            for one in self._pipelines:
                one.stop()
            # All parts stop before the store closes, whichever of them failed.
            results = await asyncio.gather(*tasks, return_exceptions=True)
            await self._close()
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def run_once(self, *, all_feeds: bool = False) -> None:
        """Poll the feeds that are due, process the results, and attempt every due delivery.

        With `all_feeds`, poll every feed.

        `stopping` ends it early. For an instance without a child: all stages run in this process.
        Raises RetryError when the store cannot be written.
        """
        try:
            await _first_of(
                asyncio.create_task(self._poll_once(all_feeds=all_feeds)), self.stopping
            )
            await self._extract()
            await asyncio.to_thread(self.pipeline.run_to_end)
            serving = asyncio.create_task(self.dispatcher.run(self.stopping))
            while not (self.stopping.is_set() or serving.done() or self.dispatcher.idle):
                await wait_until_set(self.stopping, 0.02)
            self.stopping.set()
            await serving
        finally:
            await self._close()

    async def _poll_once(self, *, all_feeds: bool) -> None:
        report = await self.poller.poll_once(all_feeds=all_feeds)
        hint = "; `pantau run --once --all` polls all" if report.waiting else ""
        log.info("polled feeds: %d; not due: %d%s", report.polled, report.waiting, hint)

    async def _extract(self) -> None:
        """Run the extractor until every article went on, with its page or its summary."""
        enough = asyncio.Event()
        working = asyncio.create_task(self.extractor.run(enough))
        while not (self.stopping.is_set() or working.done() or self.extractor.idle):
            await wait_until_set(self.stopping, 0.02)
        enough.set()
        await working

    async def _close(self) -> None:
        for one in self._pipelines:
            await asyncio.to_thread(one.join)
        await self.poller.close()
        for closing in reversed(self.closing):
            await closing.close()

    async def _watch_pipeline(self) -> None:
        while not self.stopping.is_set():
            for one in self._pipelines:
                # Asked first: a part notes its failure before it ends.
                alive = one.alive
                if one.failure is not None:
                    raise one.failure
                if not alive:
                    message = "the pipeline ended by itself"
                    raise StopError(message)
            await wait_until_set(self.stopping, 0.5)

    async def _heartbeat(self) -> None:
        while not self.stopping.is_set():
            self.signals.health.live("event loop")
            await wait_until_set(self.stopping, HEARTBEAT_SECONDS)

    async def _tidy(self) -> None:
        while not self.stopping.is_set():
            try:
                await asyncio.to_thread(self.tidy)
            except RetryError as error:
                log.warning("tidying later: %s", error)
            await wait_until_set(self.stopping, TIDY_SECONDS)


async def _first_of(task: "asyncio.Task[object]", event: asyncio.Event) -> None:
    """Wait for the task; cancel it when the event is set first."""
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
        # After a stop the cancellation is expected; without one, the error of the task is raised.
        await asyncio.gather(task, return_exceptions=event.is_set())
    finally:
        waiting.cancel()
