"""A stage that derives events from events by I/O, as data, with its interface.

Fetching the full text of articles is one: the key is the site, so that each site gets one request
at a time, while many sites are requested in parallel.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from pantau.common.time.backoff import Backoff
from pantau.stream.handler import (
    Context,
    Outcome,
    Resources,
    only_followed,
    require_tables,
)
from pantau_schemas.topics import Topic


class KeyedHandler(Protocol):
    """Processes one event.

    The stage calls it in the event loop, for many keys in parallel and for one key never twice at a
    time. Work may be repeated: after a crash, a rebalance, or a failed write. `done` avoids
    repeats, and ids derived from the event make them idempotent.
    """

    def key(self, event: Any) -> str:
        """Return the key of an event, such as the site that it needs. Cheap and deterministic."""

    def done(self, event: Any) -> bool:
        """Return whether the outcome of an event is stored already, by the followed tables.

        They are up to date with the topic. Raises RetryError when they are unreachable.
        """

    async def handle(self, event: Any, context: Context) -> Outcome:
        """Return the outcome of an event: events for the topics that the stage writes.

        Raises RetryError to be called again after a pause, and RejectError for an event that can
        never be processed. Any other error is treated as the latter, with its traceback recorded.
        Cancelled when it takes too long.
        """


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a keyed stage: parallel work, one event, and memory."""

    places: int = 50
    """Events processed in parallel; slow ones release their slot after a second."""
    timeout_seconds: float = 60.0
    """Time limit in seconds of one attempt."""
    max_attempts: int = 8
    """Attempts of an event before it becomes a dead letter."""
    backoff: Backoff = field(default_factory=lambda: Backoff(5.0, 3_600.0))
    """Backoff between the attempts of an event."""
    key_pause_max_seconds: float = 600.0
    """Maximum pause of a key with consecutive failures."""
    waiting: int = 2_000
    """Maximum number of events in memory; no more are read until some are done."""
    waiting_bytes: int = 32_000_000
    """Maximum size of these events in bytes."""
    waiting_of_key: int = 500
    """Maximum number of events that wait for a key that is down.

    Further ones become dead letters at once, so that one dead site does not use up the memory of
    the others.
    """


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A keyed stage of the pipeline: the counterpart of `pantau.stream.handler.Stage` for I/O.

    Every member of the group processes one event of a key at a time. For that to hold among all
    members, and for events of a key to stay in order, the topic must be partitioned by the key.

    With `strict` a failed event blocks those behind it, of the same key. Without, they overtake it:
    each key still has one attempt at a time, started in order.
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
