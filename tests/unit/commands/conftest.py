"""The command line, called in this process on the folder that a test's fixture `data` gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pantau.cli import run

Run = Callable[..., tuple[int, str, str]]
"""Call a command: its exit code, and what it wrote on standard output and standard error."""


@pytest.fixture
def pantau(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PANTAU_DATA", str(data))
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str, columns: int | None = None) -> tuple[int, str, str]:
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        code = run(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call
