"""Long work reports its progress, and is not repeated."""

from pathlib import Path

import pytest

from training.work import EVERY, Progress, stage


def test_a_stage_that_is_done_is_done_again_on_demand_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    made: list[Path] = []

    def make(target: Path) -> None:
        made.append(target)
        target.write_text("x", encoding="ascii")

    stage(path, make, again=False)
    stage(path, make, again=False)
    assert made == [path]
    stage(path, make, again=True)
    assert made == [path, path]


def test_progress_is_told_now_and_then_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    progress = Progress("work", 9, lambda: now[0])
    for done in range(1, 10):
        now[0] += EVERY / 2
        progress.at(done)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert lines[0] == "work: 2 of 9, 2 minutes left"
    assert lines[-1] == "work: 9 of 9, 0 minutes left"
