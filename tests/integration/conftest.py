"""Fixtures that tests against real servers share."""

import gc
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.ports import Store
from pantau.settings import Settings
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


@pytest.fixture
def free_port() -> int:
    """Return a free port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def refusing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Collect sockets of refused connections here, while nothing holds references to them.

    kafka-python leaves them to the garbage collector. A test that uses this ignores their warning:
    `@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")`.
    """
    caplog.set_level(logging.CRITICAL + 1, "kafka")
    yield
    gc.collect()
