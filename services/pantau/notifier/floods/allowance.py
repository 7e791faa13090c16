"""How many messages a channel accepts, and how its feeds share them. Pure: the time is an argument.

Two token buckets decide (J. Turner, "New Directions in Communications", IEEE Communications 24(10),
1986):

- The channel's holds up to `burst` messages and refills by `per_hour`.
- Each feed has one of `FEED_SHARE` of both. Every alert of the feed counts, including those in
  summaries: the bucket goes down to a debt of its own size, so a feed that floods gets messages of
  its own only after a calm.
- A part of the channel's, `RESERVED`, is for quiet feeds: the less of its own a feed has left, the
  more the channel must have left. So feeds that flood together cannot use up what a quiet one
  needs.

Where members of a group divide the deliveries of a channel, each has its part of the channel's
limit (`shares`). Tokens move with the partitions, and what was sent of these of late is counted by
who gets them, so rebalances make none.

The time is that of the deliveries (`created`), so a backlog that is read after a stop counts as it
arrived. Buckets start full; the deliveries of the last minutes are counted first (`recent`), so a
restart gives no further burst.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.settings import NotifySettings

FEED_SHARE: Final = 1 / 3
"""The share of a channel's messages that one feed may use."""
RESERVED: Final = 1 / 2
"""The share of a channel's burst that is reserved for feeds that have used little of their own."""
_SWEEP: Final = 1_000
"""Number of buckets above which full ones are dropped."""
# A level is the sum of many small refills: rounding may leave a token that is due slightly below 1.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """The message limits of a channel."""

    burst: float
    per_second: float

    @classmethod
    def of(cls, settings: NotifySettings, kind: str) -> "MessageLimits | None":
        """Return the limits of a channel of this kind; None if it is unlimited."""
        if not settings.per_hour or kind in settings.unlimited:
            return None
        return cls(float(settings.burst), settings.per_hour / 3_600)

    def part(self, part: float) -> "MessageLimits":
        """Return the limits of a member with a part (0 to 1) of the channel.

        At least one message can come at once, so that none has to wait for a summary alone.
        """
        return MessageLimits(max(1.0, self.burst * part), self.per_second * part)

    @property
    def of_feed(self) -> "MessageLimits":
        """The limits of one feed in the channel."""
        return MessageLimits(max(1.0, self.burst * FEED_SHARE), self.per_second * FEED_SHARE)


class _Bucket:
    __slots__ = ("at", "level")

    def __init__(self, level: float, at: datetime) -> None:
        self.level = level
        self.at = at

    def fill(self, limits: MessageLimits, now: datetime) -> None:
        """Add the tokens accrued since the last call."""
        seconds = (now - self.at).total_seconds()
        if seconds > 0:
            self.level = min(limits.burst, self.level + seconds * limits.per_second)
            self.at = now


class Allowance:
    """The allowance of one channel."""

    def __init__(self, limits: MessageLimits) -> None:
        self._limits = limits
        self._share = limits.of_feed
        self._all: _Bucket | None = None
        self._feeds: dict[str, _Bucket] = {}
        self._now: datetime | None = None
        self._sweep_at = _SWEEP

    def resize(self, limits: MessageLimits) -> None:
        """Set other limits, as another part of the channel has become this member's.

        Tokens come and go with it; who gave away what it had used up has a debt.
        """
        if limits == self._limits:
            return
        gained = limits.burst - self._limits.burst
        self._limits, self._share = limits, limits.of_feed
        if self._all is not None:
            self._all.level = min(self._all.level + gained, limits.burst)
        for bucket in self._feeds.values():
            bucket.level = min(bucket.level, self._share.burst)

    def admit(self, feed: str, when: datetime, *, behind: bool = False) -> bool:
        """Count an alert and return whether it may be a message of its own.

        `behind`: others of the feed wait for a summary. Then so does this one, to keep their order.
        """
        self._now = now = when if self._now is None else max(self._now, when)
        total = self._all
        if total is None:
            total = self._all = _Bucket(self._limits.burst, now)
        total.fill(self._limits, now)
        bucket = self._feeds.get(feed)
        if bucket is None:
            bucket = self._feeds[feed] = _Bucket(self._share.burst, now)
            self._sweep(now)
        bucket.fill(self._share, now)
        used = 1 - max(0.0, bucket.level) / self._share.burst
        enough = total.level + _ROUNDING >= 1 + used * RESERVED * (self._limits.burst - 1)
        admitted = not behind and enough and bucket.level + _ROUNDING >= 1
        bucket.level = max(bucket.level - 1, -self._share.burst)
        if admitted:
            total.level -= 1
        return admitted

    def set_back(self, now: datetime) -> None:
        """Count on from now: the clock was ahead, and was set back."""
        self._now = self._now and min(self._now, now)
        for bucket in (*self._feeds.values(), *(() if self._all is None else (self._all,))):
            bucket.at = min(bucket.at, now)

    def full(self, now: datetime) -> bool:
        """Return whether all buckets are full again, so that there is no state to remember."""
        if self._all is not None:
            self._all.fill(self._limits, now)
            if self._all.level < self._limits.burst:
                return False
        self._forget_full(now)
        return not self._feeds

    def _sweep(self, now: datetime) -> None:
        if len(self._feeds) > self._sweep_at:
            self._forget_full(now)
            self._sweep_at = max(_SWEEP, 2 * len(self._feeds))

    def _forget_full(self, now: datetime) -> None:
        for feed, bucket in list(self._feeds.items()):
            bucket.fill(self._share, now)
            if bucket.level >= self._share.burst:
                del self._feeds[feed]


def _whole(channel_id: str) -> float:
    del channel_id
    return 1.0


class Allowances:
    """The allowances of all channels.

    `part` returns which part of a channel's limit is this member's, from 0 to 1.
    """

    def __init__(self, settings: NotifySettings, part: Callable[[str], float] = _whole) -> None:
        self._settings = settings
        self._part = part
        self._channels: dict[str, Allowance] = {}
        self._sweep_at = _SWEEP

    def admit(
        self, channel_id: str, kind: str, feed: str, when: datetime, *, behind: bool = False
    ) -> bool:
        """Count an alert to a channel of this kind; otherwise as `Allowance.admit`."""
        limits = MessageLimits.of(self._settings, kind)
        if limits is None:
            return True
        limits = limits.part(self._part(channel_id))
        found = self._channels.get(channel_id)
        if found is None:
            self._sweep(when)
            found = self._channels[channel_id] = Allowance(limits)
        found.resize(limits)
        return found.admit(feed, when, behind=behind)

    def set_back(self, now: datetime) -> None:
        """Count on from now: the clock was ahead, and was set back."""
        for one in self._channels.values():
            one.set_back(now)

    def _sweep(self, now: datetime) -> None:
        if len(self._channels) > self._sweep_at:
            self._channels = {
                one: each for one, each in self._channels.items() if not each.full(now)
            }
            self._sweep_at = max(_SWEEP, 2 * len(self._channels))
