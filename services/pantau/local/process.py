"""One detached process whose liveness is visible through a lock.

The process inherits the descriptor of a locked file and never touches it. The kernel releases the
lock when the process ends, however it ends; so a locked file proves that the process whose id it
contains is alive. An id alone could have been reused by another process.
"""

import contextlib
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pantau.adapters.files.private_files import FILE_MODE, open_own
from pantau.common.system import OURS

POLL_SECONDS: Final = 0.05
LOCK_DESCRIPTOR: Final = 9
"""The descriptor under which the process holds the lock."""
LARGEST_LOG: Final = 20_000_000
"""In bytes. A longer log is rotated at the next start; one older log is kept."""


class Detached:
    """A process that outlives its starter.

    `lock` shows whether it runs; its output goes to `log`.
    """

    def __init__(self, lock: Path, log: Path) -> None:
        self._lock = lock
        self.log = log

    def pid(self) -> int | None:
        """Return the id of the process if it is alive."""
        try:
            descriptor = os.open(self._lock, os.O_RDONLY | OURS.closing_flags)
        except FileNotFoundError:
            return None
        with os.fdopen(descriptor, "rb") as file:
            if OURS.lock(file.fileno(), shared=True):
                return None
            number = file.read(20)
            return int(number) if number.isdigit() else None

    def start(self, command: list[str], environment: Mapping[str, str]) -> None:
        """Start the command in a session of its own. A no-op if it is running.

        Raises OSError.
        """
        with os.fdopen(open_own(self._lock), "r+b") as file:
            while not OURS.lock(file.fileno()):
                if self.pid() is not None:
                    return
                time.sleep(POLL_SECONDS)  # another process checks it, as `pid` does
            file.truncate(0)
            self._put_log_aside()
            pid = os.posix_spawn(
                command[0],
                command,
                environment,
                file_actions=self._files(file.fileno()),
                setsid=True,
                setsigmask=(),
                setsigdef=(signal.SIGPIPE,),  # Python ignores it
            )
            file.write(str(pid).encode())

    def _files(self, lock: int) -> list[tuple[Any, ...]]:
        return [
            (
                os.POSIX_SPAWN_DUP2,
                lock,
                LOCK_DESCRIPTOR,
            ),  # first: its number could be one of those below
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (
                os.POSIX_SPAWN_OPEN,
                1,
                str(self.log),
                os.O_WRONLY | os.O_CREAT | os.O_APPEND,
                FILE_MODE,
            ),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ]

    def _put_log_aside(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))

    def kill(self) -> None:
        """Kill it, as a power failure would, and wait until it has ended."""
        self._end(signal.SIGKILL, 30.0)

    def stop(self, patience: float) -> None:
        """Terminate it; kill it if it still runs after a number of seconds."""
        if not self._end(signal.SIGTERM, patience):
            self.kill()

    def _end(self, name: signal.Signals, patience: float) -> bool:
        pid = self.pid()
        if pid is None:
            return True
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, name)
        until = time.monotonic() + patience
        while self.pid() == pid:
            if time.monotonic() > until:
                return False
            time.sleep(POLL_SECONDS)
        # Usually it is no child of ours; one that is must not remain as a zombie.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
        return True

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the log, for people."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 8_000))
                return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-count:])
        except OSError:
            return ""
