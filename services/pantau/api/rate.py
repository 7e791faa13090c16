"""The rate of requests of a client: a token bucket for each address. Pure but for its own state."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

from pantau.net.networks import network_of

CLIENTS: Final = 1_024
"""Clients that are remembered, the latest."""


@dataclass(slots=True)
class _ClientTokens:
    tokens: float
    at: datetime


class RequestRate:
    """How many requests each client may make.

    A client has `per_minute` requests at once, and gets as many again in each minute (a token
    bucket). 0 is no limit. For use by one thread. A /64 network of IPv6 is one client: whoever has
    an address there may take any other (RFC 4291, 2.5.1).
    """

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: OrderedDict[str, _ClientTokens] = OrderedDict()

    def wait_for(self, client: str, now: datetime) -> int:
        """Count a request; return 0, or the seconds after which the client may make the next one.

        A request that has to wait is not counted.
        """
        if not self.per_minute:
            return 0
        client = network_of(client)
        bucket = self._buckets.get(client) or _ClientTokens(self.per_minute, now)
        self._buckets[client] = bucket
        self._buckets.move_to_end(client)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        passed = max(0.0, (now - bucket.at).total_seconds())  # clocks can be set back
        bucket.tokens = min(self.per_minute, bucket.tokens + passed * self.per_minute / 60)
        bucket.at = now
        if bucket.tokens < 1:
            return max(1, ceil((1 - bucket.tokens) * 60 / self.per_minute))
        bucket.tokens -= 1
        return 0
