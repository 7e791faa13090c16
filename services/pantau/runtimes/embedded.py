"""Everything in one process over one store: no broker.

Two ends speak to the network and live in the event loop: the poller and the dispatcher. The stages between
them run in one thread of their own, one after the other; each batch's outputs, index entries and position
are one transaction, so whatever happens, the store stands between two batches.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from pantau.errors import RetryError, StopError
from pantau.notifier.dispatch import Dispatcher
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.poller.service import Poller
from pantau.ports import Store
from pantau.runtimes.worker import Worker, run_until_idle

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
"""Longest wait without a look at the log; an append ends it at once."""
FIRST_BACKOFF_SECONDS: Final = 0.1
MAX_BACKOFF_SECONDS: Final = 30.0
TIDY_SECONDS: Final = 3600.0
HEARTBEAT_SECONDS: Final = 1.0
_PART: Final = "pipeline"


class Pipeline:
    """The stages in a thread."""

    def __init__(self, store: Store, workers: Sequence[Worker], signals: Signals = NO_SIGNALS) -> None:
        self._store = store
        self._signals = signals
        self._workers = workers
        self._stop = threading.Event()
        self._watch = store.log.watch()
        self._thread = threading.Thread(target=self._run, name="pipeline", daemon=True)
        self.failure: BaseException | None = None

    def start(self) -> None:
        """Start the thread."""
        self._signals.health.ready("starting", part=_PART)
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end after its current batch."""
        self._stop.set()
        self._watch.wake()

    def join(self) -> None:
        """Wait for the thread's end."""
        if self._thread.ident is not None:
            self._thread.join()
        self._watch.close()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def run_to_end(self) -> int:
        """Work in the calling thread until nothing waits; gives the number of records."""
        return run_until_idle(self._workers, self._stop)

    def lag(self) -> int:
        """Count the records that wait for a stage."""
        return sum(worker.lag() for worker in self._workers)

    def _run(self) -> None:
        backoff = FIRST_BACKOFF_SECONDS
        try:
            while not self._stop.is_set():
                try:
                    busy = run_until_idle(self._workers, self._stop, self._live)
                    backoff = FIRST_BACKOFF_SECONDS
                    self._signals.works(_PART)
                    if not busy:
                        self._watch.wait(IDLE_SECONDS)
                except RetryError as error:
                    self._signals.waits(_PART, error)
                    log.warning("waiting %.1f s: %s", backoff, error)
                    self._stop.wait(backoff)
                    backoff = min(backoff * 2, MAX_BACKOFF_SECONDS)
        except BaseException as error:  # noqa: BLE001 (handed to the main thread, which ends the program with it)
            self.failure = error

    def _live(self) -> None:
        self._signals.health.live(_PART)


class Closing(Protocol):
    """Something with connections."""

    async def close(self) -> None:
        """Let go of them."""


@dataclass
class Embedded:
    """The whole of Pantau in this process."""

    store: Store
    poller: Poller
    pipeline: Pipeline
    dispatcher: Dispatcher
    tidy: Callable[[], object]  # removes what is past its time
    closing: Sequence["Closing"] = ()  # what is closed at the end, first the last one
    signals: Signals = NO_SIGNALS
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Run until `stopping` is set. Raises what made a part fail; the others are stopped first."""
        self.pipeline.start()
        tasks = [
            asyncio.create_task(self.poller.run(self.stopping), name="poller"),
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
            self.pipeline.stop()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            await self._close()
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def run_once(self) -> None:
        """Poll every feed once, process what came, and try every delivery that is due; `stopping` ends it early.

        Raises RetryError when the store cannot be written.
        """
        try:
            await _first_of(asyncio.create_task(self.poller.poll_once()), self.stopping)
            await asyncio.to_thread(self.pipeline.run_to_end)
            serving = asyncio.create_task(self.dispatcher.run(self.stopping))
            while not (self.stopping.is_set() or serving.done() or self.dispatcher.idle):
                await _sleep_until(self.stopping, 0.02)
            self.stopping.set()
            await serving
        finally:
            await self._close()

    async def _close(self) -> None:
        await asyncio.to_thread(self.pipeline.join)
        await self.poller.close()
        for one in reversed(self.closing):
            await one.close()

    async def _watch_pipeline(self) -> None:
        while not self.stopping.is_set():
            if self.pipeline.failure is not None:
                raise self.pipeline.failure
            if not self.pipeline.alive:
                message = "the pipeline ended by itself"
                raise StopError(message)
            await _sleep_until(self.stopping, 0.5)

    async def _heartbeat(self) -> None:
        while not self.stopping.is_set():
            self.signals.health.live("event loop")
            await _sleep_until(self.stopping, HEARTBEAT_SECONDS)

    async def _tidy(self) -> None:
        while not self.stopping.is_set():
            try:
                await asyncio.to_thread(self.tidy)
            except RetryError as error:
                log.warning("tidying later: %s", error)
            await _sleep_until(self.stopping, TIDY_SECONDS)


async def _first_of(task: "asyncio.Task[object]", event: asyncio.Event) -> None:
    """Wait for the task; cancel it when the event comes first."""
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
        await asyncio.gather(task, return_exceptions=event.is_set())
    finally:
        waiting.cancel()


async def _sleep_until(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
