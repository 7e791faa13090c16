"""Connections that send no request, or do not end it: they keep nobody out."""

import asyncio
import socket
import threading
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from pantau.console.connections import CONNECTIONS, PatientProtocol
from pantau.console.server import ConsoleServer, bind
from pantau.settings import ConsoleSettings
from tests.consoles import Client
from tests.support import SOON

HEAD = b"GET /pipeline HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"POST /feeds/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nurl="


def connect(client: Client) -> socket.socket:
    place = urlsplit(client.address)
    return socket.create_connection((place.hostname, place.port), timeout=240)


@pytest.mark.parametrize("sent", [b"", b"GET", HEAD, HEAD + b"\r\n", FORM], ids=repr)
def test_others_are_answered_while_clients_wait(client: Client, sent: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(CONNECTIONS + 8):
            with suppress(ConnectionError):  # one that is cut already
                opened.enter_context(connect(client)).sendall(sent)
        for _ in range(3):
            assert client.get("/static/console.css").status == 200


@pytest.mark.parametrize("sent", [b"", b"GET", HEAD, FORM], ids=repr)
def test_a_request_that_does_not_end_is_cut(
    client: Client, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientProtocol, "wait_seconds", 0.05)
    with connect(client) as waiting, suppress(ConnectionError):
        waiting.sendall(sent)
        assert waiting.recv(1) == b""


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01\r\n\r\n", HEAD + b"Upgrade: websocket\r\nConnection: upgrade\r\n\r\n"]
)
def test_no_client_writes_into_the_log(
    client: Client, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with connect(client) as odd:
        odd.sendall(sent)
        assert odd.recv(9) == b"HTTP/1.1 "
    assert not caplog.records


def test_a_connection_that_is_used_again_is_kept(client: Client) -> None:
    with connect(client) as used, used.makefile("rb") as answers:
        for _ in range(3):
            used.sendall(HEAD.replace(b"GET", b"HEAD") + b"\r\n")
            assert answers.readline().startswith(b"HTTP/1.1 200")
            while answers.readline().strip():
                pass


def test_a_client_that_does_not_read_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "wait_seconds", 0.05)
    left = threading.Event()

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        del scope
        await send({"type": "http.response.start", "status": 200, "headers": []})
        part = {"type": "http.response.body", "body": b"x" * 65_536, "more_body": True}
        gone = asyncio.ensure_future(_disconnected(receive))
        while not gone.done():
            await send(part)
        left.set()

    with bind(ConsoleSettings(port=0)) as listening:
        server = ConsoleServer(endless)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        with socket.create_connection(listening.getsockname()[:2]) as deaf:
            deaf.sendall(HEAD + b"\r\n")
            assert left.wait(SOON)
        server.end()
        thread.join()


async def _disconnected(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
