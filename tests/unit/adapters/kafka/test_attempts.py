"""A connection to a broker that fails, in whatever way, ends in time and leaves no socket open."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.errors import KafkaConnectionError, KafkaError
from kafka.net import manager
from kafka.net.inet import KafkaNetSocket
from kafka.net.selector import NetworkSelector
from kafka.net.transport import KafkaSSLTransport

from pantau.adapters.kafka import attempts
from pantau.adapters.kafka.client import connection, opened
from pantau.adapters.kafka.reachable import RecordingClient, UnreachableError
from pantau.settings import KafkaSettings
from tests.silent_brokers import silent
from tests.support import SOON

Server = Callable[[], AbstractContextManager[str]]


@contextmanager
def refusing() -> Iterator[str]:
    """Yield an address where nothing listens; the bound socket keeps others off its port."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[socket.socket]:
    """Collect the sockets that kafka-python makes."""
    sockets: list[socket.socket] = []
    plain = KafkaNetSocket.socket

    def recorded(*given: Any) -> socket.socket:
        sockets.append(plain(*given))
        return sockets[-1]

    class Recorded(KafkaSSLTransport):  # type: ignore[misc]  # (kafka-python has no types)
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            sockets.append(self._sock)

    monkeypatch.setattr(KafkaNetSocket, "socket", recorded)
    monkeypatch.setattr(manager, "KafkaSSLTransport", Recorded)
    return sockets


@pytest.mark.parametrize("server", [refusing, silent])
@pytest.mark.parametrize("security", ["plaintext", "tls"])
def test_a_failed_start_ends_and_leaves_no_socket(
    security: Any, server: Server, made: list[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "HANDSHAKE_SECONDS", 0.5)
    with server() as address:
        settings = KafkaSettings(servers=(address,), security=security, timeout_seconds=1)
        with pytest.raises(UnreachableError):
            opened(KafkaAdminClient, connection(settings))
    assert made
    assert [one for one in made if one.fileno() != -1] == []


def test_a_call_whose_client_another_thread_closes_ends_as_if_the_broker_was_away() -> None:
    attempts.end_failed_connections()
    selector = NetworkSelector()
    selector.start()
    called = threading.Event()

    async def wait() -> None:
        called.set()
        while True:
            await selector.sleep(0.01)

    def close() -> None:
        assert called.wait(SOON)
        selector.close()

    closing_thread = threading.Thread(target=close)
    closing_thread.start()
    with pytest.raises(KafkaError):
        selector.run(wait)
    closing_thread.join(SOON)
    with pytest.raises(KafkaConnectionError, match="closed meanwhile"):
        selector.run(wait)


def test_other_mistakes_are_not_hidden() -> None:
    attempts.end_failed_connections()
    with closing(NetworkSelector()) as selector:

        async def fail() -> None:
            message = "a mistake"
            raise RuntimeError(message)

        with pytest.raises(RuntimeError, match="a mistake"):
            selector.run(fail)


def test_a_closed_client_leaves_no_socket_with_unsent_bytes(made: list[socket.socket]) -> None:
    with silent() as address:
        client = RecordingClient(bootstrap_servers=address)
        manager_of, network = client._manager, client._net
        (node,) = manager_of.cluster.bootstrap_brokers()
        transport = network.run(manager_of._build_transport, node)
        transport._write_buffer.append(b"the broker does not read this")
        transport.close()
        assert made[0].fileno() != -1  # it waits for what nobody sends any longer
        client.close()
    assert made[0].fileno() == -1
