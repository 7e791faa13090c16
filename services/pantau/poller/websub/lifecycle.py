"""The life of a subscription at a hub: each event and the time in, the next state out. Pure.

A renewal is a request with the same callback and secret while the subscription stays active, so
nothing that goes wrong with it ends what the hub granted before. A hub is relied upon only after it
has delivered something, and polls check it: every hour at first, doubling up to once a day. What
such a poll finds and the hub does not deliver within `GRACE` counts as missed; the feed is then
polled on its usual schedule for a week.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from pantau_schemas.base import members_of
from pantau_schemas.events.polling.websub import HubStatus, HubSubscription

LEASE: Final = timedelta(days=10)
"""Lease that is requested, the one that the recommendation's examples request."""
LONGEST_LEASE: Final = timedelta(days=90)
"""Longest lease that is believed; the subscription is renewed after half of it at the latest."""
GRACE: Final = timedelta(minutes=15)
"""Time in which a hub may still deliver what a poll has found."""
DISTRUST: Final = timedelta(days=7)
"""How long the feed of a hub that missed articles is polled as usual."""
LONGEST_CHECK: Final = timedelta(days=1)
FIRST_CHECK: Final = timedelta(hours=1)
FIRST_RETRY: Final = timedelta(minutes=10)
LONGEST_RETRY: Final = timedelta(days=1)
LEAST_WAIT: Final = timedelta(minutes=5)
"""Shortest wait between two requests to a hub for one feed, however short its leases are."""
DENIED_WAIT: Final = timedelta(days=7)
"""Wait before a hub that denied a subscription is asked again."""
_MOST_FOUND: Final = 200
_REASON: Final = 500


def asking(sub: HubSubscription, now: datetime) -> HubSubscription:
    """Return the state before a request is sent, with the time of the next one if it has no result.

    It is stored first, so that a verification that arrives early finds its subscription, and an
    answer that is lost is asked for again.
    """
    attempts = sub.attempts + 1
    wait = min(FIRST_RETRY * float(1 << min(attempts - 1, 16)), LONGEST_RETRY)
    if sub.status is HubStatus.ACTIVE and sub.expires_at is not None:
        wait = min(wait, max((sub.expires_at - now) / 2, LEAST_WAIT))
    return _with(sub, attempts=attempts, next_request=now + wait)


def refused(
    sub: HubSubscription, problem: str, now: datetime, retry_after: float | None = None
) -> HubSubscription:
    """Return the state after a request that the hub refused, or that did not reach it."""
    soonest = now + timedelta(seconds=min(retry_after or 0.0, LONGEST_RETRY.total_seconds()))
    due = max(sub.next_request or soonest, soonest)
    return _with(sub, problem=problem[:_REASON], next_request=due)


def verified(sub: HubSubscription, lease_seconds: int | None, now: datetime) -> HubSubscription:
    """Return the state after the hub verified the subscription and granted a lease.

    Hubs of the older protocol may name no lease; then the requested one counts.
    """
    granted = LEASE if lease_seconds is None else timedelta(seconds=lease_seconds)
    lease = min(granted, LONGEST_LEASE)
    return _with(
        sub,
        status=HubStatus.ACTIVE,
        problem=None,
        attempts=0,
        lease_seconds=int(lease.total_seconds()),
        expires_at=now + lease,
        next_request=now + max(lease / 2, LEAST_WAIT),
    )


def denied(sub: HubSubscription, reason: str | None, now: datetime) -> HubSubscription:
    """Return the state after the hub denied the subscription, or ended an active one."""
    problem = f"the hub denied the subscription: {reason}" if reason else "the hub denied it"
    return _with(
        sub,
        status=HubStatus.DENIED,
        problem=problem[:_REASON],
        expires_at=None,
        next_request=now + DENIED_WAIT,
    )


def leaving(sub: HubSubscription, now: datetime) -> HubSubscription:
    """Return the state of a subscription that is not wanted any more."""
    return _with(sub, status=HubStatus.LEAVING, attempts=0, next_request=now, found=())


def left(sub: HubSubscription, now: datetime) -> bool:
    """Return whether a subscription that is not wanted may be forgotten.

    The hub was asked a few times, or what it granted has ended.
    """
    ended = sub.expires_at is None or sub.expires_at <= now
    return sub.status is HubStatus.LEAVING and (ended or sub.attempts >= 3)


def pushed(sub: HubSubscription, listed: Collection[str], now: datetime) -> HubSubscription:
    """Return the state after a delivery that lists these articles."""
    found = tuple(one for one in sub.found if one not in listed)
    found_at = sub.found_at if found else None
    return _with(sub, pushes=sub.pushes + 1, last_push=now, found=found, found_at=found_at)


def polled(sub: HubSubscription, new: Collection[str], now: datetime) -> HubSubscription:
    """Return the state after a poll that found these new articles.

    They count only where the hub was relied upon: else polls and pushes race with each other.
    """
    if not relied_upon(sub, now):
        return sub
    if not new:
        return sub if sub.found else _with(sub, checks=min(sub.checks + 1, 1_000))
    found = tuple(dict.fromkeys((*sub.found, *new)))[:_MOST_FOUND]
    return _with(sub, found=found, found_at=sub.found_at or now)


def settled(sub: HubSubscription, now: datetime) -> HubSubscription:
    """Return the state after the hub's time to deliver what a poll found; unchanged before."""
    if sub.found_at is None or now - sub.found_at < GRACE:
        return sub
    return _with(
        sub,
        missed=sub.missed + len(sub.found),
        found=(),
        found_at=None,
        checks=0,
        distrusted_until=now + DISTRUST,
    )


def relied_upon(sub: HubSubscription, now: datetime) -> bool:
    """Return whether the feed may be polled less often, since its hub delivers."""
    return (
        sub.status is HubStatus.ACTIVE
        and sub.expires_at is not None
        and now < sub.expires_at
        and sub.pushes > 0
        and not distrusted(sub, now)
    )


def distrusted(sub: HubSubscription, now: datetime) -> bool:
    """Return whether the hub missed articles lately."""
    return sub.distrusted_until is not None and now < sub.distrusted_until


def check_after(sub: HubSubscription) -> timedelta:
    """Return the time between two polls that check the hub."""
    return min(FIRST_CHECK * float(1 << min(sub.checks, 10)), LONGEST_CHECK)


def wanted(sub: HubSubscription) -> bool:
    """Return whether a hub gets the answer that the subscription is intended."""
    return sub.status is not HubStatus.LEAVING


def _with(sub: HubSubscription, **changes: object) -> HubSubscription:
    """Return a copy with changes, validated, so that times have the precision of the wire."""
    return HubSubscription.model_validate({**members_of(sub), **changes})
