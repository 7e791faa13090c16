"""The console as a process: where it says that it listens, when it does not, how it ends."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pantau.bootstrap import build_console, open_store
from pantau.common.time.backoff import Backoff
from pantau.console.server import address_of, bind
from pantau.errors import UsageError
from pantau.problems import Problem, unpack_problem
from pantau.runtimes import console_process
from pantau.runtimes.console_process import REFUSED, ConsoleProcess
from pantau.settings import ConsoleSettings, load_settings
from tests.consoles import Client

LISTENING = 'import sys; print(\'["console.listening", {"address": "x"}]\', flush=True)\n'


def run(code: str, *, stop_when: str = "console.listening") -> list[Problem]:
    """Run a small program as the console; stop when it says something."""
    said: list[Problem] = []

    async def main() -> None:
        stopping = asyncio.Event()

        def report(problem: Problem) -> None:
            said.append(problem)
            if problem.code == stop_when:
                stopping.set()

        async with asyncio.timeout(60):
            await ConsoleProcess([sys.executable, "-c", code], report).run(stopping)

    asyncio.run(main())
    return said


def test_it_ends_when_its_input_is_closed() -> None:
    assert [one.code for one in run(LISTENING + "sys.stdin.read()")] == ["console.listening"]


def test_one_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console_process, "END_SECONDS", 0.05)
    assert run(LISTENING + "import time\nwhile True: time.sleep(1)")


def test_one_that_cannot_listen_is_not_started_again() -> None:
    code = 'import sys; print(\'["console.port-taken", {"port": 1}]\', flush=True)\n'
    said = run(code + f"sys.exit({REFUSED})")
    assert [one.text("id").startswith("konsol: porta 1 ") for one in said] == [True]


def test_one_that_crashes_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console_process, "BACKOFF", Backoff(0.01, 0.01))
    seen = tmp_path / "seen"
    code = (
        f"import pathlib, sys\nseen = pathlib.Path({str(seen)!r})\n"
        "if not seen.exists():\n    seen.touch()\n    sys.exit(1)\n"
    )
    assert len(run(code + LISTENING + "sys.stdin.read()")) == 1


def test_what_it_says_may_be_anything() -> None:
    noise = "print('{'); print('[1, 2]'); print('[' * 5000); print('null')\n"
    assert [one.code for one in run(noise + LISTENING + "sys.stdin.read()")] == [
        "console.listening"
    ]


def test_the_real_one_serves_a_data_folder_and_ends_with_its_parent(tmp_path: Path) -> None:
    (tmp_path / "pantau.toml").write_text("[console]\nport = 0\n")
    open_store(load_settings(tmp_path)).close()
    pages = []

    async def main() -> None:
        stopping = asyncio.Event()

        def report(problem: Problem) -> None:
            assert problem.code == "console.listening", problem
            pages.append(Client(str(problem.params["address"])).get("/pipeline"))
            stopping.set()

        async with asyncio.timeout(120):
            await build_console(load_settings(tmp_path), (), report).run(stopping)

    asyncio.run(main())
    assert [one.status for one in pages] == [200]


@pytest.mark.parametrize("taken", [True, False])
def test_the_real_one_says_why_it_does_not_listen(tmp_path: Path, *, taken: bool) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        lines = f"port = {port}\n" if taken else 'host = "0.0.0.0"\nport = 0\n'
        (tmp_path / "pantau.toml").write_text(f"[console]\n{lines}")
        done = subprocess.run(
            [sys.executable, "-P", "-m", "pantau.console", str(tmp_path)],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env=os.environ,
        )  # fmt: skip
    assert done.returncode == REFUSED, done.stderr
    said = unpack_problem(json.loads(done.stdout))
    assert said is not None
    assert said.code == ("console.port-taken" if taken else "console.unprotected")
    assert not (tmp_path / "pantau.db").exists()


def test_an_address_that_this_machine_has_not() -> None:
    with pytest.raises(UsageError, match=r"cannot listen on 192\.0\.2\.1"):
        bind(ConsoleSettings(host="192.0.2.1", port=0, allow_unprotected=True))


def test_the_address_is_one_that_a_browser_opens() -> None:
    with bind(ConsoleSettings(host="0.0.0.0", port=0, allow_unprotected=True)) as listening:
        assert address_of(listening).startswith("http://127.0.0.1:")


def test_nothing_of_it_is_loaded_without_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pantau.cli import run; sys.stdout = sys.stderr\n"
        f"run(['run', '--once', '--data', {str(tmp_path)!r}])\n"
        "sys.__stdout__.write(' '.join(one for one in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert not {"starlette", "uvicorn", "jinja2", "pantau.console"} & set(done.stdout.split())
