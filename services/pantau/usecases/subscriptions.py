"""The subscriptions as people deal with them.

Saved, found by id, start of it or name, paused, removed.
"""

from collections.abc import Sequence
from typing import Any, Final

from pantau.errors import UsageError
from pantau.ports import Clock, Log
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.ids import query_digest
from pantau_schemas.subscription import Subscription, SubscriptionState, WebhookChannel
from pantau_schemas.topics import SUBSCRIPTION_STATE, SUBSCRIPTIONS

MASK: Final = "whsec_***"
"""What stands for a secret wherever people look."""


class Registry:
    """The topic `subscriptions` as a table."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def all(self) -> list[Subscription]:
        """Return all that can be read, oldest first."""
        found = []
        for value in self._log.table(SUBSCRIPTIONS.name).snapshot().values.values():
            try:
                found.append(decode(Subscription, value or b""))
            except SchemaError:  # written by a newer version; theirs to list
                continue
        return sorted(found, key=lambda one: (one.created, one.subscription_id))

    def get(self, subscription_id: str) -> Subscription | None:
        """Return one by its whole id."""
        value = self._log.table(SUBSCRIPTIONS.name).get(subscription_id)
        return None if value is None else decode(Subscription, value)

    def find(self, reference: str) -> Subscription:
        """Return the one with this id, else with this name, else whose id alone starts like this.

        Raises UsageError when there is none, or more than one.
        """
        exact = self.get(reference) if reference else None
        if exact is not None:
            return exact
        known = self.all()
        named = [one for one in known if one.name == reference]
        found = named or [
            one for one in known if reference and one.subscription_id.startswith(reference)
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError(
                f"no subscription has the id or name {reference!r}; see `pantau subscriptions list`"
            )
        ids = ", ".join(one.subscription_id for one in found[:5])
        raise UsageError(
            f"{len(found)} subscriptions fit {reference!r}; give more of the id: {ids}"
        )

    def save(self, subscription: Subscription) -> None:
        """Write a subscription, new or changed."""
        self._log.append(
            [record_for(subscription, SUBSCRIPTIONS, source="cli", time=self._clock.now())]
        )

    def pause(self, subscription: Subscription, *, paused: bool) -> None:
        """Let a subscription raise no alerts for a while, or raise them again, also if it was suspended."""
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
        value = self._log.table(SUBSCRIPTION_STATE.name).get(subscription_id)
        try:
            return None if value is None else decode(SubscriptionState, value)
        except SchemaError:  # written by a newer version
            return None

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


def public(
    subscription: Subscription, *, reveal: bool = False, state: SubscriptionState | None = None
) -> dict[str, Any]:
    """Return a subscription for JSON, secrets masked unless they are to be revealed.

    `state` if it is suspended.
    """
    fields = subscription.model_dump(mode="json", exclude_none=True)
    if state is not None:
        fields["suspended"] = state.model_dump(mode="json", include={"suspended_since", "problem"})
    for channel, shown in zip(subscription.channels, fields["channels"], strict=True):
        if isinstance(channel, WebhookChannel) and not reveal:
            shown["secret"] = MASK
    return fields
