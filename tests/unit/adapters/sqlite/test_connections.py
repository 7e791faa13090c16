"""Connections of threads: each has its own, and none outlives its thread for long."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from pantau.adapters.sqlite.database import SqliteDatabase


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """Return the connections that are opened, in order."""
    found: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        found.append(connect(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    return found


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_threads_that_come_and_go_leave_no_connection_open(
    tmp_path: Path, opened: list[sqlite3.Connection]
) -> None:
    database = SqliteDatabase(tmp_path / "x.db", ("CREATE TABLE things (name)",))
    separate = database.open_connection()
    for number in range(5):
        thread = threading.Thread(
            target=database.row, args=("SELECT count(*) FROM things", ()), name=f"{number}"
        )
        thread.start()
        thread.join()
    mine, *others = opened
    assert mine is database.connection
    assert [is_open(one) for one in (mine, separate)] == [True, True]
    assert [is_open(one) for one in others if one is not separate] == [False] * 4 + [True]
    database.close()
    assert not any(map(is_open, opened))
