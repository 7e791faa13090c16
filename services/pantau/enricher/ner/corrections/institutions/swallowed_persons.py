"""People whom the name before them swallowed: Kepala Dinas Kesehatan Budi Santoso as one name.

An office is followed by what it is of and then by its holder. Where the first is a known name or
ends with a short form (`PT DNG M Akhirun Piliang`, `Kementerian Kesehatan RI Azhar Jaya`), what
follows and looks like a person's name is one.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.lexicon.regional import REGIONAL_HEADS
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.persons.name_words import (
    CALLINGS,
    may_be_full_name,
    may_be_named,
)
from pantau.enricher.ner.corrections.persons.whole_persons import REPUBLIC
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, OFFICE, PERSON, RANK

_LONGEST: Final = 4
"""Words of the name of such a person."""
_LOOK_BACK: Final = 90
_MOST_BETWEEN: Final = 10
"""Words between an office and what it is of."""
_SMALL: Final = frozenset({"dan", "bidang", "urusan", "untuk", "besar", "senior"})
_COMMISSION: Final = "Komisi"
_TITLES: Final = HONORIFIC | RANK
_LEAST_CAPITALS: Final = 3
"""Capitals in a word that make it a short form: CISSReC."""
_OF_MEMBERS: Final = frozenset(
    {
        "asosiasi", "serikat", "perhimpunan", "himpunan", "paguyuban", "gabungan", "koalisi",
        "aliansi", "federasi", "konfederasi", "ikatan", "persatuan", "perkumpulan", "forum",
    }
)  # fmt: skip
"""First words of bodies that are called by what their members are."""


class _People:
    """The words of the people that an engine found, collected at the first question."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(
            self._text[one.start : one.end] for one in self._mentions if one.type == "person"
        )


def is_headed_area(words: Sequence[str]) -> bool:
    """Return whether words are the word for an area and one's name: Desa Gentasari."""
    return words[0].lower() in context_words("HOME") and bool(
        find_areas(" ".join(words[1:]).lower())
    )


def _is_short(word: str) -> bool:
    """Return whether a word has so many capitals that it is a short form: CISSReC."""
    return word.isalpha() and sum(map(str.isupper, word)) >= _LEAST_CAPITALS


