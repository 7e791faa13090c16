"""The backtest of a subscription: its alerts in the stored articles, and the messages of its rules.

The same rules run as in the notifier, with a clock that shows the time at which each article was
first seen.
"""

from dataclasses import dataclass
from datetime import datetime

from pantau.ports import Store
from pantau.usecases.lists.values import query_of
from pantau.usecases.stories.lookup import read_merges
from pantau.usecases.subscriptions.backtest.playing import play
from pantau.usecases.subscriptions.backtest.report import BacktestReport, report
from pantau.usecases.subscriptions.backtest.stored_alerts import (
    MOST,
    StoredAlerts,
    stored_alerts,
)
from pantau_schemas.events.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Backtest:
    """The alerts and messages of a subscription, and what of the index did not count.

    `waiting` alerts leave in a message after the end of the time, at `next_message`; that is None
    where nothing waits, or until a mute is ended.
    """

    subscription: Subscription
    report: BacktestReport
    found: StoredAlerts
    waiting: int = 0
    next_message: datetime | None = None


def backtest(
    subscription: Subscription,
    store: Store,
    since: datetime,
    until: datetime,
    most: int = MOST,
) -> Backtest:
    """Run a subscription over the stored articles from `since` to before `until`.

    At most the newest `most` alerts are played. Nothing is written or sent. Its age and a pause do
    not matter; the rules obey a mute and an expiry as they stand. Raises UsageError for a time that
    ends before it begins, or a query that cannot be read; RetryError while the index does not
    answer.
    """
    query = query_of(subscription, store.log)
    found = stored_alerts(subscription, query, store, since, until, most)
    merges = read_merges(store.log)
    played = play(subscription, found.alerts, until, merges)
    sent = played.messages
    counted = report(found.alerts, sent, merges, since, until, subscription.time_zone)
    return Backtest(subscription, counted, found, played.waiting, played.next_message)
