"""Members that a batch file has and no program reads: most are typing errors."""

from collections.abc import Container, Iterable, Iterator
from typing import Final

_MOST: Final = 1_000
"""Names that are remembered as found: a hostile file could have a new one in every line."""


class UnknownMembers:
    """Finds each unknown member once by name, because exports repeat it in every line."""

    def __init__(self, known: Container[str]) -> None:
        self._known = known
        self._found: set[str] = set()

    def find(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names that are neither known nor found before."""
        for name in names:
            if name in self._known or name in self._found or len(self._found) >= _MOST:
                continue
            self._found.add(name)
            yield name
