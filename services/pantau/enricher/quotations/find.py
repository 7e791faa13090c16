"""What people are quoted with, and who says it.

Of all that stands between marks (`pantau.enricher.quotations.marks`) some is not said by anybody:
titles, names, words that the writer keeps at a distance. It is a quotation where a word of saying
stands beside it, or where it is a sentence that stands for itself. Who says it is read from the
words around it, see `pantau.enricher.quotations.speakers`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pantau.enricher.budget import QUOTATIONS, UNLIMITED, Budget
from pantau.enricher.ner.engine import Ranges
from pantau.enricher.quotations.marks import Quoted, find_quoted
from pantau.enricher.quotations.speakers import Named, Speakers, Told

LEAST_ALONE: Final = 4
"""Words that a quotation has at least where no word of saying stands right beside it."""
LEAST_BESIDE: Final = 2
"""Words that it has at least where one does."""
LEAST_WITHIN: Final = 3
"""Words that a quotation within a sentence has at least, if a word of saying stands close by."""
_ANY_MARK: Final = ('"', "“", "”", "„", "«", "»", "‘", ",'", ".'", "!'", "?'")
"""Marks of quotations; a straight single one only after a mark of a sentence."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_MARKS: Final = frozenset(".,!?…;")
_SURE: Final = 150
"""Characters of which nothing but a quotation consists."""
_MOST_WORDS: Final = 12
"""Words of what may be a title."""


class Quote(NamedTuple):
    """Half-open range of what is said, without the marks, and the normal form of who says it."""

    start: int
    end: int
    speaker: str | None


def may_quote(text: str) -> bool:
    """Return whether there are quotation marks; quicker than to look for quotations."""
    return any(mark in text for mark in _ANY_MARK)


def find_quotations(
    text: str,
    named: Sequence[Named],
    roles: Mapping[str, Sequence[str]],
    skip: Ranges = (),
    budget: Budget = UNLIMITED,
) -> list[Quote]:
    """Return the quotations of a text, in order.

    `named` are the mentions of people and organisations in it, in order; `roles` the offices by
    normal form; `skip` is boilerplate, in order.
    """
    quoted = find_quoted(text)
    if not quoted:
        return []
    speakers = Speakers(text, named, roles)
    found: list[Quote] = []
    waiting: list[Quoted] = []  # paragraphs of a quotation whose end is still to come
    previous, at = 0, 0
    for number, one in budget.within(QUOTATIONS, list(enumerate(quoted))):
        while at < len(skip) and skip[at][1] <= one.start:
            at += 1
        if at < len(skip) and skip[at][0] < one.end:
            continue
        following = quoted[number + 1].opening if number + 1 < len(quoted) else len(text)
        told = speakers.told(one, previous, following)
        if one.goes_on:
            waiting.append(one)
        elif waiting or is_said(text, one, told):
            speaker = speakers.resolve(told, waiting[0].start if waiting else one.start, one.end)
            found += [Quote(piece.start, piece.end, speaker) for piece in (*waiting, one)]
            waiting = []
        previous = one.after
    return found


def is_said(text: str, one: Quoted, told: Told) -> bool:
    """Return whether what stands between marks is said by somebody."""
    ended = text[one.end - 1] in _SENTENCE_MARKS
    limit = min(one.end, one.start + _SURE)
    if told.place == "after" and ended:
        return one.end > limit or _WORD.search(text, one.start, limit) is not None
    words = _WORD.findall(text, one.start, limit)
    if not words:
        return False
    if _is_title(words, ended=ended):
        return False
    if told.place == "after":
        return told.starts or len(words) >= LEAST_BESIDE
    if told.place == "before":
        return len(words) >= LEAST_BESIDE or ended
    if told.place == "within":
        return len(words) >= (LEAST_WITHIN if told.close else LEAST_ALONE)
    capital = words[0][0].isupper() or words[0][0].isdigit()
    return told.starts and capital and len(words) >= LEAST_ALONE and (ended or told.ends)


def _is_title(words: Sequence[str], *, ended: bool) -> bool:
    """Return whether it Has Capitals as Titles Have and does not end as sentences do."""
    if ended or len(words) > _MOST_WORDS:
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return capitals * 10 >= len(words) * 6 and (len(words) > 1 or capitals == 1)
