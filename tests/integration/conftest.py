"""Fixtures that tests against real servers share."""

import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.ports import Store
from pantau.settings import Settings
from tests.ports import free_port, refusing_port
from tests.stores import store_settings


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    with store_settings("kafka", tmp_path / "desk", request) as found:
        yield found


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture(name="free_port")
def _free_port() -> int:
    """Return a free port."""
    return free_port()


@pytest.fixture(name="refusing_port")
def _refusing_port() -> Iterator[int]:
    """Yield a port where nobody listens."""
    with refusing_port() as port:
        yield port


@pytest.fixture
def refusing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Collect sockets of refused connections here, while nothing holds references to them.

    kafka-python leaves them to the garbage collector. A test that uses this ignores their warning:
    `@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")`.
    """
    caplog.set_level(logging.CRITICAL + 1, "kafka")
    yield
    gc.collect()
