"""The program under test as users start it: the command line in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

LIMIT_SECONDS = 240.0
"""No step of a test waits longer; all usually take a moment."""
PATIENCE = "120"
"""Seconds after which the program gives up a request of its own."""


def command(
    data: Path,
    *arguments: str,
    check: bool = True,
    settings: Mapping[str, str] | None = None,
    program: Sequence[str] = ("-m", "pantau.cli"),
) -> subprocess.CompletedProcess[str]:
    """Run `pantau` to its end; `settings` are variables of its environment."""
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        env=environment(data, **(settings or {})),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert not check or done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def lines(data: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> list[Any]:
    """Run `pantau ... --json` and read each line."""
    done = command(data, *arguments, "--json", settings=settings)
    return [json.loads(line) for line in done.stdout.splitlines()]


def environment(data: Path, **settings: str) -> dict[str, str]:
    given = {
        "PANTAU_DATA": str(data),
        "PANTAU_FETCH__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "PANTAU_POLL__DOMAIN_GAP_SECONDS": "0",  # all sites of the tests are one address
        # No feed and no receiver of the tests hangs: who is slow is a busy machine.
        "PANTAU_FETCH__TIMEOUT_SECONDS": PATIENCE,
        "PANTAU_NOTIFY__TIMEOUT_SECONDS": PATIENCE,
        "PYTHONWARNINGS": "error",
        **settings,
    }
    return {**os.environ, **given}


_CHILD = re.compile(r"is at work \(pid (\d+)\)")


class Running:
    """`pantau run`, or another command that goes on, in the background.

    Its log is read as it comes.
    """

    started: ClassVar["list[Running]"] = []
    """Those of the test that runs; see `end_all`."""

    def __init__(self, data: Path, *arguments: str, command: str = "run", **settings: str) -> None:
        self.log: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pantau.cli", command, *arguments],
            env=environment(data, **settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.started.append(self)

    @classmethod
    def end_all(cls) -> None:
        """Kill those that a test left at work."""
        while cls.started:
            one = cls.started.pop()
            if one.alive():
                one.kill()

    def _read(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            for line in stream:
                self.log.append(line)

    def kill(self) -> None:
        """Kill it, as a power failure would."""
        self._process.kill()
        self._process.wait(LIMIT_SECONDS)
        self._reader.join(LIMIT_SECONDS)

    def pause(self) -> None:
        """Stop its processor time, as a host that hangs."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Resume it after `pause`."""
        self._process.send_signal(signal.SIGCONT)

    def children(self) -> list[int]:
        """Return the processes that came to work for it, those that ended too, the newest last."""
        return [int(found[1]) for line in list(self.log) if (found := _CHILD.search(line))]

    def alive(self) -> bool:
        """Return whether it runs."""
        return self._process.poll() is None

    def stop(self, name: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; return the exit code."""
        self._process.send_signal(name)
        code = self._process.wait(LIMIT_SECONDS)
        self._reader.join(LIMIT_SECONDS)
        assert "Traceback" not in "".join(self.log), "".join(self.log)
        return code

    def ended(self) -> int:
        """Wait until it ends by itself; return the exit code."""
        code = self._process.wait(LIMIT_SECONDS)
        self._reader.join(LIMIT_SECONDS)
        return code

    def wait_for(self, what: Callable[[], bool], *, every: float = 0.05) -> None:
        """Wait until something holds, as long as the program runs."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while not what():
            assert self._process.poll() is None, "".join(self.log)
            assert time.monotonic() < deadline, (
                f"not within {LIMIT_SECONDS:g} s\n{''.join(self.log[-50:])}"
            )
            time.sleep(every)
