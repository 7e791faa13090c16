"""The state that a keyed stage shares with its policy."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from pantau.keyed.results import Results
from pantau.keyed.schedule import Schedule
from pantau.keyed.work_queue import AnyLane
from pantau.observe.signals import Signals
from pantau.ports import Clock, Log, Received, Share, Table
from pantau.stream.handler import require_followed
from pantau_schemas.topics import Topic

L = TypeVar("L", bound=AnyLane)
I = TypeVar("I")  # noqa: E741 (an item)


class Tables(Protocol):
    """The tables of a log."""

    def table(self, topic: str) -> Table:
        """Return a compacted topic as a table."""


class FollowedTables:
    """The tables that a stage declares, and no others."""

    def __init__(self, stage: str, tables: Tables, follows: Collection[Topic]) -> None:
        self._stage = stage
        self._tables = tables
        self._follows = follows

    def table(self, topic: str) -> Table:
        """Return a table. Raises StopError for one that the stage does not follow."""
        require_followed(self._stage, topic, self._follows)
        return self._tables.table(topic)


def _ignore(share: Share | None) -> None:
    del share


class Holding:
    """The tables in `topics`, of which a stage holds the partitions that its group assigns.

    A member reads records of its own partitions alone, and what it looks up about them is in the
    same partitions of these tables. So an instance copies its part of them, and not the whole.

    `changed` gets what the stage has from now on, after the tables have it: None for everything. It
    is called in the thread that called `renew`, and may raise RetryError: then the next call does
    all of it again.
    """

    def __init__(
        self,
        follower: str,
        topics: Sequence[Topic],
        log: Log,
        changed: Callable[[Share | None], None] = _ignore,
    ) -> None:
        self._follower = follower
        self._names = [one.name for one in topics]
        self._log = log
        self._changed = changed
        self._known = False
        self._held: Share | None = None

    def begin(self) -> None:
        """Hold nothing, so that no table is read before the group has assigned partitions."""
        if self._names:
            self._log.hold(self._follower, self._names, (), 0)

    def stands(self, share: Share | None) -> bool:
        """Return whether the tables are held for this share."""
        return self._known and (self._held == share or not self._names)

    def with_records(self, batch: Sequence[Received], now: Share | None) -> Share | None:
        """Return what has to be held for records that were read; None if the tables have it.

        A partition may be assigned between a look at the share and the reading of records. `now` is
        the share after that.
        """
        if now is None or self._held is None:
            return None
        partitions = {one.partition for one in batch}
        if partitions <= self._held.partitions:
            return None
        return Share(self._held.partitions | partitions, now.count, now.partition_of)

    def renew(self, share: Share | None) -> None:
        """Hold the tables for a share, and read them to their end. Blocks; raises RetryError."""
        self._known = False
        if share is not None and self._names:
            self._log.hold(self._follower, self._names, share.partitions, share.count)
        self._log.catch_up()
        self._changed(share)
        self._held, self._known = share, True


@dataclass(slots=True)
class Desk(Generic[L, I]):
    """The state shared by both ends of a keyed stage, in one event loop."""

    log: Tables
    clock: Clock
    signals: Signals
    schedule: Schedule[L]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    results: Results = field(default_factory=Results)
    current: bool = False  # whether tables were updated after the last record was read
    # postponed until the tables are updated
    doubtful: list[tuple[L, I]] = field(default_factory=list)

    def doubt(self, lane: L, item: I) -> None:
        """Postpone an item until tables are updated; its queue waits, too."""
        lane.busy = True
        self.doubtful.append((lane, item))
        self.wake.set()
