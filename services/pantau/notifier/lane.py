"""What waits for one channel, and which of it is to be tried now. Pure: the time comes in.

- Deliveries go out one at a time, in the order of their alerts (`created`, then order of arrival).
- One that failed waits for its own `next_attempt`; meanwhile those after it go on.
- Failed tries of two deliveries in a row mean that the channel is down: nothing is tried until a pause is over,
  which grows with every further one that fails (`settle.lane_pause_seconds`). So 1,000 waiting alerts cost a dead channel one
  try a pause, not 1,000. The one to try then is the one with the fewest tries so far: a single message that
  the channel cannot take does not keep it "down", and no delivery uses up its tries in one outage.
- The first success after that ends the outage: what failed during it is due at once, in order.
"""

import heapq
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau.notifier.settle import lane_pause_seconds
from pantau.ports import Received
from pantau.settings import NotifySettings
from pantau_schemas.alert import Delivery

DOWN_AFTER: Final = 2
"""Deliveries that failed in a row after which a channel counts as down."""
_NOW: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True, eq=False)
class Entry:
    """A delivery that is not final, and the records that it stands on (finished together with the next state)."""

    delivery: Delivery
    arrival: int
    origin: Received  # the record it was read from; its headers are carried on
    held: list[Received] = field(default_factory=list)
    gone: bool = False  # became final elsewhere; left out when its turn comes

    @property
    def order(self) -> tuple[datetime, int]:
        """The place among those of the same channel."""
        return self.delivery.created, self.arrival


_Queue = list[tuple[tuple[datetime, int], int, Entry]]


class Lane:
    """The queue of one channel."""

    def __init__(self, channel_id: str, settings: NotifySettings) -> None:
        self.channel_id = channel_id
        self.failures = 0
        self.busy = False  # a try is under way
        self.queued = False  # in the dispatcher's list of those that may be served
        self.timer: datetime | None = None  # when the dispatcher looks here again
        self._settings = settings
        self._due: _Queue = []  # by order
        self._later: _Queue = []  # by next_attempt
        self._opens: datetime | None = None
        self._down_since: datetime | None = None
        self._last_failed = ""
        self._ticket = itertools.count()  # entries themselves are never compared

    def __len__(self) -> int:
        return len(self._due) + len(self._later)

    def add(self, entry: Entry) -> None:
        """Let a delivery wait for its turn."""
        later = entry.delivery.next_attempt
        if later is None:
            heapq.heappush(self._due, (entry.order, next(self._ticket), entry))
        else:
            heapq.heappush(self._later, ((later, entry.arrival), next(self._ticket), entry))

    def pick(self, now: datetime) -> Entry | None:
        """Take out the delivery to be tried now, if there is one."""
        if self._opens is not None and now < self._opens:
            return None
        while self._later and self._later[0][0][0] <= now:
            entry = heapq.heappop(self._later)[2]
            heapq.heappush(self._due, (entry.order, next(self._ticket), entry))
        while self._due:
            entry = self._least_tried() if self.failures >= DOWN_AFTER else heapq.heappop(self._due)[2]
            if not entry.gone:
                return entry
        return None

    def _least_tried(self) -> Entry:
        at = min(range(len(self._due)), key=lambda i: (self._due[i][2].delivery.attempts, self._due[i][0]))
        entry = self._due.pop(at)[2]
        heapq.heapify(self._due)
        return entry

    def next_time(self) -> datetime | None:
        """Say when there may be something to try; None if nothing waits. A moment in the past means now."""
        while self._later and self._later[0][2].gone:
            heapq.heappop(self._later)
        if self._due:
            earliest = _NOW
        elif self._later:
            earliest = self._later[0][0][0]
        else:
            return None
        return max(earliest, self._opens) if self._opens is not None else earliest

    def failed(self, delivery_id: str, now: datetime, after_seconds: float | None = None) -> None:
        """Note a try that failed for the time being.

        One delivery that fails again and again says nothing new of the channel.
        """
        if delivery_id != self._last_failed:
            self.failures += 1
            self._last_failed = delivery_id
        if self._down_since is None:
            self._down_since = now
        pause = lane_pause_seconds(
            self.failures, self._settings, seed=self.channel_id, after_seconds=after_seconds
        )
        self._opens = now + timedelta(seconds=pause) if pause else None

    def worked(self) -> None:
        """Note that the channel took a message, or refused one for good: it is up."""
        if self.failures >= DOWN_AFTER and self._down_since is not None:
            self._bring_back(self._down_since)
        self.failures = 0
        self._last_failed = ""
        self._opens = None
        self._down_since = None

    def _bring_back(self, since: datetime) -> None:
        kept: _Queue = []
        for item in self._later:
            entry = item[2]
            if entry.delivery.updated >= since:
                heapq.heappush(self._due, (entry.order, next(self._ticket), entry))
            else:
                kept.append(item)
        heapq.heapify(kept)
        self._later = kept
