"""Management of subscriptions.

Saved, found by id, start of it or name, paused, removed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from pantau.common.text.nearest import nearest
from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.ports import Clock, Log
from pantau.problems import Problem, problem, suggesting
from pantau.query import Query
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.table_reading import read_or_none
from pantau.usecases.alerts.counts import AlertCount, count_alerts
from pantau.usecases.channels.health import ChannelHealth, id_of, read_health
from pantau.usecases.lists.values import bound, require_lists
from pantau.usecases.unreadable import (
    UnreadableRecord,
    find_all,
    read_table,
    removals,
    unreadable_at,
    unreadable_in,
)
from pantau_schemas.base import format_time
from pantau_schemas.codec import SchemaError, decode, without_unknown
from pantau_schemas.events.subscription import Subscription, SubscriptionState, WebhookChannel
from pantau_schemas.ids import ID_LENGTH, digest_id, query_digest
from pantau_schemas.topics import SUBSCRIPTION_STATE, SUBSCRIPTIONS

_SHORT: Final = 8
_SAME_ID: Final = 0.85
"""How alike a mistyped id is to the one that is meant; random ones are hardly half so alike."""
QUERY_LIMIT: Final = 120
"""Longest query that is shown in a sentence, in characters."""
MASK: Final = "whsec_***"
"""Placeholder of a secret in output."""


SubscriptionStatus = Literal["live", "paused", "suspended"]
"""States of a subscription: alerts are raised, or its owner or Pantau stopped them."""


@dataclass(frozen=True, slots=True)
class CurrentSubscription:
    """A subscription as it stands. `suspension` says since when and why it is suspended."""

    subscription: Subscription
    suspension: SubscriptionState | None = None
    health: Mapping[str, ChannelHealth] = field(default_factory=dict)  # by id of the channel
    alerts: AlertCount | None = None  # None: not counted

    @property
    def status(self) -> SubscriptionStatus:
        """The state of a subscription: the owner's decision precedes Pantau's."""
        if self.subscription.paused:
            return "paused"
        return "live" if self.suspension is None else "suspended"


def all_subscriptions(log: Log) -> list[Subscription]:
    """Return all that can be read, oldest first."""
    found, _ = read_table(log.table(SUBSCRIPTIONS.name), SUBSCRIPTIONS, Subscription)
    return sorted(found, key=lambda one: (one.created, one.subscription_id))


def _get(log: Log, subscription_id: str) -> Subscription | None:
    value = log.table(SUBSCRIPTIONS.name).get(subscription_id)
    try:
        return None if value is None else decode(Subscription, value)
    except SchemaError as error:
        unread = problem("subscriptions.unreadable", id=subscription_id, reason=str(error))
        raise UsageError(unread) from error


def find_subscription(log: Log, reference: str) -> Subscription:
    """Return the one with this id, else with this name, else whose id alone starts like this.

    Raises UsageError when there is none, or more than one.
    """
    exact = _get(log, reference) if reference else None
    if exact is not None:
        return exact
    known = all_subscriptions(log)
    # A whole name goes before the start of an id: names are what people type.
    named = [one for one in known if one.name == reference]
    found = named or [
        one for one in known if reference and one.subscription_id.startswith(reference)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(missing_subscription(reference, known))
    ids = "; ".join(map(_distinguished, found[:5]))
    raise UsageError(
        problem("subscriptions.several", count=len(found), reference=reference, ids=ids)
    )


def missing_subscription(reference: str, known: Sequence[Subscription]) -> Problem:
    """Return that no subscription is called so, and the nearest name, or id, of those known."""
    near = nearest(reference, (one.name for one in known))
    if near is None:
        near = nearest(reference, (one.subscription_id for one in known), _SAME_ID)
    return suggesting(problem("subscriptions.missing", reference=reference), near)


def _distinguished(one: Subscription) -> str:
    """Return what tells a subscription from others of the same name."""
    query, created = one_line(one.query, QUERY_LIMIT), format_time(one.created)
    return f"{one.subscription_id} ({query}, {created[:16]}Z)"


class SubscriptionRepository:
    """The topic `subscriptions` as a table."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def all(self) -> list[Subscription]:
        """Return all that can be read, oldest first."""
        return all_subscriptions(self._log)

    def unreadable(self) -> list[UnreadableRecord]:
        """Return the records that are no subscription that this version can read."""
        table = self._log.table(SUBSCRIPTIONS.name)
        return unreadable_in(table, SUBSCRIPTIONS, Subscription)

    def find_unreadable(self, reference: str) -> UnreadableRecord | None:
        """Return the unreadable record with this id, or None."""
        table = self._log.table(SUBSCRIPTIONS.name)
        return unreadable_at(table, SUBSCRIPTIONS, Subscription, reference)

    def remove_unreadable(self, unreadable: Iterable[UnreadableRecord]) -> None:
        """Remove records that cannot be read; no alerts are raised for them any more."""
        self._log.append(
            record
            for one in unreadable
            for record in (
                *removals(SUBSCRIPTIONS, one),
                removal_of(SUBSCRIPTION_STATE, one.key),
            )
        )

    def get(self, subscription_id: str) -> Subscription | None:
        """Return one by its whole id. Raises UsageError if its record cannot be read."""
        return _get(self._log, subscription_id)

    def find(self, reference: str) -> Subscription:
        """Return one as `find_subscription` does. Raises UsageError."""
        return find_subscription(self._log, reference)

    def listed(self) -> tuple[CurrentSubscription, ...]:
        """Return all that can be read as they stand, oldest first."""
        found = self.all()
        health = read_health(self._log, {id_of(each) for one in found for each in one.channels})
        alerts = count_alerts(self._log, {one.subscription_id for one in found}, self.now())
        return tuple(
            CurrentSubscription(one, self.suspension(one), health, alerts[one.subscription_id])
            for one in found
        )

    def found(self, reference: str) -> CurrentSubscription:
        """Return one as it stands. Raises UsageError as `find` does."""
        one = self.find(reference)
        health = read_health(self._log, {id_of(each) for each in one.channels})
        alerts = count_alerts(self._log, {one.subscription_id}, self.now())
        return CurrentSubscription(one, self.suspension(one), health, alerts[one.subscription_id])

    def bound(self, query: Query, text: str) -> Query:
        """Return a query with the values of its lists. Raises QueryError for one that is not there.

        `text` is what the query was read from.
        """
        return bound(query, text, self._log)

    def require_lists(self, query: Query, text: str) -> None:
        """Raise QueryError where a list that a query refers to does not exist."""
        require_lists(query, text, self._log)

    def now(self) -> datetime:
        """Return the time."""
        return self._clock.now()

    def save(self, *subscriptions: Subscription) -> None:
        """Write subscriptions, new or changed, in one step."""
        now = self._clock.now()
        self._log.append(
            [record_for(one, SUBSCRIPTIONS, source="cli", time=now) for one in subscriptions]
        )

    def pause(self, subscription: Subscription, *, paused: bool) -> None:
        """Pause a subscription, or resume it, including a suspended one."""
        if subscription.paused != paused:  # else nothing changes: when it was saved is shown
            self.save(subscription.model_copy(update={"paused": paused}))
        state = None if paused else self.suspension(subscription)
        if state is not None:
            resumed = state.model_copy(update={"suspended_since": None, "problem": None})
            now = self._clock.now()
            self._log.append([record_for(resumed, SUBSCRIPTION_STATE, source="cli", time=now)])

    def suspension(self, subscription: Subscription) -> SubscriptionState | None:
        """Return since when and why a subscription is suspended; None if it is not."""
        state = self._state(subscription.subscription_id)
        if state is None or state.suspended_since is None:
            return None
        digest = query_digest(subscription.query, subscription.language, subscription.time_zone)
        return state if state.query_digest == digest else None

    def _state(self, subscription_id: str) -> SubscriptionState | None:
        table = self._log.table(SUBSCRIPTION_STATE.name)
        return read_or_none(table, SubscriptionState, subscription_id)

    def remove(self, subscriptions: Sequence[Subscription]) -> None:
        """Remove subscriptions; alerts that wait for them are cancelled."""
        ids = [one.subscription_id for one in subscriptions]
        states = self._log.table(SUBSCRIPTION_STATE.name)
        self._log.append(
            [
                *(removal_of(SUBSCRIPTIONS, one) for one in ids),
                *(
                    removal_of(SUBSCRIPTION_STATE, one)
                    for one in ids
                    if states.get(one) is not None
                ),
            ]
        )


