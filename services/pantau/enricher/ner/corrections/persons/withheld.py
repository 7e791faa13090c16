"""People who are called by initials, and people whom their age shows: berinisial PR, Rohmat (45).

Newspapers withhold the names of suspects and victims. The article says once that letters are
initials; from then on they stand alone, where an engine takes them for a body. Letters that the
article calls initials name nobody; those with an age or a rank stand for a person.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.persons.name_words import (
    may_be_full_name,
    may_be_named,
)
from pantau.enricher.ner.corrections.spans import with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import RANK

_CALLED: Final = "inisial "
_ALL: Final = re.compile(
    r"[A-Z]{1,4}(?: \(\d\d(?: tahun)?\))?"
    r"(?:(?:, dan | dan |, serta | serta |, )[A-Z]{1,4}(?: \(\d\d(?: tahun)?\))?(?!\w))*(?!\w)"
)
"""Initials after the word, each of which may have an age."""
_INITIALS: Final = re.compile(r"[A-Z]{2,4}")
_OPENING: Final = " ("
_AGE: Final = re.compile(r" \(\d\d?(?: tahun| thn| th)?\)")
_BEFORE_AGE: Final = re.compile(
    r"(?<![\w.'’-])(?:[A-Z]{2,4}"
    r"|[A-Z][a-z'’]+(?: (?:[A-Z][a-z'’]+|[A-Z]\.|bin|binti|br))*)\Z"
)
"""The name before an age: initials, or words of a name."""
_TWO_DIGITS: Final = len(" (1")
"""Where the second digit of an age stands; a name with one digit is more likely counted."""
_LONGEST: Final = 60
"""Characters before an age that are read."""
_LONGEST_TITLED: Final = 14
"""Characters of a rank with initials: Brigadir RSD."""
_MOST_INITIALS: Final = 3
_NO_INITIALS: Final = frozenset({"RT", "RW", "KM", "RI", "AS"})
"""Letters that are initials of nobody: RT 05, KM 36."""
_LISTED: Final = re.compile(r" \(\d\d(?: tahun)?\)(?:, dan |, | dan | serta )\Z")
"""The age of the one before in a list: Wasini (50), dan Melati (30)."""
_LONGEST_AGE: Final = 20


def with_withheld(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions without initials, but those of a person whom an age or a rank shows."""
    mentions = [_unranked(text, one) if text[one[1] - 1].isupper() else one for one in mentions]
    unnamed = {text[one.start : one.end] for one in _called(text)}
    if unnamed:
        mentions = [one for one in mentions if text[one.start : one.end] not in unnamed]
    shown, named = _aged(text, unnamed, gazetteer)
    if not (shown or named):
        return mentions
    names = {text[one.start : one.end] for one in shown}
    kept = _as_people(text, mentions, names, gazetteer) if names else mentions
    unknown = [one for one in shown if gazetteer.get(text[one.start : one.end]) is None]
    return with_free(len(text), kept, [*unknown, *named])


def _aged(
    text: str, unnamed: set[str], gazetteer: Gazetteer
) -> tuple[list[Mention], list[Mention]]:
    """Return the initials and the names that an age follows."""
    shown: list[Mention] = []
    named: list[Mention] = []
    for at in _ages(text):
        found = _BEFORE_AGE.search(text, max(0, at - _LONGEST), at)
        if found is None:
            continue
        if found.group().isupper():
            if found.group() not in unnamed and found.group() not in _NO_INITIALS:
                shown.append(Mention(*found.span(), "person"))
        elif text[at + _TWO_DIGITS].isdigit():
            named += _named(text, found.span(), gazetteer)
    return shown, named


def _ages(text: str) -> Iterator[int]:
    """Yield where an age begins, with the blank before its bracket; a plain search is quickest."""
    at = text.find(_OPENING)
    while at >= 0:
        if _AGE.match(text, at) is not None:
            yield at
        at = text.find(_OPENING, at + 1)


def _called(text: str) -> Iterator[Mention]:
    """Yield the initials after the word for them: berinisial BW (41), SN (29), dan UY."""
    at = text.find(_CALLED)
    while at >= 0:
        at += len(_CALLED)
        run = _ALL.match(text, at)
        if run is not None:
            for one in _INITIALS.finditer(text, *run.span()):
                if one.group() not in _NO_INITIALS:
                    yield Mention(*one.span(), "person")
        at = text.find(_CALLED, at)


def _as_people(
    text: str, mentions: Sequence[Mention], names: set[str], gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions, those that are initials as people.

    Letters that a body is known by are left out: here they are not the body's.
    """
    found: list[Mention] = []
    for one in mentions:
        name = text[one.start : one.end]
        if name not in names:
            found.append(one)
        elif gazetteer.get(name) is None:
            found.append(Mention(one.start, one.end, "person"))
    return found


def _unranked(text: str, one: Mention) -> Mention:
    """Return a person in place of a rank and initials: the AG of Bripda AG."""
    start, end, kind = one
    if kind == "place" or end - start > _LONGEST_TITLED or not text[end - 2 : end].isupper():
        return one
    rank, _, name = text[start:end].partition(" ")
    initials = _MOST_INITIALS >= len(name) > 1 and name.isupper() and name.isalpha()
    if not initials or not rank.istitle() or not word_flags().get(rank.lower(), 0) & RANK:
        return one
    return Mention(end - len(name), end, "person")


def _named(text: str, span: tuple[int, int], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the name before an age, without the words before it: Korban Rohmat (45)."""
    start, end = span
    if _LISTED.search(text, max(0, start - _LONGEST_AGE), start) is not None:
        yield Mention(start, end, "person")
        return
    name = text[start:end]
    while name and gazetteer.get(name) is None:
        words = [word.lower() for word in name.split(" ") if word[0].isupper() and word[-1] != "."]
        if may_be_full_name(words, gazetteer):
            yield Mention(end - len(name), end, "person")
            return
        if may_be_named(words[0], gazetteer):
            return
        name = name.partition(" ")[2]
