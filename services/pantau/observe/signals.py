"""What the program tells of itself while it works.

Pure promises: no library, and nothing by default. Names given here become labels, so each comes
from a small closed set: stages, topics, kinds of channels, classes of errors. Addresses, ids and
texts never do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from pantau.errors import RetryError

POLL_OUTCOMES: Final = ("fetched", "not_modified", "unreadable", "failed")
CHANNEL_KINDS: Final = ("webhook", "email", "file", "terminal")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that a stage has finished: everything it led to is written."""

    stage: str
    processed: int
    rejected: int  # by the stage
    refused: int  # by the index
    produced: Mapping[str, int]  # topic to number of records, dead letters included
    seconds: float  # from taking up to written
    ages: Sequence[float]  # of each event, from its `ce_time` to written, in seconds
    cut: int = 0  # articles whose enrichment was cut off


class Metrics(Protocol):
    """Numbers. Every method is cheap, may be called from any thread, and never raises."""

    def batch(self, batch: Batch) -> None:
        """Count a finished batch of a stage."""

    def retried(self, part: str, error: RetryError) -> None:
        """Count one wait of a stage or loop for a dependency.

        The reason is the class of what went wrong.
        """

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        """Count a poll of a feed, by one of `POLL_OUTCOMES`, and the articles it gave."""

    def gave(self, *, new: int, changed: int) -> None:
        """Count articles of a feed that waited for their turn after its poll."""

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        """Count what a try made of a delivery: one of `CHANNEL_KINDS` (or `other`), and the status after it.

        `number` is that of the deliveries, where a summary told of many.
        """

    def alerted(self, seconds: float) -> None:
        """Note the time from an article's first sight to the delivery of its alert."""

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        """Let `read` tell how many records wait for a stage.

        It is called at every look at the metrics, from another thread: it has to be quick and safe.
        If it raises, the number is unknown.
        """

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        """Let `read` tell how many feeds have which status (`pantau_schemas.feed.FeedStatus`); else as `lag`."""


@dataclass(frozen=True, slots=True)
class Step:
    """A span of a trace: something that was done, between two moments.

    `traceparent` holds its own id and that of its trace (W3C Trace Context), as the record that
    came of it carries them in its headers; `parent` that of the step before, None at the beginning.
    """

    name: str
    traceparent: str
    parent: str | None
    start: datetime
    end: datetime
    attributes: Mapping[str, str] = field(default_factory=lambda: _NONE)
    problem: str | None = None


class Tracer(Protocol):
    """Traces. Never blocks and never raises; what cannot be kept is dropped."""

    @property
    def on(self) -> bool:
        """True if steps are wanted; where not, nobody needs to make any."""

    def step(self, step: Step) -> None:
        """Take a finished step."""


class Health(Protocol):
    """Whether the program lives and is ready. From any thread; never raises."""

    def live(self, loop: str) -> None:
        """Note that a loop made progress. From the first time on, silence means that it hangs."""

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        """Note that a part is ready, or with a `reason`, why it is not."""


class _NoMetrics:
    def batch(self, batch: Batch) -> None:
        pass

    def retried(self, part: str, error: RetryError) -> None:
        pass

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        pass

    def gave(self, *, new: int, changed: int) -> None:
        pass

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        pass

    def alerted(self, seconds: float) -> None:
        pass

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        pass

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        pass


class _NoTracer:
    on = False

    def step(self, step: Step) -> None:
        pass


class _NoHealth:
    def live(self, loop: str) -> None:
        pass

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        pass


@dataclass(frozen=True, slots=True)
class Signals:
    """Where a stage or loop tells of itself; by default nobody listens."""

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
