"""How much pairs of stories have in common, kept in step as articles join and leave them. Pure.

To add it up anew for each article takes a time that grows with the stories, and an article that is
alike to two large ones asks for it. All are whole numbers, so what is kept is what would be added
up.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pantau.stories.features import Features

MOST: Final = 256
"""Pairs that are kept, those asked for last."""

Index = Mapping[int, Mapping[str, int]]
"""Word to story to the sum of its articles' weights."""


class Products:
    """Sums over all words of what two stories have of each, for the pairs that were asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._totals: dict[frozenset[str], int] = {}  # the pair asked for last is the last
        self._partners: dict[str, set[str]] = {}

    def of(self, one: str, other: str, words: Callable[[], Iterable[int]]) -> int:
        """Return the sum for two stories.

        `words` returns all words of one of them, should they be needed.
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
        """Take in that an article joins (1) or leaves (-1) a story."""
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
