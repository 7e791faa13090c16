"""The wait before the next attempt: one exponential backoff for all of Pantau. Pure.

The wait before attempt n + 1 is `first * 2 ** (n - 1)`, at most `most`. With a seed a share between
three quarters and the whole of it is taken: exponential backoff with jitter (M. Brooker,
"Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that clients that failed together
are not retried together. The share is a digest of the seed and the attempt number, so a restart
plans the same. A wait that the other side requested (`Retry-After`) is respected, up to the same
maximum.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

_DOUBLINGS: Final = 60
"""More exceed any maximum; 2.0 ** 1024 would overflow."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """The first and the maximum wait in seconds."""

    first: float
    most: float

    def seconds(
        self, tries: int, *, seed: str | None = None, after_seconds: float | None = None
    ) -> float:
        """Return the wait after failed attempt number `tries` (1 is the first).

        `after_seconds` is the wait that the other side requested.
        """
        wait = min(self.first * 2.0 ** min(tries - 1, _DOUBLINGS), self.most)
        if seed is not None:
            wait *= 0.75 + 0.25 * _share(seed, tries)
        return max(wait, min(after_seconds, self.most)) if after_seconds is not None else wait


def _share(seed: str, tries: int) -> float:
    digest = hashlib.sha256(f"{seed} {tries}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) / 2**64


@dataclass(slots=True)
class Pauses:
    """The pauses of a loop that waits for a dependency, growing until it works again."""

    backoff: Backoff
    tries: int = field(default=0, init=False)

    def next(self, after_seconds: float | None = None) -> float:
        """Return the pause after another failure; a requested wait replaces it."""
        self.tries += 1
        return after_seconds or self.backoff.seconds(self.tries)

    def worked(self) -> None:
        """Reset to short pauses."""
        self.tries = 0
