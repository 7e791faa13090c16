"""The console as part of a service: ready while it listens, not while it is started again."""

import asyncio
import sys
from pathlib import Path

import pytest

from pantau.common.time.backoff import Backoff
from pantau.errors import StopError
from pantau.observe.health import HealthRecorder
from pantau.observe.signals import Signals
from pantau.runtimes import console_process
from pantau.runtimes.console_process import REFUSED, ConsoleProcess
from pantau.runtimes.distributed.console_part import ENDED, ConsolePart
from tests.support import SOON

LISTENING = 'import sys; print(\'["console.listening", {"address": "x"}]\', flush=True)\n'
TAKEN = 'import sys; print(\'["console.port-taken", {"port": 1}]\', flush=True)\n'


class Reported(HealthRecorder):
    """Keeps what is reported of the console; stops it once something is."""

    def __init__(self, until: str | None) -> None:
        super().__init__(lambda: 0.0)
        self.until = until
        self.stopping = asyncio.Event()
        self.reasons: list[str | None] = []

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        super().ready(reason, part=part)
        assert part == "console"
        self.reasons.append(reason)
        if reason == self.until:
            self.stopping.set()


def run(code: str, *, until: str | None) -> list[str | None]:
    """Run a small program as the console; return what was reported, None for being ready."""
    health = Reported(until)
    part = ConsolePart(
        lambda report, ended: ConsoleProcess([sys.executable, "-c", code], report, ended),
        Signals(health=health),
    )
    asyncio.run(asyncio.wait_for(part.run(health.stopping), SOON))
    return health.reasons


def test_it_is_ready_once_it_listens() -> None:
    assert run(LISTENING + "sys.stdin.read()", until=None) == [None]


def test_it_is_not_ready_after_it_died(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console_process, "BACKOFF", Backoff(0.01, 0.01))
    assert run(LISTENING + "sys.exit(1)", until=ENDED) == [None, ENDED]


def test_it_is_ready_again_after_another_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_process, "BACKOFF", Backoff(0.01, 0.01))
    seen = tmp_path / "seen"
    code = (
        f"import pathlib, sys\nseen = pathlib.Path({str(seen)!r})\n"
        "if not seen.exists():\n    seen.touch()\n    sys.exit(1)\n"
    )
    assert run(code + LISTENING + "sys.stdin.read()", until=None) == [ENDED, None]


def test_one_that_cannot_listen_ends_the_service_with_its_reason() -> None:
    with pytest.raises(StopError, match="port 1 "):
        run(TAKEN + f"sys.exit({REFUSED})", until=None)
