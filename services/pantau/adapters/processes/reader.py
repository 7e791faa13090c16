"""Documents read in child processes with limits.

A document can harm its own process only. Small documents are read in threads of this process:
readings take time proportional to the document, so one of 64 KB takes a fraction of a second,
whatever its content. Where many of them keep coming at once, as with thousands of feeds, they go to
children as well, one for each processor: threads share one. Larger ones always go to children, in
two queues, so that a few huge documents do not block many merely large ones. Children start with
the first document that needs one, are reused, and are replaced when they end.
"""

import asyncio
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pantau.adapters.processes import wire
from pantau.common.system import OURS
from pantau.errors import RejectError, RetryError
from pantau.ports import Reading

log = logging.getLogger(__name__)

T = TypeVar("T")
About = Mapping[str, str | None]

START_SECONDS: Final = 60.0
"""Time limit in seconds for the start of a child."""
_MEGABYTE: Final = 1_000_000
_PROGRAM: Final = (sys.executable, "-P", "-m", "pantau.commands.programs.read_child")
"""-P: a file in the current folder must not be imported as a module."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits for one document: a base plus an amount per byte.

    Typical documents need a twentieth of it.
    """

    small: int = 65_536  # bytes; up to here documents are read in this process
    large: int = _MEGABYTE  # bytes; from here on they have a queue of their own
    seconds: float = 5.0  # of CPU time
    seconds_each_megabyte: float = 1.0
    memory: int = 200 * _MEGABYTE  # bytes beyond those of the process without a document
    memory_each_byte: int = 25
    wait_seconds: float = 120.0  # wall-clock time: a child that is silent for longer hangs
    patience: int = 100  # small documents that come while others are read, until children help

    def seconds_for(self, size: int) -> float:
        """Return the CPU time limit for a document of a size."""
        return self.seconds + self.seconds_each_megabyte * size / _MEGABYTE

    def memory_for(self, size: int) -> int:
        """Return the memory limit for a document of a size."""
        return self.memory + self.memory_each_byte * size


class ProcessReader:
    """Implements `pantau.ports.DocumentReader`.

    `preload` names the readings that children import at start.
    """

    def __init__(self, preload: Sequence[str] = (), limits: ReadLimits | None = None) -> None:
        self._limits = limits or ReadLimits()
        self._command = [*_PROGRAM, *preload]
        self._lock = threading.Lock()  # guards the two below and `_closed`
        self._idle: list[_Child] = []
        self._children: set[_Child] = set()
        self._closed = False
        many = max(1, min(4, os.cpu_count() or 1) - 1)
        self._crowd = Crowd(self._limits.patience)
        self._here = ThreadPoolExecutor(4, thread_name_prefix="read-small")
        self._apart = ThreadPoolExecutor(
            max(1, min(8, os.cpu_count() or 1)), thread_name_prefix="read-many"
        )
        self._medium = ThreadPoolExecutor(many, thread_name_prefix="read-medium")
        self._large = ThreadPoolExecutor(1, thread_name_prefix="read-large")

    async def read(self, reading: Reading[T], document: bytes, about: About) -> T:
        """Read a document."""
        size = len(document)
        if size > self._limits.small:
            lane = self._large if size > self._limits.large else self._medium
            return await self._in(lane, self._read_apart, reading, document, about)
        with self._crowd as many:
            if many:
                return await self._in(self._apart, self._read_apart, reading, document, about)
            return await self._in(self._here, _read_here, reading, document, about)

    async def _in(
        self,
        lane: ThreadPoolExecutor,
        read: Callable[[Reading[T], bytes, About], T],
        *given: Any,
    ) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(lane, read, *given)
        except RuntimeError as error:
            if self._closed:
                raise _closed() from error
            raise

    def read_now(self, reading: Reading[T], document: bytes, about: About) -> T:
        """Read a document; blocks the calling thread."""
        if len(document) <= self._limits.small:
            return _read_here(reading, document, about)
        return self._read_apart(reading, document, about)

    def _read_apart(self, reading: Reading[T], document: bytes, about: About) -> T:
        child = self._take()
        try:
            said = child.read(reading.name, document, about, self._limits)
        finally:
            self._give_back(child)
        try:
            return reading.unpack(wire.unpack(said))
        except (ValueError, TypeError) as error:
            message = f"the process that read the document said what makes no sense: {error}"
            raise RejectError(message[:1_000]) from error

    def close(self) -> None:
        """Abort current reads immediately."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            self._children.difference_update(idle)
            busy = tuple(self._children)
        for child in busy:
            child.kill()  # reaped by the waiting thread
        for child in idle:
            child.end()
        for lane in (self._here, self._apart, self._medium, self._large):
            lane.shutdown(wait=False, cancel_futures=True)

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the children."""
        with self._lock:
            return tuple(child.pid for child in self._children)

    def _take(self) -> "_Child":
        with self._lock:
            if self._closed:
                raise _closed()
            if self._idle:
                return self._idle.pop()
        return self._keep(_Child(self._command))

    def _keep(self, child: "_Child") -> "_Child":
        with self._lock:
            self._children.add(child)
            if self._closed:
                child.kill()
        return child

    def _give_back(self, child: "_Child") -> None:
        with self._lock:
            if child.usable and not self._closed:
                self._idle.append(child)
                return
            self._children.discard(child)
        child.end()


