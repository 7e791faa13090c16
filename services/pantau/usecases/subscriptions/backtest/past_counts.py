"""The past of a new subscription that waits for spikes: what is usual, from the stored articles.

Without it the rule learns from the first alert on, for three weeks. The stored articles are played
through the same rule, and its counts are saved as the state that the notifier goes on with.
"""

from datetime import datetime, timedelta
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Clock, Filters, SearchIndex, Store
from pantau.query import ast
from pantau.stream.envelope import record_for
from pantau.usecases.lists.values import query_of
from pantau.usecases.stories.lookup import read_merges
from pantau.usecases.subscriptions.backtest.playing import play
from pantau.usecases.subscriptions.backtest.stored_alerts import stored_alerts
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import Rules, Spike
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import RULE_STATE

_DAY: Final = timedelta(days=1)
DAYS: Final = 56
"""Days of the past that a spike is compared with: eight weeks."""


def needs_counts(subscription: Subscription) -> bool:
    """Return whether the rules of a subscription compare with what is usual."""
    quiet = subscription.rules.quiet
    is_spike = isinstance(subscription.rules.trigger, Spike)
    return is_spike or (quiet is not None and quiet.except_spike)


def save_counts(subscription: Subscription, store: Store, clock: Clock) -> bool:
    """Save the counts of the past for the notifier; return whether there were any to save.

    A subscription with a state keeps it: its own counts, and what waits. Raises RetryError where
    the store does not answer.
    """
    if not needs_counts(subscription):
        return False
    if store.log.table(RULE_STATE.name).get(subscription.subscription_id) is not None:
        return False
    state = past_state(subscription, store, clock.now())
    if state is None:
        return False
    store.log.append([record_for(state, RULE_STATE, source="cli", time=clock.now())])
    return True


def past_state(subscription: Subscription, store: Store, now: datetime) -> RuleState | None:
    """Return the state of a rule that counted all stored articles of eight weeks.

    None where nothing is stored of a whole day, or where the query costs too much to be counted.
    """
    from pantau.notifier.rules.spikes.counts import HourlyCounts  # noqa: PLC0415 (loads numpy, which few rules need)

    since = _first_whole_day(store.index, now)
    if since is None:
        return None
    try:
        found = stored_alerts(subscription, query_of(subscription, store.log), store, since, now)
    except UsageError:
        return None
    if found.skipped or found.is_cut:
        return None  # counts of a part would make the rest look like a spike
    rules = subscription.rules
    only = Rules(trigger=Spike(), articles=rules.articles, sources=rules.sources)
    counted = subscription.model_copy(update={"rules": only})
    played = play(counted, found.alerts, now, read_merges(store.log)).state
    counts = HourlyCounts.starting(since)
    if played is not None and played.hours:
        counts = HourlyCounts(counts.since, HourlyCounts.from_json(played.hours).packed)
    hours = tuple(counts.trimmed(now).as_json())
    return RuleState(subscription_id=subscription.subscription_id, at=now, hours=hours)


def _first_whole_day(index: SearchIndex, now: datetime) -> datetime | None:
    """Return the beginning of the time of which all articles are stored, at most eight weeks ago.

    The day on which the first article came was only partly watched.
    """
    for days in range(DAYS, 1, -1):
        begin = now - days * _DAY
        if index.outlines(ast.MatchAll(), Filters(since=begin, until=begin + _DAY), 1):
            return begin if days == DAYS else begin + _DAY
    return None
