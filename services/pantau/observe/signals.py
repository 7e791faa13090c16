"""Signals that the program reports about itself while it works.

Pure interfaces: no library, and no-ops by default. Names passed here become labels, so each comes
from a small closed set: stages, topics, kinds of channels, classes of errors. Addresses, ids and
texts are never passed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, Protocol

from pantau.errors import RetryError

PUSH_OUTCOMES: Final = ("accepted", "repeated", "delayed", "ignored", "read", "polled")
"""Outcomes of a delivery of a hub: `ignored` ones were not signed, `polled` ones not readable."""
POLL_OUTCOMES: Final = ("fetched", "not_modified", "unreadable", "failed")
AgeOf = Literal["record", "delivery", "feed"]
"""Owners of an age: the oldest record that a stage has fetched and not done (by stage), the oldest
delivery that is to be sent (by kind of channel), the feed that is overdue for longest (by part)."""
PAGE_OUTCOMES: Final = ("read", "late", "stub", "no_more", "refused", "given_up")
"""How a page ended: its text went out in time, or as a later revision; it asks for a subscription;
it adds nothing to the feed; it may not or cannot be fetched; or it never came."""
TICK_OUTCOMES: Final = ("done", "failed")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that a stage has finished: all of its output is written."""

    stage: str
    processed: int
    rejected: int  # by the stage
    refused: int  # by the index
    produced: Mapping[str, int]  # topic to number of records, dead letters included
    seconds: float  # from receiving the batch to writing its output
    ages: Sequence[float]  # of each event, from its `ce_time` to written, in seconds
    cut: int = 0  # articles whose enrichment was cut off by its time budget


class Metrics(Protocol):
    """Metrics. Every method is cheap, thread-safe, and never raises."""

    def batch(self, batch: Batch) -> None:
        """Count a finished batch of a stage."""

    def ticked(self, stage: str, outcome: str, produced: Mapping[str, int], seconds: float) -> None:
        """Count a tick of a stage, by one of `TICK_OUTCOMES`, and what it wrote: topic to records.

        `seconds` is from its begin to written.
        """

    def retried(self, part: str, error: RetryError) -> None:
        """Count one wait of a stage or loop for a dependency.

        The reason is the class of the error.
        """

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        """Count a poll of a feed, by one of `POLL_OUTCOMES`, and the articles it published."""

    def page(self, outcome: str) -> None:
        """Count the page of an article, by one of `PAGE_OUTCOMES`."""

    def gave(self, *, new: int, changed: int) -> None:
        """Count articles of a feed that were queued after its poll."""

    def pushed(self, outcome: str) -> None:
        """Count a delivery of a hub, by one of `PUSH_OUTCOMES`."""

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        """Count a delivery attempt: one of `CHANNEL_NAMES` (or `other`), and the resulting status.

        `number` is the number of deliveries if a summary covered several.
        """

    def alerted(self, seconds: float) -> None:
        """Record the time from first seeing an article to the delivery of its alert."""

    def skipped(self, topic: str) -> None:
        """Count a record of a table that cannot be used and is left out."""

    def lost(self, stage: str, number: int) -> None:
        """Count records that were removed from their topic before the stage read them."""

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        """Register `read`, which returns the number of records that wait for a stage.

        It is called at every scrape, from another thread: it must be fast and thread-safe. If it
        raises, the number is unknown.
        """

    def ages(self, what: AgeOf, read: Callable[[], Mapping[str, float]]) -> None:
        """Register `read`, which returns ages in seconds by a label; else like `lag`.

        A label without anything that waits is left out, or has 0.
        """

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        """Register `read`, which returns the number of feeds by status; else like `lag`.

        Statuses are those of `pantau_schemas.events.feed.FeedStatus`.
        """

    def free_space(self, read: Callable[[], float]) -> None:
        """Register `read`, which returns the free bytes of the data folder's disk; like `lag`."""


@dataclass(frozen=True, slots=True)
class TraceSpan:
    """A span of a trace: an operation with its start and end.

    `traceparent` holds its own id and that of its trace (W3C Trace Context), as carried in the
    headers of the resulting record; `parent` is that of the previous span, None at the beginning.
    """

    name: str
    traceparent: str
    parent: str | None
    start: datetime
    end: datetime
    attributes: Mapping[str, str] = field(default_factory=lambda: _NONE)
    problem: str | None = None


class Tracer(Protocol):
    """Traces. Never blocks and never raises; spans that cannot be queued are dropped."""

    @property
    def on(self) -> bool:
        """True if spans are recorded; otherwise callers need not create any."""

    def step(self, step: TraceSpan) -> None:
        """Record a finished span."""


class Health(Protocol):
    """Liveness and readiness. Thread-safe; never raises."""

    def live(self, loop: str) -> None:
        """Record progress of a loop. From the first report on, silence means that it hangs."""

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        """Record that a part is ready, or with a `reason`, why it is not."""


class _NoMetrics:
    def batch(self, batch: Batch) -> None:
        pass

    def ticked(self, stage: str, outcome: str, produced: Mapping[str, int], seconds: float) -> None:
        pass

    def retried(self, part: str, error: RetryError) -> None:
        pass

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        pass

    def page(self, outcome: str) -> None:
        pass

    def gave(self, *, new: int, changed: int) -> None:
        pass

    def pushed(self, outcome: str) -> None:
        pass

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        pass

    def alerted(self, seconds: float) -> None:
        pass

    def skipped(self, topic: str) -> None:
        pass

    def lost(self, stage: str, number: int) -> None:
        pass

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        pass

    def ages(self, what: AgeOf, read: Callable[[], Mapping[str, float]]) -> None:
        pass

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        pass

    def free_space(self, read: Callable[[], float]) -> None:
        pass


class _NoTracer:
    on = False

    def step(self, step: TraceSpan) -> None:
        pass


class _NoHealth:
    def live(self, loop: str) -> None:
        pass

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        pass


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of a stage or loop; discarded by default."""

    metrics: Metrics = field(default_factory=_NoMetrics)
    tracer: Tracer = field(default_factory=_NoTracer)
    health: Health = field(default_factory=_NoHealth)

    def waits(self, part: str, error: RetryError) -> None:
        """Report that a part waits for a dependency: counted, and not ready meanwhile."""
        self.metrics.retried(part, error)
        self.health.ready(str(error), part=part)

    def works(self, part: str) -> None:
        """Report that a part works, or works again."""
        self.health.ready(part=part)


NO_SIGNALS: Final = Signals()
