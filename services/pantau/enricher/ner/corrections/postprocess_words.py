"""Corrections of the trained engine's names by single words.

Words that are not part of a name, and names of no entity.
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, NO_NAME, RANK, THING

_NEXT: Final = re.compile(r" ([A-Z][a-z]+)\b")
"""A capitalised word that follows directly."""
_SMALL_WORD: Final = re.compile(r" ([a-z]{2,}) (?=[A-Z])")
"""A lower-case word between two capitalised ones."""
_INITIAL: Final = re.compile(r" [A-Z]\Z")
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
"""Words that occur in names of people."""
_ON: Final = frozenset({"protection"})
"""Words that end names of things, besides those of `THING`, which is part of the model.
"""
_ALL_OF: Final = frozenset({"umat"})
"""Words for everyone of a kind."""


def without_small_end(text: str, mention: Mention) -> Mention:
    """Strip lower-case words from the end of a name that begins with a capital.

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
    """Return whether a phrase continues with a capital and names a thing.

    The Vulnerable Targets of Vulnerable Targets Programme.
    """
    following = _NEXT.match(text, end)
    if following is None:
        return False
    word = following[1].lower()
    return word in _ON or bool(flags.get(word, 0) & THING)


def persons(text: str, person: Mention, flags: dict[str, int]) -> list[Mention]:
    """Split a person from the object of a verb, as in Jane Foster met Gen.

    Names of no entity are dropped.
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


def uncut_persons(text: str, mentions: Sequence[Mention], flags: dict[str, int]) -> list[Mention]:
    """Return the mentions, people whose name was cut at an initial whole: Martin J. Simon.

    A title that was cut off at its dot is dropped: the Gen of Gen. Simon.
    """
    found: list[Mention] = []
    for one in mentions:
        before = found[-1] if found else None
        if (
            one.type == "person"
            and text.startswith(". ", one.end)
            and flags.get(text[one.start : one.end].lower(), 0) & (RANK | HONORIFIC)
        ):
            continue
        if (
            before is not None
            and one.type == before.type == "person"
            and before.end + 2 == one.start
            and text.startswith(". ", before.end)
            and _INITIAL.search(text, before.start, before.end) is not None
        ):
            found[-1] = Mention(before.start, one.end, "person")
        else:
            found.append(one)
    return found


def all_nobody(words: Sequence[str], flags: dict[str, int]) -> bool:
    """Return whether all words are of a kind that names no entity: Idul Fitri, Umat Islam."""
    return len(words) > 1 and all(word in _ALL_OF or flags.get(word, 0) & NO_NAME for word in words)
