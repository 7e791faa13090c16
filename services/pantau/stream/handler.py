"""What a stage is made of: a pure handler, the values it gets, the values it gives.

A runtime decodes a record, hands the event to the handler, and writes what the outcome says,
together with the group's position, as one. A handler touches nothing but the tables it follows.
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
"""Header of a replayed record: `yes` asks for alerts although the article is historical."""
REPLAY_HEADER: Final = "pantau_replay"
"""Header of a replayed record: the id of the replay."""
RETRIES_HEADER: Final = "pantau_retries"
"""Header of a record that came back from dead-letters: how often."""

CARRIED_HEADERS: Final = (ALERT_HEADER, REPLAY_HEADER)
"""What a replay asked for holds for everything that follows from its records."""


def own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return all of Pantau's own headers.

    The next state of the same thing, such as a delivery, keeps them.
    """
    return {name: value for name, value in headers.items() if name.startswith("pantau_")}


def retries_of(headers: Mapping[str, str]) -> int:
    """Return how often a record came back from dead-letters.

    0 where the header says nothing that can be read.
    """
    count = headers.get(RETRIES_HEADER, "0")
    return int(count) if count.isascii() and count.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Context:
    """What comes with an event."""

    now: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an event: events for their topics, articles for the search index.

    With `more` the event is handled again when all this is written: a single one may lead to more
    than fits in memory.
    """

    events: tuple[Event, ...] = ()
    articles: tuple[EnrichedArticle, ...] = ()
    more: bool = False
    cut: int = 0  # articles whose enrichment was cut off


NOTHING: Final = Outcome()


class Handler(Protocol):
    """Turns one event into an outcome.

    `handle` raises RejectError for an event that can never be processed; any other error that is
    not one of `pantau.errors` is treated the same, with its traceback kept.
    """

    def refresh(self) -> None:
        """Read what changed in the tables it follows.

        Called before each batch, also when one is repeated.
        """

    def handle(self, event: Any, context: Context) -> Outcome:
        """Return what follows from `event`."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a handler may be built with."""

    settings: Settings
    table: Callable[[Topic], Table]
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline.

    What it reads, what it may write, the tables it follows, and how it is built.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    build: Callable[[Resources], Handler]
    follows: tuple[Topic, ...] = ()
    indexes: bool = False  # whether it writes the search index
