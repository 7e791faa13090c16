"""Every contract runs on every backend that the program itself can open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.ports import Store
from tests.stores import store_settings
from tests.support import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=sorted(STORES))
def backend(request: pytest.FixtureRequest) -> str:
    """Return the name of the backend."""
    return str(request.param)


@pytest.fixture
def reopen(
    backend: str, request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Callable[[], Store]]:
    """Yield a function that opens the backend; a durable one is the same store each time."""
    opened: list[Store] = []
    with store_settings(backend, tmp_path, request) as settings:

        def open_it() -> Store:
            if backend == "memory" and opened:
                return opened[0]
            opened.append(STORES[backend](settings, clock))
            return opened[-1]

        yield open_it
        for store in opened:
            store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
