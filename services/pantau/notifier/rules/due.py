"""The work that is due at a moment: queues that may leave, silence, expiry. Pure.

What is due depends on the state alone and not on when it is looked at, so a late tick, and an alert
that comes before it, find the same messages with the same ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from pantau.notifier.rules.choice import chosen, may_be_released, released_by_edit
from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.plain import is_plain
from pantau.notifier.rules.queues import joined
from pantau.notifier.rules.take import pass_on
from pantau.notifier.rules.times.leaving import leave_at, own_time
from pantau.notifier.rules.triggers import as_data, span_of
from pantau.notifier.rules.waiting import OpenQueue, WaitingAlerts, Waits
from pantau.problems import problem
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.rule_state import Quietness, RuleState
from pantau_schemas.events.rules import Digest, Silence, Throttled

Kind = Literal["release", "queue", "urgent", "quietness", "silence", "expiry", "forget"]

KEPT_WITHOUT_RULES: Final = timedelta(days=1)
"""How long the state of a subscription without rules is kept: a repeated alert is still known."""
_LATE: Final = timedelta(seconds=60)
"""Ticks come a little late. A message that left late by at most this, or a tenth of the time
between two messages, does not delay the next one; after an outage it does."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do at a moment."""

    at: datetime
    kind: Kind
    queue: OpenQueue | None = None
    waits: Waits = None


def run_due(draft: RuleDraft) -> None:
    """Do what is due until now, in the order of the moments."""
    while (first := first_due(draft)) is not None and first.at <= draft.now:
        draft.changed = True
        match first.kind:
            case "queue" | "urgent":
                _leave(draft, first)
            case "release":
                _release(draft)
            case "quietness":
                _watch_silence(draft)
            case "silence":
                _report_silence(draft, first.at)
            case "expiry":
                _expire(draft, first.at)
            case "forget":
                draft.forget = True
                return


def first_due(draft: RuleDraft) -> Due | None:
    """Return what is due first; None if nothing is planned."""
    return min(_planned(draft), key=lambda one: one.at, default=None)


def _planned(draft: RuleDraft) -> Iterator[Due]:
    if draft.over or draft.forget:
        return
    expires = draft.rules.expires
    if expires is not None:
        # A mute does not hold it: the owner must know that nothing comes any more.
        notified = leave_at(draft.rules, draft.zone, expires, mute_over=True).at
        yield Due(notified or expires, "expiry")
    if may_be_released(draft):
        yield Due(draft.floor, "release")
    for queue in draft.queues.values():
        yield from _queue_due(draft, queue)
    yield from _silence_due(draft)
    former = draft.former
    if former is not None and is_plain(draft.subscription) and not is_waiting(former):
        yield Due(former.at + KEPT_WITHOUT_RULES, "forget")


def is_waiting(state: RuleState) -> bool:
    """Return whether alerts wait in a state."""
    return any(one.pending is not None or one.urgent is not None for one in state.queues)


def _queue_due(draft: RuleDraft, queue: OpenQueue) -> Iterator[Due]:
    for waiting, urgent in ((queue.pending, False), (queue.urgent, True)):
        if waiting is None:
            continue
        due = own_time(queue.timing, queue.last, waiting.since, draft.zone)
        leave = leave_at(draft.rules, draft.zone, due, mute_over=draft.mute_over, urgent=urgent)
        if leave.at is not None:
            # What was held and no longer is, since the owner ended the mute, leaves at once.
            waits = leave.waits or (waiting.waits if due <= draft.floor else None)
            yield Due(max(leave.at, draft.floor), "urgent" if urgent else "queue", queue, waits)


def _silence_due(draft: RuleDraft) -> Iterator[Due]:
    rule, quietness = draft.rules.trigger, draft.quietness
    waits = isinstance(rule, Silence) and not draft.subscription.paused
    if waits != (quietness is not None):
        begins = draft.subscription.created if draft.former is None else draft.floor
        yield Due(begins, "quietness")
    elif isinstance(rule, Silence) and quietness is not None and not quietness.reported:
        end = quietness.since + timedelta(seconds=rule.seconds)
        at = leave_at(draft.rules, draft.zone, end, mute_over=draft.mute_over).at
        if at is not None:
            yield Due(max(at, draft.floor), "silence")


