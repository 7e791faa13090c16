"""Reports to systemd's socket, as sd_notify(3) has them."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pantau.observe.observation import Observation
from pantau.observe.supervisor import LONGEST_SECONDS, Supervisor
from pantau.settings import ObserveSettings


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """Yield a socket that receives what is reported, at `notify` in the folder of the test."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.settimeout(60)
        yield receiver


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"NOTIFY_SOCKET": str(tmp_path / "notify"), **more}


def heard(receiver: socket.socket) -> str:
    return receiver.recv(1_000).decode()


def test_start_and_stop_are_reported(tmp_path: Path, systemd: socket.socket) -> None:
    supervisor = Supervisor(dict, environment(tmp_path))
    supervisor.start()
    assert heard(systemd) == "READY=1"
    supervisor.stop()
    assert heard(systemd) == "STOPPING=1"


def test_a_watchdog_gets_signs_of_life_until_the_stop(
    tmp_path: Path, systemd: socket.socket
) -> None:
    before = set(threading.enumerate())
    supervisor = Supervisor(dict, environment(tmp_path, WATCHDOG_USEC="3000"))
    assert supervisor.seconds == pytest.approx(0.001)
    supervisor.start()
    assert [heard(systemd) for _ in range(4)] == ["READY=1", *["WATCHDOG=1"] * 3]
    supervisor.stop()
    assert set(threading.enumerate()) <= before  # threads of other tests may end meanwhile


def test_a_loop_that_hangs_is_not_covered_up(tmp_path: Path, systemd: socket.socket) -> None:
    hanging: dict[str, float] = {}
    supervisor = Supervisor(lambda: hanging, environment(tmp_path))
    assert supervisor.beat()
    hanging["poller"] = 130.0
    assert not supervisor.beat()
    hanging.clear()
    assert supervisor.beat()
    assert [heard(systemd) for _ in range(2)] == ["WATCHDOG=1"] * 2


def test_a_name_in_the_abstract_namespace() -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as receiver:
        receiver.bind("")  # the kernel chooses a name that is free
        name = "@" + receiver.getsockname()[1:].decode()
        receiver.settimeout(60)
        Supervisor(dict, {"NOTIFY_SOCKET": name}).start()
        assert heard(receiver) == "READY=1"


@pytest.mark.parametrize("named", ["", "notify", "vsock:2:1"])
def test_without_a_socket_nothing_is_sent(named: str) -> None:
    supervisor = Supervisor(dict, {"NOTIFY_SOCKET": named, "WATCHDOG_USEC": "1000"})
    supervisor.start()
    supervisor.stop()


def test_a_socket_that_is_gone_is_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor = Supervisor(dict, environment(tmp_path))
    supervisor.start()
    supervisor.stop()
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "60000000"}, 20.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 20.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "9" * 19}, LONGEST_SECONDS),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "-5"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "9" * 5_000}, None),
        ({"WATCHDOG_USEC": "٣٠٠٠"}, None),
    ],
)
def test_the_time_between_signs_of_life(given: dict[str, str], seconds: float | None) -> None:
    assert Supervisor(dict, given).seconds == seconds


def test_a_program_reports_its_start(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    observation = Observation("run", ObserveSettings())
    observation.start()
    observation.stop()
    assert [heard(systemd), heard(systemd)] == ["READY=1", "STOPPING=1"]
