"""How things stand, in numbers."""

from collections import Counter
from dataclasses import dataclass

from pantau.ports import Store
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.feed import FeedState, FeedStatus
from pantau_schemas.topics import ALERTS, FEED_STATE, FEEDS, SUBSCRIPTIONS


@dataclass(frozen=True, slots=True)
class Status:
    """Counts over a store."""

    feeds: int
    failing: int
    subscriptions: int
    articles: int
    alerts: int

    def __str__(self) -> str:
        failing = (
            f" ({self.failing} with problems, see `pantau feeds list`)" if self.failing else ""
        )
        return (
            f"{self.feeds:,} feeds{failing}, {self.articles:,} articles, "
            f"{self.subscriptions:,} subscriptions, {self.alerts:,} alerts"
        )


def read_status(store: Store) -> Status:
    """Count."""
    feeds = store.log.table(FEEDS.name).snapshot().values
    states: Counter[FeedStatus] = Counter()
    for key, value in store.log.table(FEED_STATE.name).snapshot().values.items():
        if value is not None and key in feeds:
            try:
                states[decode(FeedState, value).status] += 1
            except SchemaError:
                states[FeedStatus.ERROR] += 1
    return Status(
        feeds=len(feeds),
        failing=states[FeedStatus.ERROR] + states[FeedStatus.WARNING] + states[FeedStatus.LIMITED],
        subscriptions=store.log.table(SUBSCRIPTIONS.name).count(),
        articles=store.index.count(),
        alerts=store.log.table(ALERTS.name).count(),
    )
