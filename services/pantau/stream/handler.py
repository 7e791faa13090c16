"""The contract of a stage: a pure handler, its inputs and its outcome.

A runtime decodes a record, hands the event to the handler, and writes what the outcome says,
together with the group's position, as one. A handler touches nothing but the tables it follows.
A handler that has work at certain times, such as digests, is a `TimedHandler`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol, runtime_checkable

from pantau.common.time.clock import SystemClock
from pantau.errors import StopError
from pantau.ports import Clock, Table
from pantau.settings import Settings
from pantau.stream.table_reading import TableReading
from pantau_schemas.base import Event
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import Topic

ALERT_HEADER: Final = "pantau_alert"
"""Header of a replayed record: `yes` requests alerts although the article is historical."""
REPLAY_HEADER: Final = "pantau_replay"
"""Header of a replayed record: the id of the replay."""
RETRIES_HEADER: Final = "pantau_retries"
"""Header of a record that was retried from dead-letters: the number of retries."""
PREPARED: Final = 16
"""Events that a `PreparingHandler` prepares at a time: what they take stays in the processor's
cache.
"""

_RETRIES_DIGITS: Final = 9

CARRIED_HEADERS: Final = (ALERT_HEADER, REPLAY_HEADER)
"""Headers that propagate from a replayed record to everything derived from it."""


def own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return all of Pantau's own headers.

    The next state of the same entity, such as a delivery, keeps them.
    """
    return {name: value for name, value in headers.items() if name.startswith("pantau_")}


def retries_of(headers: Mapping[str, str]) -> int:
    """Return how often a record was retried from dead-letters.

    0 if the header is missing or invalid. Anybody may write a header, and Python refuses to convert
    thousands of digits, so a longer one is invalid.
    """
    count = headers.get(RETRIES_HEADER, "0")
    readable = len(count) <= _RETRIES_DIGITS and count.isascii() and count.isdigit()
    return int(count) if readable else 0


@dataclass(frozen=True, slots=True)
class Context:
    """The context of an event."""

    now: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an event: events for their topics, articles for the search index.

    With `more` the event is handled again after all of this is written, since a single event may
    lead to more output than fits in memory. `removed` are the last states of entities that are no
    more: their keys get tombstones.
    """

    events: tuple[Event, ...] = ()
    articles: tuple[EnrichedArticle, ...] = ()
    more: bool = False
    cut: int = 0  # articles whose enrichment was cut off by its time budget
    removed: tuple[Event, ...] = ()


NOTHING: Final = Outcome()


class Handler(Protocol):
    """Maps one event to an outcome.

    `handle` raises RejectError for an event that can never be processed. Any error that is not one
    of `pantau.errors` is treated the same, with its traceback recorded.
    """

    def refresh(self) -> None:
        """Refresh the tables that the handler follows.

        Called before each batch, including repeated batches.
        """

    def handle(self, event: Any, context: Context) -> Outcome:
        """Return the outcome of `event`."""


@runtime_checkable
class PreparingHandler(Handler, Protocol):
    """A handler that does a part of its work for several events in less time than one by one.

    What `handle` returns for an event must not depend on whether it was prepared.
    """

    def prepare(self, events: Sequence[Any]) -> None:
        """Do what can be done at once for the events that `handle` is called with next.

        Called with a few of them at a time; some may not be handled after all.
        """


@runtime_checkable
class WarmingHandler(Handler, Protocol):
    """A handler that has to load something before its first event of a kind.

    `prepare` and `handle` raise ColdError for such an event. Then the runtime calls `warm` and
    repeats the batch.
    """

    def warm(self) -> None:
        """Load what an event was missing, if any was; nothing is missing of it afterwards.

        Called before each batch, while no record counts as under way: a process that is killed in
        it was not ended by a record.
        """


@runtime_checkable
class TimedHandler(Handler, Protocol):
    """A handler that also has work at certain times: digests, ends of quiet hours, windows.

    The runtime calls `refresh`, asks `next_due`, and calls `tick` once that moment has come. It
    writes the outcome as it writes that of a batch: in one transaction where the store has them,
    elsewhere at least once. So `tick` may be called again for the same moment after a failure or a
    crash, and by another member after a rebalance. To make a repeat harmless:

    - Keep what is due in the tables that the stage follows. `next_due` and `tick` depend on what
      stands there alone, so a tick whose outcome was not written is simply due again.
    - Derive ids from the due moment, never from `now`.
    - Skip keys for which `Resources.owns` returns False: another member has those.

    A tick can run before records that already wait in the topic: `now` says nothing about them.
    """

    def next_due(self) -> datetime | None:
        """Return when `tick` has work next, of the keys that are ours; None if nothing is planned.

        Cheap: called about once a second, right after `refresh`. A moment in the past means now.
        """

    def tick(self, now: datetime) -> Outcome:
        """Return what is due at or before `now`.

        Once the outcome is written and `refresh` was called, `next_due` must have moved on, unless
        the outcome says `more`: then `tick` is called again at once. An unexpected error is
        reported, and the tick repeated after a pause; records are processed meanwhile.
        """


def _owns_all(partition_key: str) -> bool:
    del partition_key
    return True


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources that a handler may be built with.

    `owns` says whether records of a partition key of the stage's topic come to this member of the
    group, as of now; always true where there is one member. `reading` decodes records of tables.
    `recent` returns what was written recently; None where `table` has the whole table.
    """

    settings: Settings
    table: Callable[[Topic], Table]
    clock: Clock = field(default_factory=SystemClock)
    owns: Callable[[str], bool] = _owns_all
    reading: TableReading = field(default_factory=TableReading)
    recent: Callable[[Topic, float], Table] | None = None

    def recently(self, topic: Topic, seconds: float) -> Table | None:
        """Return what was written to a table in the last `seconds`; it may have older values.

        None where `table` has the whole table: a second look there would find as little.
        """
        return None if self.recent is None else self.recent(topic, seconds)


