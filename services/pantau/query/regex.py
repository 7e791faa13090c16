r"""Lucene's regular expressions as automata: never by Python's `re`, so no expression can stall.

Operators: `| & ~ ? * + {n,m} [...] [^...] . @ # <n-m> "..."` and `\` before a sign; `\d \D \w \W \s \S` too.
`~a` is all but `a`, `@` any text, `#` none, `<1-12>` numbers. The whole word must match.

Method: derivatives (Brzozowski 1964), worked out when first needed and kept: states of a deterministic automaton.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Final
from weakref import WeakValueDictionary

MAX_LENGTH: Final = 1_000
"""Longest expression, in characters."""
MAX_STATES: Final = 10_000
"""Most states that are kept; then all are forgotten, and built again where needed."""
MAX_REPEATS: Final = 64
"""Most repetitions in one expression: what keeps a state small."""
_HIGHEST: Final = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]


class RegexError(ValueError):
    """The text is no regular expression. `place` counts from its first character."""

    def __init__(self, place: int, expected: str) -> None:
        super().__init__(expected)
        self.place = place
        self.expected = expected


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class _Re:
    """A regular expression in normal form: `kind`, its parts, and for `chars` the ranges. Equal ones are one object."""

    kind: str
    parts: tuple["_Re", ...]
    ranges: Ranges
    nullable: bool
    serial: int


_made: WeakValueDictionary[tuple[str, tuple[int, ...], Ranges], _Re] = WeakValueDictionary()
_serials: Final = count()


def _make(kind: str, parts: tuple[_Re, ...] = (), ranges: Ranges = (), *, nullable: bool = False) -> _Re:
    key = (kind, tuple(part.serial for part in parts), ranges)
    found = _made.get(key)
    if found is None:
        found = _made[key] = _Re(kind, parts, ranges, nullable, next(_serials))
    return found


_NONE: Final = _make("none")
_EMPTY: Final = _make("empty", nullable=True)


def _chars(ranges: Ranges) -> _Re:
    return _make("chars", ranges=ranges) if ranges else _NONE


def _star(one: _Re) -> _Re:
    if one.kind in {"none", "empty"}:
        return _EMPTY
    return one if one.kind == "star" else _make("star", (one,), nullable=True)


_ANY: Final = _chars(((0, _HIGHEST),))
_ALL: Final = _star(_ANY)


def _concat(one: _Re, other: _Re) -> _Re:
    if _NONE in (one, other):
        return _NONE
    if _EMPTY in (one, other):
        return one if other is _EMPTY else other
    firsts = []
    while one.kind == "concat":  # to the right, so that equal ones look equal
        firsts.append(one.parts[0])
        one = one.parts[1]
    for first in (one, *reversed(firsts)):
        other = _make("concat", (first, other), nullable=first.nullable and other.nullable)
    return other


def _union(*given: _Re) -> _Re:
    parts: dict[_Re, None] = {}
    for one in given:
        for part in one.parts if one.kind == "union" else (one,):
            if part.kind != "none":
                parts[part] = None
    if _ALL in parts:
        return _ALL
    if len(parts) < 2:
        return next(iter(parts), _NONE)
    ordered = tuple(sorted(parts, key=lambda part: part.serial))
    return _make("union", ordered, nullable=any(part.nullable for part in ordered))


def _intersection(*given: _Re) -> _Re:
    parts: dict[_Re, None] = {}
    for one in given:
        for part in one.parts if one.kind == "and" else (one,):
            if part.kind == "none":
                return _NONE
            if part != _ALL:
                parts[part] = None
    if len(parts) < 2:
        return next(iter(parts), _ALL)
    ordered = tuple(sorted(parts, key=lambda part: part.serial))
    return _make("and", ordered, nullable=all(part.nullable for part in ordered))


def _complement(one: _Re) -> _Re:
    if one.kind == "not":
        return one.parts[0]
    if one.kind == "none":
        return _ALL
    return _NONE if one == _ALL else _make("not", (one,), nullable=not one.nullable)


def _derive(one: _Re, char: int) -> _Re:
    """Give the expression of what may follow `char`."""
    match one.kind:
        case "chars":
            return _EMPTY if any(low <= char <= high for low, high in one.ranges) else _NONE
        case "concat":
            first, rest = one.parts
            after = _concat(_derive(first, char), rest)
            return _union(after, _derive(rest, char)) if first.nullable else after
        case "star":
            return _concat(_derive(one.parts[0], char), one)
        case "union":
            return _union(*(_derive(part, char) for part in one.parts))
        case "and":
            return _intersection(*(_derive(part, char) for part in one.parts))
        case "not":
            return _complement(_derive(one.parts[0], char))
        case _:
            return _NONE


class Automaton:
    """A deterministic automaton, built while it is used."""

    __slots__ = ("_start", "_states")

    def __init__(self, start: _Re) -> None:
        self._start = start
        self._states: dict[_Re, dict[int, _Re]] = {}

    def accepts(self, word: str) -> bool:
        """Tell whether the whole word matches."""
        state = self._start
        for char in map(ord, word):
            known = self._states.get(state)
            if known is None:
                if len(self._states) >= MAX_STATES:
                    self._states.clear()
                known = self._states[state] = {}
            following = known.get(char)
            if following is None:
                following = known[char] = _derive(state, char)
            state = following
            if state.kind == "none":
                return False
        return state.nullable


@lru_cache(maxsize=10_000)
def compiled(pattern: str) -> Callable[[str], bool]:
    """Give the test for an expression. Raises RegexError."""
    try:
        parser = _Parser(pattern)
        automaton = Automaton(parser.whole())
        automaton.accepts("a0")  # what is nested too deeply shows here
    except RecursionError as error:
        raise RegexError(0, "an expression that is less deeply nested") from error
    return automaton.accepts


_DIGITS: Final = ((0x30, 0x39),)
_WORD: Final = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_BLANK: Final = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20))


def _all_but(ranges: Ranges) -> Ranges:
    found = []
    low = 0
    for first, last in sorted(ranges):
        if low < first:
            found.append((low, first - 1))
        low = max(low, last + 1)
    if low <= _HIGHEST:
        found.append((low, _HIGHEST))
    return tuple(found)


_CLASSES: Final = {
    "d": _DIGITS,
    "D": _all_but(_DIGITS),
    "w": _WORD,
    "W": _all_but(_WORD),
    "s": _BLANK,
    "S": _all_but(_BLANK),
}


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0
        self.size = 0
        self.repeats = 0

    def whole(self) -> _Re:
        if not self.text:
            return _EMPTY
        found = self.union()
        if self.place < len(self.text):
            raise RegexError(self.place, "the end of the regular expression")
        return found

    def at(self, signs: str) -> bool:
        return self.place < len(self.text) and self.text[self.place] in signs

    def take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.place):
            self.place += 1
            return True
        return False

    def char(self) -> int:
        self.take("\\")
        if self.place >= len(self.text):
            raise RegexError(self.place, "a character")
        self.place += 1
        return ord(self.text[self.place - 1])

    def union(self) -> _Re:
        self.depth += 1
        if self.depth > 50:
            raise RegexError(self.place, "at most 50 parentheses in one another")
        found = [self.both()]
        while self.take("|"):
            found.append(self.both())
        self.depth -= 1
        return _union(*found)

    def both(self) -> _Re:
        found = [self.sequence()]
        while self.take("&"):
            found.append(self.sequence())
        return _intersection(*found)

    def sequence(self) -> _Re:
        found = [self.repeated()]
        while self.place < len(self.text) and not self.at(")|") and not self.at("&"):
            found.append(self.repeated())
        joined = _EMPTY
        for one in reversed(found):
            joined = _concat(one, joined)
        return joined

    def repeated(self) -> _Re:
        found = self.negated()
        while self.at("?*+{"):
            self.repeats += 1
            if self.repeats > MAX_REPEATS:
                raise RegexError(self.place, f"at most {MAX_REPEATS} of the signs ? * + {{")
            if self.take("?"):
                found = _union(found, _EMPTY)
            elif self.take("*"):
                found = _star(found)
            elif self.take("+"):
                found = _concat(found, _star(found))
            else:
                found = self.counted(found)
        return found

    def counted(self, one: _Re) -> _Re:
        self.take("{")
        low = self.number()
        high: int | None = low
        if self.take(","):
            high = self.number() if self.at("0123456789") else None
        if not self.take("}"):
            raise RegexError(self.place, "a closing }")
        if low > MAX_LENGTH or (high is not None and (high > MAX_LENGTH or high < low)):
            raise RegexError(self.place, f"a number of times from low to high, at most {MAX_LENGTH}")
        found = _star(one) if high is None else _EMPTY
        self.size = (self.size or 1) * max(1, high or low)
        if self.size > MAX_STATES:
            raise RegexError(self.place, f"an expression of at most {MAX_STATES} states")
        for _ in range(0 if high is None else high - low):
            found = _union(_EMPTY, _concat(one, found))
        for _ in range(low):
            found = _concat(one, found)
        return found

    def number(self) -> int:
        start = self.place
        while self.at("0123456789"):
            self.place += 1
        if start == self.place:
            raise RegexError(self.place, "a number")
        return int(self.text[start : self.place])

    def negated(self) -> _Re:
        signs = 0
        while self.take("~"):
            signs += 1
        found = self.simple()
        return _complement(found) if signs % 2 else found

    def simple(self) -> _Re:  # noqa: PLR0911 (one return a sign)
        if self.take("["):
            return self.char_class()
        if self.take("."):
            return _ANY
        if self.take("#"):
            return _NONE
        if self.take("@"):
            return _ALL
        if self.take('"'):
            return self.quoted()
        if self.take("("):
            if self.take(")"):
                return _EMPTY
            found = self.union()
            if not self.take(")"):
                raise RegexError(self.place, "a closing )")
            return found
        if self.take("<"):
            return self.interval()
        if self.at("\\") and self.text[self.place + 1 : self.place + 2] in _CLASSES:
            self.place += 2
            return _chars(_CLASSES[self.text[self.place - 1]])
        if (
            self.at("\\")
            and self.text[self.place + 1 : self.place + 2].isalpha()
            and self.text[self.place + 1].isascii()
        ):
            raise RegexError(self.place, "one of \\d \\D \\w \\W \\s \\S, or \\ before a sign")
        code = self.char()
        return _chars(((code, code),))

    def quoted(self) -> _Re:
        end = self.text.find('"', self.place)
        if end < 0:
            raise RegexError(self.place, 'a closing "')
        found = _EMPTY
        for char in reversed(self.text[self.place : end]):
            found = _concat(_chars(((ord(char), ord(char)),)), found)
        self.place = end + 1
        return found

    def char_class(self) -> _Re:
        negative = self.take("^")
        ranges: list[tuple[int, int]] = []
        while True:
            if self.at("\\") and self.text[self.place + 1 : self.place + 2] in _CLASSES:
                self.place += 2
                ranges += _CLASSES[self.text[self.place - 1]]
            else:
                low = self.char()
                high = low
                if self.take("-"):
                    if self.at("]"):
                        ranges.append((0x2D, 0x2D))
                    else:
                        high = self.char()
                if low > high:
                    raise RegexError(self.place, "a range of characters from low to high")
                ranges.append((low, high))
            if self.place >= len(self.text) or self.at("]"):
                break
        if not self.take("]"):
            raise RegexError(self.place, "a closing ]")
        found = tuple(sorted(set(ranges)))
        return _chars(_all_but(found) if negative else found)

    def interval(self) -> _Re:
        end = self.text.find(">", self.place)
        low, dash, high = self.text[self.place : max(end, 0)].partition("-")
        if (
            end < 0
            or not dash
            or not (low + high).isdecimal()
            or not low
            or not high
            or not (low + high).isascii()
        ):
            raise RegexError(self.place, "an interval of numbers such as <1-31>")
        self.place = end + 1
        width = len(low) if len(low) == len(high) else 0
        first, last = sorted((int(low), int(high)))
        if last - first > MAX_STATES:
            raise RegexError(self.place, f"an interval of at most {MAX_STATES} numbers")
        return _union(
            *(self._digits(str(number).zfill(width), padded=not width) for number in range(first, last + 1))
        )

    @staticmethod
    def _digits(number: str, *, padded: bool) -> _Re:
        found = _EMPTY
        for char in reversed(number):
            found = _concat(_chars(((ord(char), ord(char)),)), found)
        zero = _chars(((0x30, 0x30),))
        return _concat(_star(zero), found) if padded else found
