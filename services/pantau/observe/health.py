"""Liveness and readiness, as reported by the program's loops and parts.

Pure but for the injected clock.

*Live* is a matter of progress: a loop that once reported and then was silent for longer than a
batch, a time-out and the longest backoff together is hanging, and a restart helps. *Ready* is a
matter of dependencies: a part that waits for one reports which; a restart would not help.
"""

import threading
from collections.abc import Callable
from typing import Final

SILENCE_SECONDS: Final = 120.0
"""Longest silence of a live loop.

Waits end after 30 s; requests to servers time out after 30 s.
"""
STARTING: Final = "starting"


class HealthRecorder:
    """Records what loops and parts report.

    `monotonic` returns the seconds of a monotonic clock.
    """

    def __init__(
        self, monotonic: Callable[[], float], silence_seconds: float = SILENCE_SECONDS
    ) -> None:
        self._monotonic = monotonic
        self._silence = silence_seconds
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}
        self._reasons: dict[str, str | None] = {"service": STARTING}

    def live(self, loop: str) -> None:
        """Record progress of a loop."""
        self._seen[loop] = self._monotonic()

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        """Record that a part is ready, or why it is not."""
        with self._lock:
            self._reasons[part] = reason

    def hanging(self) -> dict[str, float]:
        """Return the hanging loops with the seconds since their last report."""
        now = self._monotonic()
        return {
            name: round(now - seen, 1)
            for name, seen in self._seen.copy().items()
            if now - seen > self._silence
        }

    def readiness(self) -> dict[str, float]:
        """Return 1 for each part that is ready, else 0."""
        with self._lock:
            return {part: float(reason is None) for part, reason in self._reasons.items()}

    def unready(self) -> dict[str, str]:
        """Return the parts that are not ready, with the reasons."""
        with self._lock:
            return {part: reason for part, reason in self._reasons.items() if reason is not None}