def require_tables(stage: str, follows: Collection[Topic]) -> None:
    """Raise StopError when a stage follows a topic that is no table."""
    for topic in follows:
        if not topic.compacted:
            message = f"stage {stage} follows {topic.name}, which is no table: it is not compacted"
            raise StopError(message)


def require_partitioned(stage: str, reads: Topic, holds: Collection[Topic]) -> None:
    """Raise StopError when a stage holds a table that is not partitioned as what it reads."""
    for topic in holds:
        if topic.partitioned_by != reads.partitioned_by:
            message = (
                f"stage {stage} cannot hold a part of {topic.name}: it is partitioned by"
                f" {topic.partitioned_by}, and {reads.name} by {reads.partitioned_by}"
            )
            raise StopError(message)


def require_followed(stage: str, topic: str, follows: Collection[Topic]) -> None:
    """Raise StopError unless a stage declares that it follows a topic."""
    if all(topic != one.name for one in follows):
        message = (
            f"stage {stage} may not read the table {topic}: it does not follow it,"
            " see its row in the topology"
        )
        raise StopError(message)


def only_followed(stage: str, follows: Collection[Topic], resources: Resources) -> Resources:
    """Return resources whose `table` raises StopError for all but the declared tables."""

    def table(topic: Topic) -> Table:
        require_followed(stage, topic.name, follows)
        return resources.table(topic)

    of_late = resources.recent
    if of_late is None:
        return replace(resources, table=table)

    def recent(topic: Topic, seconds: float) -> Table:
        require_followed(stage, topic.name, follows)
        return of_late(topic, seconds)

    return replace(resources, table=table, recent=recent)


@dataclass(frozen=True, slots=True)
class IoStage:
    """A stage that speaks to other servers and has a policy of its own, as data.

    What it reads, what it may write, the tables it follows, and those of them of which a member
    needs its own partitions alone, as of a `Stage`. See `pantau.keyed`.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    follows: tuple[Topic, ...] = ()
    holds: tuple[Topic, ...] = ()

    def __post_init__(self) -> None:
        require_tables(self.name, self.follows)
        require_partitioned(self.name, self.reads, self.holds)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline.

    What it reads, what it may write, the tables it follows, and how its handler is made. Both
    lists are enforced: a handler gets no other table, a runtime writes no other event. `holds` are
    the followed tables of which a member needs its own partitions alone: their records have the
    partition key of what the stage reads.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    make: Callable[[Resources], Handler]
    follows: tuple[Topic, ...] = ()
    indexes: bool = False  # whether it writes the search index
    head: type[Event] | None = None  # all that it reads of the events that Pantau wrote
    holds: tuple[Topic, ...] = ()

    def __post_init__(self) -> None:
        require_tables(self.name, self.follows)
        require_partitioned(self.name, self.reads, self.holds)

    def build(self, resources: Resources) -> Handler:
        """Build the handler over the tables that the stage follows.

        Raises StopError when the handler asks for another table, now or later.
        """
        return self.make(only_followed(self.name, self.follows, resources))
