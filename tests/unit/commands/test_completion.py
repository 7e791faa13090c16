"""Completion in shells: what is offered, where the scripts go, and that it never disturbs."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from pantau.bootstrap import open_store
from pantau.cli import pantau as root
from pantau.cli import run
from pantau.commands.cli.completing import EscapingBash
from pantau.errors import UsageError
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau.usecases.completion import file_of, shell_of
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.subscription import EmailChannel, TerminalChannel
from pantau_schemas.ids import channel_id, digest_id
from pantau_schemas.topics import FEEDS, SUBSCRIPTIONS
from tests.support import START, subscription

GEMPA, FEED = digest_id("gempa"), digest_id("feed")
MAIL = channel_id("email", "desk@example.org")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    channels = (EmailChannel(to="desk@example.org"), TerminalChannel())
    one = subscription("banjir", "banjir", channels=channels)
    other = subscription(GEMPA, "gempa").model_copy(update={"name": "Gempa\x1b Jawa"})
    feed = Feed(feed_id=FEED, url="https://kabar.example/rss", title="Kabar Desa", added=START)
    try:
        store.log.append(
            [
                record_for(one, SUBSCRIPTIONS, source="cli", time=START),
                record_for(other, SUBSCRIPTIONS, source="cli", time=START),
                record_for(feed, FEEDS, source="cli", time=START, partition_key="kabar.example"),
            ]
        )
    finally:
        store.close()
    monkeypatch.setenv("PANTAU_DATA", str(folder))
    return folder


def offered(*words: str) -> dict[str, str | None]:
    """Return what a shell offers for the last word, and what it shows beside."""
    found: list[CompletionItem] = ShellComplete(
        root, {}, "pantau", "_PANTAU_COMPLETE"
    ).get_completions([*words[:-1]], words[-1])
    return {one.value: one.help for one in found}


@pytest.mark.usefixtures("data")
def test_ids_and_names_are_offered() -> None:
    everything = {GEMPA[:8]: "Gempa Jawa", "banjir": "Banjir"}
    assert offered("subscriptions", "pause", "") == everything
    assert offered("subscriptions", "edit", "") == everything
    assert offered("alerts", "--subscription", "") == everything
    assert offered("query", "why", "x", "gem") == {"Gempa Jawa": GEMPA[:8]}
    assert offered("subscriptions", "show", GEMPA[:10]) == {GEMPA[:10]: "Gempa Jawa"}
    assert offered("feeds", "pause", "") == {FEED[:8]: "Kabar Desa"}
    assert offered("feeds", "poll", "kabar") == {"Kabar Desa": FEED[:8]}
    assert offered("channels", "resume", MAIL[:4]) == {MAIL[:8]: "email:desk@example.org"}
    assert offered("channels", "resume", "email") == {"email:desk@example.org": MAIL[:8]}


def test_the_folder_of_the_command_line_counts(data: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(data, moved)
    shutil.rmtree(data)
    assert offered("feeds", "pause", "") == {}
    assert offered("feeds", "pause", "--data", str(moved), "") == {FEED[:8]: "Kabar Desa"}


def test_a_store_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "none"))
    assert offered("subscriptions", "pause", "") == {}
    assert not (tmp_path / "none").exists()


def test_a_busy_or_damaged_store_offers_what_can_be_had(data: Path) -> None:
    writer = sqlite3.connect(data / "pantau.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        assert len(offered("subscriptions", "pause", "")) == 2, "a writer blocks no reader"
    finally:
        writer.rollback()
        writer.close()
    for left in data.glob("pantau.db*"):
        left.unlink()
    (data / "pantau.db").write_bytes(b"no database at all" * 100)
    assert offered("subscriptions", "pause", "") == {}
    (data / "pantau.db").write_bytes(b"")
    assert offered("subscriptions", "pause", "") == {}


@pytest.mark.usefixtures("data")
def test_another_store_than_a_file_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_KAFKA__SERVERS", '["127.0.0.1:1"]')
    assert offered("subscriptions", "pause", "") == {}


def test_names_are_escaped_for_bash() -> None:
    shell = EscapingBash(click.Group(), {}, "pantau", "_PANTAU_COMPLETE")
    item = CompletionItem("Gempa $(rm) 'Jawa' é")
    escaped = "Gempa\\ \\$\\(rm\\)\\ \\'Jawa\\'\\ é"
    assert shell.format_completion(item) == "plain," + escaped.replace("\\", "\\\\")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_goes_where_the_shell_looks(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    assert run(["completion", "install"]) == 0
    file = file_of(shell, tmp_path, os.environ)
    assert str(file) in capsys.readouterr().out
    assert run(["completion", "show", shell]) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")
    assert "_PANTAU_COMPLETE" in file.read_text(encoding="utf-8")


def test_an_unknown_shell_is_said() -> None:
    for named in ({"SHELL": "/bin/tcsh"}, {"HOME": "/"}):
        with pytest.raises(UsageError, match="name one"):
            shell_of(named)


@pytest.mark.usefixtures("data")
def test_bash_itself_completes(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash on this machine")
    command = tmp_path / "pantau"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pantau.cli "$@"\n')
    command.chmod(0o755)
    script = (
        "source <(pantau completion show bash)\nCOMP_WORDS=(pantau subscriptions pause Gem)\n"
        'COMP_CWORD=3\n_pantau_completion pantau\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [bash, "-c", script], env=environment, capture_output=True, check=True, timeout=240
    )
    assert done.stdout.decode().strip() == "Gempa\\ Jawa"
