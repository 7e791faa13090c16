"""The mentions that may be speakers, and how they stand in their sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pantau.enricher.lexicon.words import Flag, words_with
from pantau.enricher.quotations.verbs import (
    ACCORDING,
    FRONTED,
    KIN,
    LONG,
    NO_SUBJECT_AFTER,
    PERSON_NOUNS,
)
from pantau_schemas.events.article import EntityType

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TITLES_REACH: Final = 70
"""Characters before a name in which its titles, and the word before these, are searched."""
_SENTENCE: Final = re.compile(r"[.!?]['\"”’)]?[\s,]+(?=[A-Z])")
_LAST_LETTERS: Final = re.compile(r"[^\W\d_]{0,5}$")
_SHORT: Final = 4
"""Letters of the longest abbreviation that a full stop may follow within a sentence."""
_ABBREVIATED_NAMES: Final = frozenset(
    {"abd", "moh", "muh", "mhd", "moch", "much", "st", "md", "jend", "sdr", "yth"}
)
_FULL_TITLES: Final = frozenset(
    {"pak", "bu", "ibu", "mas", "mbak", "bang", "kak", "adik", "tuan", "puan", "romo", "miss"}
    | {"sir", "dame", "tni", "ad", "al", "au"}
)
"""Titles that are no abbreviations."""
_TITLE: Final = int(Flag.RANK | Flag.HONORIFIC | Flag.DEGREE)
_NO_VERBS: Final = frozenset({"meski", "meskipun", "mereka", "menteri", "melayu", "medis"})
"""Words that begin like a transitive verb and are none."""
_LEAST_VERB: Final = 5


class Named(NamedTuple):
    """A mention of a possible speaker: a half-open range, the canonical name, the type."""

    start: int
    end: int
    name: str
    type: EntityType


class Roster:
    """The people and organisations of a text, in order."""

    def __init__(self, text: str, named: Sequence[Named]) -> None:
        self.text = text
        self._named = [one for one in named if one.type != "place"]
        self._starts = [one.start for one in self._named]

    def between(self, start: int, end: int) -> Iterator[Named]:
        """Yield the mentions that begin between two positions."""
        at = bisect_left(self._starts, start)
        while at < len(self._named) and self._starts[at] < end:
            yield self._named[at]
            at += 1

    def people(self, start: int, end: int) -> list[Named]:
        """Return the people whose mentions begin between two positions."""
        return [one for one in self.between(start, end) if one.type == "person"]

    def subjects(self, start: int, end: int) -> list[Named]:
        """Return who may be the subject of the sentence at `start`, between two positions.

        Without those whom it speaks about or to, be it before the subject: `Soal pencopotan Ani
        Wijaya, Budi Santoso menjawab`.
        """
        people = self.people(start, end)
        if len(people) > 1 and (first := _WORD.match(self.text, start)):
            comma = self.text.find(",", start, end) if first.group().lower() in FRONTED else -1
            people = [one for one in people if one.start > comma] or people
        if len(people) > 1 and "diwakili" in self.text[people[0].end : people[1].start]:
            people = people[1:]  # Bupati Ani Wijaya yang diwakili Sekda Budi Santoso mengatakan
        return [one for one in people if not self.is_object(one, start)]

    def is_object(self, one: Named, floor: int) -> bool:
        """Return whether a sentence speaks about or to a person, who is not its subject.

        `tentang Ani Wijaya`, `kepada Bupati Ani Wijaya`, `menangkap tersangka Ani Wijaya`. The
        text before `floor`, the beginning of the sentence, is not read.
        """
        if self.text[one.start - 1 : one.start] != " ":
            return False  # behind a mark: the words before it need not be read
        words, end = self._words_before(one, floor), one.start
        for word in reversed(words):
            if self.text[word.end() : end] != " ":
                return False
            low, end = word.group().lower(), word.start()
            if low in NO_SUBJECT_AFTER:
                # Those according to whom something is said are the ones who speak.
                return not (low == "to" and self.text.endswith("ccording ", floor, word.start()))
            if word.group()[0].isupper() or low in PERSON_NOUNS:
                continue
            return (
                low.startswith("me")
                and len(low) >= _LEAST_VERB
                and not (low in LONG or low in ACCORDING or low in _NO_VERBS)
            )
        return False

    def is_relative(self, one: Named, floor: int) -> bool:
        """Return whether a name is only there to say whose relative or lawyer speaks.

        `kata istri Ani Wijaya`, `said Jane Roe's brother`.
        """
        if self.text[one.end : one.end + 2] in {"'s", "’s"}:
            return True
        words = self._words_before(one, floor)
        return bool(words) and words[-1].group() in KIN

    def _words_before(self, one: Named, floor: int) -> list[re.Match[str]]:
        begin = max(floor, one.start - _TITLES_REACH)
        return list(_WORD.finditer(self.text, begin, one.start))


def sentence_stop(text: str, start: int, end: int) -> int:
    """Return where a sentence ends that goes on at `start`; `end` if it does not end before.

    A full stop after an abbreviated title or name, or an initial, ends none: `kata Dr. Ani`.
    """
    for found in _SENTENCE.finditer(text, start, end):
        before = _LAST_LETTERS.search(text, max(start, found.start() - _SHORT - 1), found.start())
        if not _is_abbreviated(before.group() if before else ""):
            return found.start()
    return end


def _is_abbreviated(word: str) -> bool:
    if not word or len(word) > _SHORT:
        return False
    if len(word) == 1:
        return word.isupper()
    low = word.lower()
    if low in _FULL_TITLES:
        return False
    return low in words_with(_TITLE) or (low in _ABBREVIATED_NAMES and word.istitle())
