"""What the trained engine's names hold that is no part of them, and names of nobody.

Told by single words.
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, NO_NAME, RANK, THING

_NEXT: Final = re.compile(r" ([A-Z][a-z]+)\b")
"""A capitalised word that follows at once."""
_SMALL_WORD: Final = re.compile(r" ([a-z]{2,}) (?=[A-Z])")
"""A word without a capital between two with one."""
_PARTICLES: Final = frozenset(
    {
        "bin",
        "binti",
        "al",
        "el",
        "ibn",
        "ben",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
    }
    | {
        "di",
        "la",
        "le",
        "du",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "st",
        "no",
        "of",
        "the",
        "dan",
        "and",
        "ul",
        "ud",
        "ur",
    }
)
"""Words that names of people hold."""
_ON: Final = frozenset({"protection"})
"""Words that end names of things beside those of `THING`, which the model's word book is made of and so stays as it is.
"""
_ALL_OF: Final = frozenset({"umat"})
"""Words for everybody of a kind."""


def without_small_end(text: str, mention: Mention) -> Mention:
    """Cut words without a capital from the end of a name that begins with one.

    PT Sumber Rejeki rugi.
    """
    start, end, kind = mention
    if text[start].isupper():
        blank = text.rfind(" ", start, end)
        while blank > start and text[blank + 1 : end].isalpha() and text[blank + 1 : end].islower():
            end = blank
            blank = text.rfind(" ", start, end)
    return mention if end == mention.end else Mention(start, end, kind)


def goes_on(text: str, end: int, flags: dict[str, int]) -> bool:
    """Return whether a phrase goes on with a capital and names a thing.

    The Vulnerable Targets of Vulnerable Targets Programme.
    """
    following = _NEXT.match(text, end)
    if following is None:
        return False
    word = following[1].lower()
    return word in _ON or bool(flags.get(word, 0) & THING)


def persons(text: str, person: Mention, flags: dict[str, int]) -> list[Mention]:
    """Part a person from what a verb joins to it, as in Jane Foster met Gen.

    Leave out what names nobody.
    """
    name = text[person.start : person.end]
    if " " not in name:
        return [person]
    if all_nobody(name.lower().split(), flags):
        return []
    parts = [person]
    for word in _SMALL_WORD.finditer(name):
        if word[1] not in _PARTICLES:
            low, high = person.start + word.start(), person.start + word.end()
            parts = [Mention(person.start, low, "person"), Mention(high, person.end, "person")]
            break
    return [
        one
        for one in parts
        if not flags.get(text[one.start : one.end].lower(), 0) & (RANK | HONORIFIC)
        or len(parts) == 1
    ]


def all_nobody(words: Sequence[str], flags: dict[str, int]) -> bool:
    """Return whether several words are all of a kind that names nobody: Idul Fitri, Umat Islam."""
    return len(words) > 1 and all(word in _ALL_OF or flags.get(word, 0) & NO_NAME for word in words)
