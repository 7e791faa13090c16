"""The content of a summary: one message that replaces the alerts of a flood."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """The number of alerts of one subscription, or of one feed."""

    id: str | None  # None: of an unknown feed
    name: str | None  # of a feed: the source of one of its articles
    count: int


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the alerts."""

    alert_id: str
    subscription_id: str
    title: str
    url: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of a flood of alerts."""

    summary_id: str  # also the receiver's message id, the same on every attempt
    count: int
    subscriptions: tuple[SummaryPart, ...]  # most alerts first
    more_subscriptions: int
    feeds: tuple[SummaryPart, ...]  # most alerts first
    more_feeds: int
    first: tuple[Headline, ...]  # some of the alerts, taking turns by feed
    since: datetime  # when the first of the alerts was planned
    until: datetime  # when the last was
    lang: str | None  # of most of `first`
    time_zone: str = "UTC"  # IANA name: that of the subscriptions of `first`, if it is one
