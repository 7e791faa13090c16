"""A text as words with their flags."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from pantau.enricher.lexicon.words import BALINESE, Flag

_WORD: Final = re.compile(
    r"([^\W_]++(?:(?=['’\-&@/.])"
    r"(?:['’](?!s\b)|-(?!nya\b)|[&@/]|\.(?=[a-z])|(?<![^\W\d_]{3})\.(?=[^\W\d_]))[^\W_]++)*)"
)
"""A word, including inner hyphens, apostrophes, slashes and dots.

PDI-P, U.S, Kompas.com, K/L. Without the English possessive and the Indonesian -nya; nor the next
sentence after a missing space.
"""

# plain integers: an IntFlag's own `&` takes twenty times as long
COMMON, CAPITAL, PERSON, PLACE, ORG = map(
    int, (Flag.COMMON, Flag.CAPITAL, Flag.PERSON, Flag.PLACE, Flag.ORG)
)
OFFICE, RANK, HONORIFIC, DEGREE = map(int, (Flag.OFFICE, Flag.RANK, Flag.HONORIFIC, Flag.DEGREE))
ORG_HEAD, ORG_TAIL, THING = map(int, (Flag.ORG_HEAD, Flag.ORG_TAIL, Flag.THING))
PLACE_HEAD, PLACE_TAIL, PREPOSITION = map(
    int, (Flag.PLACE_HEAD, Flag.PLACE_TAIL, Flag.PLACE_PREPOSITION)
)
CALENDAR, SPEAKING, NO_NAME = map(int, (Flag.CALENDAR, Flag.SPEAKING, Flag.NO_NAME))

_DOTTED: Final = frozenset(
    {"st", "jl", "gen", "sen", "rep", "gov", "lt", "col", "muh", "moh", "jend", "jr", "capt", "sgt"}
)
_NEAR: Final = frozenset({" ", ' "', " “", ", "})
_SENTENCE_MARKS: Final = frozenset(".!?:\"“”\n'‘–—-*•")


class Scan:
    """The words of a text in parallel lists."""

    __slots__ = (
        "capital",
        "ends",
        "flags",
        "gaps",
        "lowers",
        "plain",
        "starts",
        "text",
        "upper",
        "words",
    )

    def __init__(self, text: str, table: dict[str, int]) -> None:
        self.text = text
        parts = _WORD.split(text)  # alternating: separator, word, separator, ...
        offsets = list(accumulate(map(len, parts)))
        self.gaps = parts[::2]
        self.words = words = parts[1::2]
        self.starts = offsets[0:-1:2]
        self.ends = offsets[1::2]
        self.lowers = list(map(str.lower, words))
        known = table.get
        self.flags = [known(word, 0) for word in self.lowers]
        self.capital = [word[0].isupper() for word in words]
        self.upper = [
            capital and len(word) > 1 and word.isupper()
            for word, capital in zip(words, self.capital, strict=True)
        ]
        self.plain = set(words).intersection(self.lowers)
        """Words that occur in lower case in the text."""

    def blank(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Clear the flags of the words in some ranges, so that no name is found there."""
        for low, high in ranges:
            after = bisect_left(self.starts, high)
            for index in range(bisect_right(self.ends, low), after):
                self.capital[index] = self.upper[index] = False
                self.flags[index] = 0
                self.gaps[index] = "\n"
            self.gaps[after] = "\n"

    def gap(self, index: int) -> str:
        """Return the text between a word and the one before."""
        return self.gaps[index]

    def joined(self, index: int) -> bool:
        """Return whether the word at `index` directly follows the one before or its dot."""
        if not index:
            return False
        gap = self.gaps[index]
        if gap == " ":
            return True
        if gap in {". ", ".", " . "}:
            before = self.words[index - 1]
            return (
                len(before) == 1
                or bool(self.flags[index - 1] & HONORIFIC)
                or self.lowers[index - 1] in _DOTTED
            )
        return False

    def before(self, index: int) -> int:
        """Return the flags of the preceding word."""
        if not index or self.gaps[index] not in _NEAR:
            return 0
        return self.flags[index - 1]

    def after(self, index: int) -> int:
        """Return the flags of the following word, if it is in lower case."""
        following = index + 1
        if following >= len(self.words) or self.capital[following]:
            return 0
        return self.flags[following]

    def begins_sentence(self, index: int) -> bool:
        """Return whether the capital at `index` may be due to the start of a sentence."""
        if index == 0:
            return True
        gap = self.gaps[index]
        return gap != " " and not _SENTENCE_MARKS.isdisjoint(gap)

    def begins_balinese(self, index: int) -> bool:
        """Return whether the word is the particle of a Balinese name: I Made, I Gusti."""
        following = index + 1
        return (
            self.words[index] == "I"
            and following < len(self.words)
            and self.lowers[following] in BALINESE
        )

    def in_capitals(self, index: int) -> bool:
        """Return whether the word is in a line of capitals, where they carry no information."""
        near = self.upper[max(0, index - 2) : index] + self.upper[index + 1 : index + 3]
        return near.count(True) >= 2
