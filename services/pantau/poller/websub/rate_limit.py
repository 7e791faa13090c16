"""Limits how often one callback accepts documents. Pure but for the injected clock."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

BURST: Final = 60
PER_SECOND: Final = 1.0
_MOST_KEYS: Final = 20_000


class RateLimit:
    """Token buckets by key; `monotonic` returns seconds. Not thread-safe."""

    def __init__(
        self, monotonic: Callable[[], float], burst: int = BURST, per_second: float = PER_SECOND
    ) -> None:
        self._monotonic = monotonic
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Consume a token; return whether there was one."""
        now = self._monotonic()
        tokens, since = self._buckets.pop(key, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - since) * self._per_second)
        allowed = tokens >= 1.0
        self._buckets[key] = (tokens - 1.0 if allowed else tokens, now)
        # The key that asked longest ago is the most likely to have a full bucket, as a new one has.
        if len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        return allowed
