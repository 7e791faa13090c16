"""A cache for pure functions of one short string.

The same words occur in every article.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar, TypeVarTuple

T = TypeVar("T")
S = TypeVarTuple("S")

MOST: Final = 4096
"""Maximum number of strings cached for each function."""
LONGEST: Final = 80
"""Maximum length of a cached string, so that hostile texts cannot fill the memory."""


def remembered(function: Callable[[str, *S], T]) -> Callable[[str, *S], T]:
    """Decorate a pure function of a string whose result is never modified.

    What else it takes never changes, such as a gazetteer: it is compared by identity, and kept in
    the cache.
    """
    known = lru_cache(maxsize=MOST)(function)

    def remember(text: str, /, *source: *S) -> T:
        return known(text, *source) if len(text) <= LONGEST else function(text, *source)

    return remember
