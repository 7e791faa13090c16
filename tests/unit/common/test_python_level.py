import os
import subprocess
import sys
from pathlib import Path

import pytest

from pantau.commands.cli import language
from pantau.common.python_level import LEAST, current_gap, patch_gap
from pantau.settings import Settings, SmtpSettings

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("version", "update_to"),
    [
        ((3, 11, 0), "3.11.10"),
        ((3, 11, 9), "3.11.10"),
        ((3, 11, 10), None),
        ((3, 12, 4), "3.12.5"),
        ((3, 12, 5), None),
        ((3, 13, 0), None),
        ((3, 14, 0), None),
    ],
)
def test_the_least_patched_python(version: tuple[int, int, int], update_to: str | None) -> None:
    gap = patch_gap(version)
    assert (gap is None) == (update_to is None)
    if gap is not None:
        warning = str(gap)
        assert f"update to {update_to} or newer" in warning
        assert "CVE-" in warning
        assert "\n" not in warning


def test_make_says_it_and_goes_on() -> None:
    """As the Makefile calls it, before anything is installed: without site-packages."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "@PYTHONPATH=services $(PYTHON) -m pantau.common.python_level\n" in recipe
    done = subprocess.run(
        [sys.executable, "-S", "-m", "pantau.common.python_level"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "services")},
        capture_output=True,
        text=True,
        check=False,
    )
    warning = current_gap()
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (f"warning: {warning}\n" if warning else "")


def test_programs_say_it_once_when_they_start(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pantau.commands.cli.startup import warn_at_start  # noqa: PLC0415 (beside what it warns of)

    monkeypatch.setattr(sys, "version_info", (3, 12, 4, "final", 0))
    settings = Settings(data=tmp_path, smtp=SmtpSettings(host="mail.example.org"))
    warn_at_start(settings, sends=False)
    assert [one.getMessage() for one in caplog.records] == [str(patch_gap((3, 12, 4)))]
    caplog.clear()
    with language.one_call(("--lang", "id")):
        language.choose("id")
        warn_at_start(settings, sends=False)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        warn_at_start(settings, sends=False)
    in_file, at_terminal = caplog.records
    assert in_file.getMessage() == str(patch_gap((3, 12, 4)))
    assert at_terminal.getMessage() == (
        "Python 3.12.4 belum memuat tambalan keamanan; mutakhirkan ke 3.12.5 atau yang lebih baru "
        "(CVE-2024-6923: modul email menulis ganti baris ke dalam kepala surel)"
    )
    caplog.clear()
    monkeypatch.setattr(sys, "version_info", (3, 13, 0, "final", 0))
    warn_at_start(settings, sends=True)
    assert ["smtp.sender" in one.getMessage() for one in caplog.records] == [True]


def test_the_table_names_versions_that_the_project_allows() -> None:
    assert all(version >= (3, 11) for version in LEAST)
