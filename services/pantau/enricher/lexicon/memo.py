"""A cache for pure functions of one short string.

The same words occur in every article.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar, TypeVarTuple

T = TypeVar("T")
V = TypeVar("V")
S = TypeVarTuple("S")

MOST: Final = 4096
"""Maximum number of strings cached for each function."""
LONGEST: Final = 80
"""Maximum length of a cached string, so that hostile texts cannot fill the memory."""


class _Names(dict[str, V]):
    """The results of a function by name; all are dropped when there are too many."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[str], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, name: str) -> V:
        found = self._function(name)
        if len(name) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[name] = found
        return found


def remembered_name(function: Callable[[str], V]) -> Callable[[str], V]:
    """Decorate a pure function of one string, as `remembered` does, at the cost of a look-up.

    It is for functions that are called for every name of every article.
    """
    return _Names(function).__getitem__


def remembered(function: Callable[[str, *S], T]) -> Callable[[str, *S], T]:
    """Decorate a pure function of a string whose result is never modified.

    What else it takes never changes, such as a gazetteer: it is compared by identity, and kept in
    the cache.
    """
    known = lru_cache(maxsize=MOST)(function)

    def remember(text: str, /, *source: *S) -> T:
        return known(text, *source) if len(text) <= LONGEST else function(text, *source)

    return remember