def set_paused(
    registry: SubscriptionRepository, references: Iterable[str], *, paused: bool
) -> tuple[Subscription, ...]:
    """Pause or resume subscriptions, all or, where one is not found, none. Raises UsageError."""
    found = tuple(registry.find(one) for one in references)
    for one in found:
        registry.pause(one, paused=paused)
    return found


def remove(
    registry: SubscriptionRepository, references: Iterable[str]
) -> tuple[tuple[Subscription, ...], tuple[UnreadableRecord, ...]]:
    """Remove subscriptions, all or, where one is not found, none; also unreadable records.

    Returns both. Raises UsageError.
    """
    found, unreadable = find_all(references, registry.find_unreadable, registry.find)
    registry.remove(found)
    registry.remove_unreadable(unreadable)
    return tuple(found), tuple(unreadable)


def short_id(subscription_id: str) -> str:
    """Return the start of a made-up id, which is enough to name it; an id of one's own whole."""
    return subscription_id[:_SHORT] if len(subscription_id) == ID_LENGTH else subscription_id


def public(
    subscription: Subscription, *, reveal: bool = False, state: SubscriptionState | None = None
) -> dict[str, Any]:
    """Return a subscription for JSON, with masked secrets unless they are to be revealed.

    `state` if it is suspended.
    """
    # Nobody knows which unknown member is a secret.
    fields = without_unknown(subscription).model_dump(mode="json", exclude_none=True)
    if state is not None:
        fields["suspended"] = state.model_dump(mode="json", include={"suspended_since", "problem"})
    for channel, shown in zip(subscription.channels, fields["channels"], strict=True):
        if isinstance(channel, WebhookChannel) and not reveal:
            shown["secret"] = MASK
    return fields


def version_of(one: CurrentSubscription) -> str:
    """Return what differs between two states of a subscription, secrets aside."""
    return digest_id("version", repr(public(one.subscription)), one.status)
