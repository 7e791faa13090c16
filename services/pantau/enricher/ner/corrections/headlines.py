"""People and places in headlines, where capitals mean nothing.

In `Fans Nekat Serang Sandra Wirasena` every word has a capital, and a town's name may be a verb.
What tells is the list of common words: words that it does not have, side by side, one of which is
used in names of people, name a person.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import person_id
from pantau.enricher.lexicon.regional import REGIONAL_HEADS
from pantau.enricher.lexicon.words import NAMELESS, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.headline_case import (
    HEADLINE_WORD,
    in_sentence_case,
    is_verb,
)
from pantau.enricher.ner.corrections.headline_places import (
    is_noun_after,
    place_alone,
    with_markets,
    with_sites,
)
from pantau.enricher.ner.corrections.hyphened import kind_of_pair
from pantau.enricher.ner.corrections.persons.known_people import known_people
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.scan import ORG_TAIL, PERSON, PLACE_HEAD

_LONGEST: Final = 4
"""Words of a person's name in a headline."""
_COMMISSION: Final = re.compile(r"(?<!\w)Komisi (?:[IVX]{1,4}|[A-E]) \Z")
_LEAST_OPPONENTS: Final = 3
_MOST_OPPONENTS: Final = 12
"""Words of two clubs and a verb. A longer name is not parted in all ways that there are."""
_LONGEST_COMMISSION: Final = 13
_LONGEST_NOUN: Final = 16
"""Characters before a name in which the word before it stands."""
ReadSentence = Callable[[str], Sequence[Mention]]
"""Finds the names of a text in sentence case."""
Word = tuple[int, int, str]
"""Where a word begins and ends, and the word in lower case."""


class Headlines:
    """Adds people to what rules found in an Indonesian headline, and removes verbs. Pure."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._flags = word_flags()

    def repair(
        self, passage: Passage, mentions: Sequence[Mention], read: ReadSentence | None = None
    ) -> list[Mention]:
        """Return the names of a headline, in order, not overlapping.

        `mentions` are the known names in it. `read`, if given, finds the names of the headline as a
        sentence.
        """
        text = passage.text
        words = [
            (one.start(), one.end(), one.group().lower()) for one in HEADLINE_WORD.finditer(text)
        ]
        kept = self._kept(passage, mentions, words, read)
        taken = CharMask(len(text), ((one.start, one.end) for one in kept))
        found: list[Mention] = []
        run: list[Word] = []
        before = ""
        # The empty word at the end closes the last run.
        for start, end, low in [*words, (len(text), len(text), "")]:
            joined = bool(run) and text[run[-1][1] : start] in {" ", ". "}
            named = (
                not taken.touches(start, end)
                and self._is_name(text[start : start + 1], low)
                and not is_noun_after(low, before)
            )
            before = low
            if run and not (joined and named):
                found += self._persons(run)
                run = []
            if named:
                run.append((start, end, low))
        return sorted(kept + found + self._pairs(text, words, taken))

    def _kept(
        self,
        passage: Passage,
        mentions: Sequence[Mention],
        words: Sequence[Word],
        read: ReadSentence | None,
    ) -> list[Mention]:
        """Return known names and those read in context, without the words among them."""
        text = passage.text
        ends = [end for _, end, _ in words]
        kept = [
            one
            for one in mentions
            if not (
                text.startswith("$", one.end)
                or self._is_verb(text, one, words, ends)
                or self._is_head(text, one)
                or _is_word(text, one)
            )
        ]
        kept = [_with_commission(text, one) for one in kept]
        kept = without_overlap([*kept, *known_people(text, (start for start, _, _ in words))])
        # Written as a sentence, a headline shows which neighbours are one name.
        if read is not None:
            kept = _together(kept, read(in_sentence_case(text, kept, self._gazetteer)))
        kept = [_with_office(text, _uncounted(text, one, self._gazetteer)) for one in kept]
        kept = [part for one in kept for part in _opponents(text, one, self._gazetteer)]
        kept = [part for one in kept for part in place_alone(text, one, self._gazetteer)]
        kept = with_markets(text, [one for one in kept if not _is_noun(text, one)])
        return with_sites(text, kept)

    def _pairs(self, text: str, words: Sequence[Word], taken: CharMask) -> list[Mention]:
        """Return the places or people that a hyphen joins in a word: Prabowo-Gibran."""
        found: list[Mention] = []
        for start, end, low in words:
            first, hyphen, second = low.partition("-")
            if not hyphen or taken.touches(start, end):
                continue
            middle = start + len(first)
            kind = kind_of_pair(text[start:middle], text[middle + 1 : end], self._gazetteer)
            if kind is not None:
                found.append(Mention(start, middle, kind))
                found.append(Mention(end - len(second), end, kind))
        return found

    def _persons(self, run: Sequence[Word]) -> list[Mention]:
        """Return a run of words as a person, if one of them is used in names of people."""
        known = any(self._flags.get(low, 0) & PERSON for _, _, low in run)
        public = len(run) == 1 and person_id(run[0][2]) is not None
        if not public and (not known or not 1 < len(run) <= _LONGEST):
            return []
        return [Mention(run[0][0], run[-1][1], "person")]

    def _is_name(self, first: str, low: str) -> bool:
        """Return whether a word may be part of a person's name."""
        seen = self._flags.get(low, 0)
        if not first.isupper() or is_common(low) or is_common(f"di{low}"):
            return False
        if seen & PERSON:
            return True
        known = self._gazetteer.get(low)
        return not (seen & NAMELESS or known is not None or is_affixed(low))

    def _is_head(self, text: str, one: Mention) -> bool:
        """Return whether a place is nothing but the word for a kind: Pulau Terpencil."""
        low = text[one.start : one.end].lower()
        head = bool(self._flags.get(low, 0) & PLACE_HEAD)
        return one.type == "place" and head and self._gazetteer.get(low) is None

    def _is_verb(self, text: str, one: Mention, words: Sequence[Word], ends: Sequence[int]) -> bool:
        """Return whether a place is rather a word: Serang without `di` or `Warga` before it.

        `ends` are those of the words.
        """
        if one.type != "place":
            return False
        at = bisect_left(ends, one.start)
        if at == 0 and len(words) > 1 and _is_passive(words[1][2]):
            return False  # Serang Dilanda Banjir
        return is_verb(
            text[one.start : one.end].lower(), words[at - 1][2] if at else "", self._flags
        )


