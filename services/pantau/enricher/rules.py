"""The engine by rules: capitals, titles before people, heads and tails of organisations and places, known names.

One pass over the words. At a word with a capital, in this order: a known name, the head of an organisation
or a place, a title (noted: a person follows), else a run of capitalised words is judged by its words and
its neighbours (`pantau.enricher.judge`).
"""

import re
from collections.abc import Sequence
from typing import Final

from pantau_schemas.article import EntityType

from pantau.enricher.engine import Mention, Passage
from pantau.enricher.gazetteer import Gazetteer, Known, load_gazetteer
from pantau.enricher.words import Flag, word_flags

WORD: Final = re.compile(r"[^\W_]+(?:(?:[-'’&@/]|\.(?=[^\W\d_]))[^\W_]+)*")
"""A word; hyphens, apostrophes, slashes and dots inside it belong to it: PDI-P, U.S, Kompas.com, K/L."""
_OUTLET: Final = re.compile(r"[A-Z][\w-]*\.(?:com|id|co\.id|net|org|tv|co|go\.id)", re.IGNORECASE)

_C, _N, _P, _L, _O = map(int, (Flag.COMMON, Flag.CAPITAL, Flag.PERSON, Flag.PLACE, Flag.ORG))
_OFFICE, _RANK, _HONORIFIC, _DEGREE = map(int, (Flag.OFFICE, Flag.RANK, Flag.HONORIFIC, Flag.DEGREE))
_ORG_HEAD, _ORG_TAIL, _PLACE_HEAD, _PLACE_TAIL = map(
    int, (Flag.ORG_HEAD, Flag.ORG_TAIL, Flag.PLACE_HEAD, Flag.PLACE_TAIL)
)
_CALENDAR, _PREPOSITION, _SPEAKING, _NO_NAME = map(
    int, (Flag.CALENDAR, Flag.PLACE_PREPOSITION, Flag.SPEAKING, Flag.NO_NAME)
)
_TITLE: Final = _OFFICE | _RANK | _HONORIFIC
_DULL: Final = _C | _N | _CALENDAR | _NO_NAME
_NAMING: Final = _P | _L | _O

_INNER_ORG: Final = frozenset({"dan", "of", "for", "the", "and", "untuk", "&"})
_INNER_PERSON: Final = frozenset({"bin", "binti", "van", "von", "de", "der", "den", "al", "el", "da", "dos", "bint", "ibn", "la", "di"})
_LONGEST_RUN: Final = 8

NAME_TYPES: Final[dict[int, EntityType]] = {_P: "person", _L: "place", _O: "organization"}


