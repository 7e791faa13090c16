import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pantau.local.process import Detached
from tests.support import SOON

SLEEPS = [sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(600)"]
WILL_NOT_END = [
    sys.executable,
    "-c",
    (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); "
        "time.sleep(600)"
    ),
]


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Detached]:
    process = Detached(tmp_path / "process.lock", tmp_path / "server.log")
    yield process
    process.kill()


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def ready(process: Detached) -> None:
    wait_for(lambda: "ready" in process.last_lines())


def test_nothing_ran_yet(one: Detached) -> None:
    assert one.pid() is None
    assert one.last_lines() == ""
    one.stop(1.0)


def test_runs_in_a_session_of_its_own_until_it_is_stopped(one: Detached) -> None:
    one.start(SLEEPS, os.environ)
    pid = one.pid()
    assert pid is not None
    ready(one)
    assert os.getsid(pid) == pid
    one.stop(SOON)
    assert one.pid() is None


def test_a_second_start_changes_nothing(one: Detached) -> None:
    one.start(SLEEPS, os.environ)
    first = one.pid()
    one.start(SLEEPS, os.environ)
    assert one.pid() == first


def test_a_start_while_others_look_whether_it_runs(one: Detached) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            one.pid()

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(5):
            one.start(SLEEPS, os.environ)
            assert one.pid() is not None
            one.kill()
    finally:
        ended.set()
        for looker in lookers:
            looker.join()


def test_an_end_from_outside_is_told_and_a_new_start_works(one: Detached) -> None:
    one.start(SLEEPS, os.environ)
    first = one.pid()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: one.pid() is None)
    one.start(SLEEPS, os.environ)
    assert one.pid() not in {None, first}
    os.waitpid(first, 0)


def test_lives_on_without_its_starter(one: Detached, tmp_path: Path) -> None:
    start = f"""
import os
from pathlib import Path
from pantau.local.process import Detached
Detached(Path({str(tmp_path / "process.lock")!r}), Path({str(tmp_path / "server.log")!r})).start({SLEEPS!r}, os.environ)
"""
    subprocess.run([sys.executable, "-c", start], check=True, timeout=SOON)
    assert one.pid() is not None
    ready(one)


def test_what_will_not_end_is_ended(one: Detached) -> None:
    one.start(WILL_NOT_END, os.environ)
    ready(one)
    one.stop(0.1)
    assert one.pid() is None


def test_a_program_that_is_not_there(one: Detached, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        one.start([str(tmp_path / "none")], os.environ)
    assert one.pid() is None


def test_the_log_grows_over_starts_and_a_long_one_is_put_aside(
    one: Detached, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = [sys.executable, "-c", "print('line')"]
    for _ in range(2):
        one.start(says, os.environ)
        wait_for(lambda: one.pid() is None)
    assert one.last_lines() == "line\nline"
    assert one.last_lines(1) == "line"
    monkeypatch.setattr("pantau.local.process.LARGEST_LOG", 3)
    one.start(says, os.environ)
    wait_for(lambda: one.pid() is None)
    assert one.last_lines() == "line"
    assert (tmp_path / "server.old.log").read_text() == "line\nline\n"
