"""The channels of subscriptions without rules: all that the stage has to know of most of them."""

from typing import Final

from pantau_schemas.events.subscription import Channel, Subscription

MOST: Final = 50_000
"""Maximum number of subscriptions; each takes about 200 bytes. The others are looked up."""


class PlainChannels:
    """Holds the channels by subscription. Equal ones are held once: a desk has few addresses."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[Channel, ...]] = {}
        self._held: dict[tuple[Channel, ...], tuple[Channel, ...]] = {}

    def put(self, subscription: Subscription) -> None:
        """Add a subscription, or replace its channels."""
        if len(self._of) < MOST or subscription.subscription_id in self._of:
            self._of[subscription.subscription_id] = self._once(subscription.channels)

    def _once(self, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
        if len(self._held) >= MOST:
            self._held.clear()
        return self._held.setdefault(channels, channels)

    def drop(self, subscription_id: str) -> None:
        """Remove a subscription. Idempotent."""
        self._of.pop(subscription_id, None)

    def get(self, subscription_id: str) -> tuple[Channel, ...] | None:
        """Return the channels of a subscription; None for one that has to be looked up."""
        return self._of.get(subscription_id)
