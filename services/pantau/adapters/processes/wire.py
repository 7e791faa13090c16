"""Protocol between a `ProcessReader` and a child.

Length-prefixed messages over a socket, JSON in both directions.

    parent ──▶ child   {"reading", "about", "seconds", "memory"}, then the document
    child ──▶ parent   HELLO once; then, per document, an outcome and its details

Nothing is pickled: a document that takes over the child must not reach the parent.
"""

import json
import socket
import struct
from typing import Any, Final

HELLO: Final = b"h"
RESULT: Final = b"r"
"""The result, as JSON."""
NO_MEMORY: Final = b"m"
"""The document exceeded its memory limit."""
FAILED: Final = b"f"
"""An unexpected error, as text."""
MAX_REPLY: Final = 200_000_000
"""Maximum size of a reply in bytes. Results are bounded by a few times the document."""

_REQUEST: Final = struct.Struct("!II")
_REPLY: Final = struct.Struct("!c?I")
_PIECE: Final = 1 << 20
_AT_ONCE: Final = 1 << 17
"""Bytes of a message that are sent and received in one call.

In a process with busy threads each call may wait for the interpreter's lock, and the child with it.
"""


def send_request(connection: socket.socket, header: dict[str, Any], document: bytes) -> None:
    """Send a document with its parameters."""
    head = json.dumps(header).encode()
    _send(connection, _REQUEST.pack(len(head), len(document)) + head, document)


def receive_request(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next request; None when the parent has ended."""
    try:
        begun = _receive_some(connection, _REQUEST.size)
        head_size, size = _REQUEST.unpack_from(begun)
        del begun[: _REQUEST.size]
        rest = _receive(connection, head_size + size, begun)
        header: dict[str, Any] = json.loads(rest[:head_size])
        return header, bytes(memoryview(rest)[head_size:])
    except EOFError:
        return None


def send_reply(connection: socket.socket, outcome: bytes, said: bytes, *, last: bool) -> None:
    """Send the result of a document. `last`: the child accepts no further document."""
    _send(connection, _REPLY.pack(outcome, last, len(said)), said)


def receive_reply(connection: socket.socket) -> tuple[bytes, bytes, bool]:
    """Return outcome, details, and whether it is the child's last.

    Raises EOFError, OSError, ValueError.
    """
    begun = _receive_some(connection, _REPLY.size)
    outcome, last, size = _REPLY.unpack_from(begun)
    if size > MAX_REPLY:
        message = f"a reply of {size:,} bytes"
        raise ValueError(message)
    del begun[: _REPLY.size]
    return outcome, bytes(_receive(connection, size, begun)), last


def pack(value: object) -> bytes:
    """Encode JSON; lone surrogates are kept."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), check_circular=False
    ).encode("utf-8", "surrogatepass")


def unpack(said: bytes) -> Any:
    """Decode JSON that `pack` wrote."""
    return json.loads(said.decode("utf-8", "surrogatepass"))


def _send(connection: socket.socket, head: bytes, body: bytes) -> None:
    """Send a message, a small one in one call."""
    if len(body) <= _AT_ONCE:
        connection.sendall(head + body)
    else:
        connection.sendall(head)
        connection.sendall(body)


def _receive_some(connection: socket.socket, least: int) -> bytearray:
    """Receive the beginning of a message, at least `least` bytes.

    Never more than the message: no other is sent before it is answered. Raises EOFError if the
    other side ended early.
    """
    found = bytearray()
    while len(found) < least:
        piece = connection.recv(_AT_ONCE)
        if not piece:
            raise EOFError
        found += piece
    return found


def _receive(connection: socket.socket, size: int, begun: bytearray) -> bytearray:
    """Receive the rest of a message of `size` bytes that has begun.

    Raises EOFError if the other side ended early, ValueError if it sent more.
    """
    if len(begun) > size:
        message = f"a message of more than {size:,} bytes"
        raise ValueError(message)
    if len(begun) == size:
        return begun
    found = bytearray(size)
    place = len(begun)
    found[:place] = begun
    with memoryview(found) as view:
        while place < size:
            count = connection.recv_into(view[place : place + _PIECE])
            if not count:
                raise EOFError
            place += count
    return found