class Crowd:
    """Detects when so many small documents arrive at once that other processors should help.

    A context manager around the reading of each; it yields whether they are many. Each that comes
    while another is being read counts for it, each that comes alone against it. A child costs half
    a second to start, and as much memory as the libraries: a crowd that threads soon work off is
    not worth that. Once they were many, they stay so. Used from one event loop.
    """

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self._under_way = 0
        self._came = 0

    def __enter__(self) -> bool:
        if self._came < self._patience:
            self._came = max(0, self._came + (1 if self._under_way else -1))
        self._under_way += 1
        return self._came >= self._patience

    def __exit__(self, *_: object) -> None:
        self._under_way -= 1


def _read_here(reading: Reading[T], document: bytes, about: About) -> T:
    try:
        return reading.read(document, about)
    except Exception as error:
        log.exception("unexpected error while reading a document")
        raise RejectError(_unforeseen(f"{type(error).__name__}: {error}")) from error


def _closed() -> RetryError:
    return RetryError("the program is ending; the document was not read to its end")


def _unforeseen(said: str) -> str:
    return f"internal error, please report it: {said}"[:1_000]


class _Child:
    """One child process. Used by one thread at a time; `kill` is thread-safe."""

    def __init__(self, command: Sequence[str]) -> None:
        self._connection, theirs = socket.socketpair()
        self._greeted = False
        self._killed = False
        self.usable = True
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 (our own program)
                    list(command),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    **OURS.apart(),  # Ctrl-C is for the parent, which ends the child
                )
        except OSError as error:  # no memory, too many processes
            self._connection.close()
            message = f"no process to read the document could be started: {error.strerror}"
            raise RetryError(message) from error
        self.pid = self._process.pid

    def read(self, name: str, document: bytes, about: About, limits: ReadLimits) -> bytes:
        """Send a document; return the packed result. Raises RejectError and RetryError."""
        seconds, memory = limits.seconds_for(len(document)), limits.memory_for(len(document))
        request = {"reading": name, "about": dict(about), "seconds": seconds, "memory": memory}
        # Until a complete reply arrived, the state of the connection is unknown.
        self.usable = False
        try:
            self._greet()
            self._connection.settimeout(limits.wait_seconds)
            wire.send_request(self._connection, request, document)
            outcome, said, last = wire.receive_reply(self._connection)
        except TimeoutError as error:
            self.kill()
            message = f"reading the document did not end within {limits.wait_seconds:g} seconds"
            raise RetryError(message) from error
        except ValueError as error:
            raise RejectError(f"reading the document came to too much: {error}") from error
        except (EOFError, OSError) as error:
            raise self._why(seconds) from error
        if outcome == wire.NO_MEMORY:
            message = f"reading the document took more than {memory // _MEGABYTE:,} MB of memory"
            raise RejectError(message)
        if outcome != wire.RESULT:
            raise RejectError(_unforeseen(said.decode("utf-8", "replace")))
        self.usable = not last
        return said

    def _greet(self) -> None:
        self._connection.settimeout(START_SECONDS)
        if not self._greeted and self._connection.recv(1) != wire.HELLO:
            raise EOFError
        self._greeted = True

    def _why(self, seconds: float) -> Exception:
        """Return the error for how the process ended."""
        code = self._process.wait()
        if self._killed:
            return _closed()
        if not self._greeted:
            return RetryError(
                f"the process that reads documents ended at its start (exit code {code})"
            )
        ending = OURS.ending(code)
        if ending == "time":
            return RejectError(
                f"reading the document took more than {seconds:.1f} seconds of processor time"
            )
        if ending == "killed":
            return RetryError(
                "the process that read the document was killed; is the machine short of memory?"
            )
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return RejectError(f"reading the document ended the process that read it ({how})")

    def kill(self) -> None:
        """Kill it immediately; the waiting thread notices."""
        self._killed = True
        self._process.kill()

    def end(self) -> None:
        """Reap the process."""
        self._connection.close()
        self._process.kill()
        self._process.wait()
