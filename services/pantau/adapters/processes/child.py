"""A child process that reads documents for a `ProcessReader`.

It limits itself before it reads a document. CPU time is limited by a kernel timer that kills the
process, which no code can escape. Memory is limited as address space; an allocation beyond it
fails, and is reported if the process can still answer.
"""

import gc
import importlib
import logging
import os
import socket
import sys
import threading
import traceback
from typing import Any, Final

from pantau.adapters.processes import wire
from pantau.common.reading import Reading
from pantau.common.system import OURS

THRESHOLDS: Final = (20_000, 20, 100)
"""Thresholds of the garbage collector's three generations; Python's defaults are 700, 10, 10."""
MOST_KEPT_BYTES: Final = 150_000_000
"""A child that a document left larger than this exits afterwards.

Its memory returns to the system.
"""


def serve(connection: socket.socket) -> None:
    """Read documents until the parent ends."""
    OURS.ignore_stop()  # sent to a whole group; the parent handles it
    threading.Thread(
        target=_end_with_parent, args=(connection,), name="parent", daemon=True
    ).start()
    _ease_collector()
    connection.sendall(wire.HELLO)
    while (request := wire.receive_request(connection)) is not None:
        header, document = request
        outcome, said = _read(header, document)
        del request, document
        last = outcome != wire.RESULT or OURS.memory()[1] > MOST_KEPT_BYTES
        wire.send_reply(connection, outcome, said, last=last)
        if last:
            return


def _ease_collector() -> None:
    """Exclude what is imported from collections, and run these less often than by default.

    A document leaves few cycles; looking for them after every 700 objects takes a twentieth of the
    time of reading.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def _end_with_parent(connection: socket.socket) -> None:
    """Exit at once when the parent is gone, even in the middle of a document."""
    if OURS.wait_for_end(connection):
        os._exit(0)


def _read(header: dict[str, Any], document: bytes) -> tuple[bytes, bytes]:
    try:
        reading = load(header["reading"])
        with _Limits(header["seconds"], header["memory"]):
            return wire.RESULT, wire.pack(reading.pack(reading.read(document, header["about"])))
    except MemoryError:
        return wire.NO_MEMORY, b""
    except Exception as error:  # noqa: BLE001 (whatever it is: reported to the parent)
        traceback.print_exc(file=sys.stderr)
        return wire.FAILED, f"{type(error).__name__}: {error}"[:1_000].encode("utf-8", "replace")


def load(name: str) -> Reading[Any]:
    """Import a reading by its name."""
    module, _, attribute = name.partition(":")
    reading: Reading[Any] = getattr(importlib.import_module(module), attribute)
    return reading


class _Limits:
    """Limits of time and memory for one document, in force for the duration of a block."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory

    def __enter__(self) -> None:
        OURS.limit_memory(OURS.memory()[0] + self._memory)
        OURS.limit_time(self._seconds)

    def __exit__(self, *_: object) -> None:
        OURS.limit_time(0)
        OURS.limit_memory(None)


def main() -> int:
    """Serve the parent at the other end of standard input."""
    logging.basicConfig(level=logging.WARNING)
    connection = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # printed output must not get between replies
    serve(connection)
    return 0
