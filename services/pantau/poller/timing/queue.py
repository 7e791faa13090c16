"""Which feed is polled next: the longest overdue, with a limit on simultaneous polls of a domain.

Between the starts of two polls at one domain lies a gap. Pure.
"""

import heapq
import itertools
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

Asked = Callable[[str, float], object]
"""Called with a domain that is asked now, and the time; others who fetch leave it a gap."""


@dataclass(slots=True)
class _WaitingFeed:
    """A waiting feed. Replaced, never changed, when it is queued again.

    Then the old one is stale.
    """

    feed_id: str
    domain: str
    due: float


class PollQueue:
    """Feeds by due time. Times are seconds of any one clock."""

    def __init__(
        self,
        per_domain: int,
        gap: float = 0.0,
        shared: Collection[str] = frozenset(),
        asked: Asked | None = None,
    ) -> None:
        self._per_domain = per_domain
        self._gap = gap
        self._shared = frozenset(shared)  # domains without a gap
        self._asked = asked
        self._resting: dict[str, float] = {}  # domains to the end of their gap
        self._rests: list[tuple[float, str]] = []
        self._entries: dict[str, _WaitingFeed] = {}
        self._heap: list[tuple[float, int, _WaitingFeed]] = []
        self._numbers = itertools.count()
        self._ready: dict[str, deque[_WaitingFeed]] = {}
        # Domains with a ready feed and capacity, in order of readiness.
        self._open: dict[str, None] = {}
        self._running: dict[str, str] = {}
        self._busy: dict[str, int] = {}

    def put(self, feed_id: str, domain: str, due: float) -> None:
        """Schedule a feed for `due`, replacing its previous time."""
        entry = _WaitingFeed(feed_id, domain, due)
        self._entries[feed_id] = entry
        heapq.heappush(self._heap, (due, next(self._numbers), entry))

    def remove(self, feed_id: str) -> None:
        """Remove a waiting feed."""
        self._entries.pop(feed_id, None)

    def take(self, now: float) -> str | None:
        """Return a due feed whose domain has capacity, which `done` releases.

        A feed that is being polled is not returned.
        """
        while self._rests and self._rests[0][0] <= now:
            until, domain = heapq.heappop(self._rests)
            if self._resting.get(domain) == until:
                del self._resting[domain]
                self._reconsider(domain)
        while self._heap and self._heap[0][0] <= now:
            entry = heapq.heappop(self._heap)[2]
            if self._entries.get(entry.feed_id) is entry:
                self._ready.setdefault(entry.domain, deque()).append(entry)
                self._reconsider(entry.domain)
        while self._open:
            domain = next(iter(self._open))
            entry = self._ready[domain].popleft()
            # Feeds are rescheduled by adding an entry; the older ones stay in the heap and are
            # skipped here.
            current = self._entries.get(entry.feed_id) is entry
            if current:
                del self._entries[entry.feed_id]
            # A feed that is being polled loses this turn; `Round._collect` queues it again after
            # the poll.
            valid = current and entry.feed_id not in self._running
            if valid:
                self._running[entry.feed_id] = domain
                self._busy[domain] = self._busy.get(domain, 0) + 1
                self.rest(domain, now + self._gap)
                if self._asked is not None:
                    self._asked(domain, now)
            self._open.pop(domain, None)
            self._reconsider(domain)
            if valid:
                return entry.feed_id
        return None

    def rest(self, domain: str, until: float) -> None:
        """Hold back the feeds of a domain until a time, unless the domain is shared by many."""
        if domain in self._shared or not self._gap or until <= self._resting.get(domain, 0.0):
            return
        self._resting[domain] = until
        heapq.heappush(self._rests, (until, domain))
        self._reconsider(domain)

    def forget_rests(self) -> None:
        """Drop all gaps: their times are those of a clock that was ahead."""
        resting = tuple(self._resting)
        self._resting.clear()
        self._rests.clear()
        for domain in resting:
            self._reconsider(domain)

    def done(self, feed_id: str) -> None:
        """Release the capacity of a running feed."""
        domain = self._running.pop(feed_id)
        self._busy[domain] -= 1
        if not self._busy[domain]:
            del self._busy[domain]
        self._reconsider(domain)

    def _reconsider(self, domain: str) -> None:
        if not self._ready.get(domain):
            self._ready.pop(domain, None)
        free = self._busy.get(domain, 0) < self._per_domain and domain not in self._resting
        if domain in self._ready and free:
            self._open.setdefault(domain)
        else:
            self._open.pop(domain, None)

    def next_due(self) -> float | None:
        """Return when the next feed is due or the next gap ends, or None."""
        while self._heap and self._entries.get(self._heap[0][2].feed_id) is not self._heap[0][2]:
            heapq.heappop(self._heap)
        times = [heap[0][0] for heap in (self._heap, self._rests) if heap]
        return min(times, default=None)

    @property
    def waiting(self) -> bool:
        """True if a due feed waits for the gap of its domain."""
        return any(domain in self._ready for domain in self._resting)

    def __contains__(self, feed_id: str) -> bool:
        """Return whether the feed waits."""
        return feed_id in self._entries

    def __len__(self) -> int:
        """Return the number of waiting feeds."""
        return len(self._entries)
