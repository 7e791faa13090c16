"""A stage as a Faust application: one agent that reads the stage's topic as a group member.

    Kafka ──▶ Faust: consumer ─▶ stream ─▶ agent ──▶ inbox ──▶ `StoreStep.run` in a thread
          ──▶ acknowledged ──▶ committed

Faust assigns the partitions, handles rebalances and broker failures, and commits. Two things are
done here. Batches: its own `Stream.take` waits for a batch to fill and acknowledges in a `finally`,
even after a failure; here a batch is what has arrived, and is acknowledged when all of its output
is durable. Sending: a batch's output is written by `StoreStep` through `Log.append`.

While a server does not answer, the same batch is retried with backoff, and the partitions are kept.
On a rebalance the batch under way gets a moment to finish; one that waits for a server is abandoned
at once, for the next owner of its partitions.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final, cast

import faust
from faust.streams import Stream
from faust.types import EventT, StreamT

from pantau.adapters.kafka.client import group_name, received, topic_name
from pantau.common.waiting import wait_until_set
from pantau.errors import RetryError, StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.runtimes.faust_consumer import FETCH_BYTES, AtLeastOnceConsumer, use
from pantau.runtimes.faust_progress import StageProgress
from pantau.runtimes.store_step import StoreStep
from pantau.settings import KafkaSettings, PipelineSettings

log = logging.getLogger(__name__)

FIRST_BACKOFF_SECONDS: Final = 0.1
MAX_BACKOFF_SECONDS: Final = 30.0
COMMIT_SECONDS: Final = 1.0
"""Commit interval in seconds. Uncommitted work is repeated after a crash."""
SESSION_SECONDS: Final = 10.0
"""Session time-out in seconds: partitions of a silent member go to others."""
HEARTBEAT_SECONDS: Final = 2.0
KEEP_SECONDS: Final = 7 * 24 * 3600.0
"""How long a member may process before it has to poll.

