"""Words of titles and degrees, with the occupations that only roles are read with.

No engine learnt from these occupations, so that names are found without them.
"""

from functools import cache
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.words import Flag, words_with

RETIRED: Final = frozenset({"purn", "purnawirawan", "ret", "retd"})
"""In brackets after a rank: retired."""
_TITLES: Final = int(Flag.OFFICE | Flag.RANK | Flag.HONORIFIC | Flag.DEGREE)
_HELD: Final = int(Flag.OFFICE | Flag.RANK)


@cache
def title_flags() -> dict[str, int]:
    """Return the flags of every word that may be in a title before or a degree after a name."""
    flags = dict(words_with(_TITLES))
    for word in context_words("PEKERJAAN"):
        flags[word] = flags.get(word, 0) | int(Flag.OFFICE)
    return flags


@cache
def held_words() -> frozenset[str]:
    """Return the words, in lower case, without one of which nothing is an office or a rank."""
    return RETIRED.union(word for word, seen in title_flags().items() if seen & _HELD)
