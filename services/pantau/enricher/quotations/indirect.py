"""Indirect speech: a statement by the article's own words.

`Ani Wijaya mengatakan bahwa jalan akan ditutup.` and `Menurut Ani Wijaya, jalan akan ditutup.`;
`Jane Roe said that the road would close.` Where a clause begins is found by its conjunction, or by
the first comma after `Menurut` and a name; it reaches to the end of the sentence.
"""

import re
from typing import Final, NamedTuple

from pantau.enricher.linking.roles import role_after
from pantau.enricher.quotations.antecedents import BACK, SENTENCE_END
from pantau.enricher.quotations.verbs import (
    DENYING,
    ENGLISH,
    LONG,
    NEGATIONS,
    ONLY,
    STEMS,
    THINGS_SAID,
)

_CONJUNCTIONS: Final = (" bahwa ", " bahawa ", " that ")
_SAYING: Final = {
    " bahwa ": LONG | STEMS,
    " bahawa ": LONG | STEMS,
    " that ": ENGLISH,
}
_NEAR: Final = {" bahwa ": 20, " bahawa ": 20, " that ": 4}
"""Words between a verb and its conjunction, and one more; `that` may belong to a noun as well."""
_DEGREES: Final = re.compile(
    r"(?:,\s(?:(?:[A-Z][A-Za-z]{0,3}\.){1,4}(?:[A-Z][a-z]{0,3})?\.?|[SM][A-Z][a-z]{0,2}))"
    r"{1,6}(?=,)"
)
_ACCORDING: Final = ("Menurut", "According to")
_GLANCE: Final = {" bahwa ": 240, " bahawa ": 240, " that ": 60}
"""Characters before a conjunction that nearly always hold one word more than `_NEAR`."""
_REACH: Final = 600
"""Maximum length of a clause in characters; what is longer is cut there by no end of a sentence."""
_HEAD: Final = 160
"""Characters after `Menurut` in which the name and its comma are."""
_LEAST_WORDS: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_END: Final = re.compile(
    r"[.!?\n](?:(?<=\n)|(?<!\n)['\"”’)]{0,2}(?:[\s,]{1,3}(?=[\"“”„A-Z0-9])|\s*$))", re.MULTILINE
)
_MARKS: Final = frozenset('"“”„«»')


class ReportedClause(NamedTuple):
    """A clause of indirect speech: its range, and the range of words that introduce it.

    `opening` is where the sentence begins, `cue` where the introduction ends.
    """

    start: int
    end: int
    opening: int
    cue: int


def find_clauses(text: str) -> list[ReportedClause]:
    """Return the clauses that a person may say, in order, without overlaps."""
    found = [
        clause
        for conjunction in filter(text.__contains__, _CONJUNCTIONS)
        for clause in _after(text, conjunction)
    ]
    found += [
        clause
        for word in filter(text.__contains__, _ACCORDING)
        for clause in _according(text, word)
    ]
    found.sort()
    return [one for at, one in enumerate(found) if not at or one.start >= found[at - 1].end]


def _after(text: str, conjunction: str) -> list[ReportedClause]:
    found: list[ReportedClause] = []
    saying = _SAYING[conjunction]
    at = text.find(conjunction)
    while at >= 0:
        start = at + len(conjunction)
        if _is_surely_unsaid(text, at, conjunction):
            at = text.find(conjunction, start - 1)
            continue
        opening = sentence_start(text, at)
        if _is_said(_WORD.findall(text, opening, at)[-_NEAR[conjunction] :], saying):
            clause = _clause(text, start, opening, at)
            if clause is not None:
                found.append(clause)
                start = max(start, clause.end - 1)
        at = text.find(conjunction, start - 1)
    return found


def _is_surely_unsaid(text: str, at: int, conjunction: str) -> bool:
    """Return whether no words before a conjunction at `at` make it a clause that a person says.

    Most are such, and where their sentence begins need not be found: fewer words of it say no more.
    """
    near = _NEAR[conjunction]
    words = _WORD.findall(text, max(0, at - _GLANCE[conjunction]), at)
    # the first word may be cut off
    return len(words) > near and not _is_said(words[-near:], _SAYING[conjunction])


def _is_said(words: list[str], saying: frozenset[str]) -> bool:
    """Return whether the last verb of some words makes its subject say what follows them."""
    if words and words[-1] in THINGS_SAID:
        return False
    at = next((at for at in reversed(range(len(words))) if words[at].lower() in saying), None)
    if at is None or words[at].lower() in DENYING:
        return False
    return NEGATIONS.isdisjoint(words[max(0, at - 2) : at]) or words[at - 1] in ONLY


def _according(text: str, word: str) -> list[ReportedClause]:
    found: list[ReportedClause] = []
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        comma = text.find(",", end, end + _HEAD) if text[end : end + 1] in {" ", "n"} else -1
        if comma > 0 and text[comma + 1 : comma + 2] == " ":
            degrees = _DEGREES.match(text, comma)
            stop = degrees.end() if degrees else comma
            office = role_after(text, stop, stop + _HEAD)
            stop = office[1] if office else stop
            clause = _clause(text, stop + 2, at, stop) if text[stop : stop + 2] == ", " else None
            if clause is not None:
                found.append(clause)
        at = text.find(word, end)
    return found


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence that holds `at` begins; at most `BACK` characters before."""
    start = max(0, at - BACK)
    for found in SENTENCE_END.finditer(text, start, at):
        start = found.end()
    return start


def _clause(text: str, start: int, opening: int, cue: int) -> ReportedClause | None:
    """Return the clause from `start` to the end of its sentence; None if it holds marks."""
    stop = _END.search(text, start, min(len(text), start + _REACH))
    end = stop.start() if stop else min(len(text), start + _REACH)
    said = text[start:end]
    if not _MARKS.isdisjoint(said) or len(_WORD.findall(said)) < _LEAST_WORDS:
        return None
    stripped = said.strip()
    start += len(said) - len(said.lstrip())
    return ReportedClause(start, start + len(stripped), opening, cue)
