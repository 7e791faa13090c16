"""Language detection: a vote of stop words, then a classifier if the vote is not clear.

Measured: the vote alone is right on 0.988 of Indonesian and 0.997 of English titles.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Protocol

from pantau.enricher.lexicon.words import word_sections

UNDECIDED: Final = "und"
LEAD: Final = 300
"""Characters of the text that are read, besides the title."""
MARGIN: Final = 3
"""Lead in votes with which stop words alone decide."""
LEAST_LETTERS: Final = 3
"""With fewer letters the language is undetermined."""
SHORT: Final = 80
"""Up to this many letters, a language that is not in `AT_HOME` needs a clear lead.

A classifier is unreliable on so few.
"""
AT_HOME: Final = ("id", "en", "ms")
"""The languages of most monitored news; the one that the feed declares is added."""

_MALAY_LEAD: Final = {"ms": 0, "id": 12}
"""Minimum lead of Malay, by the declared language."""
_LEAD: Final = 5
"""The same without a declaration.

Indonesian is preferred in doubt, as most monitored news is Indonesian. Of 3,000 Indonesian titles
one in 240 reaches it by chance, with the first words of the text none.
"""
_NEIGHBOURS: Final = ("jv", "su")
"""Languages that share most words of news with Indonesian."""
_LEAST_OWN: Final = 2
"""Minimum number of distinctive words for these.

A classifier takes Indonesian names of people for Javanese.
"""
_SURE: Final = 6
_MAYBE: Final = 3
"""The weight of manually listed words, in the scale of `data/islands.txt`."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class LanguageModel(Protocol):
    """Distinguishes languages where stop words cannot."""

    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        """Return the ISO 639 code of the most likely language.

        One of `at_home`, if given, unless another leads clearly.
        """


def detect_language(title: str, text: str, hint: str | None, model: LanguageModel) -> str:
    """Return the language of an article, or `und` if it is undetermined.

    `hint` is the declaration of the feed; it decides between Malay and Indonesian, which differ by
    few words, and makes its language a likely one of a short text.
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
    """Return the language of each stop word; Malay counts as Indonesian here."""
    sections = word_sections("languages.txt")
    return dict.fromkeys(sections["en"], "en") | dict.fromkeys(sections["id"], "id")


def _declared(hint: str | None) -> str:
    """Return the language of a declaration such as `id-ID`, without its region.

    Empty if there is none.
    """
    return (hint or "").lower().replace("_", "-").split("-")[0]


def _island(words: list[str], declared: str) -> str:
    """Distinguish the languages of the islands: Javanese and Sundanese have distinctive words.

    Malay differs from Indonesian by word frequencies; the feed's declaration decides a draw.
    """
    sections = word_sections("languages.txt")
    own, language = max((len(sections[one].intersection(words)), one) for one in _NEIGHBOURS)
    if own >= _LEAST_OWN and own * 5 >= len(words):
        return language
    firsts = _firsts_of_pairs()
    pairs = [f"{one}_{after}" for one, after in pairwise(words) if one in firsts]
    said = {*words, *pairs}
    lead = sum(filter(None, map(_island_words().get, said)))
    return "ms" if lead >= _MALAY_LEAD.get(declared, _LEAD) else "id"


@cache
def _firsts_of_pairs() -> frozenset[str]:
    """Return the words with which a pair of `_island_words` begins: most words need no pair."""
    return frozenset(word.partition("_")[0] for word in _island_words() if "_" in word)


@cache
def _island_words() -> dict[str, int]:
    """Return the weights of words, and of pairs joined by _, for Malay; negative for Indonesian.

    Manually listed ones take precedence.
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
