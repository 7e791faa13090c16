"""The data folder: what chose it, one that does not exist, and what works on it."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from pantau.adapters.files.folder_lock import folder_lock
from pantau.adapters.files.running import Running, read_running, remove_note, write_note
from pantau.cli import pantau as root
from pantau.commands.cli.texts.overview import size_text
from tests.support import START

from .conftest import Run

CREATES = {
    "accounts add", "feeds add", "feeds import", "lists add", "lists import", "restore", "run",
    "subscribe", "subscriptions import",
}  # fmt: skip
"""Commands that may begin a store; all others read or change what is there."""
ELSEWHERE = {
    "feeds test", "local down", "local status", "local up", "query explain", "service", "setup",
}  # fmt: skip
"""Commands over servers, or that need no store and only look at one if there is one."""


GIVEN = {
    "accounts give": ["banjir", "--to", "sari"],
    "accounts tokens add": ["sari", "--name", "x"],
    "backup": ["TMP/backup", "--plain"],
    "channels payload": ["webhook:https://hook.example/in", "1"],
    "feeds edit": ["banjir", "--title", "x"],
    "reports schedule": ["--tag", "x", "--to", "meja@redaksi.example"],
    "subscriptions preview": ["banjir"],
    "subscriptions edit": ["banjir", "--query", "x"],
}
"""Arguments of commands that take other ones than names."""


def commands(
    group: click.Command = root, *names: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(group, click.Group):
        if any(one.name == "data" for one in group.params):
            yield names, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, *names, name)


USERS = {" ".join(names): command for names, command in commands()}


def test_the_lists_of_commands_name_no_other() -> None:
    assert set(USERS) > CREATES | ELSEWHERE


@pytest.mark.parametrize("name", sorted(set(USERS) - CREATES - ELSEWHERE))
def test_a_command_that_reads_or_changes_creates_nothing_and_names_the_folder(
    name: str, pantau: Run, tmp_path: Path
) -> None:
    missing = tmp_path / "mistyped"
    given = [
        "banjir"
        for one in USERS[name].params
        if isinstance(one, click.Argument) and (one.required or one.nargs == -1)
    ]
    given = [one.replace("TMP", str(tmp_path)) for one in GIVEN.get(name, given)]
    _, out, err = pantau(*name.split(), *given, "--data", str(missing))
    assert not missing.exists(), f"{name} created a store"
    assert str(missing) in out + err


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "pantau-data"


def test_the_folder_that_may_be_meant_is_named(pantau: Run, data: Path, tmp_path: Path) -> None:
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss")
    code, _, err = pantau("status", "--data", str(tmp_path / "pantau-dta"))
    assert (code, err) == (
        0,
        f"note: the data folder {tmp_path / 'pantau-dta'} does not exist; did you mean {data}?\n",
    )
    code, _, err = pantau("subscriptions", "pause", "x", "--data", str(tmp_path / "pantaudata"))
    assert code == 2
    assert f"did you mean {data}?" in err


def test_a_new_folder_names_the_old_one_that_may_be_meant(
    pantau: Run, data: Path, tmp_path: Path
) -> None:
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss")
    code, _, err = pantau("subscribe", "banjir", "--data", str(tmp_path / "pantau-dta"))
    assert code == 0
    assert f"the folder {tmp_path / 'pantau-dta'} is new; did you mean {data}?\n" in err
    code, _, err = pantau("subscribe", "gempa", "--data", str(tmp_path / "pantau-dta"))
    assert (code, "is new" in err) == (0, False)
    code, _, err = pantau("subscribe", "banjir", "--data", str(tmp_path / "another"))
    assert (code, "is new" in err) == (0, False)


def test_status_says_which_folder_and_why_and_what_comes_next(
    pantau: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TIME_ZONE", "Asia/Jakarta")
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss", "--title", "Kabar")
    _, out, _ = pantau("status")
    assert f"data folder: {data} (named by the variable PANTAU_DATA)" in out
    assert "not running; start it by `pantau run`" in out
    assert "next polls: Kabar now" in out
    assert "disk: " in out
    _, out, _ = pantau("status", "--data", str(data))
    assert f"data folder: {data} (named by --data)" in out
    _, out, _ = pantau("status", "--json")
    found = json.loads(out)
    assert (found["running"], found["data_chosen_by"]) == (False, "variable")
    assert found["next_polls"][0]["title"] == "Kabar"
    assert found["bytes_used"] > 0
    _, out, _ = pantau("--lang", "id", "status")
    assert "tidak berjalan" in out


@pytest.mark.parametrize(
    ("free", "total", "warned"),
    [
        (900_000_000, 10_000_000_000, True),
        (1_900_000_000, 40_000_000_000, True),
        (2_100_000_000, 40_000_000_000, False),
        (25_000_000_000, 4_000_000_000_000, False),
    ],
)
def test_status_warns_of_a_disk_that_is_nearly_full(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, free: int, total: int, *, warned: bool
) -> None:
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss")
    there = SimpleNamespace(total=total, free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: there)
    _, out, _ = pantau("status")
    assert ("the disk is nearly full (" in out) == warned
    _, out, _ = pantau("--lang", "id", "status")
    assert ("disk hampir penuh (tersisa " in out) == warned
    _, out, _ = pantau("status", "--json")
    assert json.loads(out)["disk_nearly_full"] is warned


def test_status_names_what_an_old_python_lacks(
    pantau: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss")
    monkeypatch.setattr(sys, "version_info", (3, 12, 4, "final", 0))
    _, out, _ = pantau("--lang", "id", "status")
    assert "peringatan: Python 3.12.4 belum memuat tambalan keamanan; mutakhirkan ke 3.12.5" in out
    _, _, err = pantau("feeds", "list")
    assert "3.12.4" not in err
    monkeypatch.setattr(sys, "version_info", (3, 13, 0, "final", 0))
    assert "Python" not in pantau("status")[1]


def test_status_says_since_when_a_process_works_and_what_it_waits_for(
    pantau: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TIME_ZONE", "Asia/Jakarta")
    pantau("feeds", "add", "--no-check", "https://kabar.example/rss")
    with folder_lock(data):
        write_note(data, Running(os.getpid(), START, ("fetch.max_bytes",), "no number"))
        _, out, _ = pantau("status")
        assert f"running since 2026-03-02 15:00 WIB, as process {os.getpid()}" in out
        assert "changed settings that wait for a restart: fetch.max_bytes" in out
        assert "the changed settings were not taken: no number" in out
    _, out, _ = pantau("status")  # the note of a process that was killed
    assert "not running" in out


def test_a_note_that_is_no_json_leaves_only_that_it_runs(data: Path) -> None:
    with folder_lock(data):
        for text in (b"", b"[]", b"{", b'{"process": "x", "since": "soon", "restart_for": 1}'):
            (data / "running.json").write_bytes(text)
            assert read_running(data) == Running(None, None)
        remove_note(data)
        remove_note(data)
        assert read_running(data) == Running(None, None)
    assert read_running(data) is None
    assert read_running(data / "none") is None


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (12_345_678, "12.3 MB"),
        (10**16, "10.0 PB"),
        (10**19, "10000.0 PB"),
    ],
)
def test_sizes_are_shown_with_their_units(size: int, text: str) -> None:
    assert size_text(size) == text


def test_sizes_have_the_decimal_sign_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_LANG", "id")
    assert size_text(12_345_678) == "12,3 MB"
