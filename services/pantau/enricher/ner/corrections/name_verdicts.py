"""Verdicts on names of bodies and places by their words alone, remembered name by name.

The same names occur in every article, and nothing in most of them is to be corrected.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.lexicon.words import words_with
from pantau.enricher.linking.abbreviations import LEGAL_IN_BRACKETS
from pantau.enricher.ner.corrections.persons.whole_persons import REPUBLIC
from pantau.enricher.ner.corrections.postprocess_words import (
    all_nobody,
    persons,
    without_small_end,
)
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import (
    HONORIFIC,
    NO_NAME,
    OFFICE,
    ORG_HEAD,
    ORG_TAIL,
    PLACE_HEAD,
    PREPOSITION,
    RANK,
    THING,
)

TELLING: Final = (
    PLACE_HEAD | NO_NAME | RANK | HONORIFIC | ORG_HEAD | ORG_TAIL | THING | OFFICE | PREPOSITION
)
"""All flags that are read, and whether such words occur in names of people."""
FRONT: Final = frozenset({"humas", "markas", "gedung", "kompleks", "jubir"})
"""Words before an organisation's name that are not part of it."""
OFFICE_WORD: Final = "kantor"
"""With a capital it is part of names: Kantor Imigrasi."""
AND: Final = frozenset({"dan", "and"})
_WORDS: Final = FRONT | AND | {OFFICE_WORD}
_LONGEST_INITIALS: Final = 7
_INITIALS: Final = re.compile(r"(?:[A-Z]\.)+[A-Z]\Z")
_LAST: Final = RANK | HONORIFIC | ORG_HEAD
"""Flags of a last word where a name ends too late or is not specific."""


class WordsVerdict(Enum):
    """The verdict on the name of a body or a place by its words alone."""

    PLAIN = auto()
    """One word, or in the gazetteer: keep it."""
    DOUBTFUL = auto()
    """Its end or its one word may be none of a name."""
    ORDINARY = auto()
    """Nothing in it indicates an error; what stands around it may."""
    TELLING = auto()
    """Its words have to be read."""


class NameVerdicts:
    """Remembers what depends on a name alone, because the same names occur in every article."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._names = gazetteer.names
        self._flags = words_with(TELLING, lang)
        self.of_organization = remembered_name(self._find_of_organization)
        self.of_place = remembered_name(self._find_of_place)
        self.is_person = remembered_name(self._find_person)

    def _find_person(self, name: str) -> bool:
        """Return whether the name of a person has nothing to correct."""
        whole = Mention(0, len(name), "person")
        return persons(name, whole, self._flags) == [whole]

    def _find_of_organization(self, name: str) -> WordsVerdict:
        """Return the verdict on the name of an organisation."""
        return self._find_verdict(name, ORG_HEAD | NO_NAME)

    def _find_of_place(self, name: str) -> WordsVerdict:
        """Return the verdict on the name of a place."""
        return self._find_verdict(name, PLACE_HEAD)

    def _find_verdict(self, name: str, telling: int) -> WordsVerdict:
        """Return the verdict on a name; `telling` are the flags of one word that is read."""
        if name[-1].isdigit() or f" ({name})" == LEGAL_IN_BRACKETS or name == REPUBLIC:
            return WordsVerdict.DOUBTFUL
        if ends_in_initials(name, 0, len(name)):
            return WordsVerdict.DOUBTFUL
        if is_phrase(name):
            return self._find_of_phrase(name)
        seen = self._flags.get(name.lower(), 0)
        return WordsVerdict.DOUBTFUL if seen & telling else WordsVerdict.PLAIN

    def _find_of_phrase(self, name: str) -> WordsVerdict:
        """Return the verdict on a phrase of several words."""
        whole = Mention(0, len(name), "place")
        low = name.lower()
        words = low.split()
        if without_small_end(name, whole) != whole or len(words) != low.count(" ") + 1:
            return WordsVerdict.TELLING
        if low in self._names:
            return WordsVerdict.PLAIN
        kinds = [self._flags.get(word, 0) for word in words]
        if indicate_error(words, kinds) or all_nobody(words, self._flags):
            return WordsVerdict.TELLING
        return WordsVerdict.ORDINARY


def indicate_error(words: Sequence[str], kinds: Sequence[int]) -> bool:
    """Return whether words of a phrase, given their flags, indicate an error."""
    if kinds[-1] & _LAST or not _WORDS.isdisjoint(words):
        return True
    return any(kind & THING for kind in kinds)


def ends_in_initials(text: str, start: int, end: int) -> bool:
    """Return whether a name ends as U.S does before its last dot."""
    return _INITIALS.search(text, max(start, end - _LONGEST_INITIALS), end) is not None


def is_phrase(name: str) -> bool:
    """Return whether a name has several words."""
    return len(name) > len("xx xx") and " " in name
