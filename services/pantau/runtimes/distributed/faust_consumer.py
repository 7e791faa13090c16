"""Faust's consumer, fixed for at-least-once delivery.

The behaviour of Faust 0.15, and how it is corrected here:

- It gives each record by itself to a topic, a stream and an agent, with two tasks of asyncio for
  each, which takes longer than most stages need for a record. Here fetched records go to the stage
  at once (`deliver`).
- An event that waited in a stream's buffer through a rebalance can be acknowledged under the next
  assignment, though nobody handled it or another member did. Here records of an earlier generation
  are never done.
- After a rebalance it seeks to the committed offsets, but skips partitions without one, or with 0.
  Records of those that were fetched and dropped during the rebalance are then never delivered, and
  the next commit skips them. Here such partitions are sought to their beginning.
- Offsets beyond the end of a partition (Kafka lost records, or the topic was recreated) are reset
  to its beginning by the driver; Faust then silently skips all records up to the old offset. Here
  such an offset is discarded, and a partition that is suddenly read from further ahead is followed.
- To skip offsets removed by compaction it stores each of them; if they follow offset 0 it never
  commits again. Here they do not matter: records of a partition are done in order
  (`faust_app`), so everything before the last one that is done is done, too.
- Work that is done but not committed when partitions are revoked is forgotten. Here it is committed
  first; the application gets a moment (`before_revoked`) to finish the current batch.
- It buffers a number of records, however large. Here it stops fetching while those that are not
  done exceed `BUFFER_BYTES`, or a number.
- Records that the brokers removed before they were read (retention shorter than an outage) are
  skipped in silence, and if nothing came after them, the lag never ends. Here they are reported
  (`lost`), and the position is committed behind them.
- It asks the leader's notes for the number of partitions of a topic. Members that never led the
  group have none, and would not know their own keys. Here it comes from the cluster's
  metadata, which every member has.
- The task that keeps the membership may end by a fault, which is not reported. Here it is looked at
  (`is_out`), and the stage is rebuilt.
- A commit that already waits swallows a cancellation, so a time limit around it does not hold.
  Here it runs in a task of its own, which is left behind.
- A watchdog complains about partitions that are merely idle, or wait for Elasticsearch. It is
  disabled.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Final, cast

from faust.transport.drivers.aiokafka import Consumer
from faust.types import TP, Message

from pantau.adapters.kafka.group.awaited_brokers import await_brokers
from pantau.adapters.kafka.group.bounded_fetch import bound_fetches
from pantau.adapters.kafka.header_names import be_tolerant

log = logging.getLogger(__name__)

REVOKE_SECONDS: Final = 10.0
"""How long a rebalance may be delayed by the current batch and the final commit."""

BUFFER_BYTES: Final = 16 * 1024 * 1024
"""Size of records in this process above which fetching pauses.

