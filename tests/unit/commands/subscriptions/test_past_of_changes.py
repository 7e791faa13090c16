"""Rules for spikes know what is usual, wherever they come from: edit, copy, or a file."""

from datetime import timedelta
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from pantau_schemas.topics import RULE_STATE
from tests.support import enriched
from tests.unit.commands.conftest import Run

DAYS = 30


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with an article of each of the last days."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    now = SystemClock().now()
    store.index.put(
        enriched(f"a{day}", title=f"banjir {day}", first_seen=now - timedelta(days=day, hours=1))
        for day in range(DAYS)
    )
    store.close()
    return folder


def states(data: Path) -> int:
    store = open_store(load_settings(data))
    try:
        return store.log.table(RULE_STATE.name).count()
    finally:
        store.close()


def test_edit_copy_and_import_count_the_past(pantau: Run, data: Path, tmp_path: Path) -> None:
    assert pantau("subscribe", "banjir", "--name", "Banjir", "--yes")[0] == 0
    assert states(data) == 0
    assert pantau("subscriptions", "edit", "Banjir", "--when", "spike")[0] == 0
    assert states(data) == 1
    assert pantau("subscriptions", "copy", "Banjir", "Banjir kedua")[0] == 0
    assert states(data) == 2
    file = tmp_path / "more.csv"
    file.write_text("name,query,when\nKetiga,banjir OR rob,spike\nBiasa,rob,\n", encoding="utf-8")
    assert pantau("subscriptions", "import", str(file), "--preview")[0] == 0
    assert states(data) == 2
    assert pantau("subscriptions", "import", str(file), "--yes")[0] == 0
    assert states(data) == 3
