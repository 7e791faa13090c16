"""Ports of the loopback interface for tests that have to name one before something listens."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from pantau.local.ports import HOST, choose


def free_ports(number: int) -> list[int]:
    """Return different ports that are free, and stay so until the test listens there.

    They lie below the ephemeral range, from which every other test's sockets get theirs.
    """
    return choose(number)


def free_port() -> int:
    """Return one such port."""
    return free_ports(1)[0]


@contextmanager
def refusing_port() -> Iterator[int]:
    """Yield a port that refuses connections: it is held, so that nobody else can listen there."""
    with socket.socket() as held:
        held.bind((HOST, 0))
        yield int(held.getsockname()[1])
