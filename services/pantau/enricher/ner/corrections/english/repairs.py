"""Corrections of what an engine found in English text, in one pass over the names.

Most names are right, so little is done for each: what a name shows by itself is remembered for it,
and the word before it is looked up once.
"""

from enum import Enum, auto
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.ner.corrections.english import (
    bodies,
    firms,
    kinds,
    people,
    places,
    side_by_side,
    spellings,
)
from pantau.enricher.ner.corrections.institutions.english_bodies import with_english_bodies
from pantau.enricher.ner.corrections.institutions.tickers import without_tickers
from pantau.enricher.ner.corrections.persons.english_names import with_english_forms
from pantau.enricher.ner.engine import Mention

_OPENING_WORDS: Final = frozenset(
    """As In On With While When If But And For From At By After Before Since Although Because Both
    Unlike Like""".split()  # noqa: SIM905 (shorter)
)
"""Words that begin a sentence, and no name."""
_SENTENCE: Final = frozenset("\n.!?\"“”'‘")
_LONGEST_NOUN: Final = 16
"""Characters of the word before a name, and the blank and quotation mark between them."""
_QUOTES: Final = ' "“‘<'
_OF: Final = "of"
_TELLING: Final = places.IN | kinds.COMPANY_NOUNS | kinds.STORMS | {_OF}
"""Words before a person's name that may show something."""
_JOINTS: Final = frozenset({_OF, "the"})
_MOST_TRIES: Final = 100
"""Maximum number of pairs of names in a text that are tried as one firm."""
_BEHIND: Final = frozenset("BANM(a")
"""First letters of what may be part of the name before it: Base, administration, a bracket."""


class _Look(Enum):
    """The one thing that a name shows by itself."""

    ORDINARY = auto()
    NOBODY = auto()
    """A people or an adjective."""
    OPENED = auto()
    """It begins with a word that may only begin the sentence."""
    TRIMMED = auto()
    STORM = auto()
    ACRONYM = auto()
    BODY = auto()
    SITE = auto()
    OWNED = auto()
    """A country and what is its own."""
    CALLED = auto()
    """A calling and a person are in it."""
    PLACE = auto()
    PLACES = auto()
    """Two places run together."""
    LED = auto()
    """An administration called after its head."""


_ORDINARY: Final = _Look.ORDINARY


class _Reading:
    """A text, the names found in it so far, and what they show of others in the text."""

    __slots__ = ("_tries", "firms", "found", "pairs", "storms", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Mention] = []
        self.storms: list[Mention] = []
        self.firms: set[str] = set()
        """Names that a noun before them shows to be those of organisations."""
        self.pairs: list[str] = []
        """Names of two partners that are one firm."""
        self._tries = 0

    def end(self) -> int:
        """Return where the last name ends."""
        return self.found[-1].end if self.found else 0

    def may_be_one_firm(self, one: Mention) -> bool:
        """Return whether a name and the last one are partners, searching the text for both."""
        self._tries += 1
        last = self.found[-1]
        if self._tries > _MOST_TRIES or not bodies.are_partners(self.text, last, one):
            return False
        return not self._names_person(last) and not self._names_person(one)

    def _names_person(self, one: Mention) -> bool:
        """Return whether someone before is called by the first word of a name: Ivan Harlow."""
        last = f" {self.text[one.start : one.end].partition(' ')[0]}"
        return any(
            each.type == "person" and self.text.endswith(last, each.start, each.end)
            for each in self.found
        )