class SwallowedPersons:
    """Separates holders of offices from the names before them; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags()
        self._is_last_name = remembered_name(self._may_be_name)
        self._is_listed = remembered_name(self._find_listed)

    def parted(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions of a text, such people apart."""
        people = _People(text, mentions)
        found: list[Mention] = []
        for one in mentions:
            start, end, kind = one
            cut = 0
            if text.find(" ", start, end) >= 0:
                cut = (
                    self._cut(text, one, people)
                    if kind != "person"
                    else self._owner(text, one, people)
                )
            if cut and kind == "person":
                found += (Mention(start, cut - 1, "organization"), Mention(cut, end, kind))
            elif cut:
                found += (Mention(start, cut - 1, kind), Mention(cut, end, "person"))
            else:
                found.append(one)
        return found

    def _owner(self, text: str, one: Mention, people: _People) -> int:
        """Return where a person begins after the body of an office: Ketua DPW NasDem Hendra.

        0 if the name of none is before it.
        """
        blank = text.index(" ", one.start, one.end)
        first = text[one.start : blank]
        if not self._is_listed(first) or (first.istitle() and first in people.names):
            return 0  # Fitra Nugraha, called Fitra
        return blank + 1 if self._after_office(text, one.start) else 0

    def _find_listed(self, word: str) -> bool:
        """Return whether a word is an organisation as its list has it, and no name of people."""
        known = self._gazetteer.get(word)
        if known is None or known.type != "organization" or self._may_be_given(word):
            return False
        return word in self._gazetteer.aliases(known.id)

    def _may_be_given(self, word: str) -> bool:
        return bool(self._flags.get(word.lower(), 0) & PERSON)

    def _cut(self, text: str, one: Mention, people: _People) -> int:
        """Return where the person begins whom a name has swallowed; 0 if it has not."""
        name = text[one.start : one.end]
        last = name.rpartition(" ")[2]
        if not (self._is_last_name(last) or last in people.names):
            return 0
        words = name.split(" ")
        if words[0].lower() in context_words("FACILITY") or self._gazetteer.get(name) is not None:
            return 0
        for size in range(min(_LONGEST, len(words) - 1), 0, -1):
            owner, person = words[:-size], words[-size:]
            if not (self._is_person(person, owner[-1], people) or self._is_of(owner, person)):
                continue
            if not self._is_whole(owner, size):
                continue
            start = one.end - len(" ".join(person))
            return start if self._after_office(text, one.start) else 0
        return 0

    def _is_person(self, words: Sequence[str], before: str, people: _People) -> bool:
        """Return whether words name a person: an initial, a given name, or what the article says.

        After `RI` any name that is not known as something else does.
        """
        if " ".join(words) in people.names:
            return True
        if not all(map(self._may_be_name, words)):
            return False
        if len(words) > 1 and words[0] in people.names:
            return True
        initial = len(words[0].rstrip(".")) == 1
        if initial or any(self._flags.get(word.lower(), 0) & PERSON for word in words):
            return True
        return before == REPUBLIC and len(words) > 1

    def _is_of(self, owner: Sequence[str], person: Sequence[str]) -> bool:
        """Return whether words follow a country or province, and may all be names of people."""
        if self._gazetteer.get(" ".join((*owner, person[0]))) is not None:
            return False  # Brunei before Darussalam
        known = self._gazetteer.get(" ".join(owner))
        sure = self._is_branch(owner) or is_headed_area(owner)
        if known is not None:
            sure = known.sure or (known.is_home and len(owner) > 1)
        if not sure or not all(word[0].isupper() and not word.isupper() for word in person):
            return False
        return may_be_full_name([word.lower() for word in person], self._gazetteer)

    def _may_be_name(self, word: str) -> bool:
        if len(word.rstrip(".")) == 1:
            return word[0].isupper()
        return (
            word.replace("'", "").isalpha()
            and word[0].isupper()
            and not word.isupper()
            and may_be_named(word.lower(), self._gazetteer)
        )

    def _is_whole(self, words: Sequence[str], size: int) -> bool:
        """Return whether words are a whole name, before a person's name of `size` words."""
        last = words[-1]
        if self._flags.get(last.lower().rstrip("."), 0) & _TITLES:
            return False
        name = " ".join(words)
        if self._gazetteer.get(name) is not None or self._is_branch(words) or is_headed_area(words):
            return True
        first, hyphen, second = name.partition("-")
        if hyphen and self._gazetteer.places(first) and self._gazetteer.places(second):
            return True
        if size < 2 or (len(words) < 2 and not _is_short(last)):
            return False
        short = _is_short(last) or (last.isupper() and len(last) > 1)
        return short or self._is_of_members(words)

    def _is_branch(self, words: Sequence[str]) -> bool:
        """Return whether words are a known body and a region: PDIP Jateng, DPRD Sumba Timur."""
        if words[0] == _COMMISSION:
            words = words[2:]
        if words and words[0].lower() in REGIONAL_HEADS:
            region = self._gazetteer.get(" ".join(words[1:]))
            if region is not None and region.is_home:
                return True
        for size in range(1, min(_LONGEST, len(words))):
            body = self._gazetteer.get(" ".join(words[:-size]))
            region = self._gazetteer.get(" ".join(words[-size:]))
            if body is None or region is None:
                continue
            if body.type == "organization" and region.type == "place" and region.is_home:
                return True
        return False

    def _is_of_members(self, words: Sequence[str]) -> bool:
        """Return whether words are a body of members, and tell whose: Asosiasi Driver Online.

        A foundation or a school may have the name of a person.
        """
        if words[0].lower() not in _OF_MEMBERS:
            return False
        return not any(self._may_be_given(word) for word in words[1:])

    def _after_office(self, text: str, start: int) -> bool:
        """Return whether an office leads up to a name, its scope between them."""
        words = text[max(0, start - _LOOK_BACK) : start].replace("(", "").replace(")", "").split()
        for word in reversed(words[-_MOST_BETWEEN:]):
            if self._flags.get(word.lower(), 0) & OFFICE or word.lower() in CALLINGS:
                return True
            if not (word[0].isupper() and word[-1].isalnum()) and word not in _SMALL:
                return False
        return False
