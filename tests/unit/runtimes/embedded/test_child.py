"""The child process of the pipeline, with small programs in its place."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pantau.common.time.backoff import Backoff
from pantau.errors import RetryError, StopError
from pantau.observe.health import HealthRecorder
from pantau.observe.prometheus import PrometheusMetrics
from pantau.observe.signals import Batch, Signals
from pantau.runtimes.embedded import child as child_module
from pantau.runtimes.embedded.child import LATER, ChildPipeline
from pantau.runtimes.embedded.child_lines import (
    ChildFailed,
    ChildListener,
    ChildSignals,
    ChildStarted,
)
from tests.unit.observe.test_prometheus import value

HELLO = (
    'import os, signal, sys, time; print(\'{"say": "hello"}\', flush=True); read = lambda: '
    "os.read(0, 1)\n"
)
OBEDIENT = (
    'while (said := read()) not in (b\'s\', b\'\'): print(\'{"say": "live", "loop": "\' + '
    "said.decode() + '\"}', flush=True)"
)
LIMIT_SECONDS = 120.0


def made(code: str, signals: Signals | None = None) -> ChildPipeline:
    return ChildPipeline(
        [sys.executable, "-c", code],
        ["alerter"],
        woken=lambda: None,
        lag=lambda: 3,
        signals=signals or Signals(),
    )


def wait_for(what: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(LIMIT_SECONDS / 0.01)):
        if what():
            return
        pause.wait(0.01)
    pytest.fail("not in time")


@pytest.fixture
def recorder() -> HealthRecorder:
    made_book = HealthRecorder(lambda: 0.0)
    made_book.ready()
    return made_book


def test_it_is_woken_and_stopped_through_its_input(recorder: HealthRecorder) -> None:
    child = made(HELLO + OBEDIENT, Signals(health=recorder))
    child.start()
    assert recorder.unready() in ({"process of alerter": "starting"}, {})
    wait_for(lambda: not recorder.unready())
    child.wake()
    wait_for(lambda: "w" in recorder._seen)
    child.stop()
    child.join()
    assert not child.alive
    assert child.failure is None
    assert child.lag() == 3


def test_one_that_was_killed_is_started_again(
    recorder: HealthRecorder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lives = tmp_path / "lives"
    dies = (
        f"lives = open({str(lives)!r}, 'a+'); lives.write('x'); lives.flush(); lives.seek(0)\n"
        "if len(lives.read()) < 3: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    child = made(HELLO + dies + OBEDIENT, Signals(health=recorder))
    child.start()
    wait_for(lambda: lives.exists() and lives.read_text() == "xxx" and not recorder.unready())
    child.stop()
    child.join()
    assert child.failure is None
    told = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert told == [
        f"the process of alerter was killed by signal 9; it is started again in {seconds} s"
        for seconds in (0.1, 0.2)
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("raise SystemExit(7)", r"ended at its start \(exit code 7\)"),
        (
            'print(\'{"say": "failed", "text": "the disk is gone"}\'); raise SystemExit(1)',
            "^the disk is gone$",
        ),
    ],
)
def test_one_that_would_end_again_is_a_failure(code: str, text: str) -> None:
    child = made(code)
    child.start()
    child.join()
    assert isinstance(child.failure, StopError)
    with pytest.raises(StopError, match=text):
        raise child.failure


def test_one_that_cannot_begin_yet_is_started_again(
    recorder: HealthRecorder, tmp_path: Path
) -> None:
    flag = tmp_path / "flag"
    busy = (
        f"import os, sys\nif not os.path.exists({str(flag)!r}): open({str(flag)!r}, 'w'); "
        f"sys.exit({LATER})\n"
    )
    child = made(busy + HELLO + OBEDIENT, Signals(health=recorder))
    child.start()
    wait_for(lambda: flag.exists() and not recorder.unready())
    child.stop()
    child.join()
    assert child.failure is None


@pytest.mark.parametrize("works", [False, True])
def test_one_that_is_killed_again_and_again_is_given_up_unless_it_gets_on(
    works: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each end halves the batch that does it, until its record is given up.

    So it must not be given up before.
    """
    monkeypatch.setattr(child_module, "ENDS", 4)
    monkeypatch.setattr(child_module, "BACKOFF", Backoff(0.1, 0.1))
    lives = tmp_path / "lives"
    batch = (
        '{"say": "batch", "stage": "alerter", "processed": 1, "rejected": 0, "refused": 0, '
        '"produced": {}, "seconds": 0.1, "ages": []}'
    )
    code = (
        f"open({str(lives)!r}, 'a').write('x')\n"
        + (f"print({batch!r}, flush=True)\n" if works else "")
        + "os.kill(os.getpid(), signal.SIGKILL)"
    )
    child = made(HELLO + code)
    child.start()
    if works:
        wait_for(lambda: lives.exists() and len(lives.read_text()) > 5)
        child.stop()
        child.join()
        assert child.failure is None
        return
    child.join()
    assert len(lives.read_text()) == 4
    assert "4 times in a row" in str(child.failure)


def test_one_that_does_not_end_is_killed(
    recorder: HealthRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "STOP_SECONDS", 0.05)
    child = made(HELLO + "while True: time.sleep(60)", Signals(health=recorder))
    child.start()
    wait_for(lambda: not recorder.unready())
    child.stop()
    child.join()
    assert not child.alive
    assert child.failure is None


def test_one_that_does_not_read_never_holds_its_parent_up(recorder: HealthRecorder) -> None:
    child = made(HELLO + "while True: time.sleep(60)", Signals(health=recorder))
    child.start()
    wait_for(lambda: not recorder.unready())
    for _ in range(100_000):  # more than a pipe holds
        child.wake()
    child.stop()
    process = child._process
    assert process is not None
    process.kill()
    child.join()
    assert child.failure is None


def test_what_a_child_tells_reaches_the_signals_of_its_parent(
    tmp_path: Path, recorder: HealthRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.runtimes.embedded.child_lines.LIVE_SECONDS", 3_600.0)
    file = tmp_path / "lines"
    with file.open("wb") as output:
        teller = ChildSignals(output.fileno())
        teller.hello()
        teller.batch(Batch("alerter", 5, 1, 0, {"alerts": 7}, 0.25, (0.5, 2.0)))
        teller.retried("pipeline", RetryError("busy"))
        teller.ready("busy", part="pipeline")
        for _ in range(100):
            teller.live("pipeline")
        teller.failed("over")
    woken: list[int] = []
    metrics = PrometheusMetrics("run")
    listener = ChildListener(Signals(metrics=metrics, health=recorder), lambda: woken.append(1))
    lines = file.read_bytes().splitlines()
    said = [listener.take(line) for line in lines]
    assert said[0] == ChildStarted()
    assert said[-1] == ChildFailed("over")
    assert len(lines) == 6, "a loop that turns is told of once in a while"
    assert woken == [1]
    assert value(metrics, "pantau_records_processed_total", stage="alerter") == 5
    assert value(metrics, "pantau_records_rejected_total", stage="alerter") == 1
    assert value(metrics, "pantau_records_produced_total", stage="alerter", topic="alerts") == 7
    assert value(metrics, "pantau_stage_latency_seconds_sum", stage="alerter") == 2.5
    assert value(metrics, "pantau_retries_total", part="pipeline", reason="RetryError") == 1
    assert recorder.unready() == {"pipeline": "busy"}
    assert "pipeline" in recorder._seen


def test_a_line_that_was_cut_off_is_dropped() -> None:
    assert ChildListener(Signals(), lambda: None).take(b'{"say": "bat') is None
