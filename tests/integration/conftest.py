"""What tests against real servers share."""

import gc
import logging
import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def free_port() -> int:
    """Give a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def refusing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Have sockets of refused connections collected here, with nothing that holds on to them.

    kafka-python leaves them to the garbage collector. A test that uses this lets their warning pass:
    `@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")`.
    """
    caplog.set_level(logging.CRITICAL + 1, "kafka")
    yield
    gc.collect()
