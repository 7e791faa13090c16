"""A cache for pure functions of one short string.

The same words occur in every article.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

T = TypeVar("T")

MOST: Final = 4096
"""Maximum number of strings cached for each function."""
LONGEST: Final = 80
"""Maximum length of a cached string, so that hostile texts cannot fill the memory."""


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Decorate a pure function of a string whose result is never modified."""
    known = lru_cache(maxsize=MOST)(function)

    def remember(text: str) -> T:
        return known(text) if len(text) <= LONGEST else function(text)

    return remember
