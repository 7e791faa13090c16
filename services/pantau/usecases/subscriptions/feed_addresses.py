"""Secret addresses of feeds: made, renewed, revoked, and found again by their secret."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from pantau.ports import Clock, Log
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.table_reading import read_or_none
from pantau.usecases.subscriptions.repository import SubscriptionRepository, find_subscription
from pantau_schemas.events.subscription import FeedAddress, Subscription
from pantau_schemas.ids import feed_address_id
from pantau_schemas.topics import FEED_ADDRESSES

SECRET_BYTES: Final = 32
_LONGEST: Final = 100
"""Longest name of a feed in an address, in characters; ours have 70."""
_NOBODY: Final = "0" * 64
"""Compared with where there is no address, so that both cases take the same time."""


@dataclass(frozen=True, slots=True)
class FeedAddressMade:
    """A new address of a subscription's feed: its path without an ending. It is shown once."""

    subscription: Subscription
    path: str


def make_feed_address(log: Log, clock: Clock, reference: str) -> FeedAddressMade:
    """Create a secret address for the feed of a subscription; a former one ends.

    Raises UsageError where there is no such subscription.
    """
    found = find_subscription(log, reference)
    secret, now = secrets.token_urlsafe(SECRET_BYTES), clock.now()
    address = FeedAddress(
        address_id=feed_address_id(found.subscription_id),
        subscription_id=found.subscription_id,
        secret_digest=_digest(secret),
        created=now,
    )
    log.append([record_for(address, FEED_ADDRESSES, source="cli", time=now)])
    return FeedAddressMade(found, f"/s/{address.address_id}-{secret}")


def revoke_feed_address(log: Log, reference: str) -> tuple[Subscription, bool]:
    """Remove the address of a subscription's feed; return whether there was one.

    Raises UsageError where there is no such subscription.
    """
    found = find_subscription(log, reference)
    key = feed_address_id(found.subscription_id)
    existed = log.table(FEED_ADDRESSES.name).get(key) is not None
    if existed:
        log.append([removal_of(FEED_ADDRESSES, key)])
    return found, existed


def has_feed_address(log: Log, subscription_id: str) -> bool:
    """Return whether a subscription has an address. Raises RetryError."""
    return log.table(FEED_ADDRESSES.name).get(feed_address_id(subscription_id)) is not None


def find_by_secret(repository: SubscriptionRepository, log: Log, name: str) -> Subscription | None:
    """Return the subscription whose address ends with a name; None for any other name.

    Digests are compared in constant time. Raises RetryError.
    """
    if len(name) > _LONGEST or not name.isascii():
        return None
    # At the first hyphen: ids have none, while secrets may.
    address_id, _, secret = name.partition("-")
    stored = _read(log, address_id)
    expected = _NOBODY if stored is None else stored.secret_digest
    is_right = hmac.compare_digest(expected, _digest(secret))
    return repository.get(stored.subscription_id) if stored is not None and is_right else None


def _digest(secret: str) -> str:
    return sha256(secret.encode("ascii", "replace")).hexdigest()


def _read(log: Log, address_id: str) -> FeedAddress | None:
    return read_or_none(log.table(FEED_ADDRESSES.name), FeedAddress, address_id)
