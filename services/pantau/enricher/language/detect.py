"""The language of an article: a vote of stop words, then a classifier where the vote is not clear.

Measured before this was written: the vote alone is right on 0.988 of Indonesian and 0.997 of
English titles.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Protocol

from pantau.enricher.lexicon.words import word_sections

UNDECIDED: Final = "und"
LEAD: Final = 300
"""Characters of the text that are looked at, besides the title."""
MARGIN: Final = 3
"""Votes by which a language must lead for its stop words alone to decide."""
LEAST_LETTERS: Final = 3
"""With fewer letters nothing can be told."""
SHORT: Final = 80
"""Letters up to which a language that is not `AT_HOME` must lead clearly.

A classifier guesses wildly at so few.
"""
AT_HOME: Final = ("id", "en", "ms")
"""The languages of most news that is watched; the one that the feed declares counts among them."""

_MALAY_LEAD: Final = {"ms": 0, "id": 12}
"""What Malay must lead by, at least, by what the feed declares."""
_LEAD: Final = 5
"""The same where the feed declares neither.

Indonesian is taken where little is said: most news watched is. Of 3,000
Indonesian titles one in 240 reaches it by chance, with the first words of the text none.
"""
_NEIGHBOURS: Final = ("jv", "su")
"""Languages that share most words of news with Indonesian."""
_LEAST_OWN: Final = 2
"""Words of their own that these need.

A classifier takes Indonesian names of people for Javanese.
"""
_SURE: Final = 6
_MAYBE: Final = 3
"""What words of the lists by hand say, in the scale of `data/islands.txt`."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class LanguageModel(Protocol):
    """Tells languages apart where stop words cannot."""

    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        """Return the ISO 639 code of the likeliest language.

        Of those `at_home`, if given, unless another leads clearly.
        """


def detect_language(title: str, text: str, hint: str | None, model: LanguageModel) -> str:
    """Return the language of an article, or `und` where nothing can be told.

    `hint` is what the feed declares; it settles Malay against Indonesian, which differ by few
    words, and makes its language a likely one of a short text.
    """
    sample = f"{title}\n{text[:LEAD]}"
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < LEAST_LETTERS:
        return UNDECIDED
    votes = _vote(words)
    ranked = sorted(votes.items(), key=lambda one: (-one[1], one[0]))
    (best, most), (_, next_most) = ranked[0], ranked[1]
    declared = _declared(hint)
    if most - next_most >= MARGIN:
        language = best
    else:
        language = model.classify(sample, (*AT_HOME, declared) if letters <= SHORT else ())
    return _island(words, declared) if language in {"id", "ms", "jv"} else language


def _vote(words: list[str]) -> dict[str, int]:
    sides = list(map(_stop_words().get, words))
    return {side: sides.count(side) for side in ("id", "en")}


@cache
def _stop_words() -> dict[str, str]:
    """Return each stop word's side; Malay counts with Indonesian here."""
    sections = word_sections("languages.txt")
    return dict.fromkeys(sections["en"], "en") | dict.fromkeys(sections["id"], "id")


def _declared(hint: str | None) -> str:
    """Return the language of a declaration such as `id-ID`, without its region.

    Empty if there is none.
    """
    return (hint or "").lower().replace("_", "-").split("-")[0]


def _island(words: list[str], declared: str) -> str:
    """Return languages of the islands apart: Javanese and Sundanese have words of their own.

    Malay differs from Indonesian by how much commoner words are in one of them; the feed's word
    decides a draw.
    """
    sections = word_sections("languages.txt")
    own, language = max((len(sections[one].intersection(words)), one) for one in _NEIGHBOURS)
    if own >= _LEAST_OWN and own * 5 >= len(words):
        return language
    said = {*words, *map("_".join, pairwise(words))}
    lead = sum(filter(None, map(_island_words().get, said)))
    return "ms" if lead >= _MALAY_LEAD.get(declared, _LEAD) else "id"


@cache
def _island_words() -> dict[str, int]:
    """Return what words, and pairs of them joined by _, say for Malay; below 0 for Indonesian.

    What is listed by hand wins.
    """
    counted = {
        word: int(score) for score, words in word_sections("islands.txt").items() for word in words
    }
    sections = word_sections("languages.txt")
    signs = {
        "malay": _SURE,
        "malay maybe": _MAYBE,
        "indonesian": -_SURE,
        "indonesian maybe": -_MAYBE,
    }
    for section, sign in signs.items():
        for word in sections[section]:
            least = counted.get(word, 0)
            counted[word] = max(sign, least) if sign > 0 else min(sign, least)
    return counted
