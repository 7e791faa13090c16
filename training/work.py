"""Long work in stages: each leaves a file, and reports its progress on standard error."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

EVERY: Final = 30.0
"""Minimum interval in seconds between two lines of progress."""


class Progress:
    """Reports the progress of a known amount of work, and the remaining time."""

    def __init__(self, what: str, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._total, self._clock = what, total, clock
        self._start = self._told = clock()

    def at(self, done: int) -> None:
        """Report the amount done."""
        now = self._clock()
        if done and (now - self._told >= EVERY or done == self._total):
            self._told = now
            left = (now - self._start) / done * (self._total - done)
            log_line(f"{self._what}: {done:,} of {self._total:,}, {left / 60:.0f} minutes left")


def log_line(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def stage(path: Path, make: Callable[[Path], None], *, again: bool) -> None:
    """Run a stage unless its file exists; `again` forces it."""
    if path.exists() and not again:
        log_line(f"{path}: kept as it is")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    make(path)
    log_line(f"{path}: {path.stat().st_size:,} bytes, {time.monotonic() - start:.0f} s")
