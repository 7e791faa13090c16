"""Who may read the data folder, and what a link in it can do."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.adapters.files.folder_lock import LOCK_FILE, folder_lock
from pantau.adapters.files.private_files import write_export
from pantau.adapters.sqlite.store import SqliteStore
from pantau.common.time.clock import SystemClock
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
    with (
        pytest.raises(UsageError, match=r"cannot be opened: .*; make the data folder writable"),
        folder_lock(tmp_path / "file" / "data"),
    ):
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


@pytest.mark.parametrize("existing", [None, 0o600, 0o640, 0o644])
def test_an_export_is_its_owners_alone_unless_it_was_there(
    tmp_path: Path, existing: int | None
) -> None:
    path = tmp_path / "feeds.opml"
    if existing is not None:
        path.write_bytes(b"old")
        path.chmod(existing)
    write_export(path, b"new")
    assert (path.read_bytes(), _mode(path)) == (b"new", 0o600 if existing is None else existing)
    assert [one.name for one in tmp_path.iterdir()] == ["feeds.opml"]


def test_an_export_follows_no_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("do not touch")
    (tmp_path / "to-file").symlink_to(precious)
    (tmp_path / "to-nothing").symlink_to(tmp_path / "new")
    for name in ("to-file", "to-nothing"):
        with pytest.raises(OSError, match=r"link|No such file"):
            write_export(tmp_path / name, b"new")
        assert (tmp_path / name).is_symlink()
    assert precious.read_text() == "do not touch"
    assert not (tmp_path / "new").exists()


def test_an_export_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_export(path, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("feeds.opml", b"old")]


def test_an_export_goes_into_a_pipe_of_the_shell(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    (tmp_path / "63").symlink_to(f"/dev/fd/{writing}")
    write_export(tmp_path / "63", b"new")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"new"


def test_an_export_to_a_folder_or_nowhere_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "feeds.opml"):
        with pytest.raises(OSError, match=r"Is a directory|No such file"):
            write_export(path, b"new")


def test_a_lock_that_is_held_says_by_whom(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path),
        pytest.raises(UsageError, match=f"already watched by process {os.getpid()};"),
        folder_lock(tmp_path),
    ):
        pass
