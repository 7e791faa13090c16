"""Alerts that count, to the channels: by themselves, in a message at once, or to wait. Pure."""

from dataclasses import dataclass
from datetime import datetime

from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.times.leaving import leave_at, own_time
from pantau.notifier.rules.waiting import Arrival, WaitingAlerts
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.rules import Collected, Immediate, Timing
from pantau_schemas.problem import ProblemData


@dataclass(frozen=True, slots=True)
class AlertSet:
    """Alerts that go on together, and why.

    `stories` are short keys. `of` is the alert that led to it. `occasion` None: one alert that is
    delivered by itself where nothing holds it. Quiet hours do not hold what is `urgent`.
    """

    alert_ids: tuple[str, ...]
    more_alerts: int
    stories: tuple[str, ...]
    of: str
    since: datetime
    occasion: Occasion | None = None
    why: ProblemData | None = None
    urgent: bool = False

    @classmethod
    def of_arrivals(
        cls,
        arrivals: tuple[Arrival, ...],
        now: datetime,
        occasion: Occasion | None,
        *,
        urgent: bool,
    ) -> "AlertSet":
        """Return the set of alerts that no trigger put together."""
        return cls(
            tuple(one.alert_id for one in arrivals),
            sum(one.more for one in arrivals),
            tuple(dict.fromkeys(one.story for one in arrivals)),
            arrivals[-1].alert_id,
            now,
            occasion,
            urgent=urgent,
        )


def distribute(draft: RuleDraft, alerts: AlertSet) -> None:
    """Send alerts to each group of channels, or let them wait in the group's queue."""
    leave = leave_at(
        draft.rules, draft.zone, draft.now, mute_over=draft.mute_over, urgent=alerts.urgent
    )
    for timing, channels in draft.groups.items():
        if leave.waits is not None or not _at_once(timing, alerts):
            _wait(draft, alerts, timing, channels)
        elif alerts.occasion is None:
            draft.direct += channels
        else:
            _plan(draft, alerts, alerts.occasion, timing, channels)


def _at_once(timing: Timing, alerts: AlertSet) -> bool:
    """Return whether a timing lets alerts pass at once.

    What a trigger found is a collection already, so it is not collected again.
    """
    collected = isinstance(timing, Collected) and alerts.occasion in {"count", "spike"}
    return collected or isinstance(timing, Immediate)


def _plan(
    draft: RuleDraft,
    alerts: AlertSet,
    occasion: Occasion,
    timing: Timing,
    channels: tuple[str, ...],
) -> None:
    draft.plan(
        occasion,
        timing,
        channels,
        due=draft.now,
        since=alerts.since,
        alert_ids=alerts.alert_ids,
        more_alerts=alerts.more_alerts,
        stories=len(alerts.stories),
        why=alerts.why,
        of=alerts.of,
    )


def _wait(draft: RuleDraft, alerts: AlertSet, timing: Timing, channels: tuple[str, ...]) -> None:
    queue = draft.queue(timing, channels)
    urgent = alerts.urgent and timing.kind != "digest" and _is_quiet(draft)
    waiting = (queue.urgent if urgent else queue.pending) or WaitingAlerts(draft.now)
    waiting.add(alerts.alert_ids, alerts.more_alerts, alerts.stories)
    due = own_time(timing, queue.last, waiting.since, draft.zone)
    leave = leave_at(draft.rules, draft.zone, due, mute_over=draft.mute_over, urgent=urgent)
    waiting.waits = leave.waits or waiting.waits
    waiting.why = alerts.why or waiting.why
    if urgent:
        queue.urgent = waiting
    else:
        queue.pending = waiting
    draft.changed = True


def _is_quiet(draft: RuleDraft) -> bool:
    return leave_at(draft.rules, draft.zone, draft.now, mute_over=True).waits == "quiet"
