"""The contract of a stage: a pure handler, its inputs and its outcome.

A runtime decodes a record, passes the event to the handler, and writes the outcome together with
the group's offsets atomically. A handler accesses nothing but the tables that it follows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from pantau.common.clock import SystemClock
from pantau.ports import Clock, Table
from pantau.settings import Settings
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.base import Event
from pantau_schemas.topics import Topic

ALERT_HEADER: Final = "pantau_alert"
"""Header of a replayed record: `yes` requests alerts although the article is historical."""
REPLAY_HEADER: Final = "pantau_replay"
"""Header of a replayed record: the id of the replay."""
RETRIES_HEADER: Final = "pantau_retries"
"""Header of a record that was retried from dead-letters: the number of retries."""

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
    lead to more output than fits in memory.
    """

    events: tuple[Event, ...] = ()
    articles: tuple[EnrichedArticle, ...] = ()
    more: bool = False
    cut: int = 0  # articles whose enrichment was cut off by its time budget


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


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources that a handler may be built with."""

    settings: Settings
    table: Callable[[Topic], Table]
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline.

    Its input topic, the topics it may write, the tables it follows, and its factory.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    build: Callable[[Resources], Handler]
    follows: tuple[Topic, ...] = ()
    indexes: bool = False  # True if it writes the search index
