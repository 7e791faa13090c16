"""The content of a message of several alerts: what is looked up when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import QueryLanguage, Tag

ALERTS_LOOKED_UP: Final = 100
"""Maximum number of alerts of a message that are looked up; the others are counted."""


@dataclass(frozen=True, slots=True)
class StoryAlerts:
    """The alerts of a message about one story, in their order; at least one."""

    story_id: str | None  # None: an article of which no story is known
    alerts: tuple[Alert, ...]
    other_sources: tuple[str, ...]  # besides that of the first article, each once
    more_sources: int  # sources that are not named

    @property
    def first(self) -> Alert:
        """The first alert."""
        return self.alerts[0]

    @property
    def sources(self) -> int:
        """The number of other sources."""
        return len(self.other_sources) + self.more_sources


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message of several alerts, with those that are still stored."""

    message: AlertMessage
    name: str  # of the subscription, as are the following
    tags: tuple[Tag, ...]
    query: str
    language: QueryLanguage
    time_zone: str
    lang: str  # in which it is written: `en` or `id`
    stories: tuple[StoryAlerts, ...]  # those with most sources first
    more_alerts: int  # alerts that were not looked up

    @property
    def shown(self) -> int:
        """The number of alerts that were looked up and found."""
        return sum(len(one.alerts) for one in self.stories)

    @property
    def count(self) -> int:
        """The number of all alerts, without those that were taken down."""
        return self.shown + self.more_alerts

    @property
    def since(self) -> datetime:
        """Beginning of the time that it is about."""
        return self.message.since

    @property
    def until(self) -> datetime:
        """End of that time."""
        return self.message.due
