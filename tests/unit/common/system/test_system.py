"""Both branches of what differs between systems: POSIX for real, Windows with a stand-in."""

import asyncio
import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pantau.common.system import OURS, System
from pantau.common.system.posix import PosixSystem
from pantau.common.system.windows import WindowsSystem

LOCK = """
import os, sys
from pantau.common.system import OURS
descriptor = os.open(sys.argv[1], os.O_RDWR)
print(OURS.lock(descriptor), OURS.lock(os.open(sys.argv[1], os.O_RDWR), shared=True))
"""


class Msvcrt:
    """A stand-in for msvcrt's locks of byte ranges, for descriptors of one process."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: dict[tuple[int, int, int], int] = {}

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert mode == self.LK_NBLCK
        assert count == 1
        found = os.fstat(descriptor)
        place = (found.st_dev, found.st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if self.held.setdefault(place, descriptor) != descriptor:
            raise PermissionError(errno.EACCES, "Permission denied")

    def close(self, descriptor: int) -> None:
        self.held = {place: one for place, one in self.held.items() if one != descriptor}
        os.close(descriptor)


@pytest.fixture
def msvcrt() -> Msvcrt:
    return Msvcrt()


@pytest.fixture
def windows(msvcrt: Msvcrt) -> WindowsSystem:
    return WindowsSystem(msvcrt, sleep=lambda _: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lock"
    path.write_bytes(b"12345")
    return path


def test_this_machine_has_its_branch() -> None:
    assert isinstance(OURS, WindowsSystem if sys.platform == "win32" else PosixSystem)


def test_another_process_does_not_get_a_lock_that_is_held(file: Path) -> None:
    command = [sys.executable, "-c", LOCK, str(file)]
    with file.open("r+b") as held:
        assert OURS.lock(held.fileno())
        assert OURS.lock(held.fileno()), "one's own lock is no obstacle"
        shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
        assert shown.stdout == "False False\n"
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    assert shown.stdout.startswith("True")


def test_a_lock_of_windows_holds_and_leaves_the_content_readable(
    windows: WindowsSystem, msvcrt: Msvcrt, file: Path
) -> None:
    first, second = (os.open(file, os.O_RDWR | windows.own_flags) for _ in range(2))
    os.lseek(first, 2, os.SEEK_SET)
    assert windows.lock(first)
    assert os.read(first, 9) == b"345", "the position stays"
    assert not windows.lock(second)
    assert os.read(second, 9) == b"12345"
    assert file.read_bytes() == b"12345"
    msvcrt.close(first)
    assert windows.lock(second)
    os.close(second)


def test_waiting_for_a_lock_of_windows(msvcrt: Msvcrt, file: Path) -> None:
    first, second = (os.open(file, os.O_RDWR) for _ in range(2))
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            msvcrt.close(first)

    windows = WindowsSystem(msvcrt, sleep)
    assert windows.lock(first)
    assert windows.lock(second, wait=True)
    assert len(waits) == 3
    os.close(second)


def test_other_faults_of_locks_are_no_locks(windows: WindowsSystem, file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    os.close(descriptor)
    for system in (windows, OURS):
        with pytest.raises(OSError, match="Bad file descriptor"):
            system.lock(descriptor)


@pytest.mark.parametrize("branch", ["ours", "windows"])
def test_a_request_to_end_reaches_the_loop(branch: str, windows: WindowsSystem) -> None:
    system: System = OURS if branch == "ours" else windows
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    got: list[signal.Signals] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()

        def stop(name: signal.Signals) -> None:
            got.append(name)
            stopped.set()

        system.on_stop(loop, stop)
        signal.raise_signal(signal.SIGINT)
        await stopped.wait()
        if branch == "ours":
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(name)

    try:
        asyncio.run(run())
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
    assert got == [signal.SIGINT]


def test_a_child_ignores_requests_to_end(windows: WindowsSystem) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    try:
        for system in (windows, OURS):
            signal.signal(signal.SIGINT, signal.default_int_handler)
            system.ignore_stop()
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])


def test_ctrl_break_counts_on_windows(
    windows: WindowsSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert windows._stops() == (signal.SIGINT,)
    monkeypatch.setattr(signal, "SIGBREAK", signal.SIGUSR1, raising=False)
    assert windows._stops() == (signal.SIGINT, signal.SIGUSR1)


def test_how_a_process_ended(windows: WindowsSystem) -> None:
    assert OURS.ending(-signal.SIGPROF) == OURS.ending(-signal.SIGXCPU) == "time"
    assert OURS.ending(-signal.SIGKILL) == "killed"
    assert {OURS.ending(code) for code in (0, 1, -signal.SIGSEGV)} == {"other"}
    assert [windows.ending(code) for code in (0, 1, 3)] == ["other", "killed", "other"]


def test_what_windows_does_not_have_is_left_out(windows: WindowsSystem, file: Path) -> None:
    windows.limit_time(1.0)
    windows.limit_memory(1)
    windows.limit_memory(None)
    with file.open("r+b") as opened:
        windows.restrict(opened.fileno(), 0)
    assert file.stat().st_mode & 0o777
    assert windows.is_own(12345)
    assert windows.memory() == (0, 0)
    assert windows.processors() >= 1
    assert windows.apart() == {"creationflags": 0x200}
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not windows.wait_for_end(ours)


def test_the_end_of_a_connection_is_noticed_whatever_arrives_before() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.sendall(b"x")
        theirs.close()
        assert OURS.wait_for_end(ours)


def test_a_process_that_takes_too_long_is_ended_by_the_kernel() -> None:
    code = "from pantau.common.system import OURS\nOURS.limit_time(0.05)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=240)
    assert OURS.ending(done.returncode) == "time"


def test_memory_beyond_the_limit_fails_and_the_limit_can_be_lifted() -> None:
    code = (
        "from pantau.common.system import OURS\n"
        "OURS.limit_memory(OURS.memory()[0] + 50_000_000)\n"
        "try: bytearray(200_000_000)\n"
        "except MemoryError: print('refused')\n"
        "OURS.limit_memory(None)\n"
        "print(len(bytearray(200_000_000)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=240
    )
    assert done.stdout.split() == [b"refused", b"200000000"]


def test_windows_is_chosen_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module of Windows imports nothing that POSIX alone has."""
    code = (
        "import sys, types, asyncio, subprocess, selectors, socket, tempfile, click, pydantic\n"
        "for name in ('fcntl', 'resource', 'pwd', 'termios'): sys.modules[name] = None\n"
        "sys.modules['msvcrt'] = types.ModuleType('msvcrt')\n"
        "real, sys.platform = sys.platform, 'win32'\n"
        "from pantau.common.system import OURS\n"
        "sys.platform = real\n"  # the standard library is that of this machine
        "print(type(OURS).__name__)\n"
        "import pantau.adapters.files.folder_lock, pantau.adapters.files.batch_journal\n"
        "import pantau.adapters.channels.file, pantau.adapters.processes.child\n"
        "import pantau.adapters.processes.reader, pantau.runtimes.embedded.child\n"
        "import pantau.commands.programs.run, pantau.usecases.subscriptions.files\n"
    )
    monkeypatch.delenv("PANTAU_DATA", raising=False)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "WindowsSystem\n"
