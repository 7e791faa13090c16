"""Common words, which newspapers write small within a sentence.

`data/common.txt` has those of Indonesian, `data/common_english.txt` those of English.
"""

import re
from functools import cache
from typing import Final

from pantau.enricher.lexicon.words import NAMELESS, Flag, word_flags, word_sections

_AFFIXED: Final = re.compile(
    r"(?:[a-z]{1,5})?([a-z]{3,})-\1(?:nya|an)?|(?:pe|per|pem|pen|peng|peny|ke)[a-z]{4,}an|[a-z]{3,}(?:isme|isasi|itas|ologi|asional|grafi)"
    r"|(?:ber|mem|men|meng|meny|ter|di)[a-z]{4,}(?:kan|i)?|[a-z]{4,}(?:nya|kan)"
)
"""A word that is made by affixes, which names only look like by chance."""

GIVEN_NAMES: Final = frozenset(
    {
        "bintang", "bunga", "cahaya", "dewi", "indah", "intan", "kasih", "kurnia", "mega", "mekar",
        "melati", "mentari", "mutiara", "permata", "putra", "putri", "satria", "setia", "surya",
        "tiara", "yoga",
    }
)  # fmt: skip
"""Words that are also given names."""


@cache
def common_words() -> frozenset[str]:
    """Return the words, in lower case."""
    return word_sections("common.txt")["COMMON"]


def is_common(word: str) -> bool:
    """Return whether a word, in whatever case, is listed as a common one."""
    return word.lower() in common_words()


@cache
def _seldom_names() -> frozenset[str]:
    return word_sections("common.txt")["SELDOM A NAME"]


def is_seldom_a_name(word: str) -> bool:
    """Return whether a word, in whatever case, is listed as one that is hardly ever a name.

    These are rarer than the common words, so that less is known of them.
    """
    return word.lower() in _seldom_names()


def is_affixed(word: str) -> bool:
    """Return whether a word, in whatever case, is made by affixes: pembangunan, ditunda."""
    return _AFFIXED.fullmatch(word.lower()) is not None


_ENGLISH_ENDINGS: Final = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ly", ""), ("est", ""),
)  # fmt: skip
"""Endings of inflected words, and what their stems have there instead."""
_LEAST_STEM: Final = 3
_LEAST_DOUBLED: Final = 4
_PLAIN: Final = int(Flag.COMMON)
_NAMED: Final = int(Flag.PERSON | Flag.PLACE | Flag.ORG)
_LISTED: Final = NAMELESS & ~int(Flag.COMMON | Flag.CAPITAL | Flag.PLACE | Flag.ORG)


@cache
def _english_words() -> frozenset[str]:
    return frozenset().union(*word_sections("common_english.txt").values())


@cache
def _plain_english() -> frozenset[str]:
    """Return the words of the lists of titles and heads, and those that are no names at all."""
    return frozenset(
        word
        for word, seen in word_flags("en").items()
        if seen & _LISTED or (seen & _PLAIN and not seen & _NAMED)
    )


def is_common_english(word: str) -> bool:
    """Return whether a word, in whatever case, is a common English one or a form of such."""
    low = word.lower()
    if _is_english(low):
        return True
    for ending, instead in _ENGLISH_ENDINGS:
        if not low.endswith(ending):
            continue
        stem = low.removesuffix(ending)
        if len(stem) >= _LEAST_STEM and _is_english(stem + instead):
            return True
        # stopped, running
        if not instead and len(stem) >= _LEAST_DOUBLED and stem[-1] == stem[-2]:
            return _is_english(stem[:-1])
    return False


def _is_english(low: str) -> bool:
    return low in _english_words() or low in _plain_english()
