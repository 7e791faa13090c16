"""The first run: how far a new store is from bringing its first alert, and the steps there."""

from dataclasses import dataclass
from typing import Final, Literal

from pantau.ports import Log, Store
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import FEEDS, SUBSCRIPTIONS

Step = Literal["feeds", "articles", "alert", "channel"]
STEPS: Final[tuple[Step, ...]] = ("feeds", "articles", "alert", "channel")
"""The steps of a first run, in their order."""


@dataclass(frozen=True, slots=True)
class FirstRun:
    """Counts of a store, and the steps of a first run that they show to be done."""

    feeds: int
    articles: int
    subscriptions: int
    has_channel: bool

    @property
    def is_empty(self) -> bool:
        """True for a store in which nothing was begun."""
        return not (self.feeds or self.articles or self.subscriptions)

    @property
    def done(self) -> frozenset[Step]:
        """The steps that are done."""
        done: dict[Step, bool] = {
            "feeds": self.feeds > 0,
            "articles": self.articles > 0,
            "alert": self.subscriptions > 0,
            "channel": self.has_channel,
        }
        return frozenset(step for step, is_done in done.items() if is_done)

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done; None at the end."""
        return next((step for step in STEPS if step not in self.done), None)


def read_first_run(store: Store) -> FirstRun:
    """Return how far a store is. Raises RetryError where it does not answer."""
    return FirstRun(
        feeds=store.log.table(FEEDS.name).count(),
        articles=store.index.count(),
        subscriptions=store.log.table(SUBSCRIPTIONS.name).count(),
        has_channel=_has_channel(store.log),
    )


def _has_channel(log: Log) -> bool:
    """Return whether a subscription has a channel; reads no further than to the first that has."""
    for value in log.table(SUBSCRIPTIONS.name).snapshot().values.values():
        try:
            if value is not None and decode(Subscription, value).channels:
                return True
        except SchemaError:  # of a newer version
            continue
    return False