Records already fetched come on top: a megabyte per partition (`FETCH_BYTES`, and unpacked,
`bounded_fetch.FETCHED_BYTES`), or a single larger batch; so this and the output of a batch bound
the memory.
"""
FETCH_BYTES: Final = 1024 * 1024
"""Maximum size of one fetch of a partition; a larger batch comes alone."""
GAP_SECONDS: Final = 1.0
"""Interval in seconds for asking about gaps in the offsets of one partition."""
FETCH_SECONDS: Final = 1.0
"""How long a fetch waits for records."""
ROOM_SECONDS: Final = 0.05
"""Interval in seconds for checking whether there is space again."""


class AtLeastOnceConsumer(Consumer):
    """A consumer that never acknowledges unprocessed records."""

    logger = logging.getLogger("faust.consumer")

    deliver: Callable[[Message], None] | None = None
    """Takes each fetched record of the current assignment."""
    most_waiting: int = 1_000
    """Number of records that are not done above which fetching pauses."""

    before_revoked: Callable[[], Awaitable[None]] | None = None
    """Called before partitions are released; finishes or abandons the current batch."""
    after_assigned: Callable[[set[TP], int], None] | None = None
    """Called with the assigned partitions and the generation, as soon as they are known."""

    lost: Callable[[TP, int], None] | None = None
    """Called with a partition and how many offsets the brokers removed before they were read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.begins: dict[TP, int] = {}  # of partitions without a committed offset
        self._next: dict[TP, int] = {}  # the next offset to be read
        self._floors: dict[TP, int] = {}  # of partitions that lost records: the first that stands
        self._looked: dict[TP, float] = {}  # when the gap before a record was looked at
        self._waiting_bytes = 0
        super().__init__(*arguments, **options)
        self._unacked_messages = set()  # of the current assignment; weak references are slow

    async def _drain_messages(self, fetcher: Any) -> None:
        """Fetch and deliver until Faust stops the fetcher."""
        over: Any = (*self.consumer_stopped_errors, asyncio.CancelledError)
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):  # noqa: SLF001 (as Faust's own)
                await asyncio.sleep(0)  # a fetch that has records at once waits for nothing
                async for tp, message in self.getmany(timeout=FETCH_SECONDS):
                    self._take(message)
                    self._read_offset[tp] = message.offset
        except over:
            if not self.transport.app.should_stop:
                raise

    def _take(self, message: Message) -> None:
        """Deliver a record, and remember that it is not done."""
        self._unacked_messages.add(message)
        self._waiting_bytes += len(message.value or b"")
        if self.deliver is not None:
            self.deliver(message)

    def done(self, messages: Iterable[Message]) -> None:
        """Record that messages are done, those that belong to the current assignment.

        Those of a partition are done in order.
        """
        generation = self.app.consumer_generation_id
        last: dict[TP, int] = {}
        for one in messages:
            if one.generation_id == generation and one in self._unacked_messages:
                self._unacked_messages.remove(one)
                self._waiting_bytes -= len(one.value or b"")
                last[one.tp] = one.offset
        for tp, offset in last.items():
            self._acked[tp].append(offset)  # the next commit writes it
            self._acked_index[tp].add(offset)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit what is done, then release the partitions."""
        finishing = asyncio.create_task(self._finish(), name="finish before partitions are revoked")
        # Not `asyncio.timeout`: `Consumer.commit` swallows the cancellation.
        done, _ = await asyncio.wait({finishing}, timeout=REVOKE_SECONDS)
        if not done:
            finishing.cancel()
            log.warning("what was done last could not be committed in time; it will be done again")
        elif not finishing.cancelled() and (error := finishing.exception()) is not None:
            log.warning("what was done last could not be committed: %r", error)
        await super().on_partitions_revoked(revoked)

    async def _finish(self) -> None:
        if self.before_revoked is not None:
            await self.before_revoked()
        if self.assignment():
            await self.commit()

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Add the assigned partitions; what was read before is never done."""
        self._unacked_messages.clear()
        self._waiting_bytes = 0
        if self.after_assigned is not None:
            self.after_assigned(assigned, generation_id)
        await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Seek to the first record that is not done, in every partition."""
        await super().perform_seek()
        await self._doubt_positions()
        # None and 0 alike: Faust seeks neither of them.
        fresh = [tp for tp in self.assignment() if not self._committed_offset[tp]]
        if fresh:
            for tp, offset in (await self.earliest_offsets(*fresh)).items():
                await self.seek(tp, offset)
                self._read_offset[tp] = None
                self.begins[tp] = offset
        self._floors.clear()
        self._next = {
            tp: place
            for tp in self.assignment()
            if (place := self._committed_offset[tp] or self.begins.get(tp)) is not None
        }
        await self.pass_lost()

    async def pass_lost(self) -> None:
        """Report the records that the brokers removed unread, and commit behind them.

        Called at an assignment and from time to time.
        """
        places = dict(self._next)
        for tp, first in (await self.earliest_offsets(*places)).items() if places else ():
            if tp in self._next:
                self._pass(tp, first)
        for tp, floor in list(self._floors.items()):
            place = self._committed_offset[tp] or 0
            waiting = any(one.tp == tp for one in tuple(self._unacked_messages))
            if place >= floor:
                del self._floors[tp]
            elif not waiting and self._next.get(tp, 0) <= floor:
                self._acked[tp].append(floor - 1)  # the next commit writes it
                self._acked_index[tp].add(floor - 1)

    def _pass(self, tp: TP, first: int) -> None:
        """Treat the records before `first` as lost, as far as they were not read."""
        count = first - self._next[tp]
        if count <= 0:
            return
        log.error(
            "%s %d: the brokers removed up to %d records before they were read; see the retention "
            "of the topic (keep.* in the settings) and how long this stage was away",
            *(tp.topic, tp.partition, count),
        )
        self._next[tp] = self._floors[tp] = first
        if self.lost is not None:
            self.lost(tp, count)

    async def _look_at_gap(self, tp: TP) -> None:
        """Find out whether records before a gap in the offsets were removed unread.

        Most gaps are of compaction: a partition is asked about once a second.
        """
        now = time.monotonic()
        if now - self._looked.get(tp, -GAP_SECONDS) >= GAP_SECONDS:
            self._looked[tp] = now
            self._pass(tp, (await self.earliest_offsets(tp))[tp])

    async def _doubt_positions(self) -> None:
        """Discard offsets that the brokers no longer have."""
        placed = [tp for tp in self.assignment() if self._committed_offset[tp]]
        for tp, end in (await self.highwaters(*placed)).items() if placed else ():
            position = self._committed_offset[tp]
            if position is not None and position > end:
                log.warning(
                    "%s %d ends at %d, before the position %d: reading it again from its beginning",
                    *(tp.topic, tp.partition, end, position),
                )
                self._begin_anew(tp)

    def _begin_anew(self, tp: TP) -> None:
        """Discard the state of a partition."""
        self._read_offset[tp] = self._committed_offset[tp] = None
        self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:  # noqa: ASYNC109 (Faust's own signature)
        """Yield fetched records, including those of a partition that was reset on the brokers.

        Yields nothing while the buffer is full.
        """
        waiting = len(self._unacked_messages)
        if waiting >= self.most_waiting or self._waiting_bytes >= BUFFER_BYTES:
            await asyncio.sleep(ROOM_SECONDS)  # Faust calls again
            return
        async for tp, message in super().getmany(timeout):
            read = self._read_offset[tp]
            if read is not None and message.offset < read:
                log.warning(
                    "%s %d goes on at %d, though %d was read: following it",
                    *(tp.topic, tp.partition, message.offset, read),
                )
                self._begin_anew(tp)
            if message.offset > self._next.get(tp, message.offset):
                await self._look_at_gap(tp)
            self._next[tp] = message.offset + 1
            yield tp, message

    def waiting_bytes(self) -> int:
        """Return the bytes of records fetched under the current assignment that are not done."""
        return self._waiting_bytes

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Do nothing: offsets without records are not tracked."""

    def _new_offset(self, tp: TP) -> int | None:
        """Return the offset after the last record that is done, if it advanced."""
        acknowledged = self._acked[tp]
        if not acknowledged:
            return None
        position = max(acknowledged) + 1
        acknowledged.clear()
        self._acked_index[tp].clear()
        return position

    def topic_partitions(self, topic: str) -> int | None:
        """Return the number of partitions that a topic has by this member's metadata.

        None before the first answer of a broker. Thread-safe, without a request.
        """
        partitions = self._driver().partitions_for_topic(topic)
        return len(partitions) if partitions else None

    def renew_metadata(self) -> None:
        """Request newer metadata. Thread-safe; does not wait for it."""
        client = self._driver()._client  # noqa: SLF001 (nothing public asks for it)
        self._thread.thread_loop.call_soon_threadsafe(client.force_metadata_update)

    def _driver(self) -> Any:
        return self._thread._ensure_consumer()  # noqa: SLF001 (Faust has no name for it)

    def lag(self) -> int:
        """Return the number of records between committed and end offsets of our partitions.

        For operators: thread-safe, without a request. A partition counts from its first fetch
        response on.
        """
        total = 0
        for tp in self.assignment():
            end = cast("int | None", self.highwater(tp))  # unknown before the first response
            place = self._committed_offset.get(tp) or self.begins.get(tp)
            if end is not None and place is not None:
                total += max(0, end - max(place, self._floors.get(tp, 0)))
        return total

    def oldest_seconds(self, now: float) -> float:
        """Return the age of the oldest record that was fetched and is not done; 0 without one.

        By the time at which the broker wrote it. For operators: thread-safe, without a request.
        """
        times = [one.timestamp for one in tuple(self._unacked_messages)]
        return max(0.0, now - min(times)) if times else 0.0

    def at_work(self) -> bool:
        """Return whether its network thread is still alive."""
        thread = getattr(self._thread, "_thread", None)
        return thread is not None and bool(thread.is_alive())

    def is_out(self) -> bool:
        """Return whether the task that keeps the membership has ended by a fault. Thread-safe."""
        driver: Any = self._thread._consumer  # noqa: SLF001 (as above; None before it has started)
        task = getattr(getattr(driver, "_coordinator", None), "_coordination_task", None)
        return task is not None and bool(task.done())

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Do nothing: idle partitions are not a fault."""


def use(app: Any) -> None:
    """Install this consumer in an application."""
    be_tolerant()
    bound_fetches()
    await_brokers()
    app.transport.Consumer = AtLeastOnceConsumer
