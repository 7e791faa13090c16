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


def send_request(connection: socket.socket, header: dict[str, Any], document: bytes) -> None:
    """Send a document with its parameters."""
    head = json.dumps(header).encode()
    connection.sendall(_REQUEST.pack(len(head), len(document)) + head)
    connection.sendall(document)


def receive_request(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next request; None when the parent has ended."""
    try:
        head_size, size = _REQUEST.unpack(_receive(connection, _REQUEST.size))
        header: dict[str, Any] = json.loads(_receive(connection, head_size))
        return header, bytes(_receive(connection, size))
    except EOFError:
        return None


def send_reply(connection: socket.socket, outcome: bytes, said: bytes, *, last: bool) -> None:
    """Send the result of a document. `last`: the child accepts no further document."""
    connection.sendall(_REPLY.pack(outcome, last, len(said)))
    connection.sendall(said)


def receive_reply(connection: socket.socket) -> tuple[bytes, bytes, bool]:
    """Return outcome, details, and whether it is the child's last.

    Raises EOFError, OSError, ValueError.
    """
    outcome, last, size = _REPLY.unpack(_receive(connection, _REPLY.size))
    if size > MAX_REPLY:
        message = f"a reply of {size:,} bytes"
        raise ValueError(message)
    return outcome, bytes(_receive(connection, size)), last


def pack(value: object) -> bytes:
    """Encode JSON; lone surrogates are kept."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), check_circular=False
    ).encode("utf-8", "surrogatepass")


def unpack(said: bytes) -> Any:
    """Decode JSON that `pack` wrote."""
    return json.loads(said.decode("utf-8", "surrogatepass"))


def _receive(connection: socket.socket, size: int) -> bytearray:
    """Receive exactly `size` bytes. Raises EOFError if the other side ended early."""
    found = bytearray(size)
    view, place = memoryview(found), 0
    while place < size:
        count = connection.recv_into(view[place : place + _PIECE])
        if not count:
            raise EOFError
        place += count
    return found
