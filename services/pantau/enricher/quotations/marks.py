"""Text between quotation marks of any kind.

Straight, curly, turned the wrong way, mixed, nested. Single marks are read only where they can be
no apostrophes; inside double ones they are nested. A quotation over several paragraphs
has a mark at the beginning of each and one at the end of the last: each paragraph is a piece.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pantau.enricher.lexicon.occurrences import places_of
from pantau.enricher.quotations.verbs import ACCORDING, SAYS

_MARKS: Final = '"“”„«»'
_OPENING_SINGLES: Final = ("'", "‘", "`")
_BEFORE_SINGLE: Final = frozenset(" \n\t\xa0(:,[-–—")
_SINGLE: Final = re.compile(
    r"(?:''|['‘`])(?P<said>(?=\w)[^'‘’`´\n\"“”]{1,400}"
    r"(?:(?<=\w)['’](?=\w)[^'‘’`´\n\"“”]{1,400}){0,8})(?:''|['’`´])(?![\w'’])"
)
"""Words between single marks, with apostrophes inside them.

An apostrophe is between two letters and a mark is not, so that no match begins inside another.
"""
_SENTENCE_MARKS: Final = frozenset(",.!?…")
_ATTRIBUTED: Final = re.compile(r",?\s(?P<verb>[a-z]+)")
"""The word after a quotation that does not end like a sentence."""
_INTRODUCED: Final = re.compile(r"(?P<verb>[^\W\d_]{1,16})[,:]\s$")
_INTRODUCED_REACH: Final = 20
_OPENING: Final = frozenset("“„«")
_CLOSING: Final = frozenset("”»")
_BEFORE_OPENING: Final = frozenset("([{-–—/:,.‘'*•>…;?!")
_AFTER_CLOSING: Final = frozenset(".,;:!?)]}-–—\"'’…/(")
_NOT_AFTER_OPENING: Final = frozenset(".,;:!?)]}")
_WORD: Final = re.compile(r"[^\W\d_]+")


class Quoted(NamedTuple):
    """The half-open range of the words between two marks.

    `goes_on` if it continues in the next paragraph. `opening` is the position of the opening mark,
    `after` the end of the closing one.
    """

    start: int
    end: int
    opening: int
    after: int
    goes_on: bool = False


class _Mark(NamedTuple):
    at: int
    opens: bool
    closes: bool


def find_quoted(text: str) -> list[Quoted]:
    """Return the texts between marks, in order.

    A nested one belongs to the outer one.
    """
    single = _single_marks(text)
    places = places_of(_MARKS, text)
    if len(places) < 2:
        return single
    double = _double_marks(text, places)
    if not single:
        return double
    touches = touching(double)
    return sorted(double + [one for one in single if not touches(one.opening, one.after)])


def touching(quoted: Sequence[Quoted]) -> Callable[[int, int], bool]:
    """Return what decides if a range of the text touches quoted ones.

    These are in order and do not overlap.
    """
    ends = [one.after for one in quoted]

    def touches(start: int, end: int) -> bool:
        at = bisect_right(ends, start)
        return at < len(quoted) and quoted[at].opening < end

    return touches


def _single_marks(text: str) -> list[Quoted]:
    """Return the words between single marks, which are apostrophes too.

    A quotation ends with a mark of a sentence (`'Kami datang,' kata Ani`), or a reporting verb is
    beside it (`'Kami datang', kata Ani`); anything else is a name or an ironic word.
    """
    found: list[Quoted] = []
    for mark in filter(text.__contains__, _OPENING_SINGLES):
        at = text.find(mark)
        while at >= 0:
            one = _single(text, at) if not at or text[at - 1] in _BEFORE_SINGLE else None
            if one is not None:
                found.append(one)
            at = text.find(mark, at + 1 if one is None else one.after)
    return sorted(found)


def _single(text: str, at: int) -> Quoted | None:
    found = _SINGLE.match(text, at)
    if found is None:
        return None
    said = found["said"]
    complete = said[-1] in _SENTENCE_MARKS and not said[0].islower()
    if not complete and not _attributed(text, found):
        return None
    return _stripped(text, Quoted(*found.span("said"), at, found.end()))


def _attributed(text: str, found: re.Match[str]) -> bool:
    """Return whether a reporting verb is beside it, or a label before the last of a line."""
    after = _ATTRIBUTED.match(text, found.end())
    if after is not None and (after["verb"] in SAYS or after["verb"] in ACCORDING):
        return True
    before = _INTRODUCED.search(text, max(0, found.start() - _INTRODUCED_REACH), found.start())
    if before is None:
        return False
    last = text[found.end() : found.end() + 1] in {"", "\n"}
    return before["verb"] in SAYS or (before.group().endswith(": ") and last)


def _double_marks(text: str, places: list[int]) -> list[Quoted]:
    """Return what stands between double marks, in order."""
    marks = [_classify(text, at) for at in places]
    quoted: list[Quoted] = []
    opened, depth = -1, 0
    for number, mark in enumerate(marks):
        at = mark.at
        if opened >= 0:
            paragraph = text.find("\n", opened, at)
            if paragraph >= 0:
                if mark.opens and not text[paragraph:at].strip():
                    quoted.append(Quoted(opened + 1, paragraph, opened, paragraph, goes_on=True))
                opened, depth = -1, 0
        if opened < 0:
            if mark.opens:
                opened, depth = at, 0
        elif mark.closes or _verb_follows(text, at):
            if depth:
                depth -= 1
            else:
                quoted.append(Quoted(opened + 1, at, opened, at + 1))
                opened = -1
        elif _nested(marks, number):
            depth += 1
        else:
            opened = at  # the previous one was never closed
    return [stripped for one in quoted if (stripped := _stripped(text, one))]


def _classify(text: str, at: int) -> _Mark:
    """Classify a mark by its neighbours as opening or closing.

    By its shape only if they are ambiguous.
    """
    before, after, mark = text[at - 1 : at], text[at + 1 : at + 2], text[at]
    free_before = not before or before.isspace()
    free_after = not after or after.isspace()
    opens = (
        not free_after
        and after not in _NOT_AFTER_OPENING
        and (free_before or before in _BEFORE_OPENING)
    )
    closes = not free_before and (free_after or after in _AFTER_CLOSING)
    # Neighbours that allow both or neither: a straight mark may be either, and the shape of any
    # other decides.
    if opens == closes:
        if mark == '"':
            return _Mark(at, opens=not closes or free_before, closes=True)
        opens = mark in _OPENING
        closes = mark in _CLOSING
    return _Mark(at, opens, closes)


def _verb_follows(text: str, at: int) -> bool:
    """Return whether a mark closes although no space follows: `"Kami datang,"ujar dia`."""
    if text[at - 1 : at] not in {",", ".", "!", "?"}:
        return False
    word = _WORD.match(text, at + 1)
    return word is not None and word.group() in SAYS


def _nested(marks: list[_Mark], number: int) -> bool:
    """Return whether a nested mark is closed before the outer quotation is."""
    following = marks[number + 1 : number + 3]
    return len(following) == 2 and all(mark.closes and not mark.opens for mark in following)


def _stripped(text: str, one: Quoted) -> Quoted | None:
    """Strip whitespace at both ends; None if nothing is left."""
    whole = text[one.start : one.end]
    words = whole.strip()
    if len(words) == len(whole):
        return one if words else None
    start = one.start + len(whole) - len(whole.lstrip())
    return one._replace(start=start, end=start + len(words)) if words else None
