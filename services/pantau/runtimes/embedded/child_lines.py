"""The messages of a child process to its parent: one JSON object per line, a name and its values.

`ChildSignals` is the child's end, in place of metrics and health; `ChildListener` the parent's. A
line that was truncated by the end of the child is dropped: messages are for observability, not for
correctness.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from typing import Any, Final

from pantau.errors import RetryError
from pantau.observe.signals import AgeOf, Batch, Signals

LIVE_SECONDS: Final = 1.0
"""Minimum interval in seconds between progress reports of a loop."""


@dataclass(frozen=True, slots=True)
class ChildStarted:
    """The child started working."""


@dataclass(frozen=True, slots=True)
class ChildFailed:
    """The child cannot continue, and neither could another; the text is for people."""

    text: str


@dataclass
class ChildSignals:
    """Writes lines to a descriptor.

    Implements `pantau.observe.signals.Metrics` and `Health`; thread-safe.
    """

    descriptor: int
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _told: dict[str, float] = field(default_factory=dict)

    def hello(self) -> None:
        """Report the start of work."""
        self._write("hello")

    def failed(self, text: str) -> None:
        """Report the reason for its end."""
        self._write("failed", text=text)

    def batch(self, batch: Batch) -> None:
        """Report a finished batch; the parent wakes whoever waits for its output."""
        numbers = {one.name: getattr(batch, one.name) for one in fields(batch)}
        self._write(
            "batch", **numbers | {"produced": dict(batch.produced), "ages": list(batch.ages)}
        )

    def ticked(self, stage: str, outcome: str, produced: Mapping[str, int], seconds: float) -> None:
        """Report a tick; the parent wakes as at a batch."""
        self._write(
            "ticked", stage=stage, outcome=outcome, produced=dict(produced), seconds=seconds
        )

    def retried(self, part: str, error: RetryError) -> None:
        """Report a wait."""
        self._write("retried", part=part, text=str(error))

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        """Report whether a part is ready."""
        self._write("ready", part=part, reason=reason)

    def live(self, loop: str) -> None:
        """Report progress of a loop."""
        now = time.monotonic()
        if now - self._told.get(loop, -LIVE_SECONDS) >= LIVE_SECONDS:
            self._told[loop] = now
            self._write("live", loop=loop)

    def skipped(self, topic: str) -> None:
        """Report a skipped record of a table."""
        self._write("skipped", topic=topic)

    def lost(self, stage: str, number: int) -> None:
        """Do nothing: the embedded log removes nothing that is still to be processed."""

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        """Do nothing: the parent reads the lag from the store."""

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        """Do nothing: feeds are polled by the parent."""

    def page(self, outcome: str) -> None:
        """Do nothing: pages are fetched by the parent."""

    def gave(self, *, new: int, changed: int) -> None:
        """Do nothing: feeds are polled by the parent."""

    def pushed(self, outcome: str) -> None:
        """Do nothing: hubs are answered by the parent."""

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        """Do nothing: messages are sent by the parent."""

    def alerted(self, seconds: float) -> None:
        """Do nothing: messages are sent by the parent."""

    def ages(self, what: AgeOf, read: Callable[[], Mapping[str, float]]) -> None:
        """Do nothing: the parent has them."""

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        """Do nothing: feeds are polled by the parent."""

    def free_space(self, read: Callable[[], float]) -> None:
        """Do nothing: the parent has it."""

    def _write(self, name: str, **what: Any) -> None:
        line = json.dumps({"say": name, **what}).encode() + b"\n"
        # A broken pipe means that the parent is gone, which the reading thread detects.
        with self._lock, suppress(BrokenPipeError):
            while line:
                line = line[os.write(self.descriptor, line) :]


class ChildListener:
    """Forwards the child's messages to the signals of this process.

    Calls `woken` after each of its batches.
    """

    def __init__(self, signals: Signals, woken: Callable[[], None]) -> None:
        self._signals = signals
        self._woken = woken

    def take(self, line: bytes) -> ChildStarted | ChildFailed | None:
        """Process one line; return a message that its reader has to act on."""
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:  # truncated
            return None
        match said.pop("say"):
            case "hello":
                return ChildStarted()
            case "failed":
                return ChildFailed(said["text"])
            case "batch":
                self._woken()
                self._signals.metrics.batch(Batch(**said))
            case "ticked":
                self._woken()
                self._signals.metrics.ticked(**said)
            case "retried":
                self._signals.metrics.retried(said["part"], RetryError(said["text"]))
            case "skipped":
                self._signals.metrics.skipped(said["topic"])
            case "ready":
                self._signals.health.ready(said["reason"], part=said["part"])
            case "live":
                self._signals.health.live(said["loop"])
        return None
