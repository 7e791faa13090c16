"""When a feed is polled next: pure arithmetic.

The interval follows the feed by multiplicative increase and decrease: halved when a poll found
something, raised by a fifth when it did not. It settles where about four polls go to one change
(1.2 ** 3.8 = 2), so that an article waits on average an eighth of the time between two of its feed.

What a feed asks for is taken as follows. `Cache-Control: max-age` is waited for, since until then a
cache would give the same copy again. `ttl` and `sy:updatePeriod` only bound how far the interval
grows, because programs write a fixed value there whatever the site does (WordPress: hourly).
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from pantau.settings import PollSettings
from pantau_schemas.feed import Feed

GROWTH: Final = 1.2
SHRINKING: Final = 0.5
JITTER: Final = 0.1
"""Part of the interval by which polls are moved, so that feeds added together drift apart."""
GONE_SECONDS: Final = 24 * 3_600.0
"""Pause of a feed that its publisher declared ended."""


def fitted_interval(
    previous: float | None, *, changed: bool, settings: PollSettings, ttl_seconds: int | None = None
) -> float:
    """Return the interval after a poll that found something (`changed`) or not, in seconds."""
    lowest = float(settings.min_interval_seconds)
    highest = max(lowest, float(settings.max_interval_seconds))
    if previous is None:
        return min(max(float(settings.default_interval_seconds), lowest), highest)
    if changed:
        return max(min(previous, highest) * SHRINKING, lowest)
    bound = (
        highest
        if not ttl_seconds or ttl_seconds < 0
        else min(max(float(ttl_seconds), lowest), highest)
    )
    return max(min(previous * GROWTH, bound), lowest)


def after_success(
    feed: Feed,
    interval: float,
    *,
    polls: int,
    now: datetime,
    settings: PollSettings,
    max_age: float | None,
) -> datetime:
    """Return the time of the poll after a good one.

    An interval fixed by the user is kept exactly.
    """
    if feed.interval_seconds is not None:
        return now + timedelta(seconds=feed.interval_seconds)
    wait = max(
        interval * jitter(feed.feed_id, polls),
        min(max_age or 0.0, float(settings.max_interval_seconds)),
    )
    return now + timedelta(seconds=wait)


def after_failure(
    feed: Feed,
    *,
    failures: int,
    polls: int,
    now: datetime,
    settings: PollSettings,
    retry_after: float | None = None,
    gone: bool = False,
) -> datetime:
    """Return the time of the poll after the `failures`-th failure in a row.

    Doubling, up to `backoff_max_seconds`.
    A wait that the server asks for is kept to, up to the same bound.
    """
    if gone:
        return now + timedelta(seconds=GONE_SECONDS)
    longest = float(settings.backoff_max_seconds)
    first = float(feed.interval_seconds or settings.default_interval_seconds)
    wait = first * 2.0 ** min(max(failures, 1) - 1, 32) * jitter(feed.feed_id, polls)
    return now + timedelta(seconds=min(max(wait, retry_after or 0.0), longest))


def jitter(feed_id: str, polls: int) -> float:
    """Return a factor near 1, the same for the same feed and poll."""
    digest = hashlib.sha256(f"{feed_id} {polls}".encode()).digest()
    return 1.0 - JITTER + 2.0 * JITTER * int.from_bytes(digest[:4], "big") / 0xFFFF_FFFF
