"""The state of a subscription's rules while they decide: mutable, made from a `RuleState`.

Everything here lives for one decision; what comes in and goes out is immutable.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from pantau.common.time.zones import known_zone
from pantau.notifier.rules.decision import Planned
from pantau.notifier.rules.queues import Groups, groups_of, regrouped
from pantau.notifier.rules.stories import short_key
from pantau.notifier.rules.waiting import OpenQueue
from pantau_schemas.base import to_millis
from pantau_schemas.events.message import ALERTS_NAMED, AlertMessage, Occasion
from pantau_schemas.events.rule_state import (
    RECENT,
    SHORT,
    Counted,
    Episode,
    HeldStory,
    KnownStory,
    Muting,
    Quietness,
    RuleState,
)
from pantau_schemas.events.rules import Rules, Timing
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import digest_id, message_id
from pantau_schemas.problem import ProblemData

QueueKey = tuple[Timing, tuple[str, ...]]
_RECENT_CHARACTERS: Final = RECENT * SHORT
_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class RuleDraft:
    """The knowledge and the decisions of the rules.

    Time never goes back by what clocks may differ: `now` is at least that of the state.
    """

    subscription: Subscription
    former: RuleState | None
    now: datetime
    queues: dict[QueueKey, OpenQueue]
    groups: Groups
    known: OrderedDict[str, KnownStory]
    held: OrderedDict[str, HeldStory]
    window: list[Counted]
    recent: str = ""
    hours: tuple[int, ...] = ()
    episode: Episode | None = None
    quietness: Quietness | None = None
    muting: Muting | None = None
    expired: datetime | None = None
    floor: datetime = _BEGINNING  # nothing is due earlier
    forget: bool = False
    changed: bool = False
    planned: list[Planned] = field(default_factory=list)
    direct: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, subscription: Subscription, state: RuleState | None, now: datetime) -> "RuleDraft":
        """Open a state, with what waits regrouped if the channels or their timings changed."""
        groups = groups_of(subscription)
        now = to_millis(now)
        if state is None:
            empty = OrderedDict[str, KnownStory](), OrderedDict[str, HeldStory]()
            return cls(subscription, None, now, {}, groups, *empty, [], floor=now)
        queues = {(one.timing, one.channels): OpenQueue.of(one) for one in state.queues}
        if any(groups.get(timing) != channels for timing, channels in queues):
            queues = regrouped(queues.values(), groups, state.channels)
        return cls(
            subscription,
            state,
            max(now, state.at),
            queues,
            groups,
            OrderedDict((one[0], one) for one in state.known),
            OrderedDict((one.story_id, one) for one in state.held),
            list(state.window),
            state.recent,
            state.hours,
            state.episode,
            state.quietness,
            state.muting,
            state.expired,
            state.at,
        )

    @property
    def rules(self) -> Rules:
        """The rules of the subscription."""
        return self.subscription.rules

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of its times of day."""
        return known_zone(self.subscription.time_zone)

    @property
    def mute_over(self) -> bool:
        """True if the mute of now has ended because a story grew."""
        mute, muting = self.rules.mute, self.muting
        return mute is not None and muting is not None and muting.since == mute.since and (
            muting.grown
        )  # fmt: skip

    @property
    def over(self) -> bool:
        """True if the subscription expired and its owner was notified."""
        return self.rules.expires is not None and self.expired == self.rules.expires

    def knows(self, alert_id: str) -> bool:
        """Return whether an alert came before."""
        key = short_key(alert_id)
        at = self.recent.find(key)
        # The keys are joined without separators: a hit that spans two of them is no key.
        while at >= 0 and at % SHORT:
            at = self.recent.find(key, at + 1)
        return at >= 0

    def remember(self, alert_id: str) -> None:
        """Remember an alert."""
        self.recent = (self.recent + short_key(alert_id))[-_RECENT_CHARACTERS:]
        self.changed = True

    def queue(self, timing: Timing, channels: tuple[str, ...]) -> OpenQueue:
        """Return the queue of a group."""
        return self.queues.setdefault((timing, channels), OpenQueue(timing, channels))

    def plan(
        self,
        occasion: Occasion,
        timing: Timing,
        channels: tuple[str, ...],
        *,
        due: datetime,
        since: datetime,
        alert_ids: tuple[str, ...] = (),
        more_alerts: int = 0,
        stories: int = 0,
        why: ProblemData | None = None,
        of: str = "",
    ) -> None:
        """Plan a message. `of` distinguishes it from others of the same moment."""
        begin = of or "/".join(one.isoformat(timespec="milliseconds") for one in (due, since))
        moment = f"{occasion} {begin} {queue_name(timing, channels)}"
        message = AlertMessage(
            schema_version=2,
            message_id=message_id(self.subscription.subscription_id, moment),
            subscription_id=self.subscription.subscription_id,
            occasion=occasion,
            alert_ids=alert_ids[:ALERTS_NAMED],
            more_alerts=more_alerts + max(0, len(alert_ids) - ALERTS_NAMED),
            stories=stories,
            why=why,
            since=since,
            due=due,
            created=due,
        )
        self.planned.append(Planned(message, channels))
        self.changed = True

    def frozen(self) -> RuleState | None:
        """Return the state from now on."""
        if self.forget:
            return None
        if not self.changed:
            return self.former
        return RuleState(
            schema_version=1,
            subscription_id=self.subscription.subscription_id,
            at=self.now,
            recent=self.recent,
            channels=tuple(sorted(one for ids in self.groups.values() for one in ids)),
            queues=tuple(one.frozen() for one in self.queues.values() if one.counts),
            known=tuple(self.known.values()),
            held=tuple(self.held.values()),
            window=tuple(self.window),
            hours=self.hours,
            episode=self.episode,
            quietness=self.quietness,
            muting=self.muting,
            expired=self.expired,
        )


@lru_cache(maxsize=4_096)
def queue_name(timing: Timing, channels: tuple[str, ...]) -> str:
    """Return what distinguishes the message of a queue from those of the others."""
    return digest_id("queue", timing.model_dump_json(), *channels)
