"""POSIX: Linux and macOS."""

import fcntl
import os
import resource
import select
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pantau.common.system.interface import Ending

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_STOPS: Final = (signal.SIGINT, signal.SIGTERM)


class PosixSystem:
    """Implements `System` with fcntl, resource and signals."""

    closing_flags = os.O_CLOEXEC
    own_flags = os.O_CLOEXEC | os.O_NOFOLLOW
    special_flags = os.O_NONBLOCK

    def lock(self, descriptor: int, *, shared: bool = False, wait: bool = False) -> bool:
        """Lock a file by flock; see `System`."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def restrict(self, descriptor: int, mode: int) -> None:
        """Set the mode of an open file."""
        os.fchmod(descriptor, mode)

    def is_own(self, user_id: int) -> bool:
        """Return whether a file's user is this one."""
        return user_id == os.geteuid()

    def on_stop(self, loop: "AbstractEventLoop", stop: Callable[[signal.Signals], None]) -> None:
        """Call `stop` in the loop for SIGINT and SIGTERM."""
        for name in _STOPS:
            loop.add_signal_handler(name, stop, name)

    def ignore_stop(self) -> None:
        """Set this process to ignore SIGINT and SIGTERM, which are sent to a whole group."""
        for name in _STOPS:
            signal.signal(name, signal.SIG_IGN)

    def apart(self) -> Mapping[str, Any]:
        """Return the argument that starts a session of its own."""
        return {"start_new_session": True}

    def processors(self) -> int:
        """Return the number of processors that this program may use."""
        # macOS does not report which processors a program may use.
        allowed = getattr(os, "sched_getaffinity", None)
        return len(allowed(0)) if allowed is not None else os.cpu_count() or 1

    def ending(self, exit_code: int) -> Ending:
        """Return how a process ended: the negative exit code is the signal."""
        if exit_code in {-signal.SIGPROF, -signal.SIGXCPU}:
            return "time"
        return "killed" if exit_code == -signal.SIGKILL else "other"

    def limit_time(self, seconds: float) -> None:
        """Set a timer of the kernel that ends this process by SIGPROF; no code can escape it."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)

    def limit_memory(self, size: int | None) -> None:
        """Limit the address space by RLIMIT_AS, or lift the limit."""
        with suppress(OSError, ValueError):  # macOS has no such limit
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            bounded = size is not None and hard != resource.RLIM_INFINITY
            wanted = hard if size is None else min(size, hard) if bounded else size
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))

    def memory(self) -> tuple[int, int]:
        """Return the address space of this process and its resident size, as Linux reports them."""
        with suppress(OSError, ValueError):
            size, resident = Path("/proc/self/statm").read_text().split()[:2]
            return int(size) * resource.getpagesize(), int(resident) * resource.getpagesize()
        return 0, 0

    def wait_for_end(self, connection: socket.socket) -> bool:
        """Wait for a hang-up alone, whatever else arrives."""
        waiting = select.poll()
        waiting.register(connection, 0)  # only the other side's end
        waiting.poll()
        return True
