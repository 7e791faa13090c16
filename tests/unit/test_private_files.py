"""Who may read the data folder, and what a link in it can do."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.adapters.folder_lock import LOCK_FILE, folder_lock
from pantau.adapters.sqlite_store import SqliteStore
from pantau.clock import SystemClock
from pantau.errors import StopError, UsageError


@pytest.fixture(autouse=True)
def _generous_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    store = SqliteStore(folder / "pantau.db", SystemClock())
    try:
        assert _mode(folder) == 0o700
        assert {one.name: _mode(one) for one in folder.iterdir()} == {
            "pantau.db": 0o600,
            "pantau.db-wal": 0o600,
            "pantau.db-shm": 0o600,
        }
    finally:
        store.close()


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    SqliteStore(folder / "pantau.db", SystemClock()).close()
    assert _mode(folder) == 0o750


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StopError, match="cannot be created"):
        SqliteStore(tmp_path / "file" / "data" / "pantau.db", SystemClock())
    with pytest.raises(UsageError, match="cannot be opened"), folder_lock(tmp_path / "file" / "data"):
        pass


def test_the_lock_is_its_owners_alone(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "data"):
        assert _mode(tmp_path / "data") == 0o700
        assert _mode(tmp_path / "data" / LOCK_FILE) == 0o600
        assert (tmp_path / "data" / LOCK_FILE).read_text() == str(os.getpid())


def test_a_link_in_the_locks_place_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("do not touch")
    (tmp_path / LOCK_FILE).symlink_to(precious)
    with pytest.raises(UsageError, match="cannot be opened"), folder_lock(tmp_path):
        pass
    assert precious.read_text() == "do not touch"


def test_a_lock_that_is_held_says_by_whom(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path),
        pytest.raises(UsageError, match=f"already watched by process {os.getpid()};"),
        folder_lock(tmp_path),
    ):
        pass
