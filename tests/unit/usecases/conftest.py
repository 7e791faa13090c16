"""A store in memory, its settings and a clock that stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.ports import Store
from pantau.settings import Settings, load_settings
from tests.support import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path)


@pytest.fixture
def store(settings: Settings, clock: FixedClock) -> Iterator[Store]:
    opened = STORES["memory"](settings, clock)
    yield opened
    opened.close()
