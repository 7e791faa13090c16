"""Settings that change while the program runs, from a real file in a data folder."""

import logging
from functools import partial
from pathlib import Path

import pytest

from pantau.runtimes.settings_watch import SettingsWatch
from pantau.settings import SETTINGS_FILE, Settings, load_settings
from pantau.settings.changes import adopt, changes_between, setting_paths
from pantau.settings.sources import files_stamp

Told = list[tuple[tuple[str, ...], str | None]]


def write(folder: Path, text: str) -> None:
    (folder / SETTINGS_FILE).write_text(text, "utf-8")


def faults(settings: Settings) -> int:
    return int(settings.smtp_fault is not None)


def watched(folder: Path, settings: Settings, told: Told) -> SettingsWatch:
    return SettingsWatch(
        settings,
        partial(load_settings, folder),
        partial(files_stamp, folder, SETTINGS_FILE),
        told=lambda names, fault: told.append((names, fault)),
    )


def test_a_safe_setting_counts_at_once_in_every_part_that_holds_its_section(
    tmp_path: Path,
) -> None:
    settings, told = load_settings(tmp_path), Told()
    held = settings.poll, settings.smtp, settings.notify
    watch = watched(tmp_path, settings, told)
    write(
        tmp_path,
        'log_level = "DEBUG"\n[poll]\nmin_interval_seconds = 7\n'
        '[smtp]\nhost = "mail.example"\n[notify]\nmax_attempts = 3\n',
    )
    watch.check()
    poll, smtp, notify = held
    assert (poll.min_interval_seconds, smtp.host, notify.max_attempts) == (7, "mail.example", 3)
    assert settings.log_level == "DEBUG"
    assert told == []
    assert load_settings(tmp_path / "other").poll.min_interval_seconds == 120, "a shared default"


def test_what_changed_while_the_program_started_counts_too(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    write(tmp_path, "[poll]\nmin_interval_seconds = 7\n")
    watched(tmp_path, settings, []).check()
    assert settings.poll.min_interval_seconds == 7


def test_other_settings_wait_for_a_restart_until_they_are_as_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings, told = load_settings(tmp_path), Told()
    before = settings.fetch.max_bytes
    watch = watched(tmp_path, settings, told)
    write(tmp_path, "[fetch]\nmax_bytes = 5\n")
    with caplog.at_level(logging.INFO):
        watch.check()
        watch.check()
    assert settings.fetch.max_bytes == before
    assert told == [(("fetch.max_bytes",), None)]
    assert [one.getMessage() for one in caplog.records] == [
        "settings changed that count only after a restart: fetch.max_bytes"
    ]
    write(tmp_path, "\n")
    watch.check()
    assert told[1:] == [((), None)]


def test_a_file_that_cannot_be_read_changes_nothing_and_is_named(tmp_path: Path) -> None:
    settings, told = load_settings(tmp_path), Told()
    watch = watched(tmp_path, settings, told)
    write(tmp_path, "[poll]\nmin_interval_seconds = -1\nmax_interval_seconds = 9\n")
    watch.check()
    assert settings.poll.max_interval_seconds == 21_600
    ((names, fault),) = told
    assert names == ()
    assert fault is not None
    assert "poll.min_interval_seconds: expected at least 1" in fault
    write(tmp_path, "[poll]\nmin_interval_seconds = 1\nmax_interval_seconds = 9\n")
    watch.check()
    assert settings.poll.max_interval_seconds == 9
    assert told[1:] == [((), None)]


def test_a_repaired_mail_section_lets_mails_go(tmp_path: Path) -> None:
    write(tmp_path, '[smtp]\nhost = "mail.example"\nsender = "no mailbox"\n')
    settings = load_settings(tmp_path)
    assert faults(settings) == 1
    write(tmp_path, '[smtp]\nhost = "mail.example"\nsender = "desk@kantor.example"\n')
    watch = watched(tmp_path, settings, Told())
    write(tmp_path, '[smtp]\nhost = "mail.example"\nsender = "meja@kantor.example"\n')
    watch.check()
    assert (faults(settings), settings.smtp.sender) == (0, "meja@kantor.example")


def test_a_changed_file_of_a_secret_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "password"
    secret.write_text("old\n", "utf-8")
    monkeypatch.setenv("PANTAU_SMTP__PASSWORD_FILE", str(secret))
    settings = load_settings(tmp_path)
    watch = watched(tmp_path, settings, Told())
    secret.write_text("changed\n", "utf-8")
    watch.check()
    assert settings.smtp.password is not None
    assert settings.smtp.password.get_secret_value() == "changed"


def test_every_live_setting_can_be_changed_and_no_other_one_is(tmp_path: Path) -> None:
    """Each declared setting, by a section that differs in it alone."""
    new = load_settings(tmp_path)
    for path, live in setting_paths():
        current = load_settings(tmp_path)
        differing = _with(new, path)
        found = changes_between(current, differing)
        assert found.live == ((path,) if live else ())
        assert found.restart == (() if live else (path,))
        adopt(current, differing, found.live)
        assert changes_between(current, differing).live == ()


def _with(settings: Settings, path: str) -> Settings:
    """Return settings that differ in one setting."""
    *sections, name = path.split(".")
    changed = settings.model_copy(deep=True)
    held = changed
    for section in sections:
        held = getattr(held, section)
    held.__dict__[name] = "another value"
    return changed
