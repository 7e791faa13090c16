"""Detection of a stage under Faust that no longer receives waiting records."""

import asyncio
import logging
from typing import Final

from pantau.errors import RetryError
from pantau.runtimes.distributed.faust_consumer import AtLeastOnceConsumer

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 20.0
STUCK_LOOKS: Final = 3
"""An idle stage with waiting records at so many consecutive checks is rebuilt."""


class StageProgress:
    """Detects a stage that does not advance."""

    def __init__(self, consumer: AtLeastOnceConsumer) -> None:
        self._consumer = consumer
        self._moved = True

    def moved(self) -> None:
        """Record progress."""
        self._moved = True

    async def watch(self, idle: asyncio.Event) -> None:
        """Raise RetryError when records wait, but none arrives although the stage is `idle`."""
        looks = 0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self._pass_lost()
            moved, self._moved = self._moved, False
            looks = 0 if moved or not idle.is_set() or not await self._left_waiting() else looks + 1
            if looks >= STUCK_LOOKS:
                message = "records wait, but Faust does not give them"
                raise RetryError(message)

    async def _pass_lost(self) -> None:
        """Find records that retention removed while the stage could not read them."""
        try:
            await self._consumer.pass_lost()
        except Exception as error:  # noqa: BLE001 (of whatever kind: brokers are away, or partitions change)
            log.debug("the first offsets of partitions cannot be had: %r", error)

    async def _left_waiting(self) -> bool:
        """Return whether there are records that Faust has not fetched."""
        own = self._consumer.assignment()
        try:
            ends = await self._consumer.highwaters(*own)
            return any([(await self._consumer.position(tp) or 0) < ends[tp] for tp in own])
        except Exception as error:  # noqa: BLE001 (of whatever kind: brokers are away, or partitions change)
            log.debug("the ends of partitions cannot be had: %r", error)
            return False
