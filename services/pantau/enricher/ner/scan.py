"""A text as words, and what can be asked of them in one look-up."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from pantau.enricher.lexicon.words import BALINESE, Flag

_WORD: Final = re.compile(
    r"([^\W_]+(?:(?:['’](?!s\b)|-(?!nya\b)|[&@/]|\.(?=[a-z])|(?<![^\W\d_]{3})\.(?=[^\W\d_]))[^\W_]+)*)"
)
"""A word; hyphens, apostrophes, slashes and dots inside it belong to it.

PDI-P, U.S, Kompas.com, K/L. The English possessive and the Indonesian -nya do not; nor does the
next sentence, where a space was lost.
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
        parts = _WORD.split(text)  # what is no word, a word, what is no word, ...
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
        """Words that the text writes without a capital."""

    def blank(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Take away all that is known of the words in some ranges, so that no name begins, ends or goes on there."""
        for low, high in ranges:
            after = bisect_left(self.starts, high)
            for index in range(bisect_right(self.ends, low), after):
                self.capital[index] = self.upper[index] = False
                self.flags[index] = 0
                self.gaps[index] = "\n"
            self.gaps[after] = "\n"

    def gap(self, index: int) -> str:
        """Return what stands between a word and the one before."""
        return self.gaps[index]

    def joined(self, index: int) -> bool:
        """Return whether the word at `index` stands right after the one before, which may be an initial with a dot."""
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
        """Return the flags of the word right before."""
        if not index or self.gaps[index] not in _NEAR:
            return 0
        return self.flags[index - 1]

    def after(self, index: int) -> int:
        """Return the flags of the word right after, if it has no capital."""
        following = index + 1
        if following >= len(self.words) or self.capital[following]:
            return 0
        return self.flags[following]

    def begins_sentence(self, index: int) -> bool:
        """Return whether a capital at `index` may be there only because a sentence begins."""
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
        """Return whether the word stands in a line of capitals, where they mean nothing."""
        near = self.upper[max(0, index - 2) : index] + self.upper[index + 1 : index + 3]
        return near.count(True) >= 2
