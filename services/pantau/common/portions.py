"""Portions of a sequence, so that no step takes more than a limit."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def portions(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in order, in lists of `size`; the last one may be shorter."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion
