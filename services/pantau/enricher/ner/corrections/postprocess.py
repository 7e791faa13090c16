"""Post-processing of the trained engine's names: corrections by word lists.

A model learns what is common; that a rank is not part of an office, a work plan not a person, or
Jawa Tengah a province everywhere, is known in advance (`pantau.enricher.lexicon.words`, the
gazetteer).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.budget import MENDING
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import words_with
from pantau.enricher.linking.abbreviations import LEGAL_IN_BRACKETS
from pantau.enricher.ner.corrections.areas.chains import with_links
from pantau.enricher.ner.corrections.areas.dotted_heads import with_dotted_heads
from pantau.enricher.ner.corrections.areas.titled_hospitals import with_hospitals
from pantau.enricher.ner.corrections.areas.whole_towns import (
    with_areas_for_people,
    with_dateline,
    with_numbers,
)
from pantau.enricher.ner.corrections.cues import cue_marks, with_shown
from pantau.enricher.ner.corrections.english.repairs import EnglishRepairs
from pantau.enricher.ner.corrections.institutions.embassies import with_embassies
from pantau.enricher.ner.corrections.institutions.garrisons import with_garrisons
from pantau.enricher.ner.corrections.institutions.swallowed_persons import SwallowedPersons
from pantau.enricher.ner.corrections.institutions.whole_institutions import WholeInstitutions
from pantau.enricher.ner.corrections.known_branches import with_known_branches
from pantau.enricher.ner.corrections.known_names import AT_HOME, KnownNames
from pantau.enricher.ner.corrections.name_verdicts import (
    AND,
    FRONT,
    OFFICE_WORD,
    TELLING,
    NameVerdicts,
    WordsVerdict,
    ends_in_initials,
    indicate_error,
    is_phrase,
)
from pantau.enricher.ner.corrections.persons.agreeing import with_agreement
from pantau.enricher.ner.corrections.persons.behind_names import with_people_behind
from pantau.enricher.ner.corrections.persons.known_people import (
    begins_public_name,
    with_holders_apart,
    with_known_people,
)
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.corrections.persons.titled_names import with_nobles, with_second_halves
from pantau.enricher.ner.corrections.persons.whole_persons import WholePersons, is_of_envoy
from pantau.enricher.ner.corrections.persons.whole_titled import with_whole_people
from pantau.enricher.ner.corrections.postprocess_words import (
    all_nobody,
    goes_on,
    persons,
    two_bodies,
    uncut_persons,
    without_homes,
    without_kinds,
    without_measure,
    without_small_end,
    without_works,
)
from pantau.enricher.ner.corrections.score_lines import with_sides
from pantau.enricher.ner.corrections.spans import Words
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.marks import KNOWN_NAME, PUBLIC_PERSON, Marked
from pantau.enricher.ner.rules.engine import RuleEngine
from pantau.enricher.ner.scan import (
    HONORIFIC,
    NO_NAME,
    OFFICE,
    ORG_HEAD,
    ORG_TAIL,
    PERSON,
    PLACE_HEAD,
    RANK,
    THING,
)

_SEAT: Final = "markas"
"""The one of these that does not make a place of an organisation's name, as a building does."""
_SERVICES: Final = frozenset({"angkatan", "gerakan", "fakultas", "dana"})
"""Words for things that also begin names of organisations."""
_CONTEXT: Final = 60
"""Characters before a name that the rules read to separate an office and its holder."""
_SHARES: Final = ("shares of ", "stock of ", "saham ")
"""Things that are bought of a company, and of no place."""
_FOLLOWING: Final = re.compile(r"(?: [A-Z][\w'-]*){1,4}(?!\w)")
"""Capitalised words that follow directly."""
_LEAST_WORDS: Final = 3

Word = tuple[int, int, str]
"""Start and end of a word of a name in the text, and the word in lower case."""


