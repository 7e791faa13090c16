"""A part of the pipeline in a child process: start, communication, restart, stop.

Both processes work on the same store, where offsets are committed by compare-and-swap together with
the output: so a process can be killed at any time, and what was under way is repeated. Everything
sent between them is a hint or a number:

    parent ──standard input──▶ child    `w` check the log, `s` end after the batch; EOF: end at once
    child ──standard output──▶ parent   lines of `embedded.child_lines`; EOF: the child ended

The child's log is the parent's standard error.
"""

import functools
import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from pantau.common.system import OURS
from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import StopError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.runtimes.embedded.child_lines import ChildFailed, ChildListener, ChildStarted

log = logging.getLogger(__name__)

STAGES_APART: Final = ("alerter", "notifier")
"""The stages of the child process.

The path from an article to its alerts, including the matching, which is half of all work.
"""
WAKE: Final = b"w"
STOP: Final = b"s"
BACKOFF: Final = Backoff(0.1, 30.0)
STEADY_SECONDS: Final = 60.0
"""A child that ran for at least this many seconds is restarted without delay."""
ENDS: Final = 30
"""A child that crashes so often in a row without a finished batch is not restarted.

The batch that crashes it is halved each time, down to a single record, which is rejected after
three crashes: about 20 from the largest batch.
"""
LATER: Final = 75
"""Exit code of a child that could not start yet, because the store is locked.

EX_TEMPFAIL of sysexits.
"""
STOP_SECONDS: Final = 60.0
"""Time limit in seconds for the child's last batch: longer than the wait for a locked store."""


class ChildPipeline:
    """Stages in a child process, kept running until stopped.

    `command` starts it. `stages` are their names, for people. `woken` is called from another thread
    when the child has written to the store. `lag` counts the records that wait for its stages.
    """

    def __init__(
        self,
        command: Sequence[str],
        stages: Sequence[str],
        *,
        woken: Callable[[], None],
        lag: Callable[[], int],
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._command = list(command)
        self.stages = tuple(stages)
        self.lag = lag
        self._signals = signals
        self._ends = 0  # consecutive crashes without a finished batch
        self._listener = ChildListener(signals, functools.partial(self._worked, woken))
        self._stop = threading.Event()
        # Guards `_process`, its input, and the decision to start another one.
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="child", daemon=True)
        self.failure: BaseException | None = None

    @property
    def _name(self) -> str:
        return ", ".join(self.stages)

    @property
    def _part(self) -> str:
        return f"process of {self._name}"

    @property
    def pid(self) -> int | None:
        """The id of the process, if it runs."""
        process = self._process
        return process.pid if process is not None else None

    @property
    def alive(self) -> bool:
        """True if the child is supervised."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the child; it is restarted whenever a signal ends it."""
        self._signals.health.ready("starting", part=self._part)
        self._thread.start()

    def wake(self) -> None:
        """Notify it to check the log now. Never blocks, never raises."""
        self._send(WAKE)

    def stop(self) -> None:
        """Request it to end after its current batch."""
        self._stop.set()
        self._send(STOP)

    def join(self) -> None:
        """Wait for its end after `stop`; kill it after the time limit."""
        if self._thread.ident is None:
            return
        self._thread.join(STOP_SECONDS)
        if self._thread.is_alive():
            log.warning(
                "the %s does not end and is killed; its last batch will be done again", self._part
            )
            with self._lock:
                if self._process is not None:
                    self._process.kill()
            self._thread.join()

    def _worked(self, woken: Callable[[], None]) -> None:
        self._ends = 0
        woken()

    def _send(self, what: bytes) -> None:
        with self._lock:
            if self._process is None or self._process.stdin is None:
                return
            # A full pipe already holds enough of them; a broken one is detected by `_run`.
            with suppress(BlockingIOError, BrokenPipeError):
                os.write(self._process.stdin.fileno(), what)

    def _run(self) -> None:
        pauses = Pauses(BACKOFF)
        try:
            while True:
                began = time.monotonic()
                reason = self._once()
                if self._stop.is_set():
                    return
                if time.monotonic() - began > STEADY_SECONDS:
                    pauses.worked()
                    self._ends = 0
                self._signals.health.ready(reason, part=self._part)
                pause = pauses.next()
                log.warning("the %s %s; it is started again in %.1f s", self._part, reason, pause)
                if self._stop.wait(pause):
                    return
        except BaseException as error:  # noqa: BLE001 (handed to the main thread, which ends the program with it)
            self.failure = error

    def _once(self) -> str:
        """Run the child once; return how it ended.

        Raises StopError when another one would end the same way.
        """
        try:
            process = self._spawn()
        except OSError as error:  # no memory, too many processes
            return f"cannot be started: {error.strerror}"
        if process is None:
            return "was not wanted any more"
        try:
            greeted = self._hear(process)
        finally:
            with self._lock:
                self._process = None
            code = _end(process)
        # A child that ends by itself before it works would do so again (settings, a newer store);
        # one that a signal killed may succeed.
        if not greeted and code >= 0 and code != LATER and not self._stop.is_set():
            message = (
                f"the {self._part} ended at its start (exit code {code}); what it wrote before "
                "says why"
            )
            raise StopError(message)
        reason = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        if code != LATER:
            self._ends += 1
        if self._ends >= ENDS:
            message = (
                f"the {self._part} {reason}, {ENDS} times in a row without having done anything"
            )
            raise StopError(message)
        return reason

    def _spawn(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._stop.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                **OURS.apart(),  # Ctrl-C is for the parent, which stops the child cleanly
            )
            if self._process.stdin is not None:
                os.set_blocking(self._process.stdin.fileno(), False)
            return self._process

    def _hear(self, process: "subprocess.Popen[bytes]") -> bool:
        """Read its lines until it ends; return whether it started working.

        Raises StopError when it gave up.
        """
        greeted = False
        if process.stdout is None:
            return greeted
        # The pipe is unbuffered and would be read byte by byte. A duplicate, because `_end` closes
        # the pipe.
        with os.fdopen(os.dup(process.stdout.fileno()), "rb") as lines:
            for line in lines:
                said = self._listener.take(line)
                if isinstance(said, ChildFailed):
                    raise StopError(said.text)
                if isinstance(said, ChildStarted):
                    greeted = True
                    log.info("the %s is at work (pid %d)", self._part, process.pid)
                    self._signals.works(self._part)
        return greeted


def _end(process: "subprocess.Popen[bytes]") -> int:
    """Close its pipes, on which a running child ends, and reap it."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    return process.wait()
