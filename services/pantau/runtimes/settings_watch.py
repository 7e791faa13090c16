"""Watch over the settings file while the program runs.

Safe settings count at once (`pantau.settings.changes`). The others are named, in the log and for
`pantau status`, until the program is started again. A file that cannot be read changes nothing.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable
from typing import Final

from pantau.common.time.waiting import wait_until_set
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.settings import Settings
from pantau.settings.changes import adopt, changes_between

log = logging.getLogger(__name__)

CHECK_SECONDS: Final = 2.0
"""Interval in seconds between two looks at the file."""

Report = Callable[[tuple[str, ...], str | None], None]
"""Takes which settings wait for a restart, and what is wrong with a file that was not taken."""


def _ignore(restart: tuple[str, ...], fault: str | None) -> None:
    del restart, fault


class SettingsWatch:
    """Reads the settings again when their files change.

    `current` is what the parts of the program hold, and is changed in place. `load` reads the
    settings again, `stamp` returns what changes with their files. `applied` is called after a
    change that counts at once, `told` when what waits for a restart is different. A `silent`
    watch logs nothing: another process of the program does.
    """

    def __init__(
        self,
        current: Settings,
        load: Callable[[], Settings],
        stamp: Callable[[], Hashable],
        *,
        applied: Callable[[], None] = lambda: None,
        told: Report = _ignore,
        silent: bool = False,
    ) -> None:
        self._current = current
        self._load = load
        self._stamp = stamp
        self._applied = applied
        self._told = told
        self._silent = silent
        # The first look reads the files whatever their stamp: they may have changed since `current`
        # was read from them, while the program started.
        self._seen: Hashable = None
        self._reported: tuple[tuple[str, ...], str | None] = ((), None)

    async def run(self, stop: asyncio.Event) -> None:
        """Check until `stop` is set."""
        while not await wait_until_set(stop, CHECK_SECONDS):
            await asyncio.to_thread(self.check)

    def check(self) -> None:
        """Read the settings again if their files changed, and apply what counts at once."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        # Before the files are read: a faulty one is reported once, and a change that comes while
        # they are read is seen at the next check.
        self._seen = stamp
        try:
            new = self._load()
        except UsageError as error:
            self._log(logging.WARNING, problem("status.settings-fault", fault=str(error)))
            self._report(self._reported[0], str(error))
            return
        found = changes_between(self._current, new)
        if found.live:
            adopt(self._current, new, found.live)
            live = problem("status.settings-live", names=", ".join(found.live))
            self._log(logging.INFO, live)
            self._applied()
        if found.restart and found.restart != self._reported[0]:
            restart = problem("status.settings-restart", names=", ".join(found.restart))
            self._log(logging.WARNING, restart)
        self._report(found.restart, None)

    def _log(self, level: int, what: Problem) -> None:
        if not self._silent:
            log.log(level, "%s", what)

    def _report(self, restart: tuple[str, ...], fault: str | None) -> None:
        if (restart, fault) != self._reported:
            self._reported = (restart, fault)
            self._told(restart, fault)
