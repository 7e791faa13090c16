"""How often and from where pictures are fetched. Pure but for its own state."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

MINUTE: Final = timedelta(minutes=1)
HOSTS: Final = 500
"""Hosts without an answer that are remembered, the latest."""


class FetchRate:
    """Limits the fetches in any minute."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._begun: deque[datetime] = deque()

    def take(self, now: datetime) -> bool:
        """Count a fetch, and return whether it may be made."""
        # Clocks can be set back: what lies in the future counts no longer than a minute either.
        while self._begun and not now - MINUTE < self._begun[0] <= now:
            self._begun.popleft()
        if len(self._begun) >= self._most:
            return False
        self._begun.append(now)
        return True


class SilentHosts:
    """Hosts that did not answer, which are not asked for a while: other pictures are there too."""

    def __init__(self, duration: timedelta) -> None:
        self._duration = duration
        self._until: OrderedDict[str, datetime] = OrderedDict()

    def add(self, host: str, now: datetime) -> None:
        """Remember that a host did not answer."""
        self._until.pop(host, None)
        self._until[host] = now + self._duration
        if len(self._until) > HOSTS:
            self._until.popitem(last=False)

    def has(self, host: str, now: datetime) -> bool:
        """Return whether a host has failed to answer recently."""
        return now < self._until.get(host, now)
