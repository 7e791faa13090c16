"""Who may be asked next: gaps and waits of registrable domains, shared by all who fetch. Pure.

In one process the poller and the extractor share a `Courtesy`, so that a site gets a feed's poll
and its articles' pages one after the other. Times are seconds since 1970.
"""

from collections import deque
from collections.abc import Callable, Collection
from typing import Final

KNOWN: Final = 10_000
"""Domains that are remembered at most; those whose gap is over are forgotten first."""
HOUR: Final = 3_600.0

Listener = Callable[[str, float], None]
"""Called with a domain and the time until which it is to be left alone."""


def _never(domain: str) -> float:
    del domain
    return 0.0


class Courtesy:
    """The domains that are left alone for a while, and until when."""

    def __init__(self, gap_seconds: float, shared: Collection[str] = frozenset()) -> None:
        self.gap_seconds = gap_seconds
        self._shared = frozenset(shared)  # domains that serve many: no gap between their feeds
        self._until: dict[str, float] = {}
        self._listeners: list[Listener] = []
        self._asked: dict[str, deque[float]] = {}
        self.held: Callable[[str], float] = _never
        """When a wait ends that a domain asked the poller for, by 429 or 503; 0 without one."""

    def listen(self, listener: Listener) -> None:
        """Call `listener` with each domain that another part requests, and the end of its gap."""
        self._listeners.append(listener)

    def free_at(self, domain: str) -> float:
        """Return when a domain may be asked next; a time in the past means now."""
        return max(self._until.get(domain, 0.0), self.held(domain))

    def asked(self, domain: str, now: float, gap_seconds: float = 0.0) -> float:
        """Record a request to a domain. `gap_seconds` is what its robots.txt asks for at least.

        Return the end of its gap.
        """
        return self.hold(domain, now + max(self.gap_of(domain), gap_seconds), now)

    def gap_of(self, domain: str) -> float:
        """Return the least time in seconds between two requests to a domain."""
        return 0.0 if domain in self._shared else self.gap_seconds

    def hold(self, domain: str, until: float, now: float) -> float:
        """Pause a domain until a time; an earlier one than before changes nothing."""
        if until <= self._until.get(domain, now):
            return until
        if len(self._until) >= KNOWN:
            self._until = {name: end for name, end in self._until.items() if end > now}
        self._until[domain] = until
        for listener in self._listeners:
            listener(domain, until)
        return until

    def forget(self) -> None:
        """Drop all requests: their times are those of a clock that was ahead."""
        self._until.clear()
        self._asked.clear()

    def count_page(self, domain: str, now: float, most_per_hour: int) -> bool:
        """Count a page of a domain; return False where the hour's share is used up."""
        if len(self._asked) >= KNOWN:
            recent = now - HOUR
            self._asked = {name: one for name, one in self._asked.items() if one[-1] > recent}
        times = self._asked.setdefault(domain, deque(maxlen=most_per_hour))
        if len(times) == most_per_hour and times[0] > now - HOUR:
            return False
        times.append(now)
        return True
