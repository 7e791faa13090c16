"""Suspended subscriptions.

The table of their states, and the decisions since it was read.
"""

from dataclasses import dataclass, field

from pantau.alerter.matched_query import MatchedQuery
from pantau.alerter.suspend import Cost, noted, problem_of
from pantau.ports import Table
from pantau.query.meaning.budget import BudgetExceededError
from pantau.stream.table_reading import TableReading
from pantau_schemas.base import UtcTime
from pantau_schemas.events.subscription import SubscriptionState
from pantau_schemas.ids import query_digest
from pantau_schemas.topics import SUBSCRIPTION_STATE


@dataclass(slots=True)
class Bill:
    """The costs of queries on one article, as the matcher reports them."""

    units: dict[str, int] = field(default_factory=dict)
    exceeded: set[str] = field(default_factory=set)

    def failed(self, subscription_id: str, error: Exception) -> None:
        """Record the failed evaluation of a query if its cost is the reason."""
        if isinstance(error, BudgetExceededError):
            self.exceeded.add(subscription_id)


def digest_of(subscription: MatchedQuery) -> str:
    """Return the digest of a subscription's query."""
    return query_digest(subscription.query, subscription.language, subscription.time_zone)


class Suspensions:
    """Keeps the costs of the latest articles, and the states of the table."""

    def __init__(self, states: Table, reading: TableReading | None = None) -> None:
        self._reading = reading or TableReading()
        self._table = states
        self._version = 0
        self._states: dict[str, SubscriptionState] = {}
        self._history: dict[str, tuple[Cost, ...]] = {}
        self._decided: dict[str, SubscriptionState] = {}
        self._number = 0

    def refresh(self) -> set[str]:
        """Apply changes of the table; return the subscriptions to check again.

        Decisions since the last call that are not in the table are undone: the batch is retried.
        """
        changed = set(self._decided)
        self._decided.clear()
        changes = self._table.changes(self._version)
        for subscription_id, value in changes.values.items():
            changed.add(subscription_id)
            self._states.pop(subscription_id, None)
            self._history.pop(subscription_id, None)
            if value is not None:
                self._take(subscription_id, value)
        self._version = changes.version
        return changed

    def _take(self, subscription_id: str, value: bytes) -> None:
        state = self._reading.read(SubscriptionState, SUBSCRIPTION_STATE, subscription_id, value)
        if state is not None:  # a newer version may suspend for reasons unknown here
            self._states[subscription_id] = state

    def forget(self, subscription_id: str) -> None:
        """Drop the costs of a subscription that was changed."""
        self._history.pop(subscription_id, None)

    def holds(self, subscription: MatchedQuery) -> bool:
        """Return whether the subscription's current query is suspended."""
        state = self._known(subscription)
        return state is not None and state.suspended_since is not None

    def _known(self, subscription: MatchedQuery) -> SubscriptionState | None:
        found = self._decided.get(subscription.subscription_id) or self._states.get(
            subscription.subscription_id
        )
        return (
            found if found is not None and found.query_digest == digest_of(subscription) else None
        )

    def charge(self, article_id: str, bill: Bill) -> dict[str, str]:
        """Record the costs of queries on an article; return those to suspend, with reasons."""
        self._number += 1
        found: dict[str, str] = {}
        for subscription_id, units in bill.units.items():
            cost = Cost(self._number, article_id, units, exceeded=subscription_id in bill.exceeded)
            history = self._history[subscription_id] = noted(
                self._history.get(subscription_id, ()), cost
            )
            problem = problem_of(history)
            if problem is not None:
                found[subscription_id] = problem
        return found

    def suspend(self, subscription: MatchedQuery, problem: str, now: UtcTime) -> SubscriptionState:
        """Suspend a subscription; return the state to write."""
        former = self._states.get(subscription.subscription_id)  # of the query at that time
        state = SubscriptionState(
            schema_version=1,
            subscription_id=subscription.subscription_id,
            query_digest=digest_of(subscription),
            suspended_since=now,
            problem=problem,
            times=1 if former is None else former.times + 1,
        )
        self._decided[subscription.subscription_id] = state
        return state
