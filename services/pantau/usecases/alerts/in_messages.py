"""Alerts that leave in messages: which messages name them, or what they wait for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from pantau.common.time.zones import known_zone, zoned_text
from pantau.notifier.rules.plain import is_plain
from pantau.notifier.rules.step import next_due
from pantau.ports import Log
from pantau.problems import Problem, problem
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rule_state import Pending, RuleState, TimedQueue
from pantau_schemas.events.rules import EveryMatch
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import MESSAGES, RULE_STATE, SUBSCRIPTIONS

STATES: Final = 5_000
"""States of rules that are looked at for a count, the latest first."""
LOOKED_AT: Final = 20_000
"""Messages that are looked at, the latest first."""


def messages_with(log: Log, alert_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the ids of the messages that name an alert, by its id, oldest first.

    Raises RetryError.
    """
    found: dict[str, list[str]] = {one: [] for one in alert_ids}
    table = log.table(MESSAGES.name)
    for value in islice(table.newest(table.version()), LOOKED_AT):
        try:
            message = decode(AlertMessage, value)
        except SchemaError:  # of a newer version
            continue
        for one in found.keys() & message.alert_ids:
            found[one].insert(0, message.message_id)
    return found


def hold_reason(log: Log, subscription: Subscription, alert: Alert) -> Problem | None:
    """Return what an alert that no message names waits for, or that the rules left it out.

    None where the subscription has no rules. Raises RetryError.
    """
    if is_plain(subscription):
        return None
    value = log.table(RULE_STATE.name).get(subscription.subscription_id)
    try:
        state = None if value is None else decode(RuleState, value)
    except SchemaError:  # of a newer version
        return None
    if state is None:
        return None
    alert_id = alert.alert_id
    if any(alert_id in one.alert_ids for queue in state.queues for one in _pending(queue)):
        return _next_message(next_due(subscription, state), subscription.time_zone)
    if any(alert_id in one.alert_ids for one in state.held):
        return problem("alerts.waits-for-sources", count=subscription.rules.sources)
    if any(alert_id == one[2] for one in state.window):
        return problem("alerts.waits-for-count")
    return _left_out(subscription, state, alert.article.story_id)


def _left_out(subscription: Subscription, state: RuleState, story: str | None) -> Problem:
    """Return why the rules left an alert out: for its story, where that is known.

    A count, a spike or a silence may have left out all articles of a story, the first as well.
    """
    choice, trigger = subscription.rules.articles, subscription.rules.trigger
    chooses = choice != "all" and isinstance(trigger, EveryMatch)
    if chooses and story is not None and any(story == one[0] for one in state.known):
        first = choice == "first"
        return problem("alerts.story-reported" if first else "alerts.story-not-grown", story=story)
    return problem("alerts.in-no-message")


@dataclass(frozen=True, slots=True)
class HeldAlerts:
    """How many alerts wait for the messages of their subscriptions, and when the first leaves.

    `next_message` is None where nothing waits, or mutes without an end hold all.
    """

    count: int = 0
    next_message: datetime | None = None


def count_held(log: Log) -> HeldAlerts:
    """Count the alerts that wait by the rules of `STATES` subscriptions at most.

    Raises RetryError.
    """
    count = 0
    moments: list[datetime] = []
    table, subscriptions = log.table(RULE_STATE.name), log.table(SUBSCRIPTIONS.name)
    for value in islice(table.newest(table.version()), STATES):
        if b'"pending"' not in value and b'"urgent"' not in value:
            continue  # most wait for nothing, and pages ask often
        try:
            state = decode(RuleState, value)
            waiting = count_waiting(state)
            stored = subscriptions.get(state.subscription_id) if waiting else None
            subscription = None if stored is None else decode(Subscription, stored)
        except SchemaError:  # of a newer version
            continue
        if subscription is None:
            continue
        count += waiting
        due = next_due(subscription, state)
        moments += [] if due is None else [due]
    return HeldAlerts(count, min(moments, default=None))


def count_waiting(state: RuleState) -> int:
    """Return how many alerts wait in a state; of several queues the most."""
    return max(
        (
            sum(len(one.alert_ids) + one.more_alerts for one in _pending(queue))
            for queue in state.queues
        ),
        default=0,
    )


def _pending(queue: TimedQueue) -> Iterator[Pending]:
    """Yield what waits for a message in a queue."""
    return (one for one in (queue.pending, queue.urgent) if one is not None)


def _next_message(due: datetime | None, zone: str) -> Problem:
    if due is None:  # a mute without an end
        return problem("alerts.waits-for-unmute")
    return problem("alerts.waits-for-message", when=zoned_text(due, known_zone(zone)))
