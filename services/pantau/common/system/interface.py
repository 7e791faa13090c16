"""Services that the program needs of an operating system."""

import signal
import socket
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

Ending = Literal["time", "killed", "other"]
"""How a process ended: it used up its processor time, something killed it, anything else."""


class System(Protocol):
    """An operating system, as far as programs see a difference."""

    closing_flags: int
    """Flags for os.open of anything: not inherited by children."""
    own_flags: int
    """Flags for os.open of files: not inherited by children, never the target of a link."""
    special_flags: int
    """Further flags for files that may be a pipe or a device: opening them does not wait."""

    def lock(self, descriptor: int, *, shared: bool = False, wait: bool = False) -> bool:
        """Lock an open file until its last descriptor is closed; return whether that worked.

        With `wait` it waits for the lock. On systems without shared locks, `shared` is exclusive.
        Raises OSError for other reasons than that another process holds the lock.
        """

    def restrict(self, descriptor: int, mode: int) -> None:
        """Set the mode of an open file, where files have modes."""

    def is_own(self, user_id: int) -> bool:
        """Return whether a file's user is this one; True where files have no users."""

    def on_stop(self, loop: "AbstractEventLoop", stop: Callable[[signal.Signals], None]) -> None:
        """Call `stop` in the loop for each request to end: interrupts, and those of supervisors."""

    def ignore_stop(self) -> None:
        """Set this process to ignore such requests, since its parent handles them."""

    def apart(self) -> Mapping[str, Any]:
        """Return arguments of subprocess.Popen that keep interrupts of the terminal away."""

    def processors(self) -> int:
        """Return the number of processors that this program may use."""

    def ending(self, exit_code: int) -> Ending:
        """Return how a process ended, by its exit code."""

    def limit_time(self, seconds: float) -> None:
        """Limit the processor time of this process from now on; 0 lifts the limit.

        A no-op on systems without such a limit.
        """

    def limit_memory(self, size: int | None) -> None:
        """Limit the address space of this process, or lift the limit; a no-op without one."""

    def memory(self) -> tuple[int, int]:
        """Return the address space of this process and its resident size; zeros if unknown."""

    def wait_for_end(self, connection: socket.socket) -> bool:
        """Wait until the other side's end of a connection is closed.

        Returns False at once on systems that cannot tell without reading.
        """
