"""Reports to systemd: that the program has started, that it is alive, that it stops.

The protocol is that of sd_notify(3): datagrams to the socket that `NOTIFY_SOCKET` names. Where the
unit has `WatchdogSec=`, a program that hangs sends nothing more, and systemd ends and restarts it.
Without that variable nothing is sent: https://www.freedesktop.org/software/systemd/man/sd_notify.html
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Final

log = logging.getLogger(__name__)

WATCHDOG_SHARE: Final = 3
"""Signs of life within the time that systemd allows between two; its manual advises two."""
LONGEST_SECONDS: Final = 30.0
"""Longest time between two signs of life."""


class Supervisor:
    """Sends signs of life while `hanging` names no loop.

    `environment` is that of the process. A socket that does not answer is logged once and is no
    error: the program works without a supervisor, too.
    """

    def __init__(
        self,
        hanging: Callable[[], Mapping[str, float]],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        given = os.environ if environment is None else environment
        self._hanging = hanging
        self._address = _address(given.get("NOTIFY_SOCKET", ""))
        self.seconds: Final = _watchdog_seconds(given)
        """Time between two signs of life; None where no watchdog is set."""
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._started = self._told = False

    def start(self) -> None:
        """Report the start, and begin with signs of life where a watchdog waits for them."""
        if self._address is None:
            return
        self._started = True
        self._send("READY=1")
        if self.seconds is not None:
            self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Report the stop, and end the signs of life."""
        if self._started:
            self._send("STOPPING=1")
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def beat(self) -> bool:
        """Send a sign of life, unless a loop hangs; return whether one was sent."""
        hanging = self._hanging()
        if hanging:
            log.error("no sign of life to the supervisor: %s hangs", ", ".join(sorted(hanging)))
            return False
        self._send("WATCHDOG=1")
        return True

    def _watch(self) -> None:
        while not self._stopping.wait(self.seconds):
            self.beat()

    def _send(self, state: str) -> None:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.settimeout(1.0)
                sender.connect(self._address or "")
                sender.sendall(state.encode())
        except OSError as error:
            if not self._told:
                log.warning("the supervisor's socket does not answer: %s", error)
            self._told = True


def _address(named: str) -> str | None:
    """Return the address of a socket: a path, or after @ a name in the abstract namespace."""
    if named.startswith("@"):
        return "\0" + named[1:]
    return named if named.startswith("/") else None


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    """Return the time between two signs of life; None if they are meant for another process."""
    period, process = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if process and process != str(os.getpid()):
        return None
    if not (period.isascii() and period.isdigit() and len(period) < 20) or int(period) == 0:
        return None
    return min(int(period) / 1_000_000 / WATCHDOG_SHARE, LONGEST_SECONDS)
