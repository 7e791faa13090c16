"""When a feed is polled next: pure arithmetic.

The interval is c / sqrt(rate), with the rate of new items over seven days. For a given total of
requests this minimises the mean delay of articles: the items of a feed wait half an interval on
average, so sum(rate * interval / 2) is minimised subject to a constant sum(1 / interval), and
Lagrange's multiplier yields intervals proportional to 1 / sqrt(rate). c follows from the operator's
budget of requests per hour. An interval never exceeds half the turnover of the feed's document: a
feed of 20 items with 20 new ones per hour is polled at least every half hour, or items would be
missed.

Freshness (`Cache-Control`, `Expires`) delays the next poll; so does a `ttl` or `sy:updatePeriod` of
more than an hour. Publishing software writes an hour or less as a default (WordPress: hourly), so
those values only limit how far the interval grows. Beyond an hour no requested wait exceeds half
the turnover, and never a day. `skipHours` and `skipDays` are respected.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from pantau.poller.timing.rhythm import Rhythm
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed, FeedState

JITTER: Final = 0.1
"""Jitter as a fraction of the interval, so that feeds added together drift apart."""
GONE_SECONDS: Final = 24 * 3_600.0
"""Interval of a feed that its publisher declared ended."""
LONGEST_ASKED: Final = 24 * 3_600.0
"""Longest requested wait that is respected."""
TRUSTED_WAIT: Final = 3_600.0
"""Requested wait that is respected even if the document may turn over meanwhile."""
DEFAULT_SCALE: Final = 8.0
"""c until the budget is known: 8 minutes for a feed of 24 items a day."""
_BISECTIONS: Final = 40
_SMALLEST_SCALE: Final = 1e-3
_LARGEST_SCALE: Final = 1e6


def fitted_interval(
    rhythm: Rhythm, scale: float, settings: PollSettings, ttl_seconds: float | None = None
) -> float:
    """Return the interval of a feed with this rhythm in seconds, within the settings' bounds.

    `scale` is c. `ttl_seconds` limits the interval of a feed that is updated more often than that.
    """
    lowest, highest = bounds(settings)
    interval = scale / math.sqrt(rhythm.rate)
    if rhythm.turnover_seconds is not None:
        interval = min(interval, rhythm.turnover_seconds / 2)
    if ttl_seconds and ttl_seconds > 0:
        highest = min(highest, max(float(ttl_seconds), lowest))
    return min(max(interval, lowest), highest)


def scale_for(rhythms: Sequence[Rhythm], requests_an_hour: float, settings: PollSettings) -> float:
    """Return the c with which feeds of these rhythms make a given total of requests per hour.

    Where the bounds of the settings prevent that, return the nearest c.
    """
    lowest, highest = bounds(settings)
    # Most feeds have one of few rhythms: those added together, and those that publish nothing.
    # Written out, since a poll of many feeds begins with this: see `fitted_interval`.
    counts = Counter((one.rate, one.turnover_seconds) for one in rhythms)
    asks = [
        (math.sqrt(rate), math.inf if turnover is None else turnover / 2, 3_600.0 * number)
        for (rate, turnover), number in counts.items()
    ]
    low, high = _SMALLEST_SCALE, _LARGEST_SCALE
    for _ in range(_BISECTIONS):
        # The geometric mean, since c may lie anywhere within nine orders of magnitude.
        middle = math.sqrt(low * high)
        asked = sum(
            requests / min(max(min(middle / root, longest), lowest), highest)
            for root, longest, requests in asks
        )
        if asked > requests_an_hour:
            low = middle
        else:
            high = middle
    return high


def bounds(settings: PollSettings) -> tuple[float, float]:
    """Return the shortest and the longest interval, the longest never below the shortest."""
    lowest = float(settings.min_interval_seconds)
    return lowest, max(lowest, float(settings.max_interval_seconds))


def asked_wait(
    fresh_seconds: float | None, ttl_seconds: float | None, rhythm: Rhythm | None = None
) -> float:
    """Return the wait that a feed requests, in seconds, as far as it is respected."""
    slow = ttl_seconds if ttl_seconds and ttl_seconds > TRUSTED_WAIT else 0.0
    asked = min(max(fresh_seconds or 0.0, slow), LONGEST_ASKED)
    turnover = rhythm.turnover_seconds if rhythm is not None else None
    if asked <= TRUSTED_WAIT or turnover is None:
        return asked
    return min(asked, max(TRUSTED_WAIT, turnover / 2))


def after_success(
    feed: Feed, interval: float, *, polls: int, now: datetime, asked: float = 0.0
) -> datetime:
    """Return the time of the next poll after a successful one.

    An interval fixed by the user is kept exactly.
    """
    if feed.interval_seconds is not None:
        return now + timedelta(seconds=feed.interval_seconds)
    return now + timedelta(seconds=max(interval * jitter(feed.feed_id, polls), asked))


def out_of_skipped(due: datetime, skip_hours: Sequence[int], skip_days: Sequence[int]) -> datetime:
    """Return the first moment from `due` on that is in no hour and no day to be skipped (UTC).

    All hours, or all days, are ignored as a mistake.
    """
    hours, days = set(skip_hours), set(skip_days)
    hours = set() if len(hours) >= 24 else hours
    days = set() if len(days) >= 7 else days
    while due.hour in hours or due.weekday() in days:
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


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

    Doubling, up to `backoff_max_seconds`. A wait that the server asks for is kept up to a day.
    """
    if gone:
        return now + timedelta(seconds=GONE_SECONDS)
    first = float(feed.interval_seconds or settings.default_interval_seconds)
    wait = first * 2.0 ** min(max(failures, 1) - 1, 32) * jitter(feed.feed_id, polls)
    wait = min(wait, float(settings.backoff_max_seconds))
    return now + timedelta(seconds=max(wait, min(retry_after or 0.0, LONGEST_ASKED)))


def slack(state: FeedState) -> float:
    """Return how many seconds early a feed may be polled by `run --once`.

    Otherwise jitter would skip every other run of a cron job with the same interval. Requested
    waits and back-off are respected to the second.
    """
    if state.failures or not state.interval_seconds or not state.next_poll or not state.last_polled:
        return 0.0
    wait = (state.next_poll - state.last_polled).total_seconds()
    longest = state.interval_seconds * (1.0 + JITTER)
    return 2.0 * JITTER * state.interval_seconds if wait <= longest + 0.001 else 0.0


def jitter(feed_id: str, polls: int) -> float:
    """Return a factor near 1, the same for the same feed and poll."""
    digest = hashlib.sha256(f"{feed_id} {polls}".encode()).digest()
    return 1.0 - JITTER + 2.0 * JITTER * int.from_bytes(digest[:4], "big") / 0xFFFF_FFFF
