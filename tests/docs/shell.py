"""A shell that runs the commands of one page, like its reader: in order, in one folder."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from typing import Final, Self

from tests.ports import free_ports

_BASH: Final = shutil.which("bash") or "/bin/bash"
LIMIT_SECONDS: Final = 240.0
"""Time limit of a document's command in seconds; most take a moment."""
_PORT: Final = re.compile(r'(?:\b127\.0\.0\.1:|"127\.0\.0\.1", |\bhttp\.server )(\d{4,5})\b')


def environment() -> dict[str, str]:
    """Return the variables of a reader: those of this process but what tests are run with."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PANTAU_", "PYTEST", "COLUMNS"))
    }
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}


class Shell:
    """One bash for a page. Ports of the page are replaced by free ones.

    `pantau` is what stands in the shell script `program`; where the program goes on, and without
    one, it is started by itself. Use as a context manager.
    """

    def __init__(self, folder: Path, page: str, program: str | None = None) -> None:
        self._folder = folder
        self._program = program
        named: list[str] = list(dict.fromkeys(_PORT.findall(page)))
        self._ports: dict[str, str] = dict(
            zip(named, map(str, free_ports(len(named))), strict=True)
        )
        self._programs = folder / ".programs"
        self._steps = 0
        self._written = 0
        self._background: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Self:
        alone = f'exec "{sys.executable}" -m pantau.cli "$@"'
        for name, line in (
            ("pantau", self._program or alone),
            ("python3", f'exec "{sys.executable}" "$@"'),
            ("alone/pantau", alone),
        ):
            program = self._programs / name
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
            program.chmod(0o755)
        self._bash = subprocess.Popen(
            [_BASH, "--noprofile", "--norc"],
            cwd=self._folder,
            env=self._own_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self

    def __exit__(self, *error: object) -> None:
        del error
        assert self._bash.stdin is not None
        self._bash.stdin.close()
        for _, process in self._background:
            process.terminate()
            process.wait(LIMIT_SECONDS)
        self._bash.wait(LIMIT_SECONDS)
        assert self._bash.stdout is not None
        self._bash.stdout.close()

    def _own_environment(self) -> dict[str, str]:
        return {
            **environment(),
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "HOME": str(self._folder),
        }

    def write(self, name: str, text: str) -> None:
        """Write a file of the page.

        Each has a later second than the one before, as servers compare them.
        """
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.adapted(text), encoding="utf-8")
        self._written += 2
        moment = time.time() + self._written
        os.utime(path, (moment, moment))

    def adapted(self, text: str) -> str:
        """Replace the page's ports by those of this run."""
        return _PORT.sub(
            lambda found: found[0].replace(found[1], self._ports.get(found[1], found[1])), text
        )

    def run(self, command: str) -> tuple[int, str]:
        """Run a command to its end; return its exit code and all that it wrote."""
        output = self._output()
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(
            f"{{ {self.adapted(command)}\n}} >{shlex.quote(str(output))} 2>&1 </dev/null; echo "
            '"=$?"\n'
        )
        self._bash.stdin.flush()
        timer = Timer(LIMIT_SECONDS, os.killpg, (self._bash.pid, signal.SIGKILL))
        timer.start()
        answer = self._bash.stdout.readline().strip()
        timer.cancel()
        assert answer.startswith("="), f"{command}: {answer or 'no answer'}"
        return int(answer.removeprefix("=")), output.read_text(encoding="utf-8")

    def start(self, command: str, shown: re.Pattern[str] | None) -> None:
        """Start a command that goes on.

        Return when it shows what the page shows, or answers at its port.
        """
        variables, output = self._folder / ".environment", self._output()
        code, text = self.run(f"export -p >{shlex.quote(str(variables))}")
        assert code == 0, text
        alone = shlex.quote(str(self._programs / "alone"))
        script = (
            f". {shlex.quote(str(variables))}; PATH={alone}:$PATH; "
            f'cd "$PWD"; exec {self.adapted(command)}'
        )
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [_BASH, "-c", script],
                cwd=self._folder,
                env=self._own_environment(),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        self._background.append((command, process))
        deadline = time.monotonic() + LIMIT_SECONDS
        while not self._is_up(command, output.read_text(encoding="utf-8"), shown):
            assert process.poll() is None, f"{command}: ended: {output.read_text(encoding='utf-8')}"
            assert time.monotonic() < deadline, f"{command}: {output.read_text(encoding='utf-8')}"
            time.sleep(0.02)

    def _is_up(self, command: str, text: str, shown: re.Pattern[str] | None) -> bool:
        if shown is not None:
            return shown.fullmatch(text) is not None
        for port in _PORT.findall(self.adapted(command)):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) != 0:
                    return False
        return True

    def _output(self) -> Path:
        self._steps += 1
        return self._programs / f"output-{self._steps}"
