"""The work of a process that reads untrusted documents.

Apart from the ports: the process imports it and little else, and starts in half the time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A parser of external documents that can run in another process.

    `name` is the location of this object, as `module:NAME`; another process imports it from there.
    `read` computes the result from the document and its context. `pack` serializes the result to
    JSON, `unpack` validates JSON and builds the result from it; it raises ValueError for anything
    that `pack` does not produce.
    """

    name: str
    read: Callable[[bytes, Mapping[str, str | None]], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]
