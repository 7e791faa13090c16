"""A service of the distributed runtime.

One process with one or two parts of the pipeline, over servers. A part whose server does not answer
is rebuilt with backoff; any other error of a part stops the service, the other parts first, so that
the process supervisor restarts it.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from pantau.common.time.backoff import Backoff, Pauses
from pantau.common.time.waiting import wait_until_set
from pantau.errors import PantauError, RetryError, StopError
from pantau.observe.mounted import Mount
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Closable, Store

log = logging.getLogger(__name__)

BACKOFF: Final = Backoff(0.1, 5.0)
LOG_INTERVAL_SECONDS: Final = 60.0
"""Minimum interval in seconds between identical log lines."""
PERIOD_SECONDS: Final = 3600.0
CHECK_SECONDS: Final = 5.0
"""Interval in seconds between two checks whether a server answers."""
STEADY_SECONDS: Final = 60.0
"""A part that ran for at least this many seconds starts with a short backoff again."""


class Part(Protocol):
    """A loop of the pipeline; for one run."""

    # A part with a true attribute `reports_ready` says itself when it is; any other one is ready
    # as soon as it is built.

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set. Raises RetryError when a rebuilt one may succeed."""


class PeriodicTask:
    """A part that repeats a task periodically.

    A task that fails because a server does not answer is left for the next time.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work

    async def run(self, stop: asyncio.Event) -> None:
        """Run the task at once, then every hour."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self._work)
            except RetryError as error:
                log.warning("left for later: %s", error)
            await wait_until_set(stop, PERIOD_SECONDS)


@dataclass
class Service:
    """The parts of a service by name with their factories, and the resources to close at the end.

    Resources are closed in reverse order. `ready` blocks and raises RetryError while the
    dependencies of the service are missing: servers, topics. `dependencies` are checks by the name
    of a server, repeated as long as the service runs: each raises a PantauError while its server
    does not answer, and the service is not ready meanwhile, whatever its parts do.
    """

    name: str
    parts: Mapping[str, Callable[[], Part]]
    ready: Callable[[], None]
    store: Store
    dependencies: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    closing: Sequence[Closable] = ()
    mounts: Sequence[Mount] = ()  # what the HTTP server has to offer beside pages for operators
    signals: Signals = NO_SIGNALS
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Run until `stopping` is set.

        Raises the error of a failed part, after stopping the others.
        """
        for name in self.parts:
            self.signals.health.ready("starting", part=name)
        self.signals.health.ready()  # from here on, as ready as its parts
        tasks = [
            asyncio.create_task(self._keep(name, build), name=name)
            for name, build in self.parts.items()
        ]
        watches = [
            asyncio.create_task(self._watch(server, check), name=f"watch {server}")
            for server, check in self.dependencies.items()
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.stopping.set()
            await asyncio.gather(*watches)
            results = await asyncio.gather(*tasks, return_exceptions=True)
            for one in reversed(self.closing):
                await one.close()
            await asyncio.to_thread(self.store.close)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _watch(self, server: str, check: Callable[[], None]) -> None:
        """Report whether a server answers, until the service stops."""
        while not self.stopping.is_set():
            try:
                await asyncio.to_thread(check)
            except PantauError as error:
                self.signals.health.ready(str(error), part=server)
            else:
                self.signals.health.ready(part=server)
            await wait_until_set(self.stopping, CHECK_SECONDS)

    async def _keep(self, name: str, build: Callable[[], Part]) -> None:
        """Supervise a part."""
        pauses, clock = Pauses(BACKOFF), asyncio.get_running_loop().time
        told, told_at = "", 0.0
        while not self.stopping.is_set():
            since = clock()
            try:
                await self._once(name, build)
            except RetryError as error:
                # The part had recovered, so the pauses start from the shortest again.
                if clock() - since > STEADY_SECONDS:
                    pauses.worked()
                self.signals.waits(name, error)
                if str(error) != told or clock() - told_at > LOG_INTERVAL_SECONDS:
                    log.warning("%s waits and tries again: %s", name, error)
                    told, told_at = str(error), clock()
                await wait_until_set(self.stopping, pauses.next(error.after_seconds))
                continue
            if not self.stopping.is_set():
                message = f"{name} ended by itself"
                raise StopError(message)

    async def _once(self, name: str, build: Callable[[], Part]) -> None:
        await asyncio.to_thread(self.ready)
        part = await asyncio.to_thread(build)
        if self.stopping.is_set():
            return
        log.info("%s is at work", name)
        if not getattr(part, "reports_ready", False):
            self.signals.works(name)
        await part.run(self.stopping)