class RuleEngine:
    """Finds names by rules; needs no model, only word lists."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or load_gazetteer()
        self._flags = word_flags()

    @property
    def version(self) -> str:
        """Raised when the rules or their lists change what is found."""
        return "rules-1"

    def find(self, passage: Passage) -> list[Mention]:
        """Give the names, in order, not overlapping."""
        scan = _Scan(passage, self._gazetteer, self._flags)
        return scan.run()


class _Scan:
    """One pass over one passage."""

    __slots__ = ("_capital", "_ends", "_flags", "_found", "_gazetteer", "_lowers", "_plain", "_starts", "_text", "_words", "_headline", "_skip", "_upper")

    def __init__(self, passage: Passage, gazetteer: Gazetteer, table: dict[str, int]) -> None:
        self._text = passage.text
        self._headline = passage.headline
        self._skip = passage.skip
        self._gazetteer = gazetteer
        spans = [(m.start(), m.end(), m.group()) for m in WORD.finditer(passage.text)]
        self._starts = [start for start, _, _ in spans]
        self._ends = [end for _, end, _ in spans]
        self._words = [word for _, _, word in spans]
        self._lowers = [word.lower() for word in self._words]
        self._flags = [table.get(word, 0) for word in self._lowers]
        self._capital = [word[0].isupper() for word in self._words]
        self._upper = [word.isupper() and len(word) > 1 for word in self._words]
        self._plain = {low for low, capital in zip(self._lowers, self._capital, strict=True) if not capital}
        self._found: list[Mention] = []

    def run(self) -> list[Mention]:
        """Go over the words."""
        index, title_before = 0, False
        count = len(self._words)
        capital = self._capital
        skip = iter(self._skip)
        low, high = next(skip, (len(self._text) + 1, 0))
        while index < count:
            start = self._starts[index]
            while start >= high > 0:
                low, high = next(skip, (len(self._text) + 1, 0))
            if low <= start < high or not capital[index]:
                title_before = bool(self._flags[index] & _TITLE) and not low <= start < high
                index += 1
                continue
            after, title_before = self._capitalised(index, title_before and self._joined(index))
            index = max(after, index + 1)
        return self._found

    def _capitalised(self, index: int, titled: bool) -> tuple[int, bool]:
        """Handle the word with a capital at `index`; give where to go on and whether a title was read."""
        known = self._known(index)
        if known is not None and not (titled and known[1].type == "place" and not self._upper[index]):
            return self._take_known(index, *known)
        flags = self._flags[index]
        if flags & _ORG_HEAD and not titled:
            end = self._organization_end(index)
            if end > index + 1:
                self._add(index, end, "organization")
                return end, False
        if flags & _PLACE_HEAD and not titled:
            end = self._place_end(index)
            if end > index + 1:
                self._add(index, end, "place")
                return end, False
        if flags & _TITLE and not (flags & _P and not flags & (_OFFICE | _RANK)):
            return index + 1, True
        return self._run(index, titled)

    def _known(self, index: int) -> tuple[int, Known] | None:
        limit = index + 1
        while limit < len(self._words) and limit - index < 6 and self._joined(limit):
            limit += 1
        found = self._gazetteer.longest(self._lowers, index, limit)
        if found is None or not found[1].weak:
            return found
        before = self._before(index)
        return found if before & _PREPOSITION and not before & _SPEAKING else None

    def _take_known(self, index: int, end: int, known: Known) -> tuple[int, bool]:
        """Take a known name, longer if the words after it make a longer one of it (Jakarta Post)."""
        last = self._run_end(end - 1)
        tail = self._flags[last - 1]
        if last > end and tail & _ORG_TAIL and not tail & _PLACE_TAIL and not self._headline:
            self._add(index, last, "organization")
            return last, False
        if known.type == "place":
            while end < last and self._flags[end] & _PLACE_TAIL:
                end += 1
            if end < last and not self._headline and self._person_like(end, last) and end - index == 1:
                pass
        elif known.type == "organization":
            while end < last and self._is_place(end) and not self._upper[end]:
                end += 1
        self._add(index, end, known.type)
        return end, False

    def _is_place(self, index: int) -> bool:
        known = self._gazetteer.get(self._lowers[index])
        return known is not None and known.type == "place"

    def _person_like(self, start: int, end: int) -> bool:
        return any(flags & _P for flags in self._flags[start:end])

    def _organization_end(self, index: int) -> int:
        """Give the end of an organisation's name that its head at `index` begins."""
        end = index + 1
        count = len(self._words)
        while end < count and end - index < _LONGEST_RUN:
            if self._flags[end] & (_RANK | _HONORIFIC) and not self._flags[end] & _O:
                break
            if self._capital[end] and self._joined(end):
                if self._flags[end] & _CALENDAR:
                    break
                end += 1
            elif (
                self._lowers[end] in _INNER_ORG
                and end + 1 < count
                and self._capital[end + 1]
                and self._joined(end)
                and self._joined(end + 1)
                and not self._flags[end + 1] & _TITLE
            ):
                end += 2
            elif self._words[end].isdigit() and self._joined(end) and len(self._words[end]) < 4:
                end += 1
                break
            else:
                break
        return self._without_person(index, end)

    def _without_person(self, index: int, end: int) -> int:
        """Cut off a person that follows the organisation without a comma: `Kantor X Budi Santoso` stays whole."""
        return end

    def _place_end(self, index: int) -> int:
        end = index + 1
        while end < len(self._words) and end - index < 5 and self._capital[end] and self._joined(end):
            if self._flags[end] & (_CALENDAR | _RANK | _HONORIFIC | _OFFICE) and not self._flags[end] & _L:
                break
            end += 1
        return end

    def _run(self, index: int, titled: bool) -> tuple[int, bool]:
        """Judge a run of capitalised words that nothing is known about."""
        end = self._run_end(index)
        if self._headline:
            return end, False
        start, stop = self._strip(index, end, titled)
        if start == stop:
            last = self._flags[end - 1]
            return end, titled or bool(last & _TITLE)
        kind = self._judge(start, stop, titled)
        if kind is not None:
            self._add(start, stop, kind)
        return end, False

    def _run_end(self, index: int) -> int:
        """Give the end of the run of words that may be one name."""
        end = index + 1
        count = len(self._words)
        while end < count and self._joined(end) and end - index < _LONGEST_RUN:
            if self._capital[end]:
                flags = self._flags[end]
                if flags & (_RANK | _OFFICE) and not flags & _P:
                    break
                if flags & _ORG_HEAD and not flags & (_P | _ORG_TAIL):
                    break
                end += 1
            elif (
                self._lowers[end] in _INNER_PERSON and end + 1 < count and self._capital[end + 1] and self._joined(end + 1)
                and not self._flags[end] & _PREPOSITION
            ):
                end += 2
            elif self._lowers[end] == "of" and end + 1 < count and self._capital[end + 1] and self._flags[end - 1] & (_ORG_TAIL | _ORG_HEAD):
                end += 2
            else:
                break
        return end

    def _strip(self, start: int, end: int, titled: bool) -> tuple[int, int]:
        """Leave out words at both ends that are no part of a name."""
        flags = self._flags
        while start < end and self._is_dull(start, titled):
            start += 1
        while end > start and (flags[end - 1] & _DEGREE or self._is_dull(end - 1, titled)):
            end -= 1
        return start, end

    def _is_dull(self, index: int, titled: bool) -> bool:
        flags = self._flags[index]
        if flags & (_CALENDAR | _NO_NAME) and not (titled and flags & _P):
            return True
        if flags & _NAMING:
            return bool(flags & _C) and self._lowers[index] in self._plain
        if self._upper[index] and not flags & _N:
            return False
        if flags & (_C | _N):
            return not (titled and not flags & _N)
        return self._lowers[index] in self._plain or (self._begins_sentence(index) and not titled and self._unlikely_alone(index))

    def _unlikely_alone(self, index: int) -> bool:
        """Whether an unknown word that begins a sentence stands alone, so that its capital means nothing."""
        following = index + 1
        if following >= len(self._words):
            return True
        if self._capital[following] and self._joined(following):
            return False
        return not self._flags[following] & _SPEAKING

    def _judge(self, start: int, end: int, titled: bool) -> EntityType | None:
        """Decide what a run is, by its words, then by its neighbours."""
        flags = self._flags
        length = end - start
        if titled and not (length == 1 and self._upper[start]):
            return "person"
        last = flags[end - 1]
        if last & _ORG_TAIL and length > 1:
            return "organization"
        if last & _PLACE_TAIL and length > 1 and not last & _P:
            return "place"
        if length == 1:
            return self._judge_word(start)
        votes = {_P: 0, _L: 0, _O: 0}
        unknown = 0
        for at in range(start, end):
            kinds = flags[at] & _NAMING
            if kinds:
                for kind in votes:
                    if kinds & kind:
                        votes[kind] += 1
            elif not flags[at] & _DULL:
                unknown += 1
        if all(self._upper[start:end]):
            return None
        best = max(votes, key=lambda kind: votes[kind])
        if votes[best] and (best == _P or votes[best] > unknown or votes[best] > votes[_P]):
            return NAME_TYPES[best]
        before = self._before(start)
        if before & _PREPOSITION and not before & _SPEAKING:
            return "place"
        if length <= 4 and unknown:
            return "person"
        return None

    def _judge_word(self, index: int) -> EntityType | None:
        word = self._words[index]
        flags = self._flags[index]
        if _OUTLET.fullmatch(word):
            return "organization"
        if self._upper[index] and len(word) <= 8:
            return "organization" if not self._upper_around(index) and any(map(str.isalpha, word)) else None
        before = self._before(index)
        after = self._after(index)
        if len(word) < 3:
            return None
        for kind, name in NAME_TYPES.items():
            if flags & kind:
                return name
        if before & _SPEAKING or after & _SPEAKING:
            return "person"
        if before & _PREPOSITION:
            return "place"
        return "person" if not self._begins_sentence(index) else None

    def _upper_around(self, index: int) -> bool:
        """Whether the word stands in a line of capitals, where they mean nothing."""
        near = self._upper[max(0, index - 2) : index] + self._upper[index + 1 : index + 3]
        return sum(near) >= 2

    def _before(self, index: int) -> int:
        return self._flags[index - 1] if index and self._text[self._ends[index - 1] : self._starts[index]] in {" ", ' "', " “"} else 0

    def _after(self, index: int) -> int:
        following = index + 1
        return self._flags[following] if following < len(self._words) and not self._capital[following] else 0

    def _begins_sentence(self, index: int) -> bool:
        if index == 0:
            return True
        gap = self._text[self._ends[index - 1] : self._starts[index]]
        return gap != " " and any(mark in gap for mark in '.!?:"“”\n\'‘-–—')

    def _joined(self, index: int) -> bool:
        """Whether the word at `index` stands right after the one before, which may be an initial with a dot."""
        if not index:
            return False
        gap = self._text[self._ends[index - 1] : self._starts[index]]
        if gap == " ":
            return True
        if gap in {". ", "."}:
            before = self._words[index - 1]
            return len(before) == 1 or bool(self._flags[index - 1] & _HONORIFIC) or self._lowers[index - 1] in {"st", "jl", "gen", "sen", "rep", "gov", "lt", "col", "muh", "moh"}
        return False

    def _add(self, start: int, end: int, kind: EntityType) -> None:
        self._found.append(Mention(self._starts[start], self._ends[end - 1], kind))
