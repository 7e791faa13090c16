"""Plays alerts to the rules with a virtual clock, as the notifier does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pantau.notifier.plan import id_of
from pantau.notifier.rules.decision import Planned, RuleDecision
from pantau.notifier.rules.step import next_due, step, tick
from pantau.notifier.rules.stories import StoryOf, same_story
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import FileChannel, Subscription
from tests.support import START, subscription

INBOX = FileChannel(path="/inbox")
INBOX_ID = id_of(INBOX)


def watching(rules: Rules, *, zone: str = "UTC", **fields: object) -> Subscription:
    """Return a subscription with one channel and rules."""
    given = {"channels": (INBOX,), "time_zone": zone, "rules": rules} | fields
    return subscription("watch", "banjir", **given)  # type: ignore[arg-type]


def alert(name: str, *, story: str | None = None, sources: int = 1, **fields: object) -> Alert:
    """Return an alert; `sources` have its story, itself included."""
    coverage = {
        "articles": sources,
        "other_sources": [f"koran{one}.example" for one in range(min(10, sources - 1))],
        "more_sources": max(0, sources - 11),
    }
    article = {
        "article_id": f"article-{name}",
        "revision": 1,
        "title": f"Berita {name}",
        "source": "kabar.example",
        "first_seen": START,
        "story_id": story,
        "story": coverage,
    }
    given = {
        "schema_version": 3,
        "alert_id": name,
        "subscription_id": "watch",
        "subscription_name": "Watch",
        "query": "banjir",
        "article": article,
        "matched_at": START,
    }
    return Alert.model_validate(given | fields)


@dataclass
class Player:
    """One subscription; its state is kept encoded, as in the topic."""

    subscription: Subscription
    late: timedelta = timedelta(0)
    story_of: StoryOf = same_story
    state: bytes | None = None
    messages: dict[str, Planned] = field(default_factory=dict)
    direct: list[tuple[datetime, str]] = field(default_factory=list)
    largest: int = 0

    def read(self) -> RuleState | None:
        return None if self.state is None else decode(RuleState, self.state)

    def take(self, one: Alert, now: datetime, *, times: int = 1) -> RuleDecision:
        """Run the ticks before an alert, then the alert; a repeated decision is the same."""
        self.run_until(now - self.late)
        decision = step(self.subscription, self.read(), one, now, story_of=self.story_of)
        for _ in range(times - 1):
            again = step(self.subscription, self.read(), one, now, story_of=self.story_of)
            assert again == decision
        if decision.direct:
            self.direct.append((now, one.alert_id))
        self._keep(decision)
        return decision

    def tick(self, now: datetime, *, times: int = 1) -> RuleDecision:
        decision = tick(self.subscription, self.read(), now)
        for _ in range(times - 1):
            assert tick(self.subscription, self.read(), now) == decision
        self._keep(decision)
        following = self.due()
        assert following is None or following > now, "a tick that is done is due again"
        return decision

    def due(self) -> datetime | None:
        return next_due(self.subscription, self.read())

    def run_until(self, now: datetime) -> None:
        """Run the ticks that are due until a moment, each as late as this player is."""
        while (due := self.due()) is not None and due <= now:
            self.tick(due + self.late, times=2)

    def play(self, alerts: Iterable[tuple[datetime, Alert]], end: datetime) -> "Player":
        for now, one in alerts:
            self.take(one, now)
        self.run_until(end)
        return self

    def edit(self, **rules: object) -> None:
        changed = self.subscription.rules.model_copy(update=rules)
        self.subscription = self.subscription.model_copy(update={"rules": changed})

    def _keep(self, decision: RuleDecision) -> None:
        for one in decision.messages:
            known = self.messages.setdefault(one.message.message_id, one)
            assert known == one, "a message changed under its id"
        self.state = None if decision.state is None else encode(decision.state)
        self.largest = max(self.largest, len(self.state or b""))

    @property
    def sent(self) -> list[tuple[datetime, str, tuple[str, ...]]]:
        """Everything that left: when, why, and of which alerts."""
        told = [
            (one.message.due, one.message.occasion, one.message.alert_ids)
            for one in self.messages.values()
        ]
        return sorted([*told, *((now, "direct", (name,)) for now, name in self.direct)])