A server may be down for long.
"""
METADATA_SECONDS: Final = 30.0
"""How soon a member learns of new partitions, including those of a topic that was missing."""
GRACE_SECONDS: Final = 5.0
"""How long the current batch may continue at shutdown or when partitions are revoked."""
STOP_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.2


class _App(faust.App):
    """An application without files."""

    logger = logging.getLogger("faust.app")

    async def on_first_start(self) -> None:
        """Do nothing: without tables no folders are needed."""


class FaustStage:
    """A running stage; for one run.

    After a failure, build another one: Faust cannot restart what has stopped.
    """

    def __init__(
        self,
        step: StoreStep,
        settings: KafkaSettings,
        limits: PipelineSettings,
        *,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._step = step
        self._settings = settings
        self._limits = limits
        self._signals = signals
        self._name = step.stage.name
        self._inbox: asyncio.Queue[EventT[bytes]] = asyncio.Queue(limits.batch)
        self._left_over: EventT[bytes] | None = None  # did not fit into the last batch
        self._idle = asyncio.Event()  # set while no batch is under way
        self._idle.set()
        # set when a batch that waits for a server must be abandoned
        self._give_up = asyncio.Event()
        self._assigned = (
            asyncio.Event()
        )  # cleared during a rebalance, when the ownership of records is unknown
        self._known: int | None = None  # the generation for which tables were read to their end
        self._app = _build(self._name, settings, limits.batch)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; then finish the current batch, commit, and leave the group.

        Raises RetryError when Faust gave up, StopError when an operator has to act.
        """
        app = self._app
        topic = app.topic(topic_name(self._step.stage.reads.name, self._settings), value_type=bytes)
        app.agent(topic, name=self._name)(self._receive)
        app.finalize()
        use(app)
        consumer = cast("AtLeastOnceConsumer", app.consumer)
        consumer.before_revoked = self._finish_batch
        consumer.after_assigned = self._assigned.set
        self._signals.metrics.lag(self._name, consumer.lag)
        progress = StageProgress(consumer)
        tasks = [
            asyncio.create_task(self._start(), name=f"{self._name}-start"),
            asyncio.create_task(self._serve(progress), name=f"{self._name}-serve"),
            asyncio.create_task(progress.watch(self._idle), name=f"{self._name}-watch"),
        ]
        try:
            while not (stop.is_set() or app.crashed or any(map(_failed, tasks))):
                await wait_until_set(stop, LOOK_SECONDS)
        finally:
            await self._stop(tasks, consumer)
        for task in tasks:
            if _failed(task):
                task.result()
        if app.crashed:
            message = f"Faust gave up: {app.crash_reason!r}"
            raise RetryError(message)

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
        events = cast("Stream[bytes]", stream).noack().events()  # acknowledged in `_work`
        async for event in cast("AsyncIterator[EventT[bytes]]", events):
            await self._inbox.put(event)

    async def _serve(self, progress: StageProgress) -> None:
        while True:
            batch = await self._next_batch()
            self._idle.clear()
            try:
                for event in await self._work(batch):
                    event.ack()
                progress.moved()
            finally:
                self._idle.set()

    async def _next_batch(self) -> "list[EventT[bytes]]":
        """Wait for an event; collect further ones that have arrived, as far as a batch has room."""
        batch = [self._left_over or await self._inbox.get()]
        self._left_over, size = None, _size(batch[0])
        while len(batch) < self._limits.batch and not self._inbox.empty():
            event = self._inbox.get_nowait()
            size += _size(event)
            if size > self._limits.batch_bytes:
                self._left_over = event
                break
            batch.append(event)
        return batch

    async def _work(self, batch: Sequence[EventT[bytes]]) -> Sequence[EventT[bytes]]:
        """Process a batch with retries; return the events that can be acknowledged."""
        backoff = FIRST_BACKOFF_SECONDS
        while batch := await self._ours(batch):
            try:
                await asyncio.to_thread(self._do, batch)
            except RetryError as error:
                self._signals.waits(self._name, error)
                pause = error.after_seconds or backoff
                log.warning("%s: waiting %.1f s: %s", self._name, pause, error)
                if await wait_until_set(self._give_up, pause):
                    break
                backoff = min(backoff * 2, MAX_BACKOFF_SECONDS)
            else:
                self._signals.works(self._name)
                return batch
        return ()

    async def _ours(self, batch: Sequence[EventT[bytes]]) -> Sequence[EventT[bytes]]:
        """Drop events read before the last rebalance: they are redelivered, here or elsewhere."""
        if not self._assigned.is_set():
            self._idle.set()
            await self._assigned.wait()
            self._idle.clear()
        generation = self._app.consumer_generation_id
        return [event for event in batch if event.message.generation_id == generation]

    def _do(self, batch: Sequence[EventT[bytes]]) -> None:
        """Process a batch in a thread, while Faust's loop continues."""
        generation = self._app.consumer_generation_id
        if generation != self._known:
            self._step.prepare()
            self._known = generation
        self._step.run([received(event.message, self._settings) for event in batch])


def _build(stage: str, settings: KafkaSettings, batch: int) -> faust.App:
    return _App(
        group_name(stage, settings),
        broker=[f"kafka://{server}" for server in settings.servers],
        broker_credentials=_credentials(settings),
        broker_client_id="pantau",
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        processing_guarantee="at_least_once",
        broker_commit_interval=COMMIT_SECONDS,
        broker_session_timeout=SESSION_SECONDS,
        broker_heartbeat_interval=HEARTBEAT_SECONDS,
        broker_request_timeout=max(settings.timeout_seconds, SESSION_SECONDS + 1.0),
        broker_max_poll_interval=KEEP_SECONDS,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=FETCH_BYTES,
        consumer_metadata_max_age_ms=round(METADATA_SECONDS * 1000),
        stream_buffer_maxsize=max(20 * batch, 1_000),
        # see _finish_batch: a batch that waits for a server must not delay a rebalance
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        # no tables: this selects the standard assignor, which other tools can read
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        autodiscover=False,
    )


def _credentials(settings: KafkaSettings) -> Any:
    context = None
    if settings.security.endswith("tls"):
        context = ssl.create_default_context(cafile=settings.ca_file and str(settings.ca_file))
    if settings.security.startswith("sasl"):
        password = settings.password.get_secret_value() if settings.password is not None else None
        return faust.SASLCredentials(
            username=settings.username,
            password=password,
            ssl_context=context,
            mechanism=settings.sasl_mechanism,
        )
    return faust.SSLCredentials(context) if context is not None else None


def _size(event: EventT[bytes]) -> int:
    return len(event.message.value or b"")


def _failed(task: "asyncio.Task[None]") -> bool:
    return task.done() and not task.cancelled() and task.exception() is not None
