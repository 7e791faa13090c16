"""Alerts that wait for their message: the mutable form of `Pending` and `TimedQueue`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Self

from pantau_schemas.events.message import ALERTS_NAMED
from pantau_schemas.events.rule_state import SHORT, Pending, TimedQueue
from pantau_schemas.events.rules import Timing
from pantau_schemas.problem import ProblemData

Waits = Literal["quiet", "mute"] | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """An alert that counts. `story` is the short key of its story, or of its article.

    `owner` is the owner of its source. `more` is the number of alerts that it stands for beside
    itself.
    """

    alert_id: str
    story: str
    sources: int
    owner: str = ""
    more: int = 0


@dataclass(slots=True)
class WaitingAlerts:
    """Alerts that wait; see `Pending`."""

    since: datetime
    alert_ids: list[str] = field(default_factory=list)
    more_alerts: int = 0
    stories: list[str] = field(default_factory=list)
    more_stories: int = 0
    waits: Waits = None
    why: ProblemData | None = None

    @classmethod
    def of(cls, pending: Pending) -> Self:
        """Return the mutable form."""
        keys = pending.stories
        return cls(
            pending.since,
            list(pending.alert_ids),
            pending.more_alerts,
            [keys[at : at + SHORT] for at in range(0, len(keys), SHORT)],
            pending.more_stories,
            pending.waits,
            pending.why,
        )

    def frozen(self) -> Pending:
        """Return the immutable form."""
        return Pending(
            since=self.since,
            alert_ids=tuple(self.alert_ids),
            more_alerts=self.more_alerts,
            stories="".join(self.stories),
            more_stories=self.more_stories,
            waits=self.waits,
            why=self.why,
        )

    @property
    def story_count(self) -> int:
        """The number of stories; beyond the named ones a repeated story counts again."""
        return len(self.stories) + self.more_stories

    def add(self, alert_ids: Iterable[str], more: int, stories: Iterable[str]) -> None:
        """Add alerts that came after the others, `more` that are not named, and their stories."""
        self.alert_ids.extend(alert_ids)
        self.more_alerts += more + max(0, len(self.alert_ids) - ALERTS_NAMED)
        del self.alert_ids[ALERTS_NAMED:]
        self.stories.extend(one for one in dict.fromkeys(stories) if one not in self.stories)
        self.more_stories += max(0, len(self.stories) - ALERTS_NAMED)
        del self.stories[ALERTS_NAMED:]

    def join(self, other: Self) -> None:
        """Add the alerts of another; those that began to wait earlier come first."""
        first, second = (self, other) if self.since <= other.since else (other, self)
        alert_ids = list(dict.fromkeys((*first.alert_ids, *second.alert_ids)))
        stories = list(dict.fromkeys((*first.stories, *second.stories)))
        self.since = first.since
        self.more_alerts += other.more_alerts + max(0, len(alert_ids) - ALERTS_NAMED)
        self.more_stories += other.more_stories + max(0, len(stories) - ALERTS_NAMED)
        self.alert_ids, self.stories = alert_ids[:ALERTS_NAMED], stories[:ALERTS_NAMED]
        self.waits = self.waits or other.waits
        self.why = second.why or first.why


@dataclass(slots=True)
class OpenQueue:
    """Channels of one timing and what waits for them; see `TimedQueue`."""

    timing: Timing
    channels: tuple[str, ...]
    last: datetime | None = None
    pending: WaitingAlerts | None = None
    urgent: WaitingAlerts | None = None

    @classmethod
    def of(cls, queue: TimedQueue) -> Self:
        """Return the mutable form."""
        pending, urgent = queue.pending, queue.urgent
        return cls(
            queue.timing,
            queue.channels,
            queue.last,
            None if pending is None else WaitingAlerts.of(pending),
            None if urgent is None else WaitingAlerts.of(urgent),
        )

    def frozen(self) -> TimedQueue:
        """Return the immutable form."""
        pending, urgent = self.pending, self.urgent
        return TimedQueue(
            timing=self.timing,
            channels=self.channels,
            last=self.last,
            pending=None if pending is None else pending.frozen(),
            urgent=None if urgent is None else urgent.frozen(),
        )

    @property
    def waiting(self) -> bool:
        """True if alerts wait in it."""
        return self.pending is not None or self.urgent is not None

    @property
    def counts(self) -> bool:
        """True if it has anything to remember."""
        return self.waiting or (self.last is not None and self.timing.kind == "throttled")
