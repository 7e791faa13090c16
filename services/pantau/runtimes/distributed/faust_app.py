"""A stage as a Faust application: it reads the stage's topic as a group member.

    Kafka ──▶ Faust: consumer ──▶ arrivals ──▶ `StoreStep.run` in a thread ──▶ done ──▶ committed

Faust assigns the partitions, handles rebalances and broker failures, and commits. Three things are
done here. Batches: its own `Stream.take` waits for a batch to fill and acknowledges in a `finally`,
even after a failure; here a batch is what has arrived, and is done when all of its output is
durable. Receiving: its streams and agents take every record by itself through several tasks and
queues, which costs more than most stages do with it; here the consumer puts them into `Arrivals`
(`faust_consumer`), and an agent is there only because its topic is what Faust subscribes to.
Sending: a batch's output is written by `StoreStep` through `Log.append`.

While a server does not answer, the same batch is retried with backoff, and the partitions are kept.
On a rebalance the batch under way gets a moment to finish; one that waits for a server is abandoned
at once, for the next owner of its partitions.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Final, cast

from faust.types import TP, Message, StreamT

from pantau.adapters.kafka.client import received, topic_name
from pantau.common.time.backoff import Backoff, Pauses
from pantau.common.time.waiting import wait_until_set
from pantau.errors import NewerRecordError, RetryError, StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.runtimes.distributed.arrivals import Arrivals
from pantau.runtimes.distributed.faust_config import build_app
from pantau.runtimes.distributed.faust_consumer import AtLeastOnceConsumer, use
from pantau.runtimes.distributed.faust_progress import StageProgress
from pantau.runtimes.distributed.ownership import Assignment, KeyOwnership
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.settings import KafkaSettings, PipelineSettings

log = logging.getLogger(__name__)

BACKOFF: Final = Backoff(0.1, 30.0)
TICK_PAUSE_SECONDS: Final = 1.0
"""Before a tick is tried again that met a server which does not answer."""
GRACE_SECONDS: Final = 5.0
"""How long the current batch may continue at shutdown or when partitions are revoked."""
STOP_SECONDS: Final = 5.0
BUFFERED_BATCHES: Final = 20
"""Batches of records that are fetched ahead, also while a server is away."""
BUFFERED_LEAST: Final = 1_000
LOOK_SECONDS: Final = 0.2


def _hold_all(partitions: Collection[int], count: int) -> None:
    del partitions, count


class FaustStage:
    """A running stage; for one run.

    After a failure, build another one: Faust cannot restart what has stopped. `ownership` receives
    the assigned partitions; `hold` limits the tables that are partitioned as the stage's topic to
    them, before they are read.
    """

    reports_ready = True
    """It is not ready before it has joined its group and read its tables."""

    def __init__(
        self,
        step: StoreStep,
        settings: KafkaSettings,
        limits: PipelineSettings,
        *,
        signals: Signals = NO_SIGNALS,
        ownership: KeyOwnership | None = None,
        hold: Callable[[Collection[int], int], None] = _hold_all,
    ) -> None:
        self._step = step
        self._ownership = ownership
        self._hold = hold
        self._held = Assignment()  # the last one
        self._settings = settings
        self._limits = limits
        self._signals = signals
        self._name = step.stage.name
        self._arrivals: Arrivals[Message] = Arrivals()
        self._idle = asyncio.Event()  # set while no batch is under way
        self._idle.set()
        # set when a batch that waits for a server must be abandoned
        self._give_up = asyncio.Event()
        # not set during a rebalance: nobody knows yet whose the records are
        self._assigned = asyncio.Event()
        self._fresh = asyncio.Event()  # set with each assignment, until its tables are read
        # the assignment, and the partitions of the topic, for which we are prepared
        self._known: tuple[Assignment, int | None] | None = None
        self._preparing = threading.Lock()
        self._app = build_app(self._name, settings, limits.batch)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; then finish the current batch, commit, and leave the group.

        Raises RetryError when Faust gave up, StopError when an operator has to act.
        """
        self._signals.health.ready("joining the group", part=self._name)
        app = self._app
        topic = app.topic(topic_name(self._step.stage.reads.name, self._settings), value_type=bytes)
        app.agent(topic, name=self._name)(self._receive)
        app.finalize()
        use(app)
        consumer = self._consumer()
        # Faust calls these during a rebalance; see `faust_consumer`.
        consumer.deliver = self._arrivals.put
        consumer.most_waiting = max(BUFFERED_BATCHES * self._limits.batch, BUFFERED_LEAST)
        consumer.before_revoked = self._finish_batch
        consumer.after_assigned = self._assign
        consumer.lost = lambda _, count: self._signals.metrics.lost(self._name, count)
        self._signals.metrics.lag(self._name, consumer.lag)
        self._signals.metrics.ages(
            "record", lambda: {self._name: consumer.oldest_seconds(time.time())}
        )
        progress = StageProgress(
            self._name,
            consumer,
            assigned=self._assigned,
            idle=self._idle,
            signals=self._signals,
        )
        tasks = [
            asyncio.create_task(self._start(), name=f"{self._name}-start"),
            asyncio.create_task(self._serve(progress), name=f"{self._name}-serve"),
            asyncio.create_task(self._keep_prepared(), name=f"{self._name}-ready"),
            asyncio.create_task(progress.watch(), name=f"{self._name}-watch"),
        ]
        try:
            while not (stop.is_set() or app.crashed or any(map(_failed, tasks))):
                await wait_until_set(stop, LOOK_SECONDS)
        finally:
            await self._stop(tasks, consumer)
        # The error of a task is more specific than the crash that it causes.
        for task in tasks:
            if _failed(task):
                task.result()
        if app.crashed:
            message = f"Faust gave up: {app.crash_reason!r}"
            raise RetryError(message)

    def _consumer(self) -> AtLeastOnceConsumer:
        return cast("AtLeastOnceConsumer", self._app.consumer)

    async def _start(self) -> None:
        try:
            await self._app.maybe_start()
        except Exception as error:
            message = f"Faust did not start: {error!r}"
            raise RetryError(message) from error

    async def _stop(
        self, tasks: "Sequence[asyncio.Task[None]]", consumer: AtLeastOnceConsumer
    ) -> None:
        await self._finish_batch()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._app.stop()  # commits, and leaves the group
        except TimeoutError as error:
            # Usually the brokers are away. A remaining thread would hold partitions without
            # working.
            if consumer.at_work():
                message = f"{self._name}: Faust does not stop; a new process has to go on"
                raise StopError(message) from error

    async def _finish_batch(self) -> None:
        """Wait for the current batch; no other starts until partitions are assigned again."""
        self._assigned.clear()
        self._give_up.set()
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.warning(
                "%s: a batch takes long; whoever gets its records will do them again", self._name
            )
        finally:
            self._give_up.clear()

    # Input

    async def _receive(self, stream: StreamT[bytes]) -> None:
        """Wait for ever: the consumer passes records to `Arrivals`, and none to a stream."""
        async for _ in stream:
            pass

    def _assign(self, partitions: set[TP], generation: int) -> None:
        self._arrivals.clear()  # records of the previous assignment
        self._held = Assignment(generation, frozenset(one.partition for one in partitions))
        self._assigned.set()
        self._fresh.set()

    async def _serve(self, progress: StageProgress) -> None:
        while True:
            ticked = await self._tick(progress)
            limits, wait = self._limits, 0.0 if ticked else self._step.wait_seconds()
            batch = await self._arrivals.take(limits.batch, limits.batch_bytes, wait)
            if not batch:
                continue
            self._idle.clear()
            try:
                self._consumer().done(await self._work(batch))
                progress.moved()
            finally:
                self._idle.set()

    async def _keep_prepared(self) -> None:
        """Read the tables at each assignment, also while no record comes.

        The stage is ready once it has joined its group and has read them.
        """
        waits = False
        while True:
            await self._fresh.wait()
            self._fresh.clear()
            if not waits:
                self._signals.health.ready("reading its tables", part=self._name)
            waits = not await self._prepared()
            if waits:
                await asyncio.sleep(TICK_PAUSE_SECONDS)
                self._fresh.set()

    async def _prepared(self) -> bool:
        try:
            await asyncio.to_thread(self._prepare)
        except RetryError as error:
            self._signals.waits(self._name, error)
            return False
        self._signals.works(self._name)
        return True

    async def _tick(self, progress: StageProgress) -> bool:
        """Run the stage's tick if it is due; return whether it ran.

        With the guarantees of a batch: only under an assignment, and a rebalance waits for its end.
        """
        if self._step.wait_seconds() is None:
            return False
        await self._assigned.wait()
        # A rebalance waits for `_idle`. The tick runs in a thread, so heartbeats of the group go
        # on.
        self._idle.clear()
        try:
            ticked = await asyncio.to_thread(self._do_tick)
        except RetryError as error:
            self._signals.waits(self._name, error)
            pause = error.after_seconds or TICK_PAUSE_SECONDS
            log.warning("%s: waiting %.1f s: %s", self._name, pause, error)
            await wait_until_set(self._give_up, pause)
            return False
        finally:
            self._idle.set()
        self._signals.works(self._name)
        if ticked:
            progress.moved()
        return ticked

    async def _work(self, batch: Sequence[Message]) -> Sequence[Message]:
        """Process a batch with retries; return the records that are done."""
        pauses = Pauses(BACKOFF)
        while batch := await self._ours(batch):
            try:
                await asyncio.to_thread(self._do, batch)
            except RetryError as error:
                if isinstance(error, NewerRecordError):
                    self._consumer().done(batch[: error.done])
                    batch = batch[error.done :]  # waits for an upgrade
                self._signals.waits(self._name, error)
                pause = pauses.next(error.after_seconds)
                log.warning("%s: waiting %.1f s: %s", self._name, pause, error)
                if await wait_until_set(self._give_up, pause):
                    break
            else:
                self._signals.works(self._name)
                return batch
        return ()

    async def _ours(self, batch: Sequence[Message]) -> Sequence[Message]:
        """Drop records read before the last rebalance: they are redelivered, here or elsewhere."""
        if not self._assigned.is_set():
            self._idle.set()
            await self._assigned.wait()
            self._idle.clear()
        generation = self._app.consumer_generation_id
        return [one for one in batch if one.generation_id == generation]

    def _do(self, batch: Sequence[Message]) -> None:
        """Do a batch. In a thread of its own: Faust goes on meanwhile."""
        self._prepare()
        self._step.run([received(one, self._settings) for one in batch])

    def _do_tick(self) -> bool:
        """Run the tick, in a thread as a batch."""
        self._prepare()
        return self._step.tick()

    def _prepare(self) -> None:
        """Read tables to their end once for each assignment: others may have written meanwhile.

        Then record which keys are ours, also when the topic has got more partitions since. Raises
        RetryError when a server does not answer.
        """
        with self._preparing:  # also done before the first batch, to be ready for it
            held, known = self._held, self._known
            count = None if self._ownership is None else self._count(held)
            if known == (held, count):
                return
            if count is not None:
                self._hold(held.partitions, count)
            self._step.prepare()
            if self._ownership is not None and count is not None:
                self._ownership.assign(held.partitions, count)
            self._known = held, count

    def _count(self, held: Assignment) -> int:
        """Return the number of partitions of the stage's topic; never a guess.

        With a wrong one, the work that is planned for a key would be done by nobody, or by two.
        Raises RetryError while the number is not known.
        """
        topic = topic_name(self._step.stage.reads.name, self._settings)
        consumer = self._consumer()
        count = consumer.topic_partitions(topic)
        if count is None or not held.fits(count):
            consumer.renew_metadata()
            message = f"the number of partitions of {topic} is not known yet"
            raise RetryError(message)
        return count


def _failed(task: "asyncio.Task[None]") -> bool:
    return task.done() and not task.cancelled() and task.exception() is not None
