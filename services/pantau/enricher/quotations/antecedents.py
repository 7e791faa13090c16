"""The person meant by `dia`, `-nya`, `he` beside a quotation: one named in the sentences before.

That is the last person with a reporting verb, else the subject of the preceding sentence, else the
speaker of the quotation before. A person whom a sentence speaks about is never meant.
"""

import re
from typing import Final

from pantau.enricher.quotations.named import Named, Roster
from pantau.enricher.quotations.verbs import (
    ACCORDING,
    ENGLISH,
    LONG,
    PASSIVE,
    STANCES,
    STEMS,
)

FAR: Final = 900
"""Maximum distance of the antecedent of `he` in characters."""
BACK: Final = 240
"""Characters before a quotation in which its introductory sentence is searched."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Both begin with the set of their first characters, which the search skips to: they run over
# the sentences around each quotation.
SENTENCE_END: Final = re.compile(
    r"[.!?\n](?:(?<=\n)|(?<=[^\W\d_][^\W\d_]\.)(?<![^\W\d_]{3}\.)\s(?!.)"
    r"|(?<!\n)['\"”’)]{0,2}[\s,]{1,3}(?=[\"“”„A-Z0-9]))"
)
SUBJECT_BREAK: Final = re.compile(
    r"[\n\"“”„;!?.](?:(?<=[\n\"“”„;])|(?<=[!?])\s|(?<=\.)(?<![.\s][A-Z]\.)\s)"
)
"""The end of a sentence or clause; no initial is one: U.S. Attorney Jane Roe."""
_BETWEEN_VERB_AND_NAME: Final = frozenset(
    {"dan", "of", "the", "and", "bidang", "urusan", "oleh", "langsung", "by"}
)
_VERB_REACH: Final = 60
_APPOSITION: Final = 90
_TITLES_REACH: Final = 70
_PRONOUN: Final = re.compile(r"(?:He|She|Dia|Ia)\s")
_MOST_BACK: Final = 3
"""Sentences in a row that begin with a pronoun."""
_OPENING_WORDS: Final = 6
"""Maximum number of words before the subject of a sentence."""


class Antecedents:
    """The person who is meant, by the people of a text and the speaker before."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._text = roster.text

    def before(self, start: int, last: str | None, last_end: int) -> str | None:
        """Return the person whom a pronoun at `start` means.

        `last` is the speaker of the quotation before, which ends at `last_end`.
        """
        floor = max(last_end, start - FAR)
        people = self._roster.people(floor, start)
        # Who speaks there is meant, the nearest first; else the subject of the sentence before,
        # else who spoke last.
        for one in reversed(people):
            if self._speaks(one, start):
                return one.name
        people = [one for one in people if not self._roster.is_object(one, floor)]
        if not people:
            return last
        sentence = self._sentence_before(start, floor)
        # `She` opens a sentence about the person before: who is meant opened an earlier one.
        for _ in range(_MOST_BACK):
            if sentence <= floor or _PRONOUN.match(self._text, sentence) is None:
                break
            sentence = self._sentence_before(sentence, floor)
        subject = next(iter(self._roster.subjects(sentence, start)), None)
        if last is not None and (subject is None or not self._opens(subject, sentence)):
            return last
        if subject is not None:
            return subject.name
        paragraph = self._text.rfind("\n", floor, people[-1].start) + 1
        return next(one.name for one in people if one.start >= paragraph)

    def _sentence_before(self, start: int, floor: int) -> int:
        """Return the start of the sentence before a quotation."""
        text = self._text
        end = start
        while end > floor and text[end - 1] in ' ,."“”\n\t':
            end -= 1
        begin = max(floor, end - BACK)
        for found in SENTENCE_END.finditer(text, begin, end):
            begin = found.end()
        return begin

    def _opens(self, one: Named, sentence: int) -> bool:
        """Return whether a sentence begins with a name, or with the titles before it."""
        words = _WORD.findall(self._text, sentence, one.start)
        return len(words) <= _OPENING_WORDS and all(word[0].isupper() for word in words)

    def _speaks(self, one: Named, limit: int) -> bool:
        """Return whether a reporting verb is beside a name.

        `Ani Wijaya juga menilai`, `kata Ketua KPK Ani Wijaya`, `disampaikan oleh Ani Wijaya`.
        """
        text = self._text
        after = one.end
        if text[after : after + 2] == ", ":  # an apposition
            comma = text.find(",", after + 2, min(limit, after + _APPOSITION))
            after = comma + 1 if comma > 0 else after
        stop = SUBJECT_BREAK.search(text, after, min(limit, after + _VERB_REACH))
        end = stop.start() if stop else min(limit, after + _VERB_REACH)
        for word in _WORD.findall(text, after, end)[:4]:
            if word in LONG or word in ENGLISH or word in STANCES:
                return not self._roster.is_object(one, max(0, one.start - _TITLES_REACH))
        for word in reversed(_WORD.findall(text, max(0, one.start - _TITLES_REACH), one.start)):
            low = word.lower()
            if low in STEMS or low in ACCORDING or low in ENGLISH or low in PASSIVE:
                return True
            if not word[0].isupper() and low not in _BETWEEN_VERB_AND_NAME:
                return False
        return False
