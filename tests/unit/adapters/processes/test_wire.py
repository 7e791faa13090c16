"""The messages between a reader and its child, however the bytes of them arrive."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from pantau.adapters.processes import wire
from tests.support import SOON

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    parent, child = socket.socketpair()
    with parent, child:
        yield parent, child


def sent(work: threading.Thread) -> None:
    """Wait for the other side, which sends more than the socket holds."""
    work.join(SOON)
    assert not work.is_alive()


@pytest.mark.parametrize("size", [0, 1, 20_000, wire.MAX_REPLY // 100])
def test_a_request_and_its_reply_arrive_whole(ends: Ends, size: int) -> None:
    parent, child = ends
    header, document = {"reading": "m:NAME", "about": {"url": None}}, b"d" * size
    other = threading.Thread(target=wire.send_request, args=(parent, header, document))
    other.start()
    assert wire.receive_request(child) == (header, document)
    sent(other)
    back = threading.Thread(
        target=wire.send_reply, args=(child, wire.RESULT, document), kwargs={"last": True}
    )
    back.start()
    assert wire.receive_reply(parent) == (wire.RESULT, document, True)
    sent(back)


@pytest.mark.parametrize("first", [1, 3, 5, 6, 7, 50])
def test_a_reply_in_pieces_is_put_together(ends: Ends, first: int) -> None:
    parent, child = ends
    written, other = socket.socketpair()
    with written, other:
        wire.send_reply(written, wire.FAILED, b"what went wrong" * 9, last=False)
        reply = other.recv(1_000)
    found: list[tuple[bytes, bytes, bool]] = []
    reader = threading.Thread(target=lambda: found.append(wire.receive_reply(parent)))
    reader.start()
    child.sendall(reply[:first])
    child.sendall(reply[first:])
    sent(reader)
    assert found == [(wire.FAILED, b"what went wrong" * 9, False)]


def test_a_reply_that_ends_early_is_an_error(ends: Ends) -> None:
    parent, child = ends
    child.sendall(b"r\x00\x00")
    child.close()
    with pytest.raises(EOFError):
        wire.receive_reply(parent)


def test_more_than_the_reply_is_an_error(ends: Ends) -> None:
    parent, child = ends
    wire.send_reply(child, wire.RESULT, b"[]", last=False)
    child.sendall(b"and more")
    with pytest.raises(ValueError, match="more than 2 bytes"):
        wire.receive_reply(parent)


def test_a_child_imports_no_ports() -> None:
    """They bring the events of channels and searches, which takes as long as the rest."""
    asked = (
        "import sys, pantau.adapters.processes.child, pantau.poller.reading.listed_reading\n"
        "print([one for one in sys.modules if one.startswith('pantau.ports')])"
    )
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"
