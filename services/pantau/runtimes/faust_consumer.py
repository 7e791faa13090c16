"""Faust's consumer, held to at-least-once.

What Faust 0.15 does by itself, and what is done about it here:

- An event that waited in a stream's buffer through a rebalance can be acknowledged under the next
  assignment, though nobody handled it or another member did. Here an acknowledgement of an earlier
  generation counts for nothing.
- After a rebalance it seeks to the committed positions, but leaves partitions alone that have none,
  or 0. Records of those that were fetched and thrown away while the rebalance went on are then
  never given, and the next commit passes over them. Here such partitions are sought to their
  beginning.
- Positions after the end of a partition (Kafka lost records, or the topic was made anew) are taken
  up again at its beginning by the driver; Faust then leaves out, without a word, all records up to
  the old position. Here such a position counts as none, and a partition that is suddenly read from
  further ahead is followed.
- To get past offsets that compaction left out it keeps each of them; where they follow offset 0 it
  never commits again. Here they do not matter: events of a partition are acknowledged in their
  order (`faust_app`), so that all before the last one that was is done.
- What is done but not committed when partitions are taken away is forgotten. Here it is committed
  first; the application gets a moment (`before_revoked`) to end what is under way.
- It buffers a number of records, however large. Here it takes no more in while those that are not
  done have `BUFFER_BYTES`.
- A watchdog complains about partitions that are merely quiet, or wait for Elasticsearch. It is
  switched off.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final, cast

from faust.transport.drivers.aiokafka import Consumer
from faust.types import TP, Message

log = logging.getLogger(__name__)

REVOKE_SECONDS: Final = 10.0
"""How long a rebalance may be held up by the work under way and the commit of what is done."""

BUFFER_BYTES: Final = 16 * 1024 * 1024
"""Bytes of records that wait in this process before no more are taken in.

What was fetched by then comes on top: a megabyte a partition (`FETCH_BYTES`), or a single larger
batch; so this and what a batch leads to bound the memory.
"""
FETCH_BYTES: Final = 1024 * 1024
"""The most that one fetch brings of a partition; a batch that is larger is brought alone."""
ROOM_SECONDS: Final = 0.05
"""How often is looked whether there is room again."""


class CarefulConsumer(Consumer):
    """A consumer that never acknowledges what was not done."""

    logger = logging.getLogger("faust.consumer")

    before_revoked: Callable[[], Awaitable[None]] | None = None
    """Called before partitions are given back; ends work under way, or gives it up."""
    after_assigned: Callable[[], None] | None = None
    """Called when it is known which partitions are ours."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.begins: dict[TP, int] = {}  # of partitions that have no position yet
        super().__init__(*arguments, **options)

    def ack(self, message: Message) -> bool:
        """Note that a message is done, if it is of the present assignment."""
        if message.generation_id != self.app.consumer_generation_id:
            self._unacked_messages.discard(message)
            return False
        return bool(super().ack(message))

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit what is done, then give the partitions back."""
        try:
            async with asyncio.timeout(REVOKE_SECONDS):
                if self.before_revoked is not None:
                    await self.before_revoked()
                if self.assignment():
                    await self.commit()
        except TimeoutError:
            log.warning("what was done last could not be committed in time; it will be done again")
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Take the partitions over."""
        if self.after_assigned is not None:
            self.after_assigned()
        await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Go back to the first record that is not done, in every partition."""
        await super().perform_seek()
        await self._doubt_positions()
        fresh = [tp for tp in self.assignment() if not self._committed_offset[tp]]
        if fresh:
            for tp, offset in (await self.earliest_offsets(*fresh)).items():
                await self.seek(tp, offset)
                self._read_offset[tp] = None
                self.begins[tp] = offset

    async def _doubt_positions(self) -> None:
        """Forget positions that the brokers no longer have."""
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
        """Forget what was read and done of a partition."""
        self._read_offset[tp] = self._committed_offset[tp] = None
        self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:  # noqa: ASYNC109 (Faust's own signature)
        """Yield what was fetched, also of a partition that the brokers have put back.

        Nothing while memory is full.
        """
        if self.waiting_bytes() >= BUFFER_BYTES:
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
            yield tp, message

    def waiting_bytes(self) -> int:
        """Return the bytes of the records that were taken in under the present assignment and are not done."""
        generation = self.app.consumer_generation_id
        return sum(
            len(message.value or b"")
            for message in tuple(self._unacked_messages)
            if message.generation_id == generation  # what is left of an earlier one is never done
        )

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Do not keep offsets that are no records."""

    def _new_offset(self, tp: TP) -> int | None:
        """Return the position after the last record that is done, if there is a new one."""
        acknowledged = self._acked[tp]
        if not acknowledged:
            return None
        position = max(acknowledged) + 1
        acknowledged.clear()
        self._acked_index[tp].clear()
        return position

    def lag(self) -> int:
        """Count the records between the committed positions and the ends of our partitions, as far as known.

        For operators: from any thread, nobody is asked. A partition counts from the first answer to
        a fetch on.
        """
        total = 0
        for tp in self.assignment():
            end = cast("int | None", self.highwater(tp))  # none before the first answer
            place = self._committed_offset.get(tp) or self.begins.get(tp)
            if end is not None and place is not None:
                total += max(0, end - place)
        return total

    def at_work(self) -> bool:
        """Return whether its thread, which speaks to the brokers, is still there."""
        thread = getattr(self._thread, "_thread", None)
        return thread is not None and bool(thread.is_alive())

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Do not complain about quiet partitions."""


def use(app: Any) -> None:
    """Let an application have this consumer."""
    app.transport.Consumer = CarefulConsumer
