"""The health check of the image, against a program that is ready, one that is not, and none."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from pantau.observe import probe
from pantau.observe.observation import Observation
from pantau.settings import ObserveSettings


@pytest.fixture
def observation() -> Iterator[Observation]:
    observed = Observation("poller", ObserveSettings(port=0))
    observed.start()
    yield observed
    observed.stop()


def test_it_says_whether_the_program_is_ready(
    observation: Observation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANTAU_OBSERVE__PORT", str(observation.port))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # not asked
    assert probe.main() == 1
    assert "starting" in capsys.readouterr().out
    observation.ready()
    assert probe.main() == 0


def test_no_answer_is_not_ready(observation: Observation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_OBSERVE__PORT", str(observation.port))
    observation.ready()
    observation._server.stop()  # type: ignore[union-attr]  # it was started
    assert probe.main() == 1


def test_one_that_waits_is_live_and_one_that_hangs_is_ended(
    observation: Observation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANTAU_OBSERVE__PORT", str(observation.port))
    ended: list[bool] = []
    monkeypatch.setattr(probe, "end_container", lambda: ended.append(True))
    observation.ready("Kafka does not answer", part="kafka")
    observation.live("event loop")
    assert probe.main(["/livez", "--end"]) == 0
    monkeypatch.setattr(observation._health, "_silence", -1.0)
    assert probe.main(["/livez"]) == 1
    assert ended == []
    assert probe.main(["/livez", "--end"]) == 1
    assert ended == [True]
    assert "event loop" in capsys.readouterr().out


def test_no_answer_ends_nothing(observation: Observation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_OBSERVE__PORT", str(observation.port))
    monkeypatch.setattr(probe, "end_container", pytest.fail)
    observation._server.stop()  # type: ignore[union-attr]  # it was started
    assert probe.main(["/livez", "--end"]) == 1


@pytest.mark.parametrize("port", ["", "x", "-1", "99999999"])
def test_a_port_that_is_none_is_not_ready(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_OBSERVE__PORT", port)
    assert probe.main() == 1


def test_it_runs_as_the_image_runs_it_and_loads_little(observation: Observation) -> None:
    observation.ready()
    code = (
        "import pantau.observe.probe as p, sys; c = p.main(); sys.exit(c or 'pydantic' in "
        "sys.modules)"
    )
    environment = {"PANTAU_OBSERVE__PORT": str(observation.port)}
    for arguments in (["-m", "pantau.observe.probe"], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *arguments], env=environment, check=False, timeout=240
        )
        assert done.returncode == 0
