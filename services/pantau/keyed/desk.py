"""The state that a keyed stage shares with its policy."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from pantau.keyed.results import Results
from pantau.keyed.schedule import Schedule
from pantau.keyed.work_queue import AnyLane
from pantau.observe.signals import Signals
from pantau.ports import Clock, Table
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
