"""Common weight of pairs of stories, updated as articles join and leave them. Pure.

Computing it for each article takes time that grows with the stories, and an article that is similar
to two large ones requires it. All weights are integers, so the cached values are exact.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pantau.stories.features import Features

MOST: Final = 256
"""Number of cached pairs, the most recently used."""

Index = Mapping[int, Mapping[str, int]]
"""Word to story to the sum of its articles' weights."""


class Products:
    """Dot products of the word weights of two stories, for requested pairs."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._totals: dict[frozenset[str], int] = {}  # in order of last use
        self._partners: dict[str, set[str]] = {}

    def of(self, one: str, other: str, words: Callable[[], Iterable[int]]) -> int:
        """Return the dot product of two stories.

        `words` returns all words of one of them, if they are needed.
        """
        pair = frozenset((one, other))
        total = self._totals.pop(pair, None)
        if total is None:
            total = sum(self._product(word, one, other) for word in words())
            self._partners.setdefault(one, set()).add(other)
            self._partners.setdefault(other, set()).add(one)
        self._totals[pair] = total
        if len(self._totals) > MOST:
            self._drop(next(iter(self._totals)))
        return total

    def change(self, story: str, features: Features, sign: int) -> None:
        """Apply that an article joins (1) or leaves (-1) a story."""
        for other in self._partners.get(story, ()):
            change = sum(
                weight * self._index.get(word, {}).get(other, 0)
                for word, weight in features.items()
            )
            self._totals[frozenset((story, other))] += sign * change

    def _product(self, word: int, one: str, other: str) -> int:
        sums = self._index[word]
        return sums.get(one, 0) * sums.get(other, 0)

    def _drop(self, pair: frozenset[str]) -> None:
        del self._totals[pair]
        one, other = pair
        for story, partner in ((one, other), (other, one)):
            self._partners[story].discard(partner)
            if not self._partners[story]:
                del self._partners[story]
