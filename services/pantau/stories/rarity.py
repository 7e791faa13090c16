"""Rarity of words, by a table that ships with the program and is never learnt at run time.

Two processes that saw different articles must weigh a word alike. The table
(`data/frequencies.tsv`) is built by `benchmarks/build_frequencies.py`.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from pantau.stories.words import Numbers, hash_words

UNSEEN: Final = 113.0
"""The rarity of a word that is not in the table.

Ten times the negative natural logarithm of its share of all words.
"""
_AT_ONCE: Final = 1_000
_DATES: Final = (
    *map(str, (*range(32), *range(1900, 2100))),
    *(f"0{one}" for one in range(10)),
)
"""Single digits, days and years: they are in every article, and no table of words has them."""
_BEYOND: Final = (1 << 64) - 1


class Rarity:
    """The table: hashes of words, ascending, with their rarity."""

    def __init__(self, words: Numbers, levels: npt.NDArray[np.float64]) -> None:
        order = np.argsort(words, kind="stable")
        # A sentinel above any word, so that each lookup ends within the table.
        self._words = np.append(words[order], np.uint64(_BEYOND))
        self._levels = np.append(levels[order], UNSEEN)

    def of(self, words: Numbers) -> npt.NDArray[np.float64]:
        """Return the rarity of each of the words."""
        at = self._words.searchsorted(words)
        levels = self._levels.take(at)
        levels[self._words.take(at) != words] = UNSEEN
        return levels


@cache
def load_rarity() -> Rarity:
    """Load the table, once."""
    lines = (
        files("pantau.stories").joinpath("data", "frequencies.tsv").read_text("utf-8").splitlines()
    )
    rows = [*(line.split("\t") for line in lines), *((date, "0") for date in _DATES)]
    words, levels = zip(*rows, strict=True)
    parts = [
        hash_words(" ".join(words[at : at + _AT_ONCE])) for at in range(0, len(words), _AT_ONCE)
    ]
    return Rarity(np.concatenate(parts), np.array([float(level) for level in levels]))
