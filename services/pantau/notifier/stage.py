"""Stage `notifier`: alerts become deliveries, by themselves or in messages, by the rules.

A subscription without rules gets one delivery for each channel and alert, at once and without any
state. The rules of the others are pure functions (`rules.step`); their states stand in the table
`rule-state`, which is written after the messages and deliveries, so that none is lost: a repeat in
between decides the same again, under the same ids.

Scheduled reports are planned at the same ticks (`reports.planner`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.errors import NewerRecordError
from pantau.notifier.agenda import Agenda
from pantau.notifier.intake.plain_channels import PlainChannels
from pantau.notifier.merged_stories import MergedStories
from pantau.notifier.plan import delivery_ids, plan_deliveries, plan_messages, plan_to
from pantau.notifier.reports.planner import ReportPlanner
from pantau.notifier.rule_states import RuleStates
from pantau.notifier.rules.decision import RuleDecision
from pantau.notifier.rules.plain import is_plain
from pantau.notifier.rules.step import next_due, step, tick
from pantau.notifier.table_keys import TableKeys
from pantau.ports import Clock, Table
from pantau.stream.handler import NOTHING, Context, Handler, Outcome, Resources
from pantau.stream.table_reading import TableReading
from pantau.stream.upgrades import is_next
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import (
    DELIVERIES,
    REPORT_SCHEDULES,
    RULE_STATE,
    STORY_MERGES,
    SUBSCRIPTIONS,
)

log = logging.getLogger(__name__)

_KEPT: Final = 50_000
"""Maximum number of cached subscriptions with rules; each takes about a kilobyte."""
AT_ONCE: Final = 200
"""Maximum number of subscriptions that a tick handles; the next one follows at once."""
_NOW: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _owns_all(partition_key: str) -> bool:
    del partition_key
    return True


@dataclass(frozen=True, slots=True)
class NotifierTables:
    """The tables that the stage follows."""

    subscriptions: Table
    deliveries: Table
    states: Table
    merges: Table
    schedules: Table


class NotifierStage:
    """Plans messages and deliveries by the current state of the subscription."""

    def __init__(
        self,
        tables: NotifierTables,
        clock: Clock,
        owns: Callable[[str], bool] = _owns_all,
        reading: TableReading | None = None,
    ) -> None:
        self._reading = reading or TableReading()
        self._clock = clock
        self._looked = _NOW  # at the clock, at the last refresh
        self._subscriptions = tables.subscriptions
        self._known = TableKeys(tables.deliveries)
        self._states = RuleStates(tables.states, self._reading)
        self._merges = MergedStories(tables.merges, self._reading)
        self._reports = ReportPlanner(tables.schedules, self._known, owns, self._reading)
        self._agenda = Agenda(owns)
        self._taken: list[str] = []  # keys of ticks whose outcome may not be written yet
        self._changed: set[str] = set()  # subscriptions to plan again
        self._version: int | None = None
        self._plain = PlainChannels()  # as of `_version`, as the next one
        self._read: dict[str, Subscription | None] = {}

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        topics = (SUBSCRIPTIONS, DELIVERIES, RULE_STATE, STORY_MERGES, REPORT_SCHEDULES)
        tables = NotifierTables(*map(resources.table, topics))
        return cls(tables, resources.clock, resources.owns, resources.reading)

    def refresh(self) -> None:
        """Apply the changes of the tables: subscriptions, states, merged stories, schedules."""
        self._merges.refresh()
        self._reports.refresh()
        self._changed |= self._states.refresh()
        now = self._clock.now()
        if was_ahead(self._looked, now):
            self._changed |= self._states.keys()  # the clock was ahead: what waits is due by it
        self._looked = now
        if self._version is None:
            changes = self._subscriptions.snapshot()
        else:
            changes = self._subscriptions.changes(self._version)
        self._version = changes.version
        self._changed |= changes.values.keys()
        for subscription_id in changes.values:
            self._read.pop(subscription_id, None)
        for subscription_id in self._changed:
            self._plain.drop(subscription_id)
        for subscription_id in tuple(self._changed):
            # What was read at once is at hand: a look-up of each takes as long as the rest.
            value = changes.values.get(subscription_id)
            one = None if value is None else self._decoded(subscription_id, value)
            self._plan(subscription_id, one or self._usable(subscription_id))
            self._changed.discard(subscription_id)  # only then: a failed look-up is repeated
        # An outcome that was written has moved its key on by now; any other is due as before.
        for subscription_id in self._taken:
            self._agenda.again(subscription_id)
        self._taken = []

    def _plan(self, subscription_id: str, subscription: Subscription | None) -> None:
        """Set when a subscription is due next."""
        if subscription is None:
            # The state of a removed subscription goes with it; an unreadable one keeps its own.
            gone = subscription_id in self._states and not self._exists(subscription_id)
            self._agenda.put(subscription_id, _NOW if gone else None)
        elif subscription_id not in self._states and is_plain(subscription):
            self._plain.put(subscription)
            self._agenda.put(subscription_id, None)
        else:
            try:
                state = self._states.get(subscription_id)
            except NewerRecordError:
                self._agenda.put(subscription_id, None)  # it waits for the upgrade, others go on
                return
            due = next_due(subscription, state)
            if state is not None and was_ahead(state.at, self._looked):
                due = self._looked  # the tick sets the state back
            self._agenda.put(subscription_id, due)

    def handle(self, event: Alert, context: Context) -> Outcome:
        """Decide about one alert."""
        channels = self._plain.get(event.subscription_id)
        if channels is not None and event.subscription_id not in self._states:
            return _direct(plan_to(event, channels, context.now, known=self._known))
        subscription = self._subscription(event.subscription_id)
        if subscription is None:
            return NOTHING
        stateful = subscription.subscription_id in self._states
        if not stateful and is_plain(subscription):
            return _direct(plan_deliveries(event, subscription, context.now, known=self._known))
        if not stateful and self._was_delivered(event, subscription):
            return NOTHING
        state = self._states.get(subscription.subscription_id)
        decision = step(subscription, state, event, context.now, story_of=self._merges.story_of)
        direct = plan_deliveries(
            event, subscription, context.now, known=self._known, only=decision.direct
        )
        return self._outcome(subscription, state, decision, context.now, direct)

    def _was_delivered(self, alert: Alert, subscription: Subscription) -> bool:
        """Return whether an alert was planned before the subscription got rules."""
        return any(one in self._known for one in delivery_ids(alert, subscription))

    def next_due(self) -> datetime | None:
        """Return when the rules of a subscription have work next, or a report is due."""
        due = (self._agenda.first(), self._reports.next_due())
        return min((one for one in due if one is not None), default=None)

    def tick(self, now: datetime) -> Outcome:
        """Do the work that is due, of at most `AT_ONCE` subscriptions, and as many reports."""
        keys = self._agenda.take(now, AT_ONCE)
        self._taken += keys
        reports, more = self._reports.tick(now)
        events: list[Event] = [*reports]
        removed: list[Event] = []
        for key in keys:
            outcome = self._tick_one(key, now)
            events += outcome.events
            removed += outcome.removed
        return Outcome(
            events=tuple(events), removed=tuple(removed), more=more or len(keys) == AT_ONCE
        )

    def _tick_one(self, subscription_id: str, now: datetime) -> Outcome:
        subscription = self._usable(subscription_id)
        state = self._states.get(subscription_id)
        if subscription is None:
            gone = state is not None and not self._exists(subscription_id)
            return Outcome(removed=(state,)) if gone and state is not None else NOTHING
        decision = tick(subscription, state, now)
        return self._outcome(subscription, state, decision, now)

    def _outcome(
        self,
        subscription: Subscription,
        state: RuleState | None,
        decision: RuleDecision,
        now: datetime,
        direct: tuple[Event, ...] = (),
    ) -> Outcome:
        """Return what a decision writes: messages, deliveries, and the state if it changed."""
        messages = tuple(one.message for one in decision.messages)
        deliveries = plan_messages(decision.messages, subscription, now, known=self._known)
        events: tuple[Event, ...] = (*messages, *deliveries, *direct)
        if decision.state is state:
            return Outcome(events=events)
        self._states.put(subscription.subscription_id, decision.state)
        if decision.state is None:
            return Outcome(events=events, removed=() if state is None else (state,))
        return Outcome(events=(*events, decision.state))

    def _exists(self, subscription_id: str) -> bool:
        return self._subscriptions.get(subscription_id) is not None

    def _usable(self, subscription_id: str) -> Subscription | None:
        """Return a subscription; None for an unreadable one, whose rules wait."""
        known = self._read.get(subscription_id)
        if known is not None:
            return known
        return self._decoded(subscription_id, self._subscriptions.get(subscription_id))

    def _decoded(self, subscription_id: str, value: bytes | None) -> Subscription | None:
        return self._reading.read(Subscription, SUBSCRIPTIONS, subscription_id, value)

    def _subscription(self, subscription_id: str) -> Subscription | None:
        try:
            return self._read[subscription_id]
        except KeyError:
            pass
        value = self._subscriptions.get(subscription_id)
        try:
            subscription = None if value is None else decode(Subscription, value)
        except SchemaError as error:
            if not is_next(error, Subscription):
                raise
            message = f"notifier: the subscription {subscription_id} waits: {error}"
            raise NewerRecordError(message, subscription_id=subscription_id) from error
        if len(self._read) >= _KEPT:
            self._read.clear()
        self._read[subscription_id] = subscription
        return subscription


def _direct(deliveries: tuple[Delivery, ...]) -> Outcome:
    return Outcome(events=deliveries) if deliveries else NOTHING
