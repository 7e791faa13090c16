"""Quotations of an article, with their speakers.

Text between marks (`pantau.enricher.quotations.marks`) is not always spoken: it may be a title, a
name, or scare quotes. It is a quotation if a reporting verb is beside it, or if it is a complete
sentence. The speaker is derived from its context, see `pantau.enricher.quotations.speakers`.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pantau.enricher.budget import QUOTATIONS, UNLIMITED, Budget
from pantau.enricher.ner.engine import Ranges
from pantau.enricher.quotations.indirect import ReportedClause, find_clauses
from pantau.enricher.quotations.marks import Quoted, find_quoted, touching
from pantau.enricher.quotations.named import Named
from pantau.enricher.quotations.speakers import AHEAD, Evidence, Speakers
from pantau.enricher.quotations.verbs import SAYS
from pantau_schemas.events.article import QuotationKind

LEAST_ALONE: Final = 4
"""Minimum number of words of a quotation without an adjacent reporting verb."""
LEAST_BESIDE: Final = 2
"""Minimum number of words with one."""
LEAST_WITHIN: Final = 3
"""Words that a quotation within a sentence has at least, if a word of saying stands close by."""
_ANY_MARK: Final = (
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "‘",
    "'",
    "`",
    " bahwa ",
    " bahawa ",
    " that ",
    "Menurut",
    "According to",
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_MARKS: Final = frozenset(".,!?…;")
_SURE: Final = 150
"""A text of at least this many characters is always a quotation."""
_FEW: Final = 8
"""Words after a quotation among which a word of saying is its own."""
_MOST_WORDS: Final = 12
"""Maximum number of words of a possible title."""


class Quote(NamedTuple):
    """The half-open range of a quotation without its marks, and its speaker's canonical name.

    `kind` is `indirect` for what the article tells in its own words.
    """

    start: int
    end: int
    speaker: str | None
    kind: QuotationKind = "direct"


def may_quote(text: str) -> bool:
    """Return whether there may be quotations; quicker than to look for them."""
    return any(mark in text for mark in _ANY_MARK)


def find_quotations(
    text: str,
    named: Sequence[Named],
    roles: Mapping[str, Sequence[str]],
    skip: Ranges = (),
    budget: Budget = UNLIMITED,
) -> list[Quote]:
    """Return the quotations of a text, direct and indirect, in order.

    `named` are the mentions of people and organisations in it, in order; `roles` the offices by
    canonical name; `skip` is boilerplate, in order.
    """
    quoted = find_quoted(text)
    touches = touching(quoted)
    clauses = [one for one in find_clauses(text) if not touches(one.opening, one.end)]
    if not quoted and not clauses:
        return []
    return _Finder(text, Speakers(text, named, roles)).find(quoted, clauses, skip, budget)


class _Finder:
    """Decides in the order of a text, since a speaker may be the one before."""

    def __init__(self, text: str, speakers: Speakers) -> None:
        self._text = text
        self._speakers = speakers
        self._waiting: list[Quoted] = []  # paragraphs of an unfinished quotation
        self._previous = 0

    def find(
        self, quoted: list[Quoted], clauses: list[ReportedClause], skip: Ranges, budget: Budget
    ) -> list[Quote]:
        found: list[Quote] = []
        openings = [one.opening for one in quoted]
        at = 0
        for one in budget.within(QUOTATIONS, _in_order(quoted, clauses)):
            while at < len(skip) and skip[at][1] <= one.start:
                at += 1
            if at < len(skip) and skip[at][0] < one.end:
                continue
            if isinstance(one, ReportedClause):
                found += self._indirect(one)
            else:
                following = bisect_right(openings, one.opening)
                limit = openings[following] if following < len(openings) else len(self._text)
                found += self._direct(one, limit)
        return found

    def _direct(self, one: Quoted, following: int) -> list[Quote]:
        told = self._speakers.evidence(one, self._previous, following)
        self._previous, before = one.after, self._previous
        if one.goes_on:
            self._previous = before
            self._waiting.append(one)
            return []
        said = is_said(self._text, one, told) or self._goes_on_behind(before, one, told)
        if not self._waiting and not said:
            return []
        pieces = [*self._waiting, one]
        self._waiting = []
        speaker = self._speakers.resolve(told, pieces[0].start, one.end)
        return [Quote(piece.start, piece.end, speaker) for piece in pieces]

    def _goes_on_behind(self, before: int, one: Quoted, told: Evidence) -> bool:
        """Return whether a short sentence goes on behind the words that name the speaker.

        `"We have no plan," said Jane Roe. "We never had."`
        """
        text = self._text
        between = text[before : one.opening]
        if not before or len(between) > AHEAD or "\n" in between or not told.starts:
            return False
        if told.place not in {"", "within"}:
            return False
        said = not SAYS.isdisjoint(_WORD.findall(between)[:_FEW])
        ended = text[one.end - 1] in _SENTENCE_MARKS and text[one.start].isupper()
        return said and ended and _WORD.search(text, one.start, one.end) is not None

    def _indirect(self, one: ReportedClause) -> list[Quote]:
        """Return a clause whose speaker is known; `-nya` after it means that speaker."""
        start = self._speakers.behind_name(one.start, one.end)
        cue = one.cue if start == one.start else start - len(", ")
        speaker = self._speakers.reporter(one.opening, cue)
        return [] if speaker is None else [Quote(start, one.end, speaker, "indirect")]


def _in_order(quoted: list[Quoted], clauses: list[ReportedClause]) -> list[Quoted | ReportedClause]:
    both: list[Quoted | ReportedClause] = [*quoted, *clauses]
    return sorted(both, key=lambda one: one.start)


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