def _leave(draft: RuleDraft, due: Due) -> None:
    """Send what waits in a queue: the urgent alerts and the others as one where both are due."""
    queue = due.queue
    assert queue is not None  # noqa: S101 (the two kinds that come here have one)
    # Two messages of one queue and one moment would have the same id, and one would be lost.
    kinds = {one.kind for one in _queue_due(draft, queue) if one.at <= due.at}
    waiting: WaitingAlerts | None = None
    if "queue" in kinds:
        waiting, queue.pending = joined(waiting, queue.pending), None
    if "urgent" in kinds:
        waiting, queue.urgent = joined(waiting, queue.urgent), None
    assert waiting is not None  # noqa: S101 (only what waits is due)
    _plan_waiting(draft, queue, waiting, due.at, _occasion(queue, due.waits))
    queue.last = due.at if draft.now - due.at <= _tolerated(queue) else draft.now


def _occasion(queue: OpenQueue, waits: Waits) -> Occasion:
    if waits is not None:
        return "mute-ended" if waits == "mute" else "quiet-ended"
    return "digest" if isinstance(queue.timing, Digest) else "collected"


def _tolerated(queue: OpenQueue) -> timedelta:
    timing = queue.timing
    if isinstance(timing, Throttled):
        return min(_LATE, timedelta(seconds=timing.every_seconds / 10))
    return _LATE


def _plan_waiting(
    draft: RuleDraft,
    queue: OpenQueue,
    waiting: WaitingAlerts,
    at: datetime,
    occasion: Occasion,
) -> None:
    draft.plan(
        occasion,
        queue.timing,
        queue.channels,
        due=at,
        since=waiting.since,
        alert_ids=tuple(waiting.alert_ids),
        more_alerts=waiting.more_alerts,
        stories=waiting.story_count,
        why=waiting.why,
    )


def _release(draft: RuleDraft) -> None:
    """Pass on held alerts whose sources are enough since the rule was changed."""
    for story, arrivals in released_by_edit(draft):
        pass_on(draft, chosen(draft, arrivals, story), "grown")


def _watch_silence(draft: RuleDraft) -> None:
    """Set or clear the beginning of a silence: of a new, a removed, or a paused rule."""
    rule, created = draft.rules.trigger, draft.subscription.created
    if not isinstance(rule, Silence) or draft.subscription.paused:
        draft.quietness = None
        return
    new = draft.former is None and draft.now - created < timedelta(seconds=rule.seconds)
    draft.quietness = Quietness(since=created if new else draft.now)


def _report_silence(draft: RuleDraft, at: datetime) -> None:
    rule, quietness = draft.rules.trigger, draft.quietness
    if not isinstance(rule, Silence) or quietness is None:
        return
    why = as_data(problem("rules.silence", span=span_of(rule.seconds)))
    for timing, channels in draft.groups.items():
        draft.plan("silence", timing, channels, due=at, since=quietness.since, why=why)
    draft.quietness = Quietness(since=quietness.since, reported=True)


def _expire(draft: RuleDraft, at: datetime) -> None:
    """Notify the owner, with what still waits, and clear the state."""
    why = as_data(problem("rules.expired"))
    for queue in list(draft.queues.values()):
        own = draft.groups.get(queue.timing) == queue.channels
        queue.pending, queue.urgent = joined(queue.pending, queue.urgent), None
        if queue.pending is not None and not own:
            _plan_waiting(draft, queue, queue.pending, at, _occasion(queue, None))
    for timing, channels in draft.groups.items():
        waiting = draft.queue(timing, channels).pending or WaitingAlerts(draft.subscription.created)
        waiting.why = why
        _plan_waiting(draft, draft.queue(timing, channels), waiting, at, "expired")
    draft.expired = draft.rules.expires
    draft.queues.clear()
    draft.known.clear()
    draft.held.clear()
    draft.window, draft.hours = [], ()
    draft.episode = draft.quietness = draft.muting = None
