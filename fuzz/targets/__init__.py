"""The targets, by name."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Protocol, cast


class Target(Protocol):
    """A module of this package. `KIND` selects a dictionary of `tests.growth.given.pieces`."""

    KIND: str
    MAX_LEN: int
    SEEDS: tuple[bytes, ...]
    check: Callable[[bytes], None]


def names() -> list[str]:
    """Return the names of all targets."""
    return sorted(found.name for found in pkgutil.iter_modules(__path__))


def load(name: str) -> Target:
    """Import a target."""
    return cast("Target", importlib.import_module(f"{__name__}.{name}"))
