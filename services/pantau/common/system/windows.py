"""Windows: locks of byte ranges by msvcrt, and Ctrl-Break where POSIX has SIGTERM.

Differences that remain: locks are never shared; files have no modes, so the folder's access list
protects them; links are followed, as creating one needs a privilege; processor time and memory of a
child are not limited by the system, so the parent's time limit has to end it.
"""

import importlib
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pantau.common.system.interface import Ending

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_LOCK_AT: Final = 1 << 30
"""Offset of the locked byte: beyond the content, since locked bytes cannot be read by others."""
_PAUSE_SECONDS: Final = 0.05
_TERMINATED: Final = 1
"""Exit code that TerminateProcess is given by Python."""
_NEW_GROUP: Final = 0x200
"""CREATE_NEW_PROCESS_GROUP, which subprocess defines on Windows alone."""


class WindowsSystem:
    """Implements `System`. `msvcrt` and `sleep` are given by tests."""

    def __init__(self, msvcrt: Any = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self._msvcrt = msvcrt or importlib.import_module("msvcrt")
        self._sleep = sleep
        self.closing_flags = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
        self.own_flags = self.closing_flags
        self.special_flags = 0

    def lock(self, descriptor: int, *, shared: bool = False, wait: bool = False) -> bool:
        """Lock a byte far behind the content; see `System`."""
        del shared
        while True:
            position = os.lseek(descriptor, 0, os.SEEK_CUR)
            os.lseek(descriptor, _LOCK_AT, os.SEEK_SET)
            try:
                self._msvcrt.locking(descriptor, self._msvcrt.LK_NBLCK, 1)
            except PermissionError:  # EACCES: another process holds it
                if not wait:
                    return False
            else:
                return True
            finally:
                os.lseek(descriptor, position, os.SEEK_SET)
            self._sleep(_PAUSE_SECONDS)

    def restrict(self, descriptor: int, mode: int) -> None:
        """Do nothing: files have no modes."""

    def is_own(self, user_id: int) -> bool:
        """Return True: files have no user ids."""
        del user_id
        return True

    def on_stop(self, loop: "AbstractEventLoop", stop: Callable[[signal.Signals], None]) -> None:
        """Call `stop` in the loop for Ctrl-C and Ctrl-Break; event loops take no signals here."""

        def call(number: int, frame: object) -> None:
            del frame
            loop.call_soon_threadsafe(stop, signal.Signals(number))

        for name in self._stops():
            signal.signal(name, call)

    def ignore_stop(self) -> None:
        """Set this process to ignore Ctrl-C and Ctrl-Break."""
        for name in self._stops():
            signal.signal(name, signal.SIG_IGN)

    @staticmethod
    def _stops() -> tuple[signal.Signals, ...]:
        found = getattr(signal, "SIGBREAK", None)
        return (signal.SIGINT,) if found is None else (signal.SIGINT, found)

    def apart(self) -> Mapping[str, Any]:
        """Return the flag that starts a process group, which Ctrl-C does not reach."""
        return {"creationflags": _NEW_GROUP}

    def processors(self) -> int:
        """Return the number of processors."""
        return os.cpu_count() or 1

    def ending(self, exit_code: int) -> Ending:
        """Return how a process ended: Windows has no signals, only an exit code."""
        return "killed" if exit_code == _TERMINATED else "other"

    def limit_time(self, seconds: float) -> None:
        """Do nothing: there is no such limit."""

    def limit_memory(self, size: int | None) -> None:
        """Do nothing: there is no such limit."""

    def memory(self) -> tuple[int, int]:
        """Return zeros: unknown."""
        return 0, 0

    def wait_for_end(self, connection: socket.socket) -> bool:
        """Return False: a hang-up is seen by reading alone."""
        del connection
        return False
