"""The console as the part of a service: a process that is watched, and reported to operators."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from pantau.errors import StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.problems import Problem
from pantau.runtimes.console_process import ConsoleProcess

log = logging.getLogger(__name__)

PART: Final = "console"
LISTENING: Final = "console.listening"
"""Code of the notice that pages are served from now on."""
ENDED: Final = "the console ended; it is started again"

BuildConsole = Callable[[Callable[[Problem], None], Callable[[], None]], ConsoleProcess]
"""Builds the process; see `ConsoleProcess` for what it calls."""


class ConsolePart:
    """Runs the console's process; the service is ready while it listens."""

    reports_ready = True

    def __init__(self, build: BuildConsole, signals: Signals = NO_SIGNALS) -> None:
        self._signals = signals
        self._last: Problem | None = None
        self._process = build(self._report, self._ended)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. Raises StopError when the console cannot listen."""
        await self._process.run(stop)
        if not stop.is_set():
            message = f"{PART} ended by itself"
            raise StopError(message if self._last is None else str(self._last))

    def _report(self, notice: Problem) -> None:
        self._last = notice
        if notice.code == LISTENING:
            log.info("%s", notice)
            self._signals.works(PART)
        else:
            log.warning("%s", notice)
            self._signals.health.ready(str(notice), part=PART)

    def _ended(self) -> None:
        self._signals.health.ready(ENDED, part=PART)
