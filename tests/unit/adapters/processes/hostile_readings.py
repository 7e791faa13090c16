"""Readings that do what a hostile document may bring a reader to. Children import them by name."""

import itertools
import os
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from pantau.ports import Reading

About = Mapping[str, str | None]


def _reading(name: str, read: Callable[[bytes, About], Any]) -> Reading[Any]:
    return Reading(f"{__name__}:{name}", read, lambda result: result, lambda said: said)


def _spin(_document: bytes, _about: About) -> Any:
    while True:
        pass


def _spin_in_c(_document: bytes, _about: About) -> Any:
    """Block in one C call forever, where no signal handler of Python's is ever called."""
    return sum(itertools.repeat(1))


def _hang(_document: bytes, _about: About) -> Any:
    while True:
        time.sleep(1_000)


def _eat(_document: bytes, _about: About) -> Any:
    pieces = []
    while True:
        pieces.append(bytearray(10_000_000))


def _exit(_document: bytes, _about: About) -> Any:
    os._exit(3)


def _crash(_document: bytes, _about: About) -> Any:
    os.kill(os.getpid(), signal.SIGSEGV)


def _killed(_document: bytes, _about: About) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail(_document: bytes, _about: About) -> Any:
    message = "nobody foresaw this"
    raise KeyError(message)


def _size(document: bytes, about: About) -> Any:
    return [len(document), about.get("word"), os.getpid()]


_KEPT: Final[list[bytearray]] = []


def _grow(document: bytes, _about: About) -> Any:
    _KEPT.append(bytearray(160_000_000))
    return [len(document), None, os.getpid()]


def _refuse(said: Any) -> Any:
    message = f"unlike: {said}"
    raise ValueError(message)


SPIN: Final = _reading("SPIN", _spin)
SPIN_IN_C: Final = _reading("SPIN_IN_C", _spin_in_c)
HANG: Final = _reading("HANG", _hang)
EAT: Final = _reading("EAT", _eat)
EXIT: Final = _reading("EXIT", _exit)
CRASH: Final = _reading("CRASH", _crash)
KILLED: Final = _reading("KILLED", _killed)
FAIL: Final = _reading("FAIL", _fail)
SIZE: Final = _reading("SIZE", _size)
GROW: Final = _reading("GROW", _grow)
NONSENSE: Final[Reading[Any]] = Reading(
    f"{__name__}:NONSENSE", _size, lambda result: result, _refuse
)
