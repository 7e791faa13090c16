"""The store and the clock that tests of the dispatcher share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.settings import Settings
from tests.support import FixedClock
from tests.unit.notifier.support import Board


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, the only loop that Pantau uses."""
    return "asyncio"


@pytest.fixture(params=("memory", "sqlite"))
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Board]:
    """Return a board over each embedded store."""
    clock = FixedClock()
    store = STORES[request.param](Settings(data=tmp_path), clock)
    yield Board(store, clock)
    store.close()
