"""The console over a filled store, asked as a browser asks it."""

from collections.abc import Iterator

import pytest

from pantau.ports import Store
from pantau.settings import Settings
from tests.consoles import Client, filled, serving_console
from tests.support import FixedClock

Newsroom = tuple[Store, Settings, FixedClock]


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    found = filled(tmp_path_factory.mktemp("newsroom"))
    yield found
    found[0].close()


@pytest.fixture(scope="package")
def client(newsroom: Newsroom) -> Iterator[Client]:
    with serving_console(*newsroom) as address:
        yield Client(address)


@pytest.fixture
def store(newsroom: Newsroom) -> Store:
    return newsroom[0]
