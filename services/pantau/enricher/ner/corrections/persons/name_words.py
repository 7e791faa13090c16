"""Words that may be part of a person's name where one is expected, as after a title."""

import re
from typing import Final

from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import NAMELESS, Flag, word_flags
from pantau.enricher.ner.scan import PERSON

_NO_NAME: Final = NAMELESS & ~int(Flag.PLACE | Flag.ORG)
_NEXT: Final = re.compile(r" ([A-Z][a-z’']+)(?![\w’'…-]|\.\.)")
_LONGEST: Final = 3
"""Words that continue a name."""


def may_be_named(low: str, gazetteer: Gazetteer) -> bool:
    """Return whether a capitalised word where a name is expected may be part of a person's name."""
    seen = word_flags().get(low, 0)
    if seen & PERSON:
        return True
    if seen & _NO_NAME or gazetteer.get(low) is not None:
        return False
    return not (is_common(low) or is_affixed(low))


def end_of_name(text: str, end: int, limit: int, gazetteer: Gazetteer) -> int:
    """Return where a person's name ends that goes on after `end`, at `limit` at the latest."""
    for _ in range(_LONGEST):
        following = _NEXT.match(text, end, limit)
        if following is None or not may_be_named(following[1].lower(), gazetteer):
            break
        end = following.end()
    return end
