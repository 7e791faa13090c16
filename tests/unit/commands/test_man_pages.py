"""Manual pages: one for each command, with all that `--help` says, in valid man(7)."""

import shutil
import subprocess
from pathlib import Path

import click
import pytest

from scripts.man_pages import commands, file_name, page, write

ALL = [(command, context) for command, context in commands()]
NAMES = [context.command_path for _, context in ALL]


def plain(text: str) -> str:
    return text.replace("\\-", "-").replace("\\e", "\\").replace("\\&", "")


@pytest.mark.parametrize(("command", "context"), ALL, ids=NAMES)
def test_a_page_says_what_the_help_says(command: click.Command, context: click.Context) -> None:
    lines = page(command, context).split("\n")
    assert lines[0].startswith('.TH "PANTAU')
    text = " ".join(plain(" ".join(lines)).split())
    for one in command.get_params(context):
        record = one.get_help_record(context)
        if record is not None:
            assert " ".join(record[0].split()) in text
            assert " ".join(record[1].split()) in text
    for word in (command.help or "").replace("\b", "").split():
        assert word in text
    for line in lines:
        assert not line.startswith("'")
        assert not line.startswith(".") or line.split(" ")[0] in {
            *(".TH", ".SH", ".PP", ".TP", ".B", ".BR", ".nf", ".fi"),
        }


def test_a_page_that_nobody_has_any_more_is_removed(tmp_path: Path) -> None:
    (tmp_path / "pantau-gone.1").write_text("old", encoding="utf-8")
    (tmp_path / "other.1").write_text("another program's", encoding="utf-8")
    written = write(tmp_path)
    assert {path.name for path in written} == {file_name(context) for _, context in ALL}
    assert not (tmp_path / "pantau-gone.1").exists()
    assert (tmp_path / "other.1").exists()


def test_groff_has_nothing_to_say(tmp_path: Path) -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("no groff on this machine")
    pages = [str(path) for path in write(tmp_path)]
    done = subprocess.run(
        [groff, "-man", "-Tascii", "-ww", "-z", *pages],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    assert done.stderr == ""
