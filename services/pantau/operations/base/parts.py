"""The parts of the program that faces work with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from pantau.messages.languages import Lang
from pantau.ports import Clock, Store
from pantau.settings import Settings
from pantau.usecases.channels.trial import TrialResult
from pantau.usecases.feeds.adding import Added
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau_schemas.events.subscription import Subscription


class FeedAdder(Protocol):
    """Looks at an address and watches the feed there; see `usecases.feeds.adding.add_feed`."""

    def __call__(self, book: FeedList, url: str, fields: FeedFields) -> Added:
        """Add a feed. Blocks while the address is fetched."""


class TrialSender(Protocol):
    """Sends a trial message to each channel; see `usecases.channels.trial.send_trials`."""

    def __call__(self, subscription: Subscription, lang: Lang) -> tuple[TrialResult, ...]:
        """Send, one channel after the other. Blocks until all have answered or timed out."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a face works with.

    `lags` counts the records that wait, by stage. `changing` is held from the check of a version
    to the change that depends on it, so that of two changes in this process one fails.
    """

    store: Store
    settings: Settings
    clock: Clock
    add_feed: FeedAdder
    send_trials: TrialSender
    lags: Callable[[], Mapping[str, int]] = dict
    changing: Lock = field(default_factory=Lock, repr=False, compare=False)
