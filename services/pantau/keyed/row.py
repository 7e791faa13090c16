"""A stage that turns events into events by I/O, as data, and what it implements.

Fetching the full text of articles is one: the key is the site, so that each is asked for one page
at a time, while many sites are asked side by side.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from pantau.common.backoff import Backoff
from pantau.stream.handler import (
    Context,
    Outcome,
    Resources,
    only_followed,
    require_tables,
)
from pantau_schemas.topics import Topic


class KeyedHandler(Protocol):
    """Does the work of one event.

    The stage calls it in the event loop, for many keys side by side and for one key never twice at
    a time. Work can be repeated: after a crash, a rebalance, or a failed write. `done` spares a
    repeat, and ids that follow from the event make one harmless.
    """

    def key(self, event: Any) -> str:
        """Return the key of an event, such as the site that it needs. Cheap, and always the same."""

    def done(self, event: Any) -> bool:
        """Return whether the outcome of an event is kept already, by the tables that are followed.

        They are up to date with the topic. Raises RetryError when they cannot be reached.
        """

    async def handle(self, event: Any, context: Context) -> Outcome:
        """Return what follows from an event: events for the topics that the stage writes.

        Raises RetryError to be called again after a pause, and RejectError for an event that can
        never be processed. Any other error is treated as the latter, with its traceback kept.
        Cancelled when it takes too long.
        """


@dataclass(frozen=True, slots=True)
class Limits:
    """What a keyed stage may take: at once, for one event, and in memory."""

    places: int = 50
    """Events worked on at the same time; slow ones leave their place after a second."""
    timeout_seconds: float = 60.0
    """For one try of an event."""
    max_attempts: int = 8
    """Tries of an event before it becomes a dead letter."""
    backoff: Backoff = field(default_factory=lambda: Backoff(5.0, 3_600.0))
    """Waits between the tries of an event."""
    key_pause_max_seconds: float = 600.0
    """Longest pause of a key whose events fail one after the other."""
    waiting: int = 2_000
    """Events in memory; no more are read until some are done."""
    waiting_bytes: int = 32_000_000
    """Bytes of these events, likewise."""
    waiting_of_key: int = 500
    """Events that wait for a key that is down; further ones become dead letters at once, so that
    one dead site does not use up the memory that the others need."""


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A keyed stage of the pipeline: what `pantau.stream.handler.Stage` is for handlers without I/O.

    Every member of the group works on one event of a key at a time. For that to hold among all
    members, and for events of a key to come in order, the topic must be partitioned by the key.

    With `strict` an event that has to be tried again holds up those behind it, of the same key.
    Without, they overtake it: each key still has one try at a time, begun in order.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    make: Callable[[Resources], KeyedHandler]
    follows: tuple[Topic, ...] = ()
    strict: bool = True

    def __post_init__(self) -> None:
        require_tables(self.name, self.follows)

    def build(self, resources: Resources) -> KeyedHandler:
        """Build the handler over the tables that the stage follows.

        Raises StopError when the handler asks for another table, now or later.
        """
        return self.make(only_followed(self.name, self.follows, resources))