class EnglishRepairs:
    """Corrects the names of English text; pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._of_person = remembered_name(self._find_of_person)
        self._of_place = remembered_name(self._find_of_place)
        self._of_organization = remembered_name(self._find_of_organization)

    def repaired(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the corrected names, in order, without overlaps."""
        mentions = with_english_forms(text, without_tickers(text, mentions))
        mentions = with_english_bodies(text, mentions, self._gazetteer)
        if spellings.may_have_addresses(text):
            mentions = spellings.without_addresses(text, mentions)
        reading = _Reading(text)
        found = reading.found
        for one in mentions:
            if found and one.start < found[-1].end:
                continue  # part of the company before
            if one.type == "person":
                self._add_person(reading, one)
            elif one.type == "organization":
                self._add_organization(reading, one)
            else:
                self._add_place(reading, one)
        if reading.storms:
            found = kinds.without_storms(text, found, reading.storms)
        if reading.pairs:
            found = firms.with_pairs(text, found, reading.pairs)
        found = side_by_side.with_neighbours(text, found, self._gazetteer)
        found = firms.with_firms(text, found, reading.firms)
        found = places.with_based(text, found, self._gazetteer)
        found = spellings.with_states(text, found)
        if spellings.is_careless(text):
            found = spellings.with_small_places(text, found, self._gazetteer)
        return found

    def _find_common(self, name: str) -> _Look:
        first, blank, rest = name.partition(" ")
        if kinds.of_no_kind(name):
            return _Look.NOBODY
        if blank and first in _OPENING_WORDS and rest[:1].isupper():
            return _Look.ORDINARY if self._gazetteer.get(name) else _Look.OPENED
        return _Look.ORDINARY

    def _find_of_person(self, name: str) -> _Look:
        if people.may_need_trim(name):
            return _Look.TRIMMED
        if kinds.is_storm(name):
            return _Look.STORM
        if places.is_place(name, self._gazetteer, led=False):
            return _Look.PLACE
        return _Look.ACRONYM if kinds.is_acronym(name) else self._find_common(name)

    def _find_of_place(self, name: str) -> _Look:
        if kinds.is_body(name, self._gazetteer):
            return _Look.BODY
        if places.parted(name, self._gazetteer) is not None:
            return _Look.PLACES
        return self._find_owned(name)

    def _find_of_organization(self, name: str) -> _Look:
        if people.called_person(name):
            return _Look.CALLED
        if name.endswith(people.ADMINISTRATION):
            return _Look.LED
        if kinds.is_site(name, self._gazetteer):
            return _Look.SITE
        return self._find_owned(name)

    def _find_owned(self, name: str) -> _Look:
        if bodies.after_owner(name, self._gazetteer) is not None:
            return _Look.OWNED
        return self._find_common(name)

    def _add_person(self, reading: _Reading, one: Mention) -> None:
        text = reading.text
        look = self._of_person(text[one.start : one.end])
        if look is not _ORDINARY:
            if look is _Look.NOBODY:
                return
            if look is _Look.STORM:
                reading.storms.append(one)
            elif look is _Look.OPENED:
                one = _opened(text, one)
            elif look is _Look.TRIMMED:
                one = people.trimmed(text, one, self._gazetteer)
            elif look is _Look.PLACE:
                one = one._replace(type="place")
            elif not kinds.stands_in_capitals(text, one):
                one = one._replace(type="organization")
        word = _word_before(text, one.start)
        if word in _TELLING or word[-1:] == "." or (len(word) == 1 and word.isupper()):
            one = self._beside(reading, word, one)
        reading.found.append(one)

    def _beside(self, reading: _Reading, word: str, one: Mention) -> Mention:
        """Return a person, or what the word before shows the name to be."""
        text = reading.text
        if word in places.IN:
            known = places.is_place(text[one.start : one.end], self._gazetteer, led=True)
            return one._replace(type="place") if known else one
        if word == _OF:
            return people.without_field(text, one)
        if word in kinds.COMPANY_NOUNS:
            return self._of_company(reading, one)
        if word in kinds.STORMS:
            reading.storms.append(one)
            return one
        return people.with_initials(text, one, reading.end())

    def _add_organization(self, reading: _Reading, one: Mention) -> None:
        text, found = reading.text, reading.found
        name = text[one.start : one.end]
        look = self._of_organization(name)
        if look is not _ORDINARY:
            if look is _Look.NOBODY:
                return
            if look is _Look.OPENED:
                one = _opened(text, one)
            elif look is _Look.SITE:
                one = one._replace(type="place")
            elif look is _Look.LED:
                one = people.head_of_administration(text, one, self._gazetteer)
            else:
                one = self._part(one, name, look, found)
        after = text[one.end + 1 : one.end + 2]
        if after in _BEHIND and one.type == "organization":
            one = bodies.with_bracket(text, kinds.with_base(text, one))
            one = people.head_of_administration(text, one, self._gazetteer)
        near = bool(found) and one.start - found[-1].end <= bodies.LONGEST_JOINT
        if near and reading.may_be_one_firm(one):
            first = found.pop()
            if text[first.end] == " ":
                reading.pairs.append(bodies.pair(text, first, one))
            one = one._replace(start=first.start)
        found.append(one)

    def _add_place(self, reading: _Reading, one: Mention) -> None:
        text, found = reading.text, reading.found
        name = text[one.start : one.end]
        look = self._of_place(name)
        if look is not _ORDINARY:
            if look is _Look.NOBODY:
                return
            if look is _Look.BODY:
                one = one._replace(type="organization")
            elif look is _Look.OPENED:
                one = _opened(text, one)
            else:
                one = self._part(one, name, look, found)
        word = _word_before(text, one.start)
        if word in _JOINTS:
            body = bodies.of_place(text, found[-1] if found else None, one)
            if body is not None:
                if found and found[-1].start >= body.start:
                    found.pop()
                one = body
        elif word in kinds.COMPANY_NOUNS:
            one = self._of_company(reading, one)
        reading.found.append(one)

    def _of_company(self, reading: _Reading, one: Mention) -> Mention:
        """Return an unknown name after a noun of companies as an organisation."""
        name = reading.text[one.start : one.end]
        if self._gazetteer.get(name) is not None:
            return one
        reading.firms.add(name)
        return one._replace(type="organization")

    def _part(self, one: Mention, name: str, look: _Look, found: list[Mention]) -> Mention:
        """Add what owns or employs the rest of a name, and return the rest."""
        if look is _Look.OWNED:
            end, start = bodies.after_owner(name, self._gazetteer) or (0, 0)
            found.append(Mention(one.start, one.start + end, "place"))
            return one._replace(start=one.start + start)
        if look is _Look.PLACES:
            end, start = places.parted(name, self._gazetteer) or (0, 0)
            found.append(one._replace(end=one.start + end))
            return one._replace(start=one.start + start)
        start = people.called_person(name)
        head = name[:start].rstrip().rpartition(" ")[0]
        known = self._gazetteer.get(head)
        if known is not None:
            found.append(Mention(one.start, one.start + len(head), known.type))
        return Mention(one.start + start, one.end, "person")


def _opened(text: str, one: Mention) -> Mention:
    """Return a name without the word that begins the sentence, if it stands at the beginning."""
    before = text[max(0, one.start - 2) : one.start].rstrip(" ")
    if before and before[-1] not in _SENTENCE:
        return one
    return one._replace(start=text.index(" ", one.start) + 1)


def _word_before(text: str, start: int) -> str:
    """Return the word before a name, without the quotation mark that may part them."""
    end = start - 1
    low = start - _LONGEST_NOUN if start > _LONGEST_NOUN else 0  # `max` is slow
    if end > 0 and text[end] == " " and text[end - 1] not in _QUOTES:
        return text[text.rfind(" ", low, end) + 1 : end]
    return text[low:start].rstrip(_QUOTES).rpartition(" ")[2]
