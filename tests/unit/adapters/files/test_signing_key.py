"""The key of links in mails: made once, private, the same for all."""

import stat
from pathlib import Path

import pytest

from pantau.adapters.files import signing_key as module
from pantau.adapters.files.signing_key import KEY_FILE, read_or_make_key, signing_key
from pantau.errors import SettingsFaultError
from pantau.settings import Settings


def test_a_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = read_or_make_key(folder)
    assert len(made) == 32
    assert read_or_make_key(folder) == made
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == [KEY_FILE]


def test_of_two_that_make_one_the_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_process(folder: Path) -> None:
        (folder / KEY_FILE).write_bytes(b"f" * 32)

    monkeypatch.setattr(module, "make_folder", other_process)
    assert read_or_make_key(tmp_path) == b"f" * 32


def test_a_file_that_is_no_key_or_a_link_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(SettingsFaultError):
        signing_key(Settings(data=tmp_path))
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsFaultError):
        signing_key(Settings(data=tmp_path))


def test_over_kafka_the_settings_have_the_key_or_there_is_none(tmp_path: Path) -> None:
    kafka = {"servers": ("localhost:9092",)}
    plain = Settings.model_validate({"data": tmp_path, "kafka": kafka})
    assert signing_key(plain) is None
    given = Settings.model_validate(
        {"data": tmp_path, "kafka": kafka, "console": {"signing_key": "k" * 32}}
    )
    assert signing_key(given) == b"k" * 32
    assert "kkkk" not in repr(given)
    assert not (tmp_path / KEY_FILE).exists()
