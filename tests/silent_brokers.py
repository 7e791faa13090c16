"""Listeners in the place of a broker that fall silent at some point, for as long as they are open.

`silent` accepts connections and says nothing: a plaintext client waits for an answer, one with TLS
for the handshake. `greeting` answers which versions of the protocol it speaks (ApiVersions, the
first request of every client), and nothing after that, as a broker that froze.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

HOST = "127.0.0.1"
_API_VERSIONS = 18
_UNSUPPORTED = 35
_SPOKEN = {0: 9, 1: 13, 2: 7, 3: 12, 8: 8, 9: 8, 10: 4, 11: 9, 12: 4, 13: 5, 14: 5, 18: 0, 22: 4}
"""Requests that it says to know, each with the highest version: those of a client's start."""


@contextmanager
def silent() -> Iterator[str]:
    """Yield the address of a listener that accepts connections and never answers."""
    with closing(socket.create_server((HOST, 0))) as server:
        yield _address(server)


@contextmanager
def greeting() -> Iterator[str]:
    """Yield the address of a listener that answers ApiVersions and nothing else."""
    server, held = socket.create_server((HOST, 0)), list[socket.socket]()
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            held.append(connection)
            threads.append(threading.Thread(target=_greet, args=(connection,)))
            threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield _address(server)
    finally:
        server.shutdown(socket.SHUT_RDWR)
        accepting.join(60.0)
        server.close()
        for one in held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(60.0)
        for one in held:
            one.close()


def _address(server: socket.socket) -> str:
    return f"{HOST}:{server.getsockname()[1]}"


def _greet(connection: socket.socket) -> None:
    """Read the requests of a connection until its end, and answer each ApiVersions."""
    with suppress(OSError), connection.makefile("rb") as stream:
        while len(head := stream.read(4)) == 4:
            request = stream.read(struct.unpack(">i", head)[0])
            key, version, correlation = struct.unpack(">hhi", request[:8])
            if key == _API_VERSIONS:
                connection.sendall(_versions(correlation, _UNSUPPORTED if version else 0))


def _versions(correlation: int, error: int) -> bytes:
    """Return an answer of version 0, which a broker also gives to a version unknown to it."""
    entries = b"".join(struct.pack(">hhh", key, 0, most) for key, most in _SPOKEN.items())
    body = struct.pack(">ihi", correlation, error, len(_SPOKEN)) + entries
    return struct.pack(">i", len(body)) + body
