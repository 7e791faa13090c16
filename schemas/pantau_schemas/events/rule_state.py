"""The memory of a subscription's rules between two alerts. Written by the notifier.

`pantau forget` writes it, too, without the alerts of articles that are taken down.

It holds ids and numbers, never text, and each part of it has a bound: whatever comes, a state has
at most a few hundred kilobytes, and a usual one a few.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from pantau_schemas.base import Event, Identifier, Model, UtcTime
from pantau_schemas.events.message import ALERTS_NAMED
from pantau_schemas.events.rules import Timing
from pantau_schemas.problem import ProblemData

SHORT: Final = 10
"""Characters of a short key: 50 bits of the digest of an id."""
RECENT: Final = 1_000
"""Number of the latest alerts that are recognised when they come again."""
STORIES: Final = 1_000
"""Maximum number of stories that are remembered; the one not seen for longest is dropped."""
HELD: Final = 300
"""Maximum number of stories with too few sources that wait for more; the oldest is dropped."""
HELD_ALERTS: Final = 20
"""Maximum number of alerts named of such a story; the others are counted."""
WINDOW: Final = 10_000
"""Maximum number of alerts in a window; the highest number that a rule can ask for."""
QUEUES: Final = 100
"""Maximum number of queues."""
HOURS: Final = 2 * (8 * 7 * 24 + 2) + 1
"""Maximum length of the counts by hour: a start, and a gap and a count for each hour kept."""

ShortKeys = Annotated[str, StringConstraints(pattern=r"^([a-z2-7]{10})*$")]
"""Short keys without separators, in the order in which they came."""

KnownStory = tuple[Identifier, int, int, int]
"""A story that was reported: its id, its sources at the last message, the number of its alerts
since then, and when it was last seen (seconds since 1970)."""

Counted = tuple[int, str, str]
"""An alert in a window: when it came (milliseconds since 1970), the short key of its story, and its
id, empty where it is no longer named, `-` where a message named it."""


class Pending(Model):
    """Alerts that wait for their message."""

    since: UtcTime = Field(description="When the first of them came.")
    alert_ids: tuple[Identifier, ...] = Field(
        default=(), max_length=ALERTS_NAMED, description="In the order of the alerts."
    )
    more_alerts: int = Field(default=0, ge=0, description="Alerts beyond those of `alert_ids`.")
    stories: ShortKeys = Field(default="", max_length=ALERTS_NAMED * SHORT)
    more_stories: int = Field(default=0, ge=0, description="Stories beyond those of `stories`.")
    waits: Literal["quiet", "mute"] | None = Field(
        default=None, description="What kept them from leaving at their own time."
    )
    why: ProblemData | None = Field(default=None, description="What a trigger found last.")


class TimedQueue(Model):
    """Channels with the same timing, and what waits for them."""

    timing: Timing
    channels: tuple[Identifier, ...] = Field(min_length=1, description="Ids, sorted.")
    last: UtcTime | None = Field(default=None, description="When the last message left.")
    pending: Pending | None = None
    urgent: Pending | None = Field(
        default=None, description="Alerts that quiet hours do not hold, since many sources have it."
    )


class HeldStory(Model):
    """A story whose sources are too few so far."""

    story_id: Identifier
    since: UtcTime
    alert_ids: tuple[Identifier, ...] = Field(max_length=HELD_ALERTS)
    more_alerts: int = Field(default=0, ge=0)
    sources: int = Field(ge=1, description="The most that an alert of it named.")


class Episode(Model):
    """A spike that was reported and goes on."""

    reported: int = Field(ge=0)
    seen: UtcTime


class Quietness(Model):
    """The silence that a rule waits for."""

    since: UtcTime = Field(description="The last alert, or when the rule began to wait.")
    reported: bool = False


class Muting(Model):
    """The stories of a mute that ends when one of them grows."""

    since: UtcTime = Field(description="Which mute: that of this beginning.")
    stories: tuple[tuple[Identifier, int], ...] = Field(
        default=(), max_length=HELD, description="Sources of each story when it was first seen."
    )
    grown: bool = Field(default=False, description="One has grown: the mute is over.")


class RuleState(Event):
    """The memory of a subscription's rules. Key: `subscription_id`; removed with it."""

    schema_version: Literal[1] = 1
    subscription_id: Identifier
    at: UtcTime = Field(description="The latest moment that was handled: time never goes back.")
    recent: ShortKeys = Field(
        default="", max_length=RECENT * SHORT, description="The latest alerts."
    )
    channels: tuple[Identifier, ...] = Field(
        default=(), description="Ids of the subscription's channels at that moment."
    )
    queues: tuple[TimedQueue, ...] = Field(default=(), max_length=QUEUES)
    known: tuple[KnownStory, ...] = Field(default=(), max_length=STORIES)
    held: tuple[HeldStory, ...] = Field(default=(), max_length=HELD)
    window: tuple[Counted, ...] = Field(default=(), max_length=WINDOW)
    hours: tuple[int, ...] = Field(
        default=(),
        max_length=HOURS,
        description="Stories by hour, sparse: the first hour since 1970, then gaps and counts.",
    )
    episode: Episode | None = None
    quietness: Quietness | None = None
    muting: Muting | None = None
    expired: UtcTime | None = Field(
        default=None, description="The expiry that was reported to the owner."
    )
