"""The language of an article: a vote of stop words, then a classifier where the vote is not clear.

Measured before this was written: the vote alone is right on 0.988 of Indonesian and 0.997 of English titles.
"""

import re
from functools import cache
from typing import Final, Protocol

from pantau.enricher.words import word_sections

UNDECIDED: Final = "und"
LEAD: Final = 300
"""Characters of the text that are looked at, besides the title."""
MARGIN: Final = 3
"""Votes by which a language must lead for its stop words alone to decide."""
LEAST_LETTERS: Final = 3
"""With fewer letters nothing can be told."""

_MALAY_LEAD: Final = {"ms": 0, "id": 2}
"""Words by which Malay must lead, by what the feed declares; 1 where it declares neither."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class LanguageModel(Protocol):
    """Tells languages apart where stop words cannot."""

    def classify(self, text: str) -> str:
        """Give the ISO 639 code of the likeliest language."""


def detect_language(title: str, text: str, hint: str | None, model: LanguageModel) -> str:
    """Give the language of an article, or `und` where nothing can be told.

    `hint` is what the feed declares; it only settles Malay against Indonesian, which differ by few words.
    """
    sample = f"{title}\n{text[:LEAD]}"
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < LEAST_LETTERS:
        return UNDECIDED
    votes = _vote(words)
    ranked = sorted(votes.items(), key=lambda one: (-one[1], one[0]))
    (best, most), (_, next_most) = ranked[0], ranked[1]
    language = best if most - next_most >= MARGIN else model.classify(sample)
    return _island(words, hint) if language in {"id", "ms"} else language


def _vote(words: list[str]) -> dict[str, int]:
    table = _stop_words()
    votes = {"id": 0, "en": 0}
    for word in words:
        language = table.get(word)
        if language is not None:
            votes[language] += 1
    return votes


@cache
def _stop_words() -> dict[str, str]:
    """Give each stop word's side; Malay counts with Indonesian here."""
    sections = word_sections("languages.txt")
    return dict.fromkeys(sections["en"], "en") | dict.fromkeys(sections["id"], "id")


def _island(words: list[str], hint: str | None) -> str:
    """Tell Malay from Indonesian by words that only one of them uses in news; the feed's word decides a draw."""
    sections = word_sections("languages.txt")
    malay = sum(word in sections["only malay"] for word in words)
    indonesian = sum(word in sections["only indonesian"] for word in words)
    declared = (hint or "").lower().replace("_", "-").split("-")[0]
    return "ms" if malay - indonesian > _MALAY_LEAD.get(declared, 1) else "id"
