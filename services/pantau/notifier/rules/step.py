"""The rules of a subscription: an alert or a tick in, messages and a new state out. Pure.

Start here. `take` is the way of an alert through the rules, `due` what happens at certain moments,
`leaving` when something may leave. Nothing here looks at a clock: `now` is a parameter, so the same
functions decide live, in a preview over stored articles, and in tests over months.

**Nothing twice.** The transport delivers at least once. The state recognises the latest alerts; ids
of messages derive from the alert that led to them, else from the moment at which they were due, and
from when the first of their alerts came: a clock that was ahead has used a moment before.

**Nothing lost.** An alert that may be sent waits in a queue until its message was made. Beyond the
alerts that a message names the others are counted.
"""

from datetime import datetime

from pantau.common.time.clock import was_ahead
from pantau.notifier.rules.decision import RuleDecision
from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.due import first_due, is_waiting, run_due
from pantau.notifier.rules.plain import is_plain
from pantau.notifier.rules.queues import groups_of
from pantau.notifier.rules.stories import StoryOf, same_story
from pantau.notifier.rules.take import take
from pantau.notifier.rules.times.set_back import set_back
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.subscription import Subscription


def step(
    subscription: Subscription,
    state: RuleState | None,
    alert: Alert,
    now: datetime,
    *,
    story_of: StoryOf = same_story,
) -> RuleDecision:
    """Decide about an alert, after everything that was due before it.

    `story_of` returns the current id of a story that may have been merged into another. A notice to
    the owner is delivered at once whatever the rules.
    """
    if alert.kind != "match" or (state is None and is_plain(subscription)):
        return RuleDecision(state, direct=_all_channels(subscription))
    right = _right(subscription, state, now)
    draft = RuleDraft.of(subscription, right, now)
    draft.changed = is_set_back = right is not state
    if not is_set_back:
        run_due(draft)
    draft.floor = draft.now
    if draft.over or draft.knows(alert.alert_id):
        return _decided(draft)
    if is_plain(subscription) and state is not None and not is_waiting(state):
        draft.direct += _all_channels(subscription)  # the state is kept for repeated alerts alone
        return _decided(draft)
    draft.remember(alert.alert_id)
    take(draft, alert, story_of)
    if not is_set_back:
        run_due(draft)
    return _decided(draft)


def tick(subscription: Subscription, state: RuleState | None, now: datetime) -> RuleDecision:
    """Do what is due until now."""
    if state is None and is_plain(subscription):
        return RuleDecision()
    right = _right(subscription, state, now)
    draft = RuleDraft.of(subscription, right, now)
    draft.changed = is_set_back = right is not state
    if not is_set_back:
        run_due(draft)
    return _decided(draft)


def next_due(subscription: Subscription, state: RuleState | None) -> datetime | None:
    """Return when `tick` has something to do next; None if nothing is planned.

    A moment in the past means now.
    """
    rules = subscription.rules
    if state is None and rules.expires is None and rules.trigger.kind != "silence":
        return None  # the others wait for an alert
    first = first_due(RuleDraft.of(subscription, state, subscription.created))
    return None if first is None else first.at


def _right(subscription: Subscription, state: RuleState | None, now: datetime) -> RuleState | None:
    """Return a state without the moments of a clock that was ahead.

    What is due by the right clock waits for the next tick: only once the moments of the state are
    written, a repeat finds the same messages with the same ids.
    """
    if state is None or not was_ahead(state.at, now):
        return state
    return set_back(state, now, subscription.rules.trigger)


def _all_channels(subscription: Subscription) -> tuple[str, ...]:
    return tuple(one for ids in groups_of(subscription).values() for one in ids)


def _decided(draft: RuleDraft) -> RuleDecision:
    return RuleDecision(draft.frozen(), tuple(draft.planned), tuple(draft.direct))
