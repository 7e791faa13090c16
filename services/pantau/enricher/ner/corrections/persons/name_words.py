"""Words that may be part of a person's name where one is expected, as after a title."""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_affixed, is_common, is_seldom_a_name
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import NAMELESS, Flag, word_flags
from pantau.enricher.ner.scan import OFFICE, PERSON

_NO_NAME: Final = NAMELESS & ~int(Flag.PLACE | Flag.ORG)
_SEEN: Final = int(Flag.COMMON | Flag.CAPITAL)
"""Kinds of words that say no more than how newspapers write them."""
_NEXT: Final = re.compile(r" ([A-Z][a-z’']+)(?![\w’'…-]|\.\.)")
_LONGEST: Final = 3
"""Words that continue a name."""
_LOOK_BACK: Final = 24
CALLINGS: Final = frozenset(
    {
        "petinju", "pegulat", "petarung", "petenis", "pecatur", "pegolf", "pebalap", "pembalap",
        "pebulu", "perenang", "pelari", "pesepak", "pemain", "penyerang", "gelandang", "bek",
        "kiper", "wasit", "promotor", "penyanyi", "pedangdut", "pelawak", "komika", "komedian",
        "presenter", "pembawa", "aktor", "aktris", "artis", "sineas", "novelis", "penyair",
        "budayawan", "sosiolog", "psikolog", "kriminolog", "epidemiolog", "arkeolog", "antropolog",
        "aktivis", "jurnalis", "wartawan", "selebgram", "yutuber", "youtuber", "influencer",
        "miliarder", "taipan", "diplomat", "astronaut", "analis", "ekonom", "relawan", "pendaki",
        "pendakwah", "penceramah", "pengusaha", "perancang", "desainer", "politisi", "politikus",
        "terpidana", "napi", "buronan", "pensiunan", "dalang", "sinden", "pesinden",
    }
)  # fmt: skip
"""Words for people that stand before a name and are no part of it."""


def may_be_named(low: str, gazetteer: Gazetteer) -> bool:
    """Return whether a capitalised word where a name is expected may be part of a person's name."""
    seen = word_flags().get(low, 0)
    if seen & PERSON:
        return True
    if seen & _NO_NAME or gazetteer.get(low) is not None:
        return False
    return not (is_common(low) or is_affixed(low))


def may_be_full_name(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return whether words in lower case may be a person's name, where one surely follows.

    So it is after an office and a country. One word of several may be of a kind that names no
    person: a small town abroad, or one that newspapers have once in small letters (joão, greta).
    """
    doubtful = [word for word in words if not may_be_named(word, gazetteer)]
    if not doubtful:
        return True
    return len(words) > len(doubtful) == 1 and _is_hardly_known(doubtful[0], gazetteer)


def _is_hardly_known(low: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.get(low)
    if known is not None:
        return known.type == "place" and not (known.sure or known.is_home)
    seen = word_flags().get(low, 0)
    if seen & _SEEN == _SEEN:
        return False  # written in both ways, and no name in either: live
    return not (seen & ~_SEEN or is_common(low) or is_affixed(low) or is_seldom_a_name(low))


def end_of_name(text: str, end: int, limit: int, gazetteer: Gazetteer) -> int:
    """Return where a person's name ends that goes on after `end`, at `limit` at the latest."""
    for _ in range(_LONGEST):
        following = _NEXT.match(text, end, limit)
        if following is None or not may_be_named(following[1].lower(), gazetteer):
            break
        end = following.end()
    return end


def is_after_office(text: str, start: int) -> bool:
    """Return whether the word before is an office or a word for a person."""
    words = text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2].rsplit(None, 1)
    if not words or text[start - 1 : start] != " " or not words[-1].isalpha():
        return False
    low = words[-1].lower()
    return low in CALLINGS or bool(word_flags().get(low, 0) & OFFICE)
