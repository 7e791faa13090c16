"""Detection of a stage under Faust that no longer receives waiting records, or has no group."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final, Protocol

from pantau.errors import RetryError
from pantau.observe.signals import Signals

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 20.0
STUCK_LOOKS: Final = 3
"""An idle stage with waiting records at this many consecutive checks is rebuilt."""
REBALANCE_LOOKS: Final = 9
"""So is one that has no assignment at this many consecutive checks: three minutes.

Brokers wait a minute for each member of a group that is being rebalanced (Faust's
`broker_rebalance_timeout`), and several members may be slow one after the other.
"""


class RebalanceError(RetryError):
    """The group assigns no partitions to this member, or to any."""


class Progressing(Protocol):
    """The part of `AtLeastOnceConsumer` that is asked here; partitions are Faust's."""

    def assignment(self) -> set[Any]:
        """Return the partitions that are assigned."""

    async def highwaters(self, *partitions: Any) -> Mapping[Any, int]:
        """Return the end of each partition."""

    async def position(self, tp: Any) -> int | None:
        """Return the next offset to fetch."""

    async def pass_lost(self) -> None:
        """Find records that retention removed unread."""

    def is_out(self) -> bool:
        """Return whether nothing keeps the membership of the group any more."""


class StageProgress:
    """Detects a stage that does not advance.

    `assigned` is set while the group has assigned its partitions, `idle` while no batch is under
    way.
    """

    def __init__(
        self,
        name: str,
        consumer: Progressing,
        *,
        assigned: asyncio.Event,
        idle: asyncio.Event,
        signals: Signals,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._name = name
        self._consumer = consumer
        self._assigned = assigned
        self._idle = idle
        self._signals = signals
        self._pause = look_seconds
        self._moved = True

    def moved(self) -> None:
        """Record progress."""
        self._moved = True

    async def watch(self) -> None:
        """Check from time to time, and report a rebalance that lasts as not ready.

        Raises RetryError when the stage has to be rebuilt: records wait, but none arrives
        although it is idle, its group assigns no partitions, or it has lost its membership.
        """
        waiting = rebalancing = 0
        while True:
            await asyncio.sleep(self._pause)
            if self._consumer.is_out():
                message = "its membership of the group has ended: joining it again"
                raise RebalanceError(message)
            rebalancing = self._rebalancing(rebalancing)
            if rebalancing:
                continue
            await self._pass_lost()
            waiting = await self._waiting(waiting)

    def _rebalancing(self, looks: int) -> int:
        """Return at how many consecutive checks there was no assignment. Raises RebalanceError."""
        if self._assigned.is_set():
            if looks:
                self._signals.works(self._name)
            return 0
        looks += 1
        message = f"its group has assigned no partitions for {looks * self._pause:.0f} s"
        if looks >= REBALANCE_LOOKS:
            message += ": joining it again"
            raise RebalanceError(message)
        self._signals.health.ready(message, part=self._name)
        log.warning("%s: %s", self._name, message)
        return looks

    async def _waiting(self, looks: int) -> int:
        """Return at how many consecutive checks records waited for nothing. Raises RetryError."""
        moved, self._moved = self._moved, False
        if moved or not self._idle.is_set() or not await self._left_waiting():
            return 0
        if looks + 1 >= STUCK_LOOKS:
            message = "records wait, but Faust does not give them"
            raise RetryError(message)
        return looks + 1

    async def _pass_lost(self) -> None:
        """Find records that retention removed while the stage could not read them."""
        try:
            await self._consumer.pass_lost()
        except Exception as error:  # noqa: BLE001 (of whatever kind: brokers are away, or partitions change)
            log.debug("the first offsets of partitions are not available: %r", error)

    async def _left_waiting(self) -> bool:
        """Return whether there are records that Faust has not fetched."""
        own = self._consumer.assignment()
        try:
            ends = await self._consumer.highwaters(*own)
            return any([(await self._consumer.position(tp) or 0) < ends[tp] for tp in own])
        except Exception as error:  # noqa: BLE001 (of whatever kind: brokers are away, or partitions change)
            log.debug("the ends of partitions are not available: %r", error)
            return False
