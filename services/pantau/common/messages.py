"""The content of a summary: one message in place of one for each alert of a flood."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """How many of the alerts are of one subscription, or of one feed."""

    id: str | None  # None: of no known feed
    name: str | None  # of a feed: the source of an article of it
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
    """A flood of alerts in short."""

    summary_id: str  # also the message id that the receiver sees, the same on every try
    count: int
    subscriptions: tuple[SummaryPart, ...]  # most alerts first
    more_subscriptions: int
    feeds: tuple[SummaryPart, ...]  # most alerts first
    more_feeds: int
    first: tuple[Headline, ...]  # some of the alerts, a turn for each feed
    since: datetime  # when the first of the alerts was planned
    until: datetime  # when the last was
    lang: str | None  # of most of `first`
