"""The REST interface over a store that the pipeline has filled; no limit of requests."""

from collections.abc import Iterator

import pytest

from pantau.ports import Store
from pantau.settings import ConsoleSettings, Settings
from tests.apis import ApiClient, api_client
from tests.consoles import filled
from tests.support import FixedClock

Newsroom = tuple[Store, Settings, FixedClock]


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    found = filled(tmp_path_factory.mktemp("newsroom"), ConsoleSettings(requests_per_minute=0))
    yield found
    found[0].close()


@pytest.fixture(scope="package")
def client(newsroom: Newsroom) -> ApiClient:
    return api_client(*newsroom)
