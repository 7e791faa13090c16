"""When a redirect replaces a feed's address, and when validators are trusted. Pure.

A permanent redirect can be an error: a captive portal, an expired domain, a temporary mistake. So
it is adopted only after it held for days and led to the same feed; until then every poll starts at
the old address. A redirect to another feed, to a page, to plain HTTP, or to an address that fails
is not adopted. When an adopted address fails, the feed returns to its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from pantau.net.address import same_origin
from pantau.poller.decision.outcome import Facts
from pantau_schemas.events.feed import Feed, FeedState

HELD_FOR: Final = timedelta(days=3)
"""How long a permanent redirect must hold; other readers require a day to a week."""
VALIDATORS_FOR: Final = timedelta(days=8)
"""How long a server may answer 304 before an unconditional request; more than a week."""


def moved(
    feed: Feed, state: FeedState, facts: Facts, now: datetime, *, same_feed: bool
) -> Mapping[str, object]:
    """Return the changes of a feed's state that concern its address, after a successful poll."""
    target = facts.permanent_url
    if target is None or target == feed.url or not _may_move(feed, target):
        back = {"moved_to": None} if target == feed.url else {}
        return {"moving_to": None, "moving_since": None, **back}
    since = state.moving_since if target == state.moving_to and same_feed else None
    if since is not None and now - since >= HELD_FOR:
        return {"moved_to": target, "moving_to": None, "moving_since": None}
    return {"moving_to": target, "moving_since": since or now}


def _may_move(feed: Feed, target: str) -> bool:
    """Return whether a feed may move: one with credentials only within its origin."""
    access = feed.access
    if access is None or not (access.secret_parts or access.username):
        return True
    return same_origin(target, feed.url)


def believed(state: FeedState, facts: Facts, now: datetime) -> Mapping[str, object]:
    """Return the changes of a feed's state that concern validators, after an unchanged document.

    After days of 304 the validators are dropped, so that the next request is unconditional.
    """
    if facts.status != 304 or state.full_at is None:
        fresh = {"full_at": now}
    elif now - state.full_at >= VALIDATORS_FOR:
        return {"etag": None, "last_modified": None}
    else:
        fresh = {}
    if state.distrusted:
        return fresh
    given = {"etag": facts.etag, "last_modified": facts.last_modified}
    return {**fresh, **{name: value for name, value in given.items() if value is not None}}


def validators(state: FeedState, facts: Facts, now: datetime) -> Mapping[str, object]:
    """Return the changes of a feed's state that concern validators, after a full document.

    A document that changed during days of 304 shows that the server's 304 cannot be trusted.
    """
    expired = state.full_at is not None and now - state.full_at >= VALIDATORS_FOR
    unasked = state.etag is None and state.last_modified is None
    distrusted = state.distrusted or (
        expired and unasked and state.content_hash is not None and not state.failures
    )
    return {
        "full_at": now,
        "distrusted": distrusted,
        "etag": None if distrusted else facts.etag,
        "last_modified": None if distrusted else facts.last_modified,
    }
