"""A full disk is reported as one, by whichever error of SQLite."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from pantau.adapters.sqlite.database import SqliteDatabase, convert
from pantau.errors import RetryError
from pantau.messages.finished.recognition import indonesian

TOLD = "x.db: no space is left on the disk ("


def failed(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


def test_a_database_that_may_not_grow_says_that_there_is_no_space(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "x.db", ("CREATE TABLE things (name)",))
    pages = database.row("PRAGMA page_count", ())
    assert pages
    database.connection.execute(f"PRAGMA max_page_count = {pages[0]}")
    with pytest.raises(RetryError) as raised, database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES (zeroblob(1000000))")
    database.close()
    assert TOLD in str(raised.value)
    assert str(raised.value).endswith("; free some, and try again")
    assert "tidak ada ruang tersisa di disk" in indonesian(str(raised.value))


@pytest.mark.parametrize(("free", "is_told"), [(0, True), (999_999, True), (1_000_000, False)])
def test_an_error_of_output_is_told_by_the_space_that_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, is_told: bool
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    told = convert(failed("SQLITE_IOERR_SHMSIZE"), tmp_path / "x.db")
    assert isinstance(told, RetryError)
    assert (TOLD in str(told)) is is_told


def test_a_folder_that_is_gone_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    told = convert(failed("SQLITE_IOERR_WRITE"), tmp_path / "gone" / "x.db")
    assert TOLD not in str(told)
