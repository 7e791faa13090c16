"""Common Indonesian words, which newspapers write small within a sentence: `data/common.txt`."""

import re
from functools import cache
from typing import Final

from pantau.enricher.lexicon.words import word_sections

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