def _is_passive(low: str) -> bool:
    """Return whether a word is a verb that something is done to what stands before it."""
    return low.startswith("di") and (is_affixed(low) or is_common(low))


def _with_commission(text: str, one: Mention) -> Mention:
    """Return a parliament with its commission: Komisi II DPR."""
    if one.type != "organization" or not text.startswith("DPR", one.start):
        return one
    found = _COMMISSION.search(text, max(0, one.start - _LONGEST_COMMISSION), one.start)
    return one if found is None else Mention(found.start(), one.end, one.type)


def _with_office(text: str, one: Mention) -> Mention:
    """Return a region with the office of it that stands before: Dinkes Jatim."""
    if one.type != "place" or text[one.start - 1 : one.start] != " ":
        return one
    word = text[max(0, one.start - _LONGEST_NOUN) : one.start - 1].rpartition(" ")[2]
    if word.lower() not in REGIONAL_HEADS or word.islower():
        return one
    return Mention(one.start - 1 - len(word), one.end, "organization")


def _uncounted(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the place of those who are counted: 3 Pemuda Cianjur."""
    parts = text[one.start : one.end].split(" ", 2)
    if len(parts) <= 2 or not parts[0].isdigit():
        return one
    known = gazetteer.get(parts[2])
    if known is None or known.type != "place":
        return one
    return Mention(one.end - len(parts[2]), one.end, "place")


def _opponents(text: str, one: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """Return both clubs of a result, without the verb: PSG Bantai Inter Milan."""
    words = text[one.start : one.end].split(" ")
    if one.type != "organization" or not _LEAST_OPPONENTS <= len(words) <= _MOST_OPPONENTS:
        return [one]
    if gazetteer.get(" ".join(words)) is not None:
        return [one]
    for at in range(1, len(words) - 1):
        first, second = " ".join(words[:at]), " ".join(words[at + 1 :])
        clubs = gazetteer.get(first), gazetteer.get(second)
        apart = words[at].istitle() and word_flags().get(words[at].lower(), 0) & ORG_TAIL == 0
        if apart and all(club is not None and club.type == "organization" for club in clubs):
            begin = one.end - len(second)
            return [
                Mention(one.start, one.start + len(first), "organization"),
                Mention(begin, one.end, "organization"),
            ]
    return [one]


def _is_noun(text: str, one: Mention) -> bool:
    """Return whether a person or place is a noun after the word before it: Banjir Rob."""
    before = text[max(0, one.start - _LONGEST_NOUN) : one.start].lower().split()
    name = text[one.start : one.end].lower()
    return one.type != "organization" and is_noun_after(name, before[-1] if before else "")


def _is_word(text: str, one: Mention) -> bool:
    """Return whether an organisation is rather a common word: Beda Data Antara Dua Kementerian."""
    if one.type != "organization" or not text.startswith(" ", one.end):
        return False
    name = text[one.start : one.end]
    return name.istitle() and is_common(name)


def _together(known: Sequence[Mention], read: Sequence[Mention]) -> list[Mention]:
    """Return known names and those read in context; of two that overlap, the longer one.

    Of two equally long ones the list of known names is right, and so it is of a place that joins
    two known ones: Rusia Serang Kyiv.
    """
    spans = {(one.start, one.end) for one in known}
    starts = [one.start for one in known if one.type == "place"]
    apart = [
        one
        for one in read
        if (one.start, one.end) not in spans
        and (one.type != "place" or not _joins_places(one, starts))
    ]
    return without_overlap([*known, *apart])


def _joins_places(one: Mention, starts: Sequence[int]) -> bool:
    """Return whether a place begins with a known one and holds another; `starts` are in order."""
    first = bisect_left(starts, one.start)
    inside = bisect_left(starts, one.end) - first
    return inside > 1 and starts[first] == one.start
