"""Quotations of an article, with their speakers.

Text between marks (`pantau.enricher.quotations.marks`) is not always spoken: it may be a title, a
name, or scare quotes. It is a quotation if a reporting verb is beside it, or if it is a complete
sentence. The speaker is derived from its context, see `pantau.enricher.quotations.speakers`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pantau.enricher.budget import QUOTATIONS, UNLIMITED, Budget
from pantau.enricher.ner.engine import Ranges
from pantau.enricher.quotations.marks import Quoted, find_quoted
from pantau.enricher.quotations.speakers import Evidence, Named, Speakers

LEAST_ALONE: Final = 4
"""Minimum number of words of a quotation without an adjacent reporting verb."""
LEAST_BESIDE: Final = 2
"""Minimum number of words with one."""
LEAST_WITHIN: Final = 3
"""Words that a quotation within a sentence has at least, if a word of saying stands close by."""
_ANY_MARK: Final = ('"', "“", "”", "„", "«", "»", "‘", ",'", ".'", "!'", "?'")
"""Marks of quotations; a straight single one only after a mark of a sentence."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_MARKS: Final = frozenset(".,!?…;")
_SURE: Final = 150
"""A text of so many characters is always a quotation."""
_MOST_WORDS: Final = 12
"""Maximum number of words of a possible title."""


class Quote(NamedTuple):
    """The half-open range of a quotation without its marks, and its speaker's canonical name."""

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
    canonical name; `skip` is boilerplate, in order.
    """
    quoted = find_quoted(text)
    if not quoted:
        return []
    speakers = Speakers(text, named, roles)
    found: list[Quote] = []
    waiting: list[Quoted] = []  # paragraphs of an unfinished quotation
    previous, at = 0, 0
    for number, one in budget.within(QUOTATIONS, list(enumerate(quoted))):
        while at < len(skip) and skip[at][1] <= one.start:
            at += 1
        if at < len(skip) and skip[at][0] < one.end:
            continue
        following = quoted[number + 1].opening if number + 1 < len(quoted) else len(text)
        told = speakers.evidence(one, previous, following)
        if one.goes_on:
            waiting.append(one)
        elif waiting or is_said(text, one, told):
            speaker = speakers.resolve(told, waiting[0].start if waiting else one.start, one.end)
            found += [Quote(piece.start, piece.end, speaker) for piece in (*waiting, one)]
            waiting = []
        previous = one.after
    return found


def is_said(text: str, one: Quoted, told: Evidence) -> bool:
    """Return whether the text between marks is spoken."""
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
    """Return whether it Is in Title Case and does not end like a sentence."""
    if ended or len(words) > _MOST_WORDS:
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return capitals * 10 >= len(words) * 6 and (len(words) > 1 or capitals == 1)
