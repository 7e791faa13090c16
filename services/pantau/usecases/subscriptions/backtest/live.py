"""The backtest of a subscription that a person is writing: bounded, for an answer while they type.

It is the backtest of a stored subscription with smaller budgets: the last days alone, and the
newest alerts alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pantau.common.time.zones import known_zone
from pantau.ports import Clock, Filters, Hit, SearchRequest, Store
from pantau.query import Query
from pantau.usecases.subscriptions.backtest.backtest import Backtest, backtest
from pantau.usecases.subscriptions.backtest.report import MANY, BacktestDay
from pantau_schemas.events.subscription import Subscription

DAYS: Final = 30
MOST: Final = 1_000
"""Newest alerts that are played: a query with more of them has enough to be judged by."""
EXAMPLES: Final = 10
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LiveBacktest:
    """A backtest, its newest matches, and the days that it covers as a whole.

    `complete` are the days of which every alert was played; a backtest that is cut lacks the
    older ones. `a_day` is the mean number of messages since the first alert, at least of one day.
    """

    whole: Backtest
    newest: tuple[Hit, ...]
    complete: tuple[BacktestDay, ...]
    a_day: float

    @property
    def is_much(self) -> bool:
        """True if few people would read as many messages."""
        return self.a_day > MANY

    @property
    def covered_since(self) -> datetime:
        """The moment from which on every alert was played."""
        cut = self.whole.found
        return cut.alerts[0].matched_at if cut.is_cut else self.whole.report.since


def live_backtest(
    subscription: Subscription, query: Query, store: Store, clock: Clock
) -> LiveBacktest:
    """Run a subscription over the last `DAYS` days, at most its newest `MOST` alerts.

    `query` is that of the subscription, with its lists bound. Raises as `backtest` does.
    """
    now = clock.now()
    since = now - DAYS * _DAY
    until = now + timedelta(milliseconds=1)
    whole = backtest(subscription, store, since, until, MOST)
    wanted = SearchRequest(query, Filters(since=since), limit=EXAMPLES, count=False, marked=True)
    hits = tuple(store.index.search(wanted).hits)
    return LiveBacktest(whole, hits, complete_days(whole), messages_a_day(whole, now))


def complete_days(found: Backtest) -> tuple[BacktestDay, ...]:
    """Return the days of which every alert was played. Pure."""
    first = date.min
    if found.found.is_cut:
        zone = known_zone(found.report.time_zone)
        first = found.found.alerts[0].matched_at.astimezone(zone).date() + _DAY
    return tuple(one for one in found.report.days if one.day >= first)


def messages_a_day(found: Backtest, now: datetime) -> float:
    """Return the mean number of messages a day since the first alert. Pure.

    A store that is younger than the backtest would make them look rarer than they are.
    """
    alerts = found.found.alerts
    if not alerts:
        return 0.0
    return len(found.report.messages) / max((now - alerts[0].matched_at) / _DAY, 1.0)
