"""Playing alerts through the rules of a subscription. Pure.

The clock shows the time at which each article was first seen; between two of them the rules tick
whenever something is due, as in the notifier.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pantau.notifier.rules.decision import Planned, RuleDecision
from pantau.notifier.rules.step import next_due, step, tick
from pantau.stories.merges import Merges
from pantau.usecases.alerts.in_messages import count_waiting
from pantau.usecases.subscriptions.backtest.report import SentMessage
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.subscription import Subscription, TerminalChannel


@dataclass(frozen=True, slots=True)
class Played:
    """The messages of a time, and the alerts that still wait at its end.

    `next_message` is when they leave; None where nothing waits, or a mute has no end.
    """

    messages: tuple[SentMessage, ...]
    waiting: int = 0
    next_message: datetime | None = None
    state: RuleState | None = None
    """The memory of the rules at the end."""


def play(
    subscription: Subscription, alerts: Iterable[Alert], until: datetime, merges: Merges
) -> Played:
    """Return what the rules would have sent for alerts, oldest first, and up to a time.

    A message is listed once, whichever channels get it at its moment. A subscription without
    channels is played as if it had one: what it would send is the question.
    """
    playing = _Playing(with_channel(subscription), merges)
    for alert in alerts:
        playing.tick_until(alert.matched_at)
        playing.step(alert)
    playing.tick_until(until)
    waiting = playing.waiting()
    following = playing.next_due() if waiting else None
    return Played(tuple(playing.sent), waiting, following, playing.state)


def with_channel(subscription: Subscription) -> Subscription:
    """Return a subscription with the terminal as its channel where it has none."""
    if subscription.channels:
        return subscription
    return subscription.model_copy(update={"channels": (TerminalChannel(),)})


class _Playing:
    """One run of the rules."""

    def __init__(self, subscription: Subscription, merges: Merges) -> None:
        self._subscription = subscription
        self._merges = merges
        self.state: RuleState | None = None
        self.sent: list[SentMessage] = []

    def step(self, alert: Alert) -> None:
        """Decide about an alert at its time."""
        now = alert.matched_at
        decided = step(self._subscription, self.state, alert, now, story_of=self._merges.resolve)
        self._take(decided)
        if decided.direct:
            self.sent.append(_direct(alert, decided.direct))

    def waiting(self) -> int:
        """Return how many alerts wait for a message; of several queues the most."""
        return 0 if self.state is None else count_waiting(self.state)

    def next_due(self) -> datetime | None:
        """Return when the rules have work next."""
        return next_due(self._subscription, self.state)

    def tick_until(self, until: datetime) -> None:
        """Run the ticks that are due before a time."""
        while (due := next_due(self._subscription, self.state)) is not None and due < until:
            before = self.state
            self._take(tick(self._subscription, self.state, due))
            if self.state is before:  # nothing came of it: the next event decides
                return

    def _take(self, decided: RuleDecision) -> None:
        self.state = decided.state
        self.sent += [_planned(one) for one in decided.messages]


def _planned(planned: Planned) -> SentMessage:
    message = planned.message
    return SentMessage(
        message_id=message.message_id,
        moment=message.due,
        occasion=message.occasion,
        alert_ids=message.alert_ids,
        alerts=len(message.alert_ids) + message.more_alerts,
        stories=message.stories,
        channels=planned.channels,
        message=message,
    )


def _direct(alert: Alert, channels: tuple[str, ...]) -> SentMessage:
    return SentMessage(
        message_id=alert.alert_id,
        moment=alert.matched_at,
        occasion=None,
        alert_ids=(alert.alert_id,),
        alerts=1,
        stories=1,
        channels=channels,
    )
