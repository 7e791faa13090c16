"""The programs that end-to-end tests start."""

from pathlib import Path

from tests.e2e.program import Running


def test_a_program_that_a_test_leaves_at_work_is_ended(tmp_path: Path) -> None:
    left = Running(tmp_path)
    assert left.alive()
    Running.end_all()
    assert not left.alive()
    assert Running.started == []
