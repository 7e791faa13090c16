"""The difference that a change of a subscription makes, by two backtests."""

from dataclasses import dataclass
from datetime import datetime

from pantau.ports import Store
from pantau.usecases.subscriptions.backtest.backtest import Backtest, backtest
from pantau_schemas.events.subscription import Subscription


@dataclass(frozen=True, slots=True)
class BacktestDifference:
    """The articles that alert only before or only after a change, and the messages of both."""

    since: datetime
    both: int
    only_before: int
    only_after: int
    messages_before: int
    messages_after: int
    waiting_after: int


def compare(before: Subscription, new: Backtest, store: Store, most: int) -> BacktestDifference:
    """Compare the backtest of a subscription as it will be with the subscription as it was.

    Where one has more than `most` alerts, both begin where its newest `most` do. Raises as
    `backtest` does.
    """
    since, until = new.report.since, new.report.until
    old = backtest(before, store, since, until, most)
    begins = [one.found.alerts[0].matched_at for one in (old, new) if one.found.is_cut]
    if begins:
        since = max(begins)
        old = backtest(before, store, since, until, most)
        new = backtest(new.subscription, store, since, until, most)
    return difference(old, new)


def difference(before: Backtest, after: Backtest) -> BacktestDifference:
    """Compare two backtests of one subscription over the same time."""
    old = {one.article.article_id for one in before.found.alerts}
    new = {one.article.article_id for one in after.found.alerts}
    return BacktestDifference(
        since=after.report.since,
        both=len(old & new),
        only_before=len(old - new),
        only_after=len(new - old),
        messages_before=len(before.report.messages),
        messages_after=len(after.report.messages),
        waiting_after=after.waiting,
    )
