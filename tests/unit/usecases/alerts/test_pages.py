"""Pages of alerts: everything once, and a deep page reads no more than the first one."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.layout import MIGRATIONS
from pantau.adapters.sqlite.log import SqliteLog
from pantau.adapters.sqlite.store import SqliteStore
from pantau.errors import UsageError
from pantau.ports import Store
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.alerts import pages
from pantau.usecases.alerts.history import AlertSelection
from pantau.usecases.alerts.pages import alert_page
from pantau_schemas.topics import ALERTS
from tests.inbox import fire
from tests.support import START, FixedClock
from tests.unit.notifier.support import alert

ALL = AlertSelection()
_STEPS = 10
"""Instructions of SQLite's machine between two counts."""


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    clock = FixedClock()
    made: Store = (
        MemoryStore(clock) if request.param == "memory" else SqliteStore(tmp_path / "s", clock)
    )
    yield made
    made.close()


def fill(store: Store, count: int, subscriber: str = "banjir") -> list[str]:
    """Write alerts at once; return their ids, the latest first."""
    made = [alert(subscriber, f"{subscriber}-{number}") for number in range(count)]
    store.log.append([record_for(one, ALERTS, source="test", time=START) for one in made])
    return [one.alert_id for one in reversed(made)]


def walked(store: Store, wanted: AlertSelection, limit: int) -> list[list[str]]:
    found, cursor = [], None
    while True:
        page = alert_page(store.log, wanted, limit, cursor)
        found.append([one.alert_id for one in page.alerts])
        cursor = page.cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 7, 20, 21])
def test_pages_have_every_alert_once(store: Store, limit: int) -> None:
    ids = fill(store, 20)
    found = walked(store, ALL, limit)
    assert [one for page in found for one in page] == ids
    assert all(len(one) == limit for one in found[:-1])
    assert found[-1]


def test_alerts_that_come_and_go_between_two_pages_shift_none(store: Store) -> None:
    ids = fill(store, 10)
    first = alert_page(store.log, ALL, 4)
    fire(store, "new", START + timedelta(hours=1))
    store.log.append([removal_of(ALERTS, ids[3])])
    second = alert_page(store.log, ALL, 4, first.cursor)
    assert [one.alert_id for one in second.alerts] == ids[4:8]


def test_few_of_many_are_looked_for_in_portions(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LOOKED_AT", 10)
    rare = fill(store, 2, "demak")
    fill(store, 35)
    found = walked(store, AlertSelection("demak"), 5)
    assert [one for page in found for one in page] == sorted(rare, key=rare.index)
    assert [len(one) for one in found] == [0, 0, 0, 2]


@pytest.mark.parametrize("cursor", ["", "x", "1~x", "-5", "1-2-3", "9" * 40, "\u0663"])
def test_what_no_page_gave_is_refused(store: Store, cursor: str) -> None:
    fill(store, 3)
    with pytest.raises(UsageError) as caught:
        alert_page(store.log, ALL, 2, cursor)
    assert caught.value.problem is not None
    assert caught.value.problem.code == "api.no-cursor"


def test_a_deep_page_reads_as_many_rows_as_the_first(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "s", MIGRATIONS)
    with closing(database):
        log = SqliteLog(database, FixedClock())
        made = [alert("banjir", f"a{number}") for number in range(3_000)]
        log.append([record_for(one, ALERTS, source="test", time=START) for one in made])
        costs, cursor = [], None
        for _ in range(14):
            cost, cursor = _cost_of_page(database, log, cursor)
            costs.append(cost)
    assert cursor is not None
    assert max(costs[1:]) < 1.2 * costs[0], costs


def _cost_of_page(
    database: SqliteDatabase, log: SqliteLog, cursor: str | None
) -> tuple[int, str | None]:
    """Return the instructions of SQLite's machine for a page of 200, and the next cursor."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += _STEPS
        return 0

    database.connection.set_progress_handler(count, _STEPS)
    page = alert_page(log, ALL, 200, cursor)
    database.connection.set_progress_handler(None, 0)
    assert len(page.alerts) == 200
    return steps, page.cursor
