"""Stable addresses on the loopback interface, so that clients find a restarted server."""

import json
import random
import socket
from pathlib import Path
from typing import Final

from pantau.errors import StopError

HOST: Final = "127.0.0.1"
FIRST: Final = 20_000
LAST: Final = 32_767
"""The last port below the ephemeral ranges of Linux (32768 up) and macOS (49152 up).

A client that keeps connecting to a port of that range while the server is down can be given the
very same port, connect to itself, and block the server's address.
"""
TRIES: Final = 200


def is_free(port: int) -> bool:
    """Return whether a server could listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose(count: int) -> list[int]:
    """Choose free ports at random, so that concurrent calls rarely collide.

    Raises StopError.
    """
    found: list[int] = []
    for _ in range(TRIES):
        if len(found) == count:
            return found
        port = random.randint(FIRST, LAST)  # noqa: S311 (no secret)
        if port not in found and is_free(port):
            found.append(port)
    message = f"no {count} free ports between {FIRST} and {LAST} on {HOST}"
    raise StopError(message)


def remembered(path: Path, names: tuple[str, ...]) -> dict[str, int]:
    """Read the ports of these names from a file.

    Choose and write them if it is missing or incomplete.
    """
    kept = _read(path)
    if set(names) <= kept.keys():
        return {name: kept[name] for name in names}
    chosen = dict(zip(names, choose(len(names)), strict=True))
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(chosen), encoding="utf-8")
    fresh.replace(path)
    return chosen


def _read(path: Path) -> dict[str, int]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {name: port for name, port in kept.items() if isinstance(port, int)}