class Mender:
    """Corrects the names of one engine; pure."""

    def __init__(self, gazetteer: Gazetteer, rules: RuleEngine) -> None:
        self._gazetteer = gazetteer
        self._rules = rules
        self._known = KnownNames(gazetteer)
        self._cues = cue_marks()
        self._persons = WholePersons(gazetteer)
        self._institutions = WholeInstitutions(gazetteer)
        self._swallowed = SwallowedPersons(gazetteer)
        self._english_repairs = EnglishRepairs(gazetteer)
        english, other = (NameVerdicts(gazetteer, lang) for lang in ("en", "id"))
        self._english, self._other = english, other

    def mark(self, word: str) -> int:
        """Return the marks of a word: to which corrections it matters."""
        known = KNOWN_NAME if self._known.may_begin(word) else 0
        person = PUBLIC_PERSON if begins_public_name(word) else 0
        return known | person | self._cues.get(word, 0)

    def postprocess(
        self,
        passage: Passage,
        mentions: Sequence[Mention],
        tokens: Sequence[str],
        starts: Sequence[int],
        marked: Marked,
    ) -> list[Mention]:
        """Return the corrected names, in order, without overlaps.

        `marked` are the tokens with marks that `mark` returns.
        """
        # Each step takes the names as the one before left them, so their order matters: names are
        # made whole first, and what only some of them show is read last.
        flags = words_with(TELLING, passage.lang)
        known = self._english if passage.lang == "en" else self._other
        mended: list[Mention] = []
        mentions = uncut_persons(passage.text, mentions, flags)
        for mention in passage.budget.within(MENDING, mentions):
            name = passage.text[mention.start : mention.end]
            if mention.type != "person":
                mended += self._repaired(passage, mention, known, flags)
            elif known.is_person(name):
                mended.append(mention)
            else:
                mended += persons(passage.text, mention, flags)
        mended = self._completed(passage.text, mended)
        if passage.lang in AT_HOME:
            mended = self._swallowed.parted(passage.text, mended)
            mended = self._persons.postprocess(passage.text, mended)
            mended = self._institutions.postprocess(passage.text, mended)
        mended = self._known.add(passage, tokens, starts, marked, mended)
        if passage.lang in AT_HOME:
            words = Words(passage, tokens, starts, marked, self._gazetteer)
            mended = with_shown(words, mended)
            mended = with_dotted_heads(passage.text, mended, self._gazetteer)
            mended = without_works(passage.text, mended)
            mended = without_homes(passage.text, without_kinds(passage.text, mended, flags))
            mended = with_embassies(passage.text, with_nobles(passage.text, mended))
            mended = with_holders_apart(passage.text, with_garrisons(passage.text, mended))
            mended = with_known_people(words, mended)
            mended = with_people_behind(passage.text, mended, self._gazetteer)
            mended = with_links(passage.text, mended, self._gazetteer)
            mended = with_hospitals(passage.text, mended, self._gazetteer)
            mended = with_whole_people(passage.text, mended, self._gazetteer)
            mended = with_dateline(passage.text, mended, self._gazetteer)
            mended = with_areas_for_people(with_numbers(passage.text, mended), passage.text)
            mended = with_known_branches(passage.text, mended, self._gazetteer)
            mended = with_agreement(passage.text, mended, self._gazetteer)
        elif passage.lang == "en":
            mended = self._english_repairs.repaired(passage.text, mended)
        mended = with_second_halves(passage.text, mended)
        return with_sides(passage.text, passage.lang, mended, self._gazetteer)

    def _completed(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Extend known places of which only the beginning was found: the Jawa Tengah of Jawa."""
        lengths, names = self._gazetteer.lengths, self._gazetteer.names
        for index, (start, end, kind) in enumerate(mentions):
            if kind != "place":
                continue
            words = text[start:end].lower().split()
            if lengths.get(words[0], (0,))[0] <= len(words):
                continue  # nearly always
            limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
            following = _FOLLOWING.match(text, end, limit)
            while following is not None:
                known = names.get(text[start : following.end()].lower())
                if known is not None and known.type == "place" and not known.weak:
                    mentions[index] = Mention(start, following.end(), "place")
                    break
                following = _FOLLOWING.match(text, end, text.rindex(" ", end, following.end()))
        return mentions

    def _repaired(
        self, passage: Passage, mention: Mention, known: NameVerdicts, flags: dict[str, int]
    ) -> list[Mention]:
        """Correct the name of an organisation or a place."""
        text, (start, end, kind) = passage.text, mention
        name = text[start:end]
        # What the name alone says is looked up, for all but what stands around it.
        verdict = known.of_place(name) if kind == "place" else known.of_organization(name)
        if kind == "place" and text[max(0, start - 10) : start].lower().endswith(_SHARES):
            verdict = WordsVerdict.DOUBTFUL
        if verdict is WordsVerdict.PLAIN:
            return [mention]
        if verdict is WordsVerdict.DOUBTFUL:
            return self._classified(passage, mention, flags)
        if verdict is WordsVerdict.TELLING:
            return self._phrase(passage, mention, flags)
        if goes_on(text, end, flags):
            return []
        return self._unglued(passage, mention, name.count(" ") + 1, flags)

    def _classified(
        self, passage: Passage, mention: Mention, flags: dict[str, int]
    ) -> list[Mention]:
        """Correct a name whose end, one word or surroundings may show that it is none."""
        text, (start, end, kind) = passage.text, without_measure(passage.text, mention)
        mention = Mention(start, end, kind)
        if text[end : end + 1] == "." and ends_in_initials(text, start, end):
            return [Mention(start, end + 1, kind)]  # the last dot of U.S.
        if kind == "organization" and text[max(0, start - 2) : end + 1] == LEGAL_IN_BRACKETS:
            return []  # it is part of the preceding name
        if is_of_envoy(text, start, end):
            return []
        if kind == "place" and text[max(0, start - 10) : start].lower().endswith(_SHARES):
            known = self._gazetteer.get(text[start:end])
            return [mention if known is not None else Mention(start, end, "organization")]
        if is_phrase(text[start:end]):
            return self._phrase(passage, mention, flags)
        word = text[start:end].lower()
        head = ORG_HEAD if kind == "organization" else PLACE_HEAD
        if flags.get(word, 0) & head:
            known = self._gazetteer.get(word)
            if known is None or known.weak:
                return []  # an unspecific ministry or town
        if kind == "organization" and flags.get(word, 0) & NO_NAME:
            return [] if self._gazetteer.get(word) is None else [mention]  # DBD, UTBK
        return [mention]

    def _phrase(self, passage: Passage, mention: Mention, flags: dict[str, int]) -> list[Mention]:
        """Correct a name of several words, of which some may indicate an error."""
        mention = without_small_end(passage.text, mention)
        low = passage.text[mention.start : mention.end].lower()
        if low in self._gazetteer.names:
            return [mention]
        words = low.split()
        kinds = [flags.get(word, 0) for word in words]
        if goes_on(passage.text, mention.end, flags) or all_nobody(words, flags):
            return []
        if indicate_error(words, kinds):
            return self._by_word_flags(passage, mention, kinds, flags)
        return self._unglued(passage, mention, len(words), flags)

    def _by_word_flags(
        self, passage: Passage, mention: Mention, kinds: list[int], flags: dict[str, int]
    ) -> list[Mention]:
        """Correct a name by the flags of its words."""
        words = list(_words(passage.text, mention))
        if words[0][2] == OFFICE_WORD:
            front = int(self._is_office_of(passage.text, words, flags))
        else:
            front = self._front(mention, words)
        if front:
            words, kinds = words[front:], kinds[front:]
            mention = Mention(words[0][0], mention.end, "organization")
        # A rank or a title at the end belongs to the name that follows.
        while len(words) > 1 and kinds[-1] & (RANK | HONORIFIC) and not kinds[-1] & PERSON:
            del words[-1], kinds[-1]
        # Several words that all head names of organisations name none in particular.
        if mention.type == "organization" and all(
            kind & ORG_HEAD or word in AND for kind, (_, _, word) in zip(kinds, words, strict=True)
        ):
            return [mention] if len(words) == 1 else []
        if _names_a_thing(words, kinds):
            known = self._gazetteer.get(words[0][2])
            place = known is not None and known.type == "place"
            return [Mention(words[0][0], words[0][1], "place")] if place else []
        both = two_bodies(words, kinds) if mention.type == "organization" else 0
        if both:
            second = both + 1 + (words[both + 1][2] == "the")
            return [
                Mention(words[0][0], words[both - 1][1], mention.type),
                Mention(words[second][0], words[-1][1], mention.type),
            ]
        whole = Mention(words[0][0], words[-1][1], mention.type)
        return self._unglued(passage, whole, len(words), flags)

    def _front(self, mention: Mention, words: Sequence[Word]) -> int:
        """Return the number of words before the name of an organisation that are not part of it.

        Before the name of a place a seat is removed: the PBB of Markas PBB, whether it is a place
        or not.
        """
        front = 0
        while front < len(words) - 1 and words[front][2] in FRONT:
            front += 1
        if not front or mention.type == "organization":
            return front
        known = self._gazetteer.get(" ".join(word for _, _, word in words[1:]))
        seat = words[0][2] == _SEAT and known is not None and known.type == "organization"
        return front if seat else 0

    def _is_office_of(self, text: str, words: Sequence[Word], flags: dict[str, int]) -> bool:
        """Return whether a name is the word `kantor`, in small letters, and an organisation's."""
        if len(words) < 2 or text[words[0][0]].isupper():
            return False
        for rest in (" ".join(word for _, _, word in words[1:]), words[1][2]):
            known = self._gazetteer.get(rest)
            if known is not None and not known.weak:
                return known.type == "organization"
        start, end, first = words[1]
        return bool(flags.get(first, 0) & ORG_HEAD) or text[start:end].isupper()

    def _unglued(
        self, passage: Passage, whole: Mention, words: int, flags: dict[str, int]
    ) -> list[Mention]:
        """Return a name, given the number of its words, or its parts."""
        if whole.type == "organization" and words >= _LEAST_WORDS:
            return self._split(passage, whole, flags)
        return [whole]

    def _split(self, passage: Passage, whole: Mention, flags: dict[str, int]) -> list[Mention]:
        """Apply the rules where they find an organisation followed by a person."""
        low = max(0, whole.start - _CONTEXT)
        before = passage.text[low : whole.start].rsplit(None, 1)
        if not before or not flags.get(before[-1].lower(), 0) & OFFICE:
            return [whole]
        found = self._rules.find(Passage(passage.text[low : whole.end], passage.lang))
        inside = [Mention(low + one.start, low + one.end, one.type) for one in found]
        inside = [one for one in inside if one.start >= whole.start]
        split = len(inside) > 1 and inside[-1].type == "person" and inside[-1].end == whole.end
        return inside if split and self._may_be_apart(passage.text, inside, flags) else [whole]

    def _may_be_apart(self, text: str, parts: Sequence[Mention], flags: dict[str, int]) -> bool:
        """Return whether an organisation is whole and what follows it may be a person's name."""
        owner, person = parts[-2:]
        last = text[owner.start : owner.end].rpartition(" ")[2].lower()
        words = text[person.start : person.end].lower().split()
        if flags.get(last.rstrip("."), 0) & (HONORIFIC | RANK):
            return False  # Yayasan KH Ahmad Dahlan
        return all(may_be_named(word, self._gazetteer) or "." in word for word in words[:2])


def _names_a_thing(words: Sequence[Word], kinds: Sequence[int]) -> bool:
    """Return whether a phrase names a plan, a prize or a law."""
    last = len(words) - 1
    while last and not words[last][2][0].isalpha():
        last -= 1
    if kinds[0] & ORG_HEAD or kinds[last] & ORG_TAIL:
        return False
    if words[0][2] in _SERVICES:
        return False
    return bool(kinds[last] & THING or kinds[0] & THING or (last > 1 and kinds[1] & THING))


def _words(text: str, mention: Mention) -> Iterator[Word]:
    at = mention.start
    for word in text[mention.start : mention.end].split():
        start = text.index(word, at)
        at = start + len(word)
        yield start, at, word.lower()
